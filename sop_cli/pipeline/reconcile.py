"""reconcile: typed tables -> one reconciled dataset, breaks, gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.waivers import load_waivers
from sop_cli.findings.words import counted
from sop_cli.pipeline.cycle import Cycle, read_table
from sop_cli.pipeline.leave import counts, leave_tables
from sop_cli.workspace.hashing import file_hashes
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.config.model import TieOut
    from sop_cli.stages.reconcile.reconcile import LastCycle, ReconcileRules
    from sop_cli.stages.reconcile.tie_outs import Tolerance


# Who says what customers want; of all other tables there may be none, and the plan knows less.
DEMAND = ("shipments", "orders", "forecast")


def refuse_missing_tables(cycle: Cycle) -> None:
    """SopError where no source feeds a table that planning cannot do without."""
    sources = cycle.loaded.config.sources
    fed = {source.table or name for name, source in sources.items()}
    missing = []
    if "items" not in fed:
        missing.append("no source feeds the table items, and nothing can be planned without it: it holds the families")
    if fed.isdisjoint(DEMAND):
        missing.append(f"no source feeds any of {', '.join(DEMAND)}: nothing says what customers want")
    if missing:
        raise cycle.loaded.refuse([(("sources",), text) for text in missing])


def reconcile_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step(
        "reconcile", "tying out and reconciling", lambda: _inputs(cycle), lambda folder, _: _work(cycle, folder)
    )


def _inputs(cycle: Cycle) -> dict[str, str]:
    loaded = cycle.loaded
    return (
        loaded.part_hashes("currency", "ledger", "tie_outs", "owners")
        | file_hashes([loaded.registers / "waivers.yaml"], loaded.base)
        | cycle.last_inputs("reconcile")
    )


def _work(cycle: Cycle, folder: Path) -> StepResult:
    import polars as pl

    from sop_cli.stages.reconcile.breaks import gate
    from sop_cli.stages.reconcile.planning import PLANNING
    from sop_cli.stages.reconcile.reconcile import reconcile

    result = reconcile(_tables(cycle), _rules(cycle), _last(cycle))
    rows = leave_tables(
        folder,
        {
            "reconciled": result.dataset,
            "lines": result.lines,
            "breaks": result.breaks,
            "left_out": result.left_out,
            "tie_outs": result.tie_outs,
            "findings": result.findings,
            **{f"plan_{name}": result.planning[name] for name in PLANNING},
        },
        readable=("reconciled", "breaks", "left_out", "tie_outs", "findings"),
    )
    waived = result.breaks.filter(pl.col("status") == "waived").height
    blocking = result.findings.filter(pl.col("severity") == "error")
    return StepResult(
        summary=f"{counted(result.dataset.height, 'number')}, {counted(result.breaks.height, 'break')} "
        f"({waived} waived)",
        gate="passed" if gate(result.breaks) else "failed",
        findings=counts(result.findings) | ({"waived": waived} if waived else {}),
        blocks=tuple(f"{code} {message}" for code, message in blocking.select("code", "message").rows()),
        rows=rows,
        figures={"numbers": result.dataset.height, "breaks": result.breaks.height, "waived": waived},
    )


def _tables(cycle: Cycle) -> dict[str, pl.DataFrame]:
    from sop_cli.schemas.tables import TABLES

    left = cycle.folder.stage("ingest")
    return {name: cycle.table("ingest", name) for name in TABLES if (left / f"{name}.parquet").is_file()}


def _rules(cycle: Cycle) -> ReconcileRules:
    from sop_cli.findings import reconcile as rule
    from sop_cli.schemas.calendar import month_of
    from sop_cli.stages.reconcile.breaks import Waiver
    from sop_cli.stages.reconcile.reconcile import ReconcileRules

    config = cycle.loaded.config
    return ReconcileRules(
        cycle=cycle.calendar.cycle,
        currency=config.currency,
        accounts=config.ledger.model_dump(),
        revenue=_tolerance(config.tie_outs.revenue_to_ledger),
        inventory=_tolerance(config.tie_outs.inventory_to_ledger),
        roll_forward=_tolerance(config.tie_outs.stock_roll_forward),
        owners={
            "": config.owners.data,
            rule.REVENUE_TIE.code: config.owners.finance,
            rule.INVENTORY_TIE.code: config.owners.finance,
            rule.RESTATED.code: config.owners.finance,
            rule.ROLL_FORWARD.code: config.owners.inventory,
            rule.MISSING_PRICE.code: config.owners.demand,
            rule.ORDERS_MOVED.code: config.owners.demand,
        },
        waivers=[
            Waiver(waiver.break_id, waiver.who, waiver.why, month_of(waiver.until))
            for waiver in load_waivers(cycle.loaded.registers)
            if waiver.holds(cycle.folder.name)
        ],
    )


def _tolerance(given: TieOut) -> Tolerance:
    from sop_cli.stages.reconcile.tie_outs import Tolerance

    return Tolerance(given.absolute, given.percent)


def _last(cycle: Cycle) -> LastCycle | None:
    import polars as pl

    from sop_cli.schemas.calendar import add_months, month_of
    from sop_cli.schemas.demand import ORDERS
    from sop_cli.stages.reconcile.reconcile import LastCycle

    last = cycle.last("reconcile")
    if last is None:
        return None
    had_orders = (last.stage("ingest") / "orders.parquet").is_file()
    return LastCycle(
        as_of=add_months(month_of(last.name), -1),
        dataset=read_table(last, "reconcile", "reconciled"),
        orders=read_table(last, "ingest", "orders") if had_orders else pl.DataFrame(schema=ORDERS.schema()),
        breaks=read_table(last, "reconcile", "breaks"),
    )
