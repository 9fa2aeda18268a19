"""`sop project`: demand, supply, inventory and money to the horizon."""

from sop_cli.cli.stage import door

EXAMPLE = "sop project --cycle 2026-11"

project = door(
    "project",
    through="project",
    says="""Project demand, supply, inventory and money over the horizon.

    Earlier stages that are stale are run again first, and it says so.
    """,
)
