"""The S&OP grid of each family: demand, supply and stock by month, past and future in one table."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.findings.words import month, quantity, scale, scaled
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL
from sop_cli.schemas.pack import Chart, PackColumn, PackTable, Section, Series, Value
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.figures import asked, monthly, thin_stock

BACK = 3
ACROSS = 12  # months side by side: more cannot be read on a page

Line = dict[date, Decimal]


def families(facts: PackFacts) -> tuple[Section, ...]:
    """One section per family of the plan, by name."""
    policy = dict(facts.items.group_by("family").agg(pl.col("policy").min()).rows())
    names = facts.plan["family"].drop_nulls().unique().sort().to_list()
    return tuple(_family(facts, name, policy.get(name) == "mto") for name in names)


def _family(facts: PackFacts, family: str, made_to_order: bool) -> Section:
    calendar = facts.calendar
    months = [*(add_months(calendar.as_of, step) for step in range(1 - BACK, 1)), *calendar.months]
    lines = _lines(facts, family, made_to_order)
    state = _state(lines["unmet, owed at month end"], lines["lost"])
    if low := thin_stock(facts.plan).get(family):
        state += f"; stock falls to {quantity(low[1])} % of target in {month(low[0])}"
    title = f"{family} ({'made to order' if made_to_order else 'made to stock'}): {state}"
    return Section(
        f"Family {family}", title, charts=(_chart(family, title, months, lines, made_to_order),),
        tables=tuple(
            _grid(f"S&OP grid of {family}, base units" + (", actual to " + month(calendar.as_of) if not start else ""),
                  months[start : start + ACROSS], lines)
            for start in range(0, len(months), ACROSS)
        ),
    )  # fmt: skip


def _state(owed: Line, lost: Line) -> str:
    """How much is late when it is worst, and what is lost; or that nothing is."""
    worst = max(owed, key=lambda when: (owed[when], -when.toordinal()), default=None)
    late = [f"up to {quantity(owed[worst])} units late, at the end of {month(worst)}"] if worst and owed[worst] else []
    missed = sum(lost.values(), Decimal(0))
    return ", ".join([*late, *([f"{quantity(missed)} units lost"] if missed else [])]) or (
        "all that falls due ships on time"
    )


def _lines(facts: PackFacts, family: str, made_to_order: bool) -> dict[str, Line]:
    """The lines of the grid, actual months then planned ones.

    Made to stock: closing = opening + production + purchases + spot - shipped. Made to order:
    closing backlog = opening + bookings - shipped.
    """
    plan = facts.plan.filter(pl.col("family") == family)

    def planned(column: str) -> Line:
        return dict(plan.group_by("month").agg(pl.col(column).sum()).rows())

    def line(measure: str, column: str) -> Line:
        closed = monthly(facts.dataset, ACTUAL, measure, family)
        return {when: value for when, value in closed.items() if when <= facts.calendar.as_of} | planned(column)

    lines = {
        "budget units": monthly(facts.dataset, facts.approved, "units", family),
        "demand falling due": monthly(asked(facts.dataset, facts.calendar.as_of), ACTUAL, "demand", family)
        | planned("demand"),
        "production": line("production", "production"),
        "purchases": line("purchases", "purchases"),
        "spot purchases": planned("spot"),
        "shipped": line("units", "shipped"),
        "unmet, owed at month end": planned("unmet"),
        "lost": planned("lost"),
    }
    if made_to_order:
        return lines | {"bookings": planned("bookings"), "backlog at month end": planned("backlog")}
    return lines | {"closing stock": line("inventory_units", "closing"), "target stock": planned("target")}


def _grid(title: str, months: Sequence[date], lines: dict[str, Line]) -> PackTable:
    rows: list[tuple[Value, ...]] = [
        (name, *(values.get(when) for when in months)) for name, values in lines.items() if any(values.values())
    ]
    return PackTable(title, (PackColumn("Line"), *(PackColumn(month(when), "units") for when in months)), tuple(rows))


def _chart(family: str, title: str, months: Sequence[date], lines: dict[str, Line], made_to_order: bool) -> Chart:
    level = "backlog at month end" if made_to_order else "closing stock"
    supplied = {
        when: lines["production"].get(when, Decimal(0))
        + lines["purchases"].get(when, Decimal(0))
        + lines["spot purchases"].get(when, Decimal(0))
        for when in months
    }
    drawn = {name: [lines[name].get(when) for when in months] for name in ("demand falling due", level)}
    by, word = scale([*supplied.values(), *(value for values in drawn.values() for value in values)])
    return Chart(
        name=f"family-{family}",
        title=title,
        kind="combo",
        unit=f"{word} units".strip(),
        categories=tuple(month(when) for when in months),
        series=(
            Series("production and purchases", scaled([supplied[when] for when in months], by), "projection", "bar"),
            Series("demand falling due", scaled(drawn["demand falling due"], by), "demand"),
            Series(level, scaled(drawn[level], by), "target"),
        ),
        alt=f"{family} by month in {word} units: supply, demand falling due and {level}. {title}",
    )
