"""What the documented rules of the projection find in each cycle, counted by hand from the generator's arrays."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from tests.sample_company import extracts
from tests.sample_company.company import CENT, FAMILIES, KEY_RESOURCE, RESOURCES, cost_in, items
from tests.sample_company.consensus import consensus, falling_due, half_up
from tests.sample_company.months import CYCLES, HORIZON, LATEST, as_of, month, month_of, text
from tests.sample_company.supply import budget_overload, history, hours_of, hours_per_piece, supplier_limit
from tests.sample_company.workbooks import SUPPLIERS, budget_version

MONTH_DAYS = Fraction("30.4375")  # a twelfth of 365.25
NOTABLE = Fraction(1, 100)  # of a family's stock: less of it in the wrong place is for information
Found = dict[str, Any]
Place = tuple[str, str]  # item, site


def projected() -> list[Found]:
    """Every P finding of every cycle; a rule or a cycle that is not named here finds nothing."""
    rules = (_overloads, _late, _budgets, _misplaced, _short_suppliers)
    return [found for cycle in CYCLES for rule in rules for found in rule(cycle)]


def _found(cycle: str, code: str, place: str, value: str, severity: str = "warning", **more: object) -> Found:
    return {"cycle": cycle, "code": code, "severity": severity, "place": place, "value": value, **more}


@cache
def utilisation(cycle: str, resource: str) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    """Load of consensus demand in the month it is due, regular hours and overtime, of each month of the horizon."""
    load = dict.fromkeys(range(month(cycle), month(cycle) + HORIZON), Decimal(0))
    for (code, number), quantity in falling_due(cycle).items():
        load[number] += quantity * Decimal(str(hours_per_piece(code, resource)))
    hours = {number: hours_of(resource, number) for number in load}
    return {n: (load[n], Decimal(str(regular)), Decimal(str(overtime))) for n, (regular, overtime) in hours.items()}


def overloaded(cycle: str) -> list[tuple[str, int]]:
    """Resource and month wherever load exceeds regular hours."""
    return [(r, n) for r in RESOURCES for n, (load, regular, _) in utilisation(cycle, r).items() if load > regular]


def supplier_need(supplier: str, cycle: str) -> dict[int, int]:
    """Consensus demand for the items of a supplier by month, past-due orders in the first."""
    need: dict[int, int] = {}
    for (code, number), quantity in falling_due(cycle).items():
        if items()[code].supplier == supplier:
            need[number] = need.get(number, 0) + quantity
    return dict(sorted(need.items()))


@cache
def misplaced(cycle: str) -> dict[str, tuple[int, Decimal]]:
    """By family the pieces in the wrong place and their worth at standard cost; families without any are left out.

    Of an item as much as lies above target at some sites and is missing at others. Target: the pieces that cover the
    next target_days days of consensus demand of the item at the site, in months of 30.4375 days, a half going up.
    """
    closed = as_of(cycle)
    over: dict[str, int] = {}
    short: dict[str, int] = {}
    target = _targets(cycle)
    held = {(code, site): q for (code, site, when), q in history().stock.items() if when == closed}
    for code, site in {*target, *held}:
        spare = held.get((code, site), 0) - target.get((code, site), 0)
        over[code] = over.get(code, 0) + max(0, spare)
        short[code] = short.get(code, 0) + max(0, -spare)
    found: dict[str, tuple[int, Decimal]] = {}
    for code in sorted(over):
        if moved := min(over[code], short[code]):
            pieces, worth = found.get(items()[code].family, (0, Decimal(0)))
            found[items()[code].family] = (pieces + moved, worth + moved * cost_in(items()[code], closed))
    return found


def _targets(cycle: str) -> dict[Place, int]:
    targets: dict[Place, int] = {}
    for (code, site), demand in _cells(cycle).items():
        family = FAMILIES[items()[code].family]
        if family.policy == "mts":
            months, part = divmod(family.target_days / MONTH_DAYS, 1)
            ahead = [Fraction(demand.get(month(cycle) + step, 0)) for step in range(months + 1)]
            targets[code, site] = half_up(sum(ahead[:-1]) + part * ahead[-1])
    return targets


def _cells(cycle: str) -> dict[Place, dict[int, int]]:
    cells: dict[Place, dict[int, int]] = {}
    for (code, site, _), months in consensus(cycle).due.items():
        cell = cells.setdefault((code, site), {})
        for number, quantity in months.items():
            cell[number] = cell.get(number, 0) + quantity
    return cells


def _overloads(cycle: str) -> Iterator[Found]:
    for resource, site in RESOURCES.items():
        excess = {n: load - regular for n, (load, regular, _) in utilisation(cycle, resource).items() if load > regular}
        for run in _runs(excess):
            place = f"{site} / {resource} / {_span(run)}"
            yield _found(cycle, "P101", place, f"{sum(excess[n] for n in run):.1f} h")


def late(cycle: str) -> dict[Place, int]:
    """Pieces that fall due in the frozen month and are neither on hand nor in its plan of record.

    Past-due orders ship first, and do not count themselves.
    """
    opening = month(cycle)
    lost = extracts.misspelt_receipt() if cycle == LATEST else None
    receipts = [*extracts.plan_of_record(cycle, "make"), *extracts.plan_of_record(cycle, "buy")]
    there = {(code, site): q for (code, site, when), q in history().stock.items() if when == as_of(cycle)}
    for row in receipts:
        if month_of(row.moment) == opening and row != lost:
            there[row.item, row.to_site] = there.get((row.item, row.to_site), 0) + row.quantity
    owed: dict[Place, int] = {}
    for (code, site, _), quantity in consensus(cycle).past_due.items():
        owed[code, site] = owed.get((code, site), 0) + quantity
    missing = {}
    for place, demand in _cells(cycle).items():
        due = demand.get(opening, 0)
        missing[place] = min(due, max(0, owed.get(place, 0) + due - there.get(place, 0)))
    return {place: quantity for place, quantity in sorted(missing.items()) if quantity}


def _late(cycle: str) -> Iterator[Found]:
    totals: dict[str, int] = {}
    for (code, _), quantity in late(cycle).items():
        totals[items()[code].family] = totals.get(items()[code].family, 0) + quantity
    for family, quantity in totals.items():
        yield _found(cycle, "P102", f"{family} / {cycle}", f"{quantity} units")


def _budgets(cycle: str) -> Iterator[Found]:
    for year in (2027, 2028):
        over = budget_overload(year)
        short = sum((Decimal(str(load)) - Decimal(str(hours)) for load, hours in over.values()), Decimal(0))
        months = ", ".join(text(number) for number in over)
        place = f"{budget_version(year)} / {RESOURCES[KEY_RESOURCE]} / {KEY_RESOURCE} / {months}"
        yield _found(cycle, "P103", place, f"{short:.1f} h")


def _misplaced(cycle: str) -> Iterator[Found]:
    for family, (pieces, worth) in misplaced(cycle).items():
        held = sum(
            quantity
            for (code, _, when), quantity in history().stock.items()
            if when == as_of(cycle) and items()[code].family == family
        )
        severity = "warning" if pieces >= held * NOTABLE else "info"
        yield _found(cycle, "P104", family, f"{pieces} units", severity, worth=str(worth.quantize(CENT)))


def _short_suppliers(cycle: str) -> Iterator[Found]:
    for supplier in SUPPLIERS:
        gaps = {n: need - supplier_limit(supplier, n, cycle) for n, need in supplier_need(supplier, cycle).items()}
        gaps = {number: gap for number, gap in gaps.items() if gap > 0}
        for run in _runs(gaps):
            place = f"{supplier} / {_span(run)}"
            yield _found(cycle, "P105", place, f"{sum(gaps[number] for number in run)} units")


def _runs(months: dict[int, Any]) -> list[list[int]]:
    """Consecutive months belong together."""
    runs: list[list[int]] = []
    for number in sorted(months):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _span(run: list[int]) -> str:
    return text(run[0]) if len(run) == 1 else f"{text(run[0])}..{text(run[-1])}"
