"""`sop reconcile`: one dataset that ties out, its breaks, the gate."""

from sop_cli.cli.stage import door

EXAMPLE = "sop reconcile --quiet --fail-on warning"

reconcile = door(
    "reconcile",
    through="reconcile",
    says="""Tie out and build the one reconciled dataset, with its breaks.

    Earlier stages that are stale are run again first, and it says so.
    """,
)
