"""`sop explain`: a rule, a formula, or a number traced to its source rows."""

from typing import Annotated

from typer import Argument

from sop_cli.cli import options as given
from sop_cli.cli.leave import leave
from sop_cli.cli.speak import answer, answer_json, speaking, wrapped

EXAMPLE = "sop explain R101"


def explain(
    terms: Annotated[list[str], Argument(metavar="X...", help="A rule code, a measure, or what names a number.")],
    config: given.ConfigOption = given.CONFIG,
    cycle: given.CycleOption = None,
    format: given.FormatOption = "text",
    quiet: given.QuietOption = False,
    fail_on: given.FailOnOption = "never",
    no_color: given.NoColorOption = False,
) -> None:
    """Explain a rule, a formula, or a number down to its source rows."""
    with speaking(format, config, no_color):
        from sop_cli import pipeline
        from sop_cli.workspace.request import Request

        request = Request("explain", config, cycle, fail_on)
        explanation = pipeline.explain(request, terms)
        if format == "json":
            answer_json(explanation.figures)
        else:
            answer("\n".join(part for line in explanation.text.splitlines() for part in _prose(line)))
        leave(request)


def _prose(line: str) -> list[str]:
    """A line of prose wrapped; rows of a table stay as they are."""
    return [line] if line.startswith("  ") else wrapped(line)
