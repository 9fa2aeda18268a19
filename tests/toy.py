"""A toy company whose stages copy and add up one file, run by the real workspace: for tests of the machinery.

Words in the extract make things happen: BREAK fails the gate, LATE stops it, MATERIAL is a material
divergence, CRASH is a bug, WAIT goes on working until it is killed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

import polars as pl

from sop_cli.config.cycle import choose_cycle
from sop_cli.config.load import LoadedConfig, load_config
from sop_cli.findings.finding import no_findings
from sop_cli.workspace.cycles import CycleFolder, Workspace
from sop_cli.workspace.hashing import file_hashes
from sop_cli.workspace.outcome import Answer, Outcome, Reporter, StepReport
from sop_cli.workspace.request import Request
from sop_cli.workspace.run import run_steps
from sop_cli.workspace.standing import Standing, standing
from sop_cli.workspace.start import sample_company, start_workspace
from sop_cli.workspace.step import Inputs, Step, StepResult

CONFIG = """company: Toy
currency: EUR
sources:
  shipments:
    files: extracts/{cycle}/shipments.csv
"""


@dataclass
class Listener:
    """A reporter that remembers."""

    ran: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def started(self, cycle: str, step: Step) -> None:
        pass

    def finished(self, report: StepReport) -> None:
        (self.ran if report.state == "ran" else self.unchanged).append(report.stage)
        self.reasons.append(report.reason)

    def note(self, text: str) -> None:
        pass


def company(base: Path, cycle: str = "2026-11", text: str = "A,1\nB,2\n") -> Path:
    """A workspace with one cycle's extract; returns the config."""
    (base / "config.yaml").write_text(CONFIG)
    ship(base, text, cycle)
    return base / "config.yaml"


def ship(base: Path, text: str, cycle: str = "2026-11") -> None:
    """Put an extract in place."""
    extract = base / "extracts" / cycle / "shipments.csv"
    extract.parent.mkdir(parents=True, exist_ok=True)
    extract.write_text(text)


def init(folder: Path, sample: bool) -> list[Path]:
    return start_workspace(folder, sample_company() if sample else None)


def run(request: Request, through: str, reporter: Reporter) -> Outcome:
    config, workspace, cycle = _find(request)
    return run_steps(workspace, cycle, _steps(config, cycle), through, request, reporter)


def findings(report: StepReport, with_info: bool) -> pl.DataFrame:
    return no_findings()


def status(request: Request) -> Standing:
    config, workspace, cycle = _find(request)
    return standing(workspace, cycle, _steps(config, cycle))


def explain(request: Request, terms: Sequence[str]) -> Answer:
    return Answer(f"{' '.join(terms)} is a toy", {"terms": list(terms)})


def _find(request: Request) -> tuple[LoadedConfig, Workspace, CycleFolder]:
    config = load_config(request.config)
    workspace = Workspace(config.base)
    return config, workspace, workspace.cycle(choose_cycle(config.config, config.base, request.cycle))


def _steps(config: LoadedConfig, cycle: CycleFolder) -> list[Step]:
    extract = config.base / "extracts" / cycle.name / "shipments.csv"

    def ingest(folder: Path, _: Inputs) -> StepResult:
        text = extract.read_text()
        (folder / "shipments.csv").write_text(text[: len(text) // 2])
        while "WAIT" in text:
            sleep(0.01)
        (folder / "shipments.csv").write_text(text)
        rows = len(text.splitlines())
        if "CRASH" in text:
            raise ValueError("a toy fell down")
        late = "LATE" in text
        return StepResult(
            f"{rows} records",
            gate="stopped" if late else "passed",
            blocks=("shipments end a month too early",) if late else (),
            rows={"shipments.csv": rows},
        )

    def reconcile(folder: Path, _: Inputs) -> StepResult:
        text = (cycle.stage("ingest") / "shipments.csv").read_text()
        total = sum(int(line.split(",")[1]) for line in text.splitlines() if "," in line)
        (folder / "reconciled.csv").write_text(f"total,{total}\n")
        broken = "BREAK" in text
        return StepResult(
            f"{total} units",
            gate="failed" if broken else "passed",
            findings={"error": int(broken), "warning": 1},
            material=int("MATERIAL" in text),
            blocks=("R101 revenue does not tie",) if broken else (),
            figures={"units": total},
        )

    def pack(folder: Path, _: Inputs) -> StepResult:
        (folder / "pack.md").write_text(f"# {(cycle.stage('reconcile') / 'reconciled.csv').read_text()}")
        return StepResult("1 page", answer="one page of toys", opens=("pack.md",))

    return [
        Step("ingest", "reading", lambda: file_hashes([extract], config.base) | config.part_hashes("sources"), ingest),
        Step("reconcile", "tying out", lambda: config.part_hashes("tie_outs"), reconcile),
        Step("pack", "writing", lambda: config.part_hashes("company"), pack),
    ]
