"""The tables as each cycle's extracts hold them, in plain Python, defects planted."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from tests.sample_company.company import ACCOUNTS, FAMILIES, SEED, items, list_price, uom_of
from tests.sample_company.demand import LETTER_QUANTITY, Line, forecast, is_letter_line, lines, listings, open_lines
from tests.sample_company.money import BUDGET_RATE, Posting, postings, rate
from tests.sample_company.months import (
    CYCLES, FIRST, HISTORY, LAST, LATEST, YTD, as_of, day, fiscal_year, month, month_of,
)  # fmt: skip
from tests.sample_company.supply import history, planned

JOURNAL = ("LAUNDRY", month("2026-08"), Decimal("12345.00"))
MISSING_COST = ("2026-10", "900612")
INVENTORY_OFF = ("2026-10", "HAIRCARE", month("2026-07"), Decimal("27418.36"))
CREDIT = Line("0069000417", "10", "00103", "DC-N", "0010010", month("2026-10"), date(2026, 7, 21), date(2026, 7, 21),
              0, "CS", Decimal("-18650.00"), "EUR")  # fmt: skip
UNKNOWN_ACCOUNT = ("2026-10", "0010999")
PALLET = ("2026-10", "PAL")
TYPO_ITEM = ("104O3", "10403")
NO_PRICE = ("70703",)
ERROR_CELL = ("10404", month("2027-05"))
IMPOSSIBLE_DATE = "31.11.2026"


@dataclass(frozen=True)
class Receipt:
    """A production or purchase order, received or planned."""

    order: str
    item: str
    site: str  # plant or supplier
    to_site: str
    moment: date
    quantity: int
    status: str

    @property
    def family(self) -> str:
        """Family of the item."""
        return items()[self.item].family


def shipments(first: int, last: int, cycle: str | None = None) -> list[tuple[Line, str]]:
    """Shipped lines and the text of their quantity, in file order; defects only where a cycle is named."""
    rows = [row for row in lines() if first <= month_of(row.shipped) <= last]
    if cycle == LATEST:
        rows = sorted([*rows, CREDIT], key=lambda row: (row.shipped, row.order))
    written: list[tuple[Line, str]] = []
    for row in rows:
        account = UNKNOWN_ACCOUNT[1] if cycle == UNKNOWN_ACCOUNT[0] and row == stray_line() else row.account
        text = "1O4" if cycle == LATEST and row == letter_line() else trailing_minus(str(row.quantity))
        written.append((replace(row, account=account), text))
        if cycle == LATEST and row == doubled_line():
            written.append((row, text))
    return written


def trailing_minus(number: str) -> str:
    """`-12` as the ERP writes it: `12-`."""
    return f"{number[1:]}-" if number.startswith("-") else number


@cache
def letter_line() -> Line:
    """The line whose quantity holds a letter."""
    return next(row for row in lines() if is_letter_line(row) and row.quantity == LETTER_QUANTITY)


@cache
def doubled_line() -> Line:
    """The line that the latest extract holds twice."""
    return [row for row in lines() if month_of(row.shipped) == LAST and row.family == "LAUNDRY"][17]


@cache
def stray_line() -> Line:
    """The line whose account is mistyped in one cycle."""
    fit = [r for r in lines() if month_of(r.shipped) == month("2026-09") and r.family == "TOOLS" and r.quantity > 0]
    return next(row for row in fit if not ACCOUNTS[row.account].strategic)


def accepted(cycle: str) -> list[Line]:
    """Shipped lines of all history that a careful reader accepts: no unreadable and no second copies."""
    rows = [row for row in lines() if FIRST <= month_of(row.shipped) <= as_of(cycle)]
    return [*(row for row in rows if row != letter_line()), CREDIT] if cycle == LATEST else rows


@dataclass(frozen=True)
class OpenOrder:
    """An open order line with the texts that defects replace."""

    line: Line
    promised: str
    uom: str
    accepted: bool


@cache
def orders(cycle: str) -> tuple[OpenOrder, ...]:
    """Open order lines of a cycle."""
    rows = open_lines(cycle)
    plain = [r for r in rows if not ACCOUNTS[r.account].strategic and month_of(r.promised) == month(cycle)]
    rng = Random(f"{SEED} order defects")
    empty, impossible, pallet = (plain[int(rng.random() * len(plain))] for _ in range(3))
    assert len({empty, impossible, pallet}) == 3
    written = []
    for row in rows:
        promised, uom, good = row.promised.strftime("%d.%m.%Y"), row.uom, True
        if cycle == LATEST and row in (empty, impossible):
            promised, good = ("" if row == empty else IMPOSSIBLE_DATE), False
        if cycle == PALLET[0] and row == pallet:
            uom, good = PALLET[1], False
        written.append(OpenOrder(row, promised, uom, good))
    return tuple(written)


def stock(first: int, last: int) -> list[tuple[int, str, str, int]]:
    """Month, item, site and closing pieces."""
    rows = [(when, code, site, quantity) for (code, site, when), quantity in history().stock.items()]
    return sorted(row for row in rows if first <= row[0] <= last)


@cache
def received(supply: str) -> tuple[Receipt, ...]:
    """Every receipt of history, numbered by date."""
    return _numbered(
        {key: quantity for key, quantity in history().receipts.items() if quantity}, supply, "actual", "receipts", 1
    )


@cache
def plan_of_record(cycle: str, supply: str) -> tuple[Receipt, ...]:
    """Planned receipts of a cycle."""
    serial = 500_000 + 10_000 * CYCLES.index(cycle)
    return _numbered(planned(cycle), supply, "planned", f"planned {cycle}", serial)


def _numbered(
    quantities: dict[tuple[str, str, int], int], supply: str, status: str, seed: str, serial: int
) -> tuple[Receipt, ...]:
    rng = Random(f"{SEED} {seed}")
    rows = []
    for (code, site, number), quantity in sorted(quantities.items()):
        moment = day(number, 1 + int(rng.random() * 27))
        item = items()[code]
        if FAMILIES[item.family].supply == supply:
            source = FAMILIES[item.family].plant if supply == "make" else item.supplier
            rows.append((moment, code, source, site, quantity))
    prefix = "10" if supply == "make" else "55"
    return tuple(
        Receipt(f"{prefix}{serial + place:07d}", code, source, site, moment, quantity, status)
        for place, (moment, code, source, site, quantity) in enumerate(sorted(rows))
    )


@cache
def misspelt_receipt() -> Receipt:
    """The planned production order whose status cannot be understood."""
    return [r for r in plan_of_record(LATEST, "make") if r.family == "DISH" and month_of(r.moment) == LAST + 4][3]


def costs(cycle: str) -> list[tuple[str, str, Decimal]]:
    """Item, first month and standard cost."""
    rows = []
    for item in items().values():
        if (cycle, item.code) == MISSING_COST:
            continue
        if item.first < YTD:
            rows.append((item.code, "2023-04", item.old_cost))
        rows.append((item.code, "2026-04", item.cost))
    return rows


def prices(cycle: str) -> list[tuple[str, str, Decimal, str, str]]:
    """Item, segment, list price, currency and the unit it is per."""
    rows = []
    for code, segment in sorted({(code, ACCOUNTS[account].segment) for code, account in listings()}):
        if cycle == LATEST and (code, segment) == unpriced():
            continue
        price = list_price(items()[code], segment)
        rows.append((code, segment, price, "USD" if segment == "US" else "EUR", uom_of(segment)))
    return rows


@cache
def unpriced() -> tuple[str, str]:
    """The item and segment whose price is missing in the latest cycle."""
    return min((code, segment) for code, segment, _ in forecast(LATEST) if code == NO_PRICE[0])


@cache
def error_cell() -> tuple[str, str, int]:
    """Item, segment and month of the forecast cell that shows #N/A."""
    code, number = ERROR_CELL
    return code, min(segment for item, segment, _ in forecast(LATEST) if item == code), number


