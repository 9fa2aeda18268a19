"""What customers order and what sales expects: order lines, listings, forecasts, budget volumes."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from tests.sample_company.company import (
    ACCOUNTS, CENT, DISCOUNTER, FAMILIES, NEW, NEVER, PROGRAMME, SEED, Account, Item, items, list_price, uom_of,
)  # fmt: skip
from tests.sample_company.months import (
    CYCLES, FIRST, HORIZON, LAST, LATEST, day, days, fiscal_months, fiscal_year, month, month_of,
)  # fmt: skip

LEAD = 2  # months from booking to delivery of a made-to-order item
SKIPPED = 0.06  # share of months in which an account orders none of a listed item
PRICE_LEVEL = {2024: "0.950", 2025: "0.968", 2026: "0.984", 2027: "1.000"}
LEAK = "BODYWASH"
LETTER_QUANTITY = 104
LISTING = ("SUNCARE", month("2027-03"), 0.10)  # a listing won: sales add it in the latest cycle


@dataclass(frozen=True)
class Line:
    """One order line through its life: entered, promised, shipped."""

    order: str
    line: str
    item: str
    site: str
    account: str
    entered: int
    promised: date
    shipped: date
    quantity: int  # in its unit
    uom: str
    amount: Decimal
    currency: str

    @property
    def base(self) -> int:
        """Quantity in pieces."""
        return self.quantity * (items()[self.item].case if self.uom == "CS" else 1)

    @property
    def family(self) -> str:
        """Family of the item."""
        return items()[self.item].family


@cache
def listings() -> dict[tuple[str, str], float]:
    """Which account buys which item, with its share of the item's demand."""
    rng = Random(f"{SEED} listings")
    shares: dict[tuple[str, str], float] = {}
    for item in items().values():
        open_to = [account for account in ACCOUNTS.values() if _sells(item, account)]
        wanted = min(len(open_to), 2 if item.family == "PROCARE" else 4 + (rng.random() < 0.35))
        chosen: list[Account] = []
        while len(chosen) < wanted:
            pick = _weighted(open_to, rng)
            if pick not in chosen and not (len(chosen) == wanted - 1 and {a.dc for a in chosen} == {pick.dc}):
                chosen.append(pick)
        weights = [account.size * (0.7 + 0.6 * rng.random()) for account in chosen]
        for account, weight in zip(chosen, weights, strict=True):
            shares[item.code, account.code] = weight / sum(weights)
    return shares


def _sells(item: Item, account: Account) -> bool:
    if item.family == "PROCARE":
        return account.segment == "PRO"
    if account.segment == "PRO":
        return item.family in ("SURFACE", "BODYWASH", "TOOLS")
    return account.segment != "US" or item.family in ("BODYWASH", "HAIRCARE", "SUNCARE", "TOOLS")


def _weighted(accounts: list[Account], rng: Random) -> Account:
    mark = rng.random() * sum(account.size for account in accounts)
    for account in accounts:
        mark -= account.size
        if mark <= 0:
            return account
    return accounts[-1]


def expected(item: Item, number: int, ended: bool = True) -> float:
    """Pieces of an item to be expected in a month, over all accounts."""
    if number < item.first or (ended and number > item.last):
        return 0.0
    family = FAMILIES[item.family]
    years = (number - month("2025-09")) / 12
    ramp = min(1.0, 0.5 + 0.15 * (number - item.first))
    fade = 1.0 if item.last == NEVER else max(0.25, 1 - 0.04 * max(0, number - item.last + 12))
    return item.level * family.season[number % 12] * (1 + family.trend * years) * ramp * fade


