"""`sop run`: the whole cycle, from the extracts to the executive pack."""

from sop_cli.cli.stage import door

EXAMPLE = "sop run --cycle 2026-11 --quiet --format json"

run = door(
    "run",
    through="pack",
    says="""Run the whole cycle, from the extracts to the pack.

    Stages whose inputs have not changed are left as they are.
    """,
)
