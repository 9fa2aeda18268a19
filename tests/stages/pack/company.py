"""The small company of reconcile, planned and compared with a budget: what the pack is written from."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import Calendar
from sop_cli.stages.ingest.control import CONTROLS
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.project import Facts, PlanRules, project
from sop_cli.stages.reconcile.breaks import gate
from sop_cli.stages.reconcile.reconcile import reconcile
from sop_cli.stages.variance.materiality import Thresholds
from sop_cli.stages.variance.variance import variance
from tests.inline_tables import inline
from tests.stages.reconcile.company import rules, tables

CALENDAR = Calendar(date(2026, 11, 1), 12, 10)
OWNERS = {"data": "S&OP lead", "demand": "Sales", "supply": "COO", "inventory": "Supply chain", "finance": "CFO"}
PLANNING = ("items", "prices", "costs", "capacity", "routings", "supplier_limits", "lever_costs", "customers")

BUDGETED = (
    ("units", "100", "-"),
    ("revenue", "200.00", "EUR"),
    ("cogs", "100.00", "EUR"),
    ("fixed_cost", "10.00", "EUR"),
)
BUDGET = "\n".join(
    ["version measure item family month value currency uom"]
    + [
        f"AOP {measure} 00123 SOAP {when} {value} {currency} EA"
        for when in ("2026-10", "2026-11", "2026-12", *(f"2027-{number:02d}" for number in range(1, 10)))
        for measure, value, currency in BUDGETED
    ]
)  # fmt: skip


def company(**changed: str) -> dict[str, pl.DataFrame]:
    """The extracts of reconcile's company, with capacity, a bill of resources, overtime and a budget from October."""
    written = {
        "aop": BUDGET,
        "capacity": """
            site resource measure  month   hours
            P1   FILL     regular  2026-11 100
            P1   FILL     regular  2026-12 10
            P1   FILL     regular  2027-01 10
            P1   FILL     overtime 2026-12 2
            P1   FILL     overtime 2027-01 2""",
        "routings": """
            item  resource hours
            00123 FILL     0.1""",
        "lever_costs": """
            lever    scope cost  basis
            overtime FILL  30.00 hour""",
        "forecast": """
            item  segment month   quantity uom
            00123 RETAIL  2026-12 15       CS
            00123 RETAIL  2027-01 15       CS
            00123 RETAIL  2027-02 5        CS""",
    } | changed
    return tables() | {name: inline(name, text) for name, text in written.items()}


def pack_facts(extracts: Mapping[str, pl.DataFrame]) -> PackFacts:
    """The facts of the pack, by the stages themselves."""
    reconciled = reconcile(extracts, rules(), None)
    planned = project(
        Facts(reconciled.dataset, **{name: reconciled.planning[name] for name in PLANNING}),
        CALENDAR,
        PlanRules("EUR", 1, 1, ("sales forecast", "statistical"), "backlog", Decimal(12), Decimal(45), ("AOP",)),
    )
    compared = variance(
        reconciled.dataset, planned.dataset, CALENDAR,
        approved="AOP", thresholds=Thresholds(Decimal(5), Decimal(50), Decimal(15), Decimal(3)), currency="EUR",
        owners={"": "Sales"}, previous=None,
    )  # fmt: skip
    records = {"source": "shipments", "file": "shipments.csv", "sheet": None, "column": "records"}
    counts = {"read": Decimal(4), "accepted": Decimal(4), "rejected": Decimal(0), "excluded": Decimal(0)}
    return PackFacts(
        company="Small & Co (fictional)", currency="EUR", calendar=CALENDAR, approved="AOP", owners=OWNERS,
        gate=gate(reconciled.breaks), dataset=reconciled.dataset, breaks=reconciled.breaks,
        tie_outs=reconciled.tie_outs, controls=pl.DataFrame([records | counts], schema=CONTROLS),
        items=reconciled.planning["items"], costs=reconciled.planning["costs"],
        lever_costs=reconciled.planning["lever_costs"], projection=planned.dataset, plan=planned.plan,
        load=planned.load, exceptions=planned.findings, months=compared.months, landing=compared.landing,
        bridge=compared.bridge, to_go=compared.to_go, flags=compared.flags,
    )  # fmt: skip
