"""The S&OP grid of each family: demand, supply and stock by month, past and future in one table."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL
from sop_cli.schemas.pack import PackColumn, PackTable, Section, Value
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.figures import monthly
from sop_cli.stages.pack.words import month, quantity

BACK = 3


def families(facts: PackFacts) -> tuple[Section, ...]:
    """One section per family of the plan, by name."""
    policy = dict(facts.items.group_by("family").agg(pl.col("policy").min()).rows())
    names = facts.plan["family"].drop_nulls().unique().sort().to_list()
    return tuple(_grid(facts, name, policy.get(name) == "mto") for name in names)


def _grid(facts: PackFacts, family: str, made_to_order: bool) -> Section:
    """Closing = opening + production + purchases - shipped in every month, actual ones included."""
    calendar = facts.calendar
    back = [add_months(calendar.as_of, step) for step in range(1 - BACK, 1)]
    past = _past(facts, family)
    plan = facts.plan.filter(pl.col("family") == family)
    measures = ("demand", "production", "purchases", "spot", "shipped", "unmet", "lost", "closing", "target")
    ahead = {
        when: dict(zip(measures, values, strict=True))
        for when, *values in plan.group_by("month").agg(pl.col(*measures).sum()).rows()
    }
    budget = monthly(facts.dataset, facts.approved, "units", family)
    months = [*back, *calendar.months]

    def line(name: str, before: dict[date, Decimal], after: str) -> tuple[Value, ...]:
        return (name, *(before.get(when) if when in back else ahead.get(when, {}).get(after) for when in months))

    rows = [
        ("budget units", *(budget.get(when) for when in months)),
        line("demand", past["demand"], "demand"),
        line("production", past["production"], "production"),
        line("purchases", past["purchases"], "purchases"),
        line("spot purchases", {}, "spot"),
        line("shipped", past["units"], "shipped"),
        line("unmet, carried to the next month" if not made_to_order else "due and not shipped", {}, "unmet"),
        line("lost", {}, "lost"),
    ]
    if not made_to_order:
        rows += [line("closing stock", past["inventory_units"], "closing"), line("target stock", {}, "target")]
    shown = [row for row in rows if any(value for value in row[1:])]
    late = sum((values["unmet"] for values in ahead.values()), Decimal(0))
    state = f"{quantity(late)} unit-months late" if late else "everything due is shipped on time"
    kind = "made to order" if made_to_order else "made to stock"
    return Section(
        f"Family {family}",
        f"{family} ({kind}): {state}",
        tables=(
            PackTable(
                f"S&OP grid of {family}, base units; actual to {month(calendar.as_of)}",
                (PackColumn("Line"), *(PackColumn(month(when), "units") for when in months)),
                tuple(shown),
            ),
        ),
    )


def _past(facts: PackFacts, family: str) -> dict[str, dict[date, Decimal]]:
    wanted = ("demand", "production", "purchases", "units", "inventory_units")
    return {measure: monthly(facts.dataset, ACTUAL, measure, family) for measure in wanted}