@cache
def lines() -> tuple[Line, ...]:
    """Every order line ever entered, clean, by promised month."""
    rng = Random(f"{SEED} orders")
    book: list[Line] = []
    serial = 45_000_000
    for number in range(FIRST, LAST + 7):
        for account in ACCOUNTS.values():
            position = 0
            for item in items().values():
                share = listings().get((item.code, account.code), 0.0)
                mean = share * expected(item, number)
                if mean == 0 or rng.random() < SKIPPED:
                    continue
                if position % 80 == 0:
                    serial, position = serial + 1 + int(rng.random() * 9), 0
                position += 10
                book.append(_line(item, account, number, mean, f"{serial:010d}", str(position), rng))
    book = _with_letter_line(book)
    return tuple(sorted([*book, *_returns(book, rng), *_programme()], key=lambda row: (row.shipped, row.order)))


def _with_letter_line(book: list[Line]) -> list[Line]:
    """One line of the last month gets the quantity that a defect later spells with a letter."""
    fit = [n for n, row in enumerate(book) if is_letter_line(row)]
    place = min(fit, key=lambda n: (abs(book[n].quantity - LETTER_QUANTITY), n))
    row = book[place]
    amount = (row.amount * LETTER_QUANTITY / row.quantity).quantize(CENT)
    book[place] = replace(row, quantity=LETTER_QUANTITY, amount=amount)
    return book


def is_letter_line(row: Line) -> bool:
    """Whether the line is of the kind that the unreadable quantity is planted in."""
    return row.family == "DISH" and row.uom == "CS" and row.currency == "EUR" and month_of(row.shipped) == LAST


def _line(item: Item, account: Account, number: int, mean: float, order: str, line: str, rng: Random) -> Line:
    uom = uom_of(account.segment)
    mean *= (0.8 + 0.4 * rng.random()) / (1 - SKIPPED)
    quantity = max(1, round(mean / (item.case if uom == "CS" else 1)))
    promised = day(number, 2 + int(rng.random() * 26))
    late = rng.random() < 0.035 and number != month("2023-11")
    shipped = day(number + 1, 2 + int(rng.random() * 9)) if late else promised
    if not late and rng.random() < 0.2:
        shipped = day(number, promised.day - int(rng.random() * 3)) if promised.day > 4 else promised
    roll = rng.random()
    if item.family == "PROCARE":
        entered = number - (1 if roll < 0.25 else 2 if roll < 0.75 else 3)
        site = FAMILIES[item.family].plant
    else:
        entered = number - (0 if roll < 0.03 else 1 if roll < 0.62 else 2 if roll < 0.92 else 3)
        site = account.dc
    price = list_price(item, account.segment) * _price_factor(item, account, month_of(shipped), rng)
    amount = (quantity * price).quantize(CENT)
    return Line(order, line, item.code, site, account.code, entered, promised, shipped, quantity, uom, amount,
                account.currency)  # fmt: skip


def _price_factor(item: Item, account: Account, number: int, rng: Random) -> Decimal:
    level = Decimal(PRICE_LEVEL[min(2027, fiscal_year(number))])
    noise = Decimal(int(rng.random() * 9) - 4) / 1000
    leak = Decimal(0)
    if item.family == LEAK and account.code == DISCOUNTER and fiscal_year(number) >= 2027:
        leak = min(Decimal("0.20"), Decimal("0.05") + Decimal("0.022") * (number - month("2026-04")))
    return level * (1 + noise) * (1 - leak)


def _returns(book: list[Line], rng: Random) -> list[Line]:
    """About one line in a hundred comes back in part."""
    back = []
    for sold in book:
        number = month_of(sold.shipped) + 1
        if rng.random() < 0.010 and sold.quantity >= 40 and sold.family != "PROCARE" and number <= LAST:
            quantity = -max(1, int(sold.quantity * (0.02 + 0.06 * rng.random())))
            amount = (sold.amount * quantity / sold.quantity).quantize(CENT)
            moment = day(number, 3 + int(rng.random() * 22))
            back.append(
                Line(f"0060{sold.order[4:]}", sold.line, sold.item, sold.site, sold.account, number, moment, moment,
                     quantity, sold.uom, amount, sold.currency)
            )  # fmt: skip
    return back


