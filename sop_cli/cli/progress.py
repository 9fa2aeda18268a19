"""What stderr shows while a command runs: one plain line per stage, with a spinner on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from sop_cli.cli.findings import few_blocks
from sop_cli.cli.options import Options
from sop_cli.cli.speak import say, wants_color

if TYPE_CHECKING:
    from rich.status import Status

    from sop_cli.workspace.outcome import StepReport
    from sop_cli.workspace.step import Step

PATIENCE = 1.0  # seconds a stage may take before something turns on the screen


@contextmanager
def reporter(options: Options) -> Iterator[Lines]:
    """The reporter for this terminal, or for none; a spinner never outlives the block."""
    lines = Lines(options.quiet) if options.quiet or not sys.stderr.isatty() else Spinner(options.no_color)
    try:
        yield lines
    finally:
        lines.close()


class Lines:
    """One plain line per stage: for cron, pipes and files. Quiet leaves only what blocks."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    def started(self, cycle: str, step: Step) -> None:
        """Nothing: the line comes when the step is done."""

    def finished(self, report: StepReport) -> None:
        """The line of a stage, and whatever holds the gate shut where its findings are not printed afterwards."""
        self.note(_line(report))
        if self.quiet or report.state == "unchanged":
            for sentence in few_blocks(report.result.blocks, report.stage):
                say(f"{report.cycle} {report.stage}: blocks: {sentence}")

    def note(self, text: str) -> None:
        """One more line."""
        if not self.quiet:
            say(text)

    def close(self) -> None:
        """Nothing to put away."""


class Spinner(Lines):
    """The same lines, and a spinner while a stage takes longer than a second."""

    def __init__(self, no_color: bool) -> None:
        super().__init__()
        self.no_color = no_color
        self.timer: Timer | None = None
        self.status: Status | None = None

    def started(self, cycle: str, step: Step) -> None:
        """Start to turn, unless the step is done sooner."""
        self.timer = Timer(PATIENCE, self._turn, [f"{cycle} {step.name}: {step.title} ..."])
        self.timer.daemon = True
        self.timer.start()

    def finished(self, report: StepReport) -> None:
        """Stop turning, say the line."""
        self.close()
        super().finished(report)

    def close(self) -> None:
        """Take the spinner off the screen."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer.join()
            self.timer = None
        if self.status is not None:
            self.status.stop()
            self.status = None

    def _turn(self, text: str) -> None:
        from rich.console import Console

        console = Console(stderr=True, no_color=not wants_color(self.no_color), highlight=False)
        self.status = console.status(text)
        self.status.start()


def _line(report: StepReport) -> str:
    about = f"{report.cycle} {report.stage}:"
    if report.state == "unchanged":
        return f"{about} unchanged ({report.result.summary})"
    again = f" (again, because {report.reason})" if report.reason else ""
    return f"{about} {report.result.summary}, {report.seconds:.1f} s{again}"
