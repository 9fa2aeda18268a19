"""What the commands that bring stages up to date have in common: everything but their name."""

from sop_cli.cli.options import Options
from sop_cli.cli.speak import answer, answer_json, speaking


def bring_up_to_date(command: str, through: str, options: Options) -> None:
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
