"""`sop pack`: the executive pack."""

from sop_cli.cli.stage import door

EXAMPLE = "sop pack --cycle 2026-11"

pack = door(
    "pack",
    through="pack",
    says="""Write the executive pack, as a workbook and as Markdown.

    Earlier stages that are stale are run again first, and it says so.
    """,
)
