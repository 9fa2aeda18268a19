"""What is made, bought and held: receipts, stock, the plan of record, capacity, supplier limits."""

from dataclasses import dataclass
from functools import cache
from math import ceil
from random import Random

from tests.sample_company.company import ACCOUNTS, DCS, FAMILIES, KEY_RESOURCE, SEED, Item, items
from tests.sample_company.demand import budget_units, expected, forecast_base, lines, listings, open_lines
from tests.sample_company.months import CYCLES, FIRST, HISTORY, LAST, LATEST, as_of, fiscal_months, month, month_of

Quantities = dict[tuple[str, str, int], int]  # (item, site, month): pieces

CAPACITY_MONTHS = range(month("2026-04"), month("2028-06") + 1)
WORKING_DAYS = (21, 20, 22, 20, 20, 21, 22, 20, 22, 22, 21, 18)
SECOND_FILLER = month("2028-01")  # the approved investment at the key resource
KEY_HOURS = 24.0
BUSIEST = 0.88  # load of the other resources in their busiest month
BUSIEST_TO_ORDER = 0.70  # orders bunch up where nothing is stocked
OVERTIME = 0.10
CUT = ("S2", month("2026-12"), 0.6)

SCRAP = ("00207", "DC-S", month("2026-09"), 480)  # never posted
PILE_UP = {
    ("HAIRCARE", "DC-N"): {month("2026-07"): 1.3, month("2026-08"): 1.6, month("2026-09"): 1.9, LAST: 2.1},
    ("HAIRCARE", "DC-S"): {month("2026-07"): 0.9, month("2026-08"): 0.7, month("2026-09"): 0.55, LAST: 0.4},
}
# Planned output changed by decisions: (family, month) -> item and extra pieces in the plan of each cycle.
DECIDED = {
    ("LAUNDRY", month("2026-12")): ("00104", {"2026-09": 0, "2026-10": 12_000, "2026-11": 24_000}),
    ("PROCARE", month("2026-12")): ("900604", {"2026-09": 0, "2026-10": 0, "2026-11": 200}),
}


@dataclass(frozen=True)
class History:
    """Receipts and closing stock of every item and site; the month before the first holds opening stock."""

    receipts: Quantities
    stock: Quantities


@cache
def shipped() -> Quantities:
    """Pieces that left, by item, site and month."""
    totals: Quantities = {}
    for row in lines():
        key = (row.item, row.site, month_of(row.shipped))
        totals[key] = totals.get(key, 0) + row.base
    return totals


@cache
def site_share(code: str, site: str) -> float:
    """Share of an item's demand that a distribution centre serves."""
    return sum(part for (item, account), part in listings().items() if item == code and ACCOUNTS[account].dc == site)


@cache
def history() -> History:
    """What was received and held, month by month: receipts keep stock at its cover target."""
    receipts: Quantities = {}
    stock: Quantities = {}
    out = shipped()
    for item in items().values():
        if item.family == "PROCARE":
            for number in HISTORY:
                receipts[item.code, "P3", number] = out.get((item.code, "P3", number), 0)
            continue
        for site in DCS:
            rng = Random(f"{SEED} stock {item.code} {site}")
            closing = _lots(item, _target(item, site, FIRST - 1, rng)) if item.first < FIRST else 0
            stock[item.code, site, FIRST - 1] = closing
            for number in HISTORY:
                needed = out.get((item.code, site, number), 0) + _target(item, site, number, rng) - closing
                received = _lots(item, max(0, needed)) if number >= item.first - 1 else 0
                receipts[item.code, site, number] = received
                closing += received - out.get((item.code, site, number), 0)
    _build_ahead(receipts, HISTORY)
    for item_code, site, number in list(stock):
        closing = stock[item_code, site, number]
        for later in HISTORY:
            closing += receipts[item_code, site, later] - out.get((item_code, site, later), 0)
            if (item_code, site, later) == SCRAP[:3]:
                closing -= SCRAP[3]
            stock[item_code, site, later] = closing
    return History(receipts, stock)


def _target(item: Item, site: str, number: int, rng: Random) -> float:
    """Pieces to hold at month end: days of cover, a little off as life has it."""
    if number >= item.last:
        return 0.0
    ahead = (expected(item, number + 1) + expected(item, number + 2)) / 2
    cover = FAMILIES[item.family].target_days / 30.4 * (0.92 + 0.25 * rng.random())
    return ahead * site_share(item.code, site) * cover * PILE_UP.get((item.family, site), {}).get(number, 1.0)


def _lots(item: Item, needed: float) -> int:
    return ceil(needed / item.lot) * item.lot


def _build_ahead(receipts: Quantities, months: range) -> None:
    """Move lots of the key resource to earlier months until each month fits regular hours plus overtime."""
    keys = [key for key in receipts if KEY_RESOURCE in FAMILIES[items()[key[0]].family].hours]
    for number in reversed(months[1:]):
        limit = sum(hours_of(KEY_RESOURCE, number))
        load = sum(receipts[key] * hours_per_piece(key[0], KEY_RESOURCE) for key in keys if key[2] == number)
        movable = sorted((key for key in keys if key[2] == number), key=lambda key: (-receipts[key], key))
        while load > limit:
            moved = False
            for key in movable:
                lot = items()[key[0]].lot
                if load > limit and receipts[key] >= lot and number > items()[key[0]].first:
                    receipts[key] -= lot
                    earlier = (key[0], key[1], number - 1)
                    receipts[earlier] = receipts.get(earlier, 0) + lot
                    load -= lot * hours_per_piece(key[0], KEY_RESOURCE)
                    moved = True
            if not moved:
                break


