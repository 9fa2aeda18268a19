"""What the commands that bring stages up to date have in common: everything but their name."""

from collections.abc import Callable

from sop_cli.cli import options as given
from sop_cli.cli.options import Options
from sop_cli.cli.speak import answer, answer_json, speaking


def door(command: str, through: str, says: str) -> Callable[..., None]:
    """The command called `command`, which brings a cycle up to date to stage `through`; `says` is its help."""

    def bring(
        config: given.ConfigOption = given.CONFIG,
        cycle: given.CycleOption = None,
        format: given.FormatOption = "text",
        quiet: given.QuietOption = False,
        fail_on: given.FailOnOption = "error",
        no_color: given.NoColorOption = False,
        reopen: given.ReopenOption = False,
    ) -> None:
        _bring_up_to_date(command, through, Options(config, cycle, format, quiet, fail_on, no_color, reopen))

    bring.__name__, bring.__doc__ = command, says
    return bring


def _bring_up_to_date(command: str, through: str, options: Options) -> None:
    """Run what is stale up to stage `through`, print the answer, and leave with the exit code."""
    with speaking(options.format, options.config, options.no_color):
        from typer import Exit

        from sop_cli import pipeline
        from sop_cli.cli.findings import show_findings
        from sop_cli.cli.progress import reporter
        from sop_cli.workspace.request import Request

        request = Request(command, options.config, options.cycle, options.fail_on, options.reopen)
        with reporter(options) as lines:
            outcome = pipeline.run(request, through, lines)
        show_findings(outcome, through, options)
        if options.format == "json":
            answer_json(outcome.as_json())
        else:
            last = outcome.reports[-1]
            if last.result.answer:
                answer(last.result.answer)
            for file in last.result.opens or ("",):
                answer(str(last.folder / file))
        raise Exit(outcome.exit_code)
