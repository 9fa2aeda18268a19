"""The answer key: what is planted, what the figures are and what the story says, from the generator's own arrays."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from tests.sample_company import extracts
from tests.sample_company.company import CENT, FAMILIES, cost_in, items
from tests.sample_company.controls import controls
from tests.sample_company.defects import defects
from tests.sample_company.demand import Line, forecast_base
from tests.sample_company.money import budget, budget_costs, in_eur, rate
from tests.sample_company.months import CYCLES, YTD, as_of, fiscal_months, month_of, text
from tests.sample_company.projected import projected
from tests.sample_company.story import story
from tests.sample_company.supply import history
from tests.sample_company.workbooks import budget_version

Figure = dict[str, Any]


def answer_key() -> dict[str, Any]:
    """Everything the tests of other rooms hold the pipeline against."""
    return {
        "about": NOTES,
        "defects": defects(),
        "figures": [figure for cycle in CYCLES for figure in _figures(cycle)],
        "controls": controls(),
        "projected": projected(),
        "story": story(),
    }


NOTES = [
    "Money is rounded to the cent here only; sums are of unrounded products (amount x rate, pieces x cost).",
    "Accepted shipments: clean lines, without the line with the letter, counting the doubled line once.",
    "units and cogs of actual shipments are by the month shipped; demand by promised month is not in this key.",
    "Open orders: accepted lines (date readable, unit convertible), past-due ones included, at the as-of rate.",
    "Remaining-year sales forecast: months after as-of to the fiscal year's end, known items only, without the "
    "#N/A cell; PROCARE are bookings.",
    "Forecast rows of an unknown item fall under R201 alone: that it has no price either is no further finding.",
    "figure is a magnitude; difference is extract less expectation: shipments - ledger, stock x cost - ledger, "
    "closing - (opening + receipts - shipments), this cycle - last cycle. E5 is exact to the cent.",
    "In 2026-10 the item without a cost (E3) is left out of COGS, not counted at 0.",
    "The order line in pallets is left out of the quantities; its amount is known and counts.",
    "projected lists every P finding of every cycle by the documented rules; worth, of P104, is at standard cost.",
    "P102 is of the frozen month only: after it output is free, P3-PRO has the hours, the overload of P2-FILL is made "
    "ahead, and what S2 cannot deliver from December comes from stock and spot purchases.",
    "In 2026-10 the shipped line of the unknown account has no segment: sales says nothing about it, so by the rules "
    "its statistical voice counts beside the forecast of the item's segments.",
    "Budget version filters name the version in the workbooks; sums are of the rounded cells.",
]


def _figures(cycle: str) -> Iterable[Figure]:
    closed = as_of(cycle)
    span = {"from": text(YTD), "to": text(closed)}
    sold = [row for row in extracts.accepted(cycle) if month_of(row.shipped) >= YTD]
    actual: dict[str, Callable[[Line], Decimal | int]] = {
        "revenue": in_eur,
        "units": lambda row: row.base,
        "cogs": lambda row: row.base * cost_in(items()[row.item], month_of(row.shipped)),
    }
    for measure, worth in actual.items():
        if measure == "cogs" and cycle == extracts.MISSING_COST[0]:
            sold = [row for row in sold if row.item != extracts.MISSING_COST[1]]
        name = f"year to date {measure}"
        yield from _by_family(name, cycle, "actual", measure, ((r.family, worth(r)) for r in sold), span)
    yield from _stock(cycle)
    yield from _forecast(cycle)
    yield from _orders(cycle)
    yield from _ledger(cycle, span)
    if cycle == CYCLES[-1]:
        yield from _budgets(cycle)


def _by_family(
    name: str, cycle: str, version: str, measure: str, values: Iterable[tuple[str, Decimal | int]], when: dict[str, str]
) -> Iterable[Figure]:
    totals: dict[str, Decimal] = {}
    for family, value in values:
        totals[family] = totals.get(family, Decimal(0)) + value
    base = {"version": version, "measure": measure}
    yield _figure(name, cycle, {**base, **when}, sum(totals.values(), Decimal(0)))
    for family in (family for family in FAMILIES if family in totals):
        yield _figure(f"{name}, {family}", cycle, {**base, "family": family, **when}, totals[family])


def _figure(name: str, cycle: str, filters: dict[str, str], value: Decimal) -> Figure:
    exact = str(value.quantize(CENT)) if filters["measure"] not in COUNTED else str(int(value))
    return {"name": name, "cycle": cycle, "filters": filters, "value": exact}


COUNTED = ("units", "demand", "bookings", "inventory_units")


def _stock(cycle: str) -> Iterable[Figure]:
    closed = as_of(cycle)
    when = {"month": text(closed)}
    held = [(code, quantity) for (code, _, number), quantity in history().stock.items() if number == closed]
    units = ((items()[code].family, quantity) for code, quantity in held)
    yield from _by_family("closing stock units", cycle, "actual", "inventory_units", units, when)
    value = ((items()[code].family, quantity * cost_in(items()[code], closed)) for code, quantity in held)
    yield from _by_family("closing stock value", cycle, "actual", "inventory_value", value, when)


def _forecast(cycle: str) -> Iterable[Figure]:
    last = fiscal_months(2027)[-1]
    volumes = dict(forecast_base(cycle))
    if cycle == CYCLES[-1]:
        code, segment, number = extracts.error_cell()
        volumes[code, number] -= extracts.forecast_cell(code, segment, number)
    rest = [(items()[code].family, quantity) for (code, number), quantity in volumes.items() if number <= last]
    when = {"from": text(as_of(cycle) + 1), "to": text(last)}
    stocked = (row for row in rest if row[0] != "PROCARE")
    booked = (row for row in rest if row[0] == "PROCARE")
    yield from _by_family("remaining-year sales forecast", cycle, "sales forecast", "demand", stocked, when)
    yield from _by_family("remaining-year bookings forecast", cycle, "sales forecast", "bookings", booked, when)


def _orders(cycle: str) -> Iterable[Figure]:
    good = [row.line for row in extracts.orders(cycle) if row.accepted]
    closed = as_of(cycle)
    when = {"as_of": text(closed)}
    yield from _by_family("open order units", cycle, "orders", "demand", ((r.family, r.base) for r in good), when)
    dated = [row.line for row in extracts.orders(cycle) if row.accepted or row.uom == extracts.PALLET[1]]
    worth = ((r.family, r.amount * rate(r.currency, closed)) for r in dated)
    yield from _by_family("open order value", cycle, "orders", "revenue", worth, when)


def _ledger(cycle: str, span: dict[str, str]) -> Iterable[Figure]:
    closed = as_of(cycle)
    rows = extracts.ledger(YTD, closed, cycle)
    movements = {"400": "revenue", "500": "cogs", "620": "reactive_cost"}
    for start, measure in movements.items():
        values = [(family, amount) for _, account, _, family, amount in rows if account.startswith(start)]
        yield from _by_family(f"ledger {measure}", cycle, "ledger", measure, values, span)
    fixed = sum((amount for _, account, _, _, amount in rows if account in FIXED_ACCOUNTS), Decimal(0))
    yield _figure("ledger fixed cost", cycle, {"version": "ledger", "measure": "fixed_cost", **span}, fixed)
    for start, measure in {"140": "inventory_value", "120": "receivables", "160": "payables"}.items():
        balance = [(f, amount) for n, account, _, f, amount in rows if account.startswith(start) and n == closed]
        yield from _by_family(f"ledger {measure}", cycle, "ledger", measure, balance, {"month": text(closed)})


FIXED_ACCOUNTS = ("610100", "630100", "640100")


def _budgets(cycle: str) -> Iterable[Figure]:
    for year in (2027, 2028):
        version = budget_version(year)
        months = fiscal_months(year)
        when = {"from": text(months[0]), "to": text(months[-1])}
        for measure, values in budget(year).items():
            rows = ((items()[code].family, value) for (code, _), value in values.items())
            yield from _by_family(f"{version} {measure}", cycle, version, measure, rows, when)
        costs = budget_costs(year)
        reactive = sum(costs.pop("reactive_cost").values())
        fixed = sum(sum(values.values()) for values in costs.values())
        for measure, value in (("fixed_cost", fixed), ("reactive_cost", reactive)):
            filters = {"version": version, "measure": measure, **when}
            yield _figure(f"{version} {measure}", cycle, filters, Decimal(value))
