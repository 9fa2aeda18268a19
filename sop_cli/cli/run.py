"""`sop run`: the whole cycle, from the extracts to the executive pack."""

from sop_cli.cli import options as given
from sop_cli.cli.stage import bring_up_to_date

EXAMPLE = "sop run --cycle 2026-11 --quiet --format json"


def run(
    config: given.ConfigOption = given.CONFIG,
    cycle: given.CycleOption = None,
    format: given.FormatOption = "text",
    quiet: given.QuietOption = False,
    fail_on: given.FailOnOption = "error",
    no_color: given.NoColorOption = False,
    reopen: given.ReopenOption = False,
) -> None:
    """Run the whole cycle, from the extracts to the pack.

    Stages whose inputs have not changed are left as they are.
    """
    chosen = given.Options(config, cycle, format, quiet, fail_on, no_color, reopen)
    bring_up_to_date("run", "pack", chosen)
