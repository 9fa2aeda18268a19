"""What each command does, from the request to what it comes to: read, plan, leave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.cycle import choose_cycle
from sop_cli.config.load import load_config
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.explain import explain_number, explain_term
from sop_cli.pipeline.ingest import ingest_step
from sop_cli.pipeline.pack import pack_step
from sop_cli.pipeline.project import project_step
from sop_cli.pipeline.reconcile import reconcile_step, refuse_missing_tables
from sop_cli.pipeline.sources import find_extracts
from sop_cli.pipeline.variance import variance_step
from sop_cli.workspace.cycles import Workspace
from sop_cli.workspace.outcome import Answer, Outcome, Reporter, StepReport
from sop_cli.workspace.request import Request
from sop_cli.workspace.run import run_steps
from sop_cli.workspace.standing import Standing, standing
from sop_cli.workspace.start import sample_company, start_workspace
from sop_cli.workspace.step import Step

if TYPE_CHECKING:
    import polars as pl


def init(folder: Path, sample: bool) -> list[Path]:
    """A new workspace in `folder`; returns the files and folders made."""
    return start_workspace(folder, sample_company() if sample else None)


def run(request: Request, through: str, reporter: Reporter) -> Outcome:
    """Bring the cycle up to date, to the stage called `through`: what is stale runs again, in this order."""
    cycle = _find(request)
    find_extracts(cycle)  # before anything is held or made: a cycle without extracts leaves no folder behind
    if through != "ingest":
        refuse_missing_tables(cycle)
    return run_steps(cycle.workspace, cycle.folder, _steps(cycle), through, request, reporter)


def findings(report: StepReport, with_info: bool) -> pl.DataFrame:
    """The findings of a stage that has run, those that are merely information on request."""
    import polars as pl

    found = pl.read_parquet(report.folder / "findings.parquet")
    return found if with_info else found.filter(pl.col("severity") != "info")


def status(request: Request) -> Standing:
    """Where the cycle stands."""
    cycle = _find(request)
    return standing(cycle.workspace, cycle.folder, _steps(cycle))


def explain(request: Request, terms: Sequence[str]) -> Answer:
    """What the rule, measure, break or number named by `terms` means and comes from."""
    return explain_term(terms) or explain_number(_find(request), terms)


def _steps(cycle: Cycle) -> list[Step]:
    return [
        ingest_step(cycle),
        reconcile_step(cycle),
        project_step(cycle),
        variance_step(cycle),
        pack_step(cycle),
    ]


def _find(request: Request) -> Cycle:
    loaded = load_config(request.config)
    workspace = Workspace(loaded.base)
    return Cycle(loaded, workspace, workspace.cycle(choose_cycle(loaded.config, loaded.base, request.cycle)))