def rates(cycle: str) -> list[tuple[str, str, int, Decimal]]:
    """Currency, type, month and rate: actual to the as-of month, budget to the end of FY2028."""
    actual = [("USD", "actual", number, rate("USD", number)) for number in range(FIRST, as_of(cycle) + 1)]
    budgeted = [
        ("USD", "budget", number, Decimal(BUDGET_RATE[fiscal_year(number)]))
        for number in range(FIRST, month("2028-03") + 1)
    ]
    return actual + budgeted


def ledger(first: int, last: int, cycle: str | None = None) -> list[Posting]:
    """Ledger totals; the manual journal, the credit note and the wrong balance where a cycle is named."""
    rows = []
    for number in (number for number in HISTORY if first <= number <= last):
        for when, account, text, family, amount in postings(number):
            value = amount
            if cycle and (account, family, when) == ("400100", *JOURNAL[:2]):
                value += JOURNAL[2]
            if cycle == LATEST and (account, family, when) == ("400100", "LAUNDRY", month_of(CREDIT.shipped)):
                value += CREDIT.amount
            if (cycle, family, when) == INVENTORY_OFF[:3] and account == "140000":
                value += INVENTORY_OFF[3]
            rows.append((when, account, text, family, value))
    return rows


def typo_row() -> dict[tuple[str, str, int], int]:
    """The forecast row under an item code that does not exist: a small extra line of an existing item."""
    code = TYPO_ITEM[1]
    segment = min(segment for item, segment, _ in forecast(LATEST) if item == code)
    return {
        (TYPO_ITEM[0], segment, number): max(1, quantity // 20)
        for (item, place, number), quantity in forecast(LATEST).items()
        if (item, place) == (code, segment)
    }


def forecast_cell(code: str, segment: str, number: int) -> int:
    """Pieces in one cell of the latest forecast."""
    pieces = items()[code].case if uom_of(segment) == "CS" else 1
    return forecast(LATEST)[code, segment, number] * pieces
