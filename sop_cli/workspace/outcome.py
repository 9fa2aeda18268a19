"""What came of a command: a report per step, the exit code, and the reporter that hears of it on the way."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from sop_cli.errors import STALE_INPUT
from sop_cli.workspace.request import FailOn
from sop_cli.workspace.step import Json, Step, StepResult

GATE_FAILED = 3
MATERIAL = 4


@dataclass(frozen=True)
class StepReport:
    """One step of a run: whether it ran, why, and what it has to say."""

    cycle: str
    stage: str
    folder: Path
    state: Literal["ran", "unchanged"]
    reason: str  # why it ran again; "" on a first run and when unchanged
    seconds: float
    result: StepResult

    def as_json(self) -> dict[str, Json]:
        """The report as `--format json` shows it."""
        said = {key: value for key, value in asdict(self.result).items() if key not in ("answer", "opens")}
        return {
            "stage": self.stage,
            "state": self.state,
            "reason": self.reason,
            "folder": str(self.folder),
            "seconds": round(self.seconds, 3),
            **said,
        }


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    cycle: str
    reports: tuple[StepReport, ...]  # the last one is the step asked for, unless the gate stopped the run
    exit_code: int

    def as_json(self) -> dict[str, Json]:
        """The one document of `--format json`."""
        stages: list[Json] = [report.as_json() for report in self.reports]
        return {"cycle": self.cycle, "exit_code": self.exit_code, "stages": stages}


@dataclass(frozen=True)
class Answer:
    """The answer to a question such as `sop explain`: as text, and the same as figures for JSON."""

    text: str
    figures: dict[str, Json]


class Reporter(Protocol):
    """Who hears of a run while it happens; the terminal is one."""

    def started(self, cycle: str, step: Step) -> None:
        """`step` begins to work."""

    def finished(self, report: StepReport) -> None:
        """A step has run, or was found unchanged."""

    def note(self, text: str) -> None:
        """A line worth knowing, such as a finding."""


def exit_code(results: Iterable[StepResult], fail_on: FailOn) -> int:
    """The exit code of the contract for what the steps found: 5 before 3 before 4 before 0."""
    results = list(results)
    if any(result.gate == "stopped" for result in results):
        return STALE_INPUT
    if fail_on == "never":
        return 0
    if any(result.gate == "failed" for result in results):
        return GATE_FAILED
    if fail_on == "warning" and any(result.findings.get("warning") for result in results):
        return GATE_FAILED
    if fail_on == "material" and any(result.material for result in results):
        return MATERIAL
    return 0