@cache
def hours_per_piece(code: str, resource: str) -> float:
    """The bill of resources: hours one piece takes, six decimals."""
    per_thousand = FAMILIES[items()[code].family].hours.get(resource, 0.0)
    rng = Random(f"{SEED} routing {code} {resource}")
    return round(per_thousand * (0.94 + 0.12 * rng.random()) / 1000, 6)


@cache
def hours_of(resource: str, number: int) -> tuple[float, float]:
    """Regular hours and the most overtime of a month, one decimal."""
    working = WORKING_DAYS[number % 12]
    daily = KEY_HOURS if resource == KEY_RESOURCE else _daily_hours(resource)
    if resource == KEY_RESOURCE and number >= SECOND_FILLER:
        daily *= 1.35
    return round(daily * working, 1), round(daily * working * OVERTIME, 1)


@cache
def _daily_hours(resource: str) -> float:
    """Hours a day that leave room in the busiest month of forecast or budget, to the half hour."""
    busiest = max(
        load[number] / WORKING_DAYS[number % 12]
        for load in (
            *(load_of(forecast_base(cycle), resource) for cycle in CYCLES),
            *(load_of(budget_units(year), resource) for year in (2027, 2028)),
        )
        for number in load
    )
    return ceil(busiest / (BUSIEST_TO_ORDER if resource == "P3-PRO" else BUSIEST) * 2) / 2


def load_of(volumes: dict[tuple[str, int], int], resource: str) -> dict[int, float]:
    """Hours that volumes by item and month need at a resource."""
    load: dict[int, float] = {}
    for (code, number), quantity in volumes.items():
        hours = hours_per_piece(code, resource)
        if hours:
            load[number] = load.get(number, 0.0) + quantity * hours
    return load


@cache
def planned(cycle: str) -> Quantities:
    """The plan of record of a cycle: six months of receipts by item and site."""
    closed = as_of(cycle)
    months = range(closed + 1, closed + 7)
    volumes = forecast_base(cycle)
    plan: Quantities = {}
    for item in items().values():
        rng = Random(f"{SEED} plan {cycle} {item.code}")
        for site in ("P3",) if item.family == "PROCARE" else DCS:
            closing = float(history().stock.get((item.code, site, closed), 0))
            for number in months:
                if item.family == "PROCARE":
                    plan[item.code, site, number] = round(expected(item, number) / 10) * 10
                    continue
                share = site_share(item.code, site)
                due = volumes.get((item.code, number), 0) * share
                needed = max(0.0, due + _target(item, site, number, rng) - closing) if item.last >= number else 0.0
                plan[item.code, site, number] = _lots(item, needed)
                closing += plan[item.code, site, number] - due
    plan |= _to_order_book(cycle, plan)
    _build_ahead(plan, months)
    if cycle != CYCLES[0]:
        for key in list(plan):
            if (items()[key[0]].family, key[2]) in DECIDED:
                plan[key] = planned(CYCLES[0]).get(key, 0)
    for (_, number), (code, extra) in DECIDED.items():
        site = "P3" if items()[code].family == "PROCARE" else "DC-N"
        if number in months:
            plan[code, site, number] += extra[cycle]
    return {key: quantity for key, quantity in plan.items() if quantity}


def _to_order_book(cycle: str, plan: Quantities) -> Quantities:
    """Next month makes what is ordered and nothing else, as far as the crew comes that is set for an average month."""
    opening = month(cycle)
    crew = {key: quantity for key, quantity in plan.items() if key[2] == opening and key[1] == "P3"}
    ordered = dict.fromkeys(crew, 0)
    for row in open_lines(cycle):
        if row.family == "PROCARE" and month_of(row.promised) <= opening:
            ordered[row.item, row.site, opening] += row.base
    total = sum(ordered.values())
    most = min(total, sum(crew.values()))
    return {key: quantity * most // total for key, quantity in ordered.items()}


def planned_family(cycle: str, family: str, number: int) -> int:
    """Planned output of a family in a month."""
    return sum(
        quantity
        for (code, _, when), quantity in planned(cycle).items()
        if when == number and items()[code].family == family
    )


@cache
def supplier_need(supplier: str, cycle: str) -> dict[int, int]:
    """Forecast units of a supplier's items, by month."""
    need: dict[int, int] = {}
    for (code, number), quantity in forecast_base(cycle).items():
        if items()[code].supplier == supplier:
            need[number] = need.get(number, 0) + quantity
    return need


@cache
def supplier_limit(supplier: str, number: int, cycle: str) -> int:
    """Pieces a supplier can deliver in a month, as the cycle's extract says."""
    most = max(max(supplier_need(supplier, each).values()) for each in CYCLES)
    limit = ceil(most * (1.06 if supplier == CUT[0] else 1.25) / 5000) * 5000
    if supplier == CUT[0] and cycle == LATEST and number >= CUT[1]:
        return round(limit * CUT[2])
    return limit


def budget_overload(year: int) -> dict[int, tuple[float, float]]:
    """Months in which AOP volumes need more of the key resource than regular hours plus overtime: load and hours."""
    load = load_of(budget_units(year), KEY_RESOURCE)
    months = fiscal_months(year)
    return {n: (load[n], sum(hours_of(KEY_RESOURCE, n))) for n in months if load[n] > sum(hours_of(KEY_RESOURCE, n))}
