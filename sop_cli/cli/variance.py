"""`sop variance`: the projection held against the budget."""

from sop_cli.cli.stage import door

EXAMPLE = "sop variance --fail-on material"

variance = door(
    "variance",
    through="variance",
    says="""Hold the projection against the budget: gaps, bridge, landing, flags.

    Earlier stages that are stale are run again first, and it says so.
    """,
)
