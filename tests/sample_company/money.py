"""What it is worth: exchange rates, ledger totals, budget money, reactive cost."""

from decimal import Decimal
from functools import cache
from random import Random

from tests.sample_company.company import ACCOUNTS, CENT, FAMILIES, SEED, cost_in, items, list_price, uom_of
from tests.sample_company.demand import Line, budget_units, lines, listings
from tests.sample_company.months import FIRST, HISTORY, days, fiscal_months, fiscal_year, month, month_of
from tests.sample_company.supply import history

DSO = 52
DPO = 45
BUDGET_RATE = {2024: "0.9200", 2025: "0.9200", 2026: "0.9100", 2027: "0.8900", 2028: "0.8800"}
FIXED = {"610100": "Plant overhead", "630100": "Sales and marketing", "640100": "Administration"}
FIXED_BASE = {"610100": 805_000, "630100": 1_240_000, "640100": 515_000}
REACTIVE = {
    "620100": ("Expedited freight", 0.0034),
    "620200": ("Unplanned overtime", 0.0026),
    "620300": ("Customer fines", 0.0021),
    "620400": ("Spot purchases", 0.0080),
}

Posting = tuple[int, str, str, str, Decimal]  # month, account, text, family, amount


@cache
def rate(currency: str, number: int) -> Decimal:
    """EUR per one unit of the currency, actual rate of the month."""
    if currency == "EUR":
        return Decimal(1)
    rng = Random(f"{SEED} rate {number}")
    drift = 0.925 - 0.035 * (number - FIRST) / (len(HISTORY) - 1)
    return Decimal(str(round(drift + 0.012 * (rng.random() - 0.5), 4)))


def in_eur(row: Line) -> Decimal:
    """Net amount at the rate of the month it shipped, unrounded."""
    return row.amount * rate(row.currency, month_of(row.shipped))


@cache
def cogs(number: int) -> dict[str, Decimal]:
    """Cost of the goods shipped in a month, by family, unrounded."""
    return _by_family((row.family, row.base * cost_in(items()[row.item], number)) for row in shipped_in(number))


@cache
def shipped_in(number: int) -> tuple[Line, ...]:
    """Clean order lines shipped in a month."""
    return tuple(row for row in lines() if month_of(row.shipped) == number)


def revenue(number: int) -> dict[str, Decimal]:
    """Net revenue of a month by family in EUR, unrounded."""
    return _by_family((row.family, in_eur(row)) for row in shipped_in(number))


def inventory(number: int) -> dict[str, Decimal]:
    """Closing stock at standard cost by family, unrounded."""
    return _by_family(
        (items()[code].family, quantity * cost_in(items()[code], number))
        for (code, _, when), quantity in history().stock.items()
        if when == number
    )


def _by_family(values: object) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for family, value in values:  # type: ignore[attr-defined]
        totals[family] = totals.get(family, Decimal(0)) + value
    return dict(sorted(totals.items()))


@cache
def postings(number: int) -> tuple[Posting, ...]:
    """The ledger's totals of a month, clean."""
    rows: list[Posting] = []
    for family in FAMILIES:
        sold = [row for row in shipped_in(number) if row.family == family]
        home = sum((in_eur(row) for row in sold if row.currency == "EUR"), Decimal(0))
        abroad = sum((in_eur(row) for row in sold if row.currency == "USD"), Decimal(0))
        rows.append((number, "400100", "Revenue Europe", family, home.quantize(CENT)))
        if abroad:
            rows.append((number, "400200", "Revenue United States", family, abroad.quantize(CENT)))
        rows.append((number, "500000", "Cost of goods sold at standard", family, cogs(number)[family].quantize(CENT)))
        if family in inventory(number):
            rows.append((number, "140000", "Finished goods", family, inventory(number)[family].quantize(CENT)))
        rows.extend(_reactive(family, number))
    rows.append((number, "120000", "Trade receivables", "", _balance(number, DSO, _total_revenue)))
    rows.append((number, "160000", "Trade payables", "", _balance(number, DPO, _total_cogs)))
    rows.extend((number, account, text, "", fixed(account, number)) for account, text in FIXED.items())
    return tuple(sorted(rows, key=lambda row: (row[1], row[3])))


