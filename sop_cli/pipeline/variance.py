"""variance: the projection -> divergence from budget, bridges, landing, flags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.errors import SopError
from sop_cli.findings.words import counted
from sop_cli.pipeline.cycle import Cycle, read_table
from sop_cli.pipeline.leave import counts, leave_tables
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    import polars as pl


def variance_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step("variance", "comparing with the budget", lambda: _inputs(cycle), lambda folder, _: _work(cycle, folder))


def _inputs(cycle: Cycle) -> dict[str, str]:
    parts = cycle.loaded.part_hashes("budget", "materiality", "owners", "currency", "fiscal_year_start", "horizon")
    return parts | cycle.last_inputs("variance")


def _work(cycle: Cycle, folder: Path) -> StepResult:
    from sop_cli.findings import variance as rule
    from sop_cli.stages.variance.materiality import Thresholds
    from sop_cli.stages.variance.variance import variance

    config = cycle.loaded.config
    last = cycle.last("variance")
    dataset = cycle.table("reconcile", "reconciled")
    _refuse_unknown_budget(cycle, dataset)
    result = variance(
        dataset,
        cycle.table("project", "projection"),
        cycle.calendar,
        approved=config.budget.approved,
        thresholds=Thresholds(**config.materiality.model_dump()),
        currency=config.currency,
        owners={
            "": config.owners.demand,
            rule.LANDING.code: config.owners.finance,
            rule.OFFSETS.code: config.owners.finance,
        },
        previous=read_table(last, "variance", "flags") if last else None,
    )
    rows = leave_tables(
        folder,
        {
            "variance": result.months,
            "landing": result.landing,
            "bridge": result.bridge,
            "to_go": result.to_go,
            "flags": result.flags,
            "findings": result.findings,
        },
        readable=("variance", "landing", "bridge", "to_go", "flags"),
    )
    compared = result.months["difference"].null_count() < result.months.height
    return StepResult(
        summary=f"{counted(result.flags.height, 'material divergence')} from {config.budget.approved}"
        if compared
        else f"no budget {config.budget.approved} to compare with",
        findings=counts(result.findings),
        material=result.flags.height,
        rows=rows,
        figures={"flags": result.flags.height},
    )


def _refuse_unknown_budget(cycle: Cycle, dataset: pl.DataFrame) -> None:
    """SopError where there are budgets, but none is called as the config says; without any there is no budget."""
    import polars as pl

    from sop_cli.schemas.dataset import OWN_VERSIONS

    budgets = dataset.filter(~pl.col("version").is_in(OWN_VERSIONS))["version"].unique().sort().to_list()
    approved = cycle.loaded.config.budget.approved
    if budgets and approved not in budgets:
        raise SopError(
            f"budget.approved is {approved!r}, but the extracts have {', '.join(map(repr, budgets))}",
            file=cycle.loaded.path,
            hint="name one of them under `budget:` in the config",
        )
