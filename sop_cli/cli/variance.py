"""`sop variance`: hold the projection against the budget: gaps, bridges, landing."""

from sop_cli.cli import options as given
from sop_cli.cli.stage import bring_up_to_date

EXAMPLE = "sop variance --fail-on material"


def variance(
    config: given.ConfigOption = given.CONFIG,
    cycle: given.CycleOption = None,
    format: given.FormatOption = "text",
    quiet: given.QuietOption = False,
    fail_on: given.FailOnOption = "error",
    no_color: given.NoColorOption = False,
    reopen: given.ReopenOption = False,
) -> None:
    """Hold the projection against the budget: gaps, bridges, landing.

    Earlier stages that are stale are run again first, and it says so.
    """
    chosen = given.Options(config, cycle, format, quiet, fail_on, no_color, reopen)
    bring_up_to_date("variance", "variance", chosen)
