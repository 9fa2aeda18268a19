"""`sop ingest`: extracts to typed tables, rejects, control totals."""

from sop_cli.cli.stage import door

EXAMPLE = "sop ingest --cycle 2026-11"

ingest = door(
    "ingest",
    through="ingest",
    says="""Read the extracts: typed tables, rejects, control totals.

    Earlier stages that are stale are run again first, and it says so.
    """,
)
