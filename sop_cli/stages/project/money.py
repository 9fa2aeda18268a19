"""What the plan earns, costs and ties up, to the last decimal.

- revenue = shipped x net price of item and segment; cogs = shipped x standard cost; gross margin where both are known
- overtime = overtime hours x premium of the resource (else its site's, else the general one)
- fines = units newly late or lost x fine of the segment (else the general one)
- spot = spot units x premium of the supplier (else the site's, else the general one)
- each of these, and expedite, at least at its run-rate of the last twelve months: see reactive.py
- fixed cost = the budget's, in the months the first of the budgets has one; else the average of the last three
  closed months of the ledger
- ebitda = gross margin − reactive cost − fixed cost, in months whose fixed cost is known
- receivables = the last DSO days of revenue, DSO counted back from the ledger at as-of; payables = the last
  `payables_days` days of cogs; working capital = inventory value + receivables − payables

A number that needs a price, cost or premium nobody knows is left out, never 0: reconcile has reported it.
"""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, LEDGER
from sop_cli.stages.project.cash import balance_of, days_outstanding
from sop_cli.stages.project.facts import Facts, PlanRules
from sop_cli.stages.project.levers import per_unit, rated
from sop_cli.stages.project.reactive import REACTIVE, reactive

NOTHING = Decimal(0)
CENT_OF_A_CENT = Decimal("0.00000001")  # the eight decimals of an exact number
LINES = ("month", "item", "family", "site", "segment", "measure", "value")
MONEY = (
    "units", "revenue", "cogs", "gross_margin", *REACTIVE, "reactive_cost", "fixed_cost", "ebitda",
    "inventory_value", "receivables", "payables", "working_capital",
)  # fmt: skip


def money_lines(
    facts: Facts,
    calendar: Calendar,
    rules: PlanRules,
    plan: pl.DataFrame,
    strands: pl.DataFrame,
    load: pl.DataFrame,
    prices: pl.DataFrame,
) -> pl.DataFrame:
    """Every money line of the projection, long: LINES; levels a line does not have are null."""
    costs = facts.costs.select("item", "cost")
    sold = (
        strands.filter(pl.col("shipped") != 0)
        .join(prices, on=["item", "segment"], how="left", nulls_equal=True, validate="m:1")
        .join(costs, on="item", how="left", validate="m:1")
        .with_columns(revenue=pl.col("shipped") * pl.col("price"), cogs=pl.col("shipped") * pl.col("cost"))
        .with_columns(gross_margin=pl.col("revenue") - pl.col("cogs"))
    )
    stock = plan.join(costs, on="item", how="left", validate="m:1").with_columns(
        value=pl.col("closing") * pl.col("cost")
    )
    revenue = _line(sold, "revenue", pl.col("revenue"))
    caused = pl.concat([_overtime(facts, load), _fines(facts, strands, costs), _spot(facts, plan, costs)])
    reactive_lines = reactive(facts, calendar, caused, revenue)
    parts = [
        revenue,
        _line(sold, "cogs", pl.col("cogs")),
        _line(sold, "gross_margin", pl.col("gross_margin")),
        _line(stock, "inventory_value", pl.col("value")),
        reactive_lines,
        _summed(reactive_lines.with_columns(measure=pl.lit("reactive_cost"))),
    ]
    return pl.concat([*parts, _company(facts, calendar, rules, pl.concat(parts))])


def money_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Family x month, one column per line of MONEY; the row without family holds what no family has.

    `rows`: month, family, measure, value. Null is a line without a figure: nothing happened, or it is not known.
    """
    totals = (
        rows.filter(pl.col("measure").is_in(MONEY)).group_by("month", "family", "measure").agg(pl.col("value").sum())
    )
    wide = totals.select("month", "family").unique()
    for measure in MONEY:
        part = totals.filter(pl.col("measure") == measure).select(
            "month", "family", pl.col("value").cast(EXACT).alias(measure)
        )
        wide = wide.join(part, on=["month", "family"], how="left", nulls_equal=True, validate="m:1")
    return wide.sort("family", "month", nulls_last=True)


def _line(rows: pl.DataFrame, measure: str, value: pl.Expr) -> pl.DataFrame:
    levels = [
        pl.col(level) if level in rows.columns else pl.lit(None, dtype=pl.String).alias(level)
        for level in ("item", "family", "site", "segment")
    ]
    return rows.select("month", *levels, measure=pl.lit(measure), value=value.cast(EXACT)).drop_nulls("value")


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per month, levels and measure."""
    return rows.group_by(LINES[:-1]).agg(pl.col("value").sum()).select(rows.columns)