def _programme() -> list[Line]:
    """The programme of a strategic customer: booked in summer, due from November to January."""
    rows = []
    for step, number in enumerate(month(text) for text in ("2026-11", "2026-12", "2027-01")):
        for position, code in enumerate(("900602", "900605", "900608")):
            item = items()[code]
            quantity = 560 + 80 * position + 40 * step
            amount = (quantity * list_price(item, "PRO")).quantize(CENT)
            promised = day(number, 16)
            rows.append(
                Line("0045990071", str(10 * (3 * step + position + 1)), code, "P3", PROGRAMME, month("2026-07"),
                     promised, promised, quantity, "EA", amount, "EUR")
            )  # fmt: skip
    return rows


@cache
def forecast(cycle: str) -> dict[tuple[str, str, int], int]:
    """Sales forecast of a cycle by item, segment and month, in the unit the segment buys in; bookings for MTO."""
    quantities: dict[tuple[str, str, int], int] = {}
    opening = month(cycle)
    revision = CYCLES.index(cycle)
    for item in items().values():
        family = FAMILIES[item.family]
        segments = sorted({ACCOUNTS[account].segment for code, account in listings() if code == item.code})
        for segment in segments:
            share = sum(
                part
                for (code, account), part in listings().items()
                if code == item.code and ACCOUNTS[account].segment == segment
            )
            view = Random(f"{SEED} view {item.code} {segment}")
            taste = 1 + 0.06 * (view.random() - 0.5)
            rng = Random(f"{SEED} forecast {cycle} {item.code} {segment}")
            drift = 1 + 0.02 * (rng.random() - 0.5) - 0.004 * revision
            for number in range(opening, opening + HORIZON):
                due = number + LEAD if item.family == "PROCARE" else number
                mean = share * expected(item, due) * (1 + family.bias) * taste * drift
                mean *= 1 + 0.03 * (rng.random() - 0.5)
                if cycle == LATEST and item.family == LISTING[0] and number >= LISTING[1]:
                    mean *= 1 + LISTING[2]
                pieces = item.case if uom_of(segment) == "CS" else 1
                if expected(item, due):
                    quantities[item.code, segment, number] = round(mean / pieces)
    return quantities


def forecast_base(cycle: str) -> dict[tuple[str, int], int]:
    """The forecast by item and month in pieces."""
    totals: dict[tuple[str, int], int] = {}
    for (code, segment, number), quantity in forecast(cycle).items():
        pieces = items()[code].case if uom_of(segment) == "CS" else 1
        totals[code, number] = totals.get((code, number), 0) + quantity * pieces
    return totals


@cache
def budget_units(year: int) -> dict[tuple[str, int], int]:
    """AOP volumes of a fiscal year by item and month, in pieces."""
    volumes: dict[tuple[str, int], int] = {}
    for item in items().values():
        if (year == 2027 and item.code in NEW) or item.last < fiscal_months(2027)[0] - 1:
            continue
        if year == 2028 and item.last < NEVER:
            continue
        rng = Random(f"{SEED} budget {year} {item.code}")
        tilt = 1 + FAMILIES[item.family].optimism * (1 if year == 2027 else 0.8) + 0.03 * (rng.random() - 0.5)
        if year == 2028 and item.family == LISTING[0]:
            tilt *= 1 + LISTING[2]
        for number in fiscal_months(year):
            volumes[item.code, number] = round(expected(item, number, ended=False) * tilt / item.case) * item.case
    return volumes


def open_lines(cycle: str) -> list[Line]:
    """Lines entered but not shipped at the as-of month of a cycle, with the dates promised then."""
    closed = month(cycle) - 1
    rows = [row for row in lines() if row.entered <= closed < month_of(row.shipped) and row.quantity > 0]
    moved = [_delayed(row) if cycle == LATEST and row.order == "0045990071" else row for row in rows]
    return sorted(moved, key=lambda row: (row.order, int(row.line)))


def _delayed(row: Line) -> Line:
    number = month_of(row.promised) + 4
    later = day(number, min(16, days(number)))
    return replace(row, promised=later, shipped=later)