def _reactive(family: str, number: int) -> list[Posting]:
    rows: list[Posting] = []
    for account, (text, share) in REACTIVE.items():
        made = FAMILIES[family].supply == "make"
        if (account == "620200" and not made) or (account == "620400" and made):
            continue
        rng = Random(f"{SEED} reactive {family} {account} {number}")
        rise = 1 + 0.6 * max(0, number - month("2025-04")) / 12 + (0.35 if fiscal_year(number) >= 2027 else 0)
        peak = 1.8 if family == "SUNCARE" and number % 12 in (2, 3, 4, 5) else 1.0
        level = float(revenue(number)[family]) * share * rise * peak * (0.8 + 0.4 * rng.random())
        rows.append((number, account, text, family, Decimal(round(level * 100)) / 100))
    return rows


def _total_revenue(number: int) -> Decimal:
    return sum(revenue(number).values(), Decimal(0))


def _total_cogs(number: int) -> Decimal:
    return sum(cogs(number).values(), Decimal(0))


def _balance(number: int, reach: int, flow: object) -> Decimal:
    """Count-back: what the last `reach` days turned over, this month first."""
    before = max(FIRST, number - 1)
    open_part = flow(number) + flow(before) * (reach - days(number)) / days(before)  # type: ignore[operator]
    return Decimal(open_part).quantize(CENT)


def fixed(account: str, number: int) -> Decimal:
    """A month's cost that does not follow volume."""
    rng = Random(f"{SEED} fixed {account} {number}")
    level = FIXED_BASE[account] * (1 + 0.022 * (number - month("2025-09")) / 12) * (0.985 + 0.03 * rng.random())
    return Decimal(round(level * 100)) / 100


@cache
def budget_price(code: str, year: int) -> Decimal:
    """Budgeted net price per piece in EUR: list prices at budget rate, weighted by account."""
    item = items()[code]
    total = Decimal(0)
    for (listed, account), share in listings().items():
        if listed == code:
            customer = ACCOUNTS[account]
            pieces = item.case if uom_of(customer.segment) == "CS" else 1
            currency = Decimal(BUDGET_RATE[year]) if customer.currency == "USD" else Decimal(1)
            total += Decimal(str(round(share, 6))) * list_price(item, customer.segment) / pieces * currency
    uplift = Decimal("1.00") if year == 2027 else Decimal("1.015")
    return (total * uplift).quantize(Decimal("0.0001"))


@cache
def budget(year: int) -> dict[str, dict[tuple[str, int], Decimal]]:
    """AOP by measure: units, revenue and COGS of each item and month."""
    volumes = budget_units(year)
    inflation = Decimal("1") if year == 2027 else Decimal("1.012")
    return {
        "units": {key: Decimal(quantity) for key, quantity in volumes.items()},
        "revenue": {key: (q * budget_price(key[0], year)).quantize(CENT) for key, q in volumes.items()},
        "cogs": {key: (q * items()[key[0]].cost * inflation).quantize(CENT) for key, q in volumes.items()},
    }


def budget_costs(year: int) -> dict[str, dict[int, Decimal]]:
    """AOP cost lines by month: each fixed cost, and reactive cost."""
    growth = Decimal("1") if year == 2027 else Decimal("1.025")
    lines_of_cost = {
        text: {n: (Decimal(FIXED_BASE[account]) * Decimal("1.015") * growth).quantize(CENT) for n in fiscal_months(year)}
        for account, text in FIXED.items()
    }
    reactive = Decimal("0.009") * sum(budget(year)["revenue"].values()) / 12
    return {**lines_of_cost, "reactive_cost": {n: reactive.quantize(CENT) for n in fiscal_months(year)}}