def _overtime(facts: Facts, load: pl.DataFrame) -> pl.DataFrame:
    worked = load.filter(pl.col("overtime_used") > 0)
    hours = rated(worked, facts.lever_costs, "overtime", ("hour",), "resource", "site").drop_nulls("rate")
    paid = hours.group_by("month", "site").agg((pl.col("overtime_used") * pl.col("rate")).sum())
    return _line(paid, "overtime", pl.col("overtime_used"))


def _fines(facts: Facts, strands: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    late = strands.filter(pl.col("newly_late") > 0).join(costs, on="item", how="left", validate="m:1")
    fined = rated(late, facts.lever_costs, "fine", ("unit", "percent"), "segment")
    return _line(fined, "fines", pl.col("newly_late") * per_unit())


def _spot(facts: Facts, plan: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    suppliers = facts.items.select("item", "supplier")
    bought = plan.filter(pl.col("spot") > 0).join(suppliers, on="item", validate="m:1")
    bought = bought.join(costs, on="item", how="left", validate="m:1")
    paid = rated(bought, facts.lever_costs, "spot", ("unit", "percent"), "supplier", "site")
    return _line(paid, "spot", pl.col("spot") * per_unit())


def _company(facts: Facts, calendar: Calendar, rules: PlanRules, lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of the whole company: fixed cost, ebitda, receivables, payables, working capital."""
    plan = {measure: _by_month(lines.filter(pl.col("measure") == measure)) for measure in MONEY}
    revenue, cogs = (
        _past(facts, calendar, measure) | _filled(plan[measure], calendar) for measure in ("revenue", "cogs")
    )
    owed = _by_month(facts.numbers(LEDGER, "receivables")).get(calendar.as_of)
    dso = None if owed is None else days_outstanding(owed, revenue, calendar.as_of)
    fixed = _fixed_cost(facts, calendar, rules)
    rows: list[tuple[date, str, Decimal]] = []
    for month in calendar.months:
        receivables = None if dso is None else balance_of(dso, revenue, month)
        payables = balance_of(rules.payables_days, cogs, month)
        stock = plan["inventory_value"].get(month)
        lines_of_month: dict[str, Decimal | None] = {
            "fixed_cost": fixed.get(month),
            "ebitda": _difference(
                plan["gross_margin"].get(month, NOTHING), plan["reactive_cost"].get(month, NOTHING), fixed.get(month)
            ),
            "receivables": receivables,
            "payables": payables,
            "working_capital": None
            if receivables is None or stock is None
            else _difference(stock + receivables, NOTHING, payables),
        }
        rows += [(month, measure, value) for measure, value in lines_of_month.items() if value is not None]
    table = pl.DataFrame(
        [(month, measure, value.quantize(CENT_OF_A_CENT)) for month, measure, value in rows],
        schema={"month": pl.Date, "measure": pl.String, "value": EXACT},
        orient="row",
    )
    return _line(table, "", pl.col("value")).with_columns(table["measure"])


def _fixed_cost(facts: Facts, calendar: Calendar, rules: PlanRules) -> dict[date, Decimal]:
    ledger = _by_month(facts.numbers(LEDGER, "fixed_cost"))
    recent = [ledger[month] for step in range(3) if (month := add_months(calendar.as_of, -step)) in ledger]
    fixed = {month: sum(recent, NOTHING) / len(recent) for month in calendar.months} if recent else {}
    for version in reversed(rules.budgets):
        fixed |= _by_month(facts.numbers(version, "fixed_cost"))
    return fixed


def _past(facts: Facts, calendar: Calendar, measure: str) -> dict[date, Decimal]:
    """What was booked in the closed months: the ledger's figure, else that of the shipments."""
    known = _by_month(facts.numbers(ACTUAL, measure)) | _by_month(facts.numbers(LEDGER, measure))
    return {month: value for month, value in known.items() if month <= calendar.as_of}


def _filled(flow: dict[date, Decimal], calendar: Calendar) -> dict[date, Decimal]:
    return {month: flow.get(month, NOTHING) for month in calendar.months}


def _by_month(rows: pl.DataFrame) -> dict[date, Decimal]:
    totals = rows.group_by("month").agg(pl.col("value").sum().cast(EXACT))
    return dict(totals.sort("month").iter_rows())


def _difference(gain: Decimal, cost: Decimal, other: Decimal | None) -> Decimal | None:
    return None if other is None else gain - cost - other
