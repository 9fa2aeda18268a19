"""project: the reconciled dataset -> demand, supply, inventory and money to the horizon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.errors import SopError
from sop_cli.findings.words import counted
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.leave import counts, leave_tables
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    from sop_cli.stages.project.facts import Facts, PlanRules


def project_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step("project", "planning demand, supply and money", lambda: _inputs(cycle), lambda f, _: _work(cycle, f))


def _inputs(cycle: Cycle) -> dict[str, str]:
    return cycle.loaded.part_hashes("horizon", "fiscal_year_start", "plan", "budget", "currency")


def _work(cycle: Cycle, folder: Path) -> StepResult:
    from sop_cli.stages.project.projection import project

    facts = _facts(cycle)
    if facts.items.is_empty():
        raise SopError("there are no items to plan", hint="name the item master under `sources` as `items`")
    result = project(facts, cycle.calendar, _rules(cycle))
    rows = leave_tables(
        folder,
        {
            "projection": result.dataset,
            "plan": result.plan,
            "load": result.load,
            "money": result.money,
            "findings": result.findings,
        },
        readable=("projection", "plan", "load", "money", "findings"),
    )
    months = len(cycle.calendar.months)
    return StepResult(
        summary=f"{counted(result.dataset.height, 'number')} over {counted(months, 'month')}, "
        f"{counted(result.findings.height, 'finding')}",
        findings=counts(result.findings),
        rows=rows,
        figures={"numbers": result.dataset.height, "months": months},
    )


def _facts(cycle: Cycle) -> Facts:
    from sop_cli.stages.project.facts import Facts

    planning = ("items", "prices", "costs", "capacity", "routings", "supplier_limits", "lever_costs", "customers")
    return Facts(
        dataset=cycle.table("reconcile", "reconciled"),
        **{name: cycle.table("reconcile", f"plan_{name}") for name in planning},
    )


def _rules(cycle: Cycle) -> PlanRules:
    from sop_cli.stages.project.facts import PlanRules

    config = cycle.loaded.config
    return PlanRules(
        currency=config.currency,
        demand_fence=config.plan.demand_fence,
        frozen=config.plan.frozen,
        demand=config.plan.demand,
        unmet=config.plan.unmet,
        holding_percent=config.plan.holding_percent,
        payables_days=config.plan.payables_days,
        budgets=tuple(name for name in (config.budget.approved, config.budget.proposed) if name is not None),
    )
