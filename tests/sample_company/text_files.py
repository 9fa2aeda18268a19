"""Writes the flat files, each in the dialect of the system it comes from."""

from decimal import Decimal
from pathlib import Path

from tests.sample_company import extracts
from tests.sample_company.company import ACCOUNTS, FAMILIES, SITES, items
from tests.sample_company.demand import LEAD
from tests.sample_company.extracts import trailing_minus
from tests.sample_company.months import FIRST, LATEST, YTD, as_of, month_of, text

SHIPMENTS = ("Sales Order", "Pos", "Material", "Ship-from", "Sold-to", "Promised", "GI Date", "Qty", "UoM",
             "Net Amount", "Curr")  # fmt: skip
ORDERS = ("Auftrag", "Pos", "Material", "Werk", "Kunde", "Bestätigt", "Offene Menge", "ME", "Offener Wert", "Währung")
RECEIPTS = ("Order", "Material", "Plant", "Deliver to", "Finish date", "Qty", "Unit", "Status")
PURCHASES = ("PO", "Material", "Vendor", "Receiving site", "Delivery date", "Qty", "Unit", "Status")
STOCK = ("Period", "Material", "Location", "Closing stock")
LEDGER = ("Periode", "Konto", "Text", "Produktfamilie", "Betrag", "Währung")
ITEMS = ("Material", "Description", "Family", "Strategy", "Procurement", "Plant", "Vendor", "Base unit",
         "Units per case", "Target days", "Lead time months", "Status", "Gross weight kg")  # fmt: skip


def write_history(folder: Path) -> None:
    """The closed fiscal years, which every cycle shares."""
    last = YTD - 1
    _moving(folder, FIRST, last, None)
    _table(folder / "stock.tsv", STOCK, _stock(FIRST - 1, last), delimiter="\t")
    _table(folder / "production.csv", RECEIPTS, _receipts("make", FIRST, last), encoding="utf-8-sig")
    _table(folder / "purchases.csv", PURCHASES, _receipts("buy", FIRST, last))


def write_cycle(folder: Path, cycle: str) -> None:
    """The flat files of one cycle: the open fiscal year to date, plans and master data."""
    last = as_of(cycle)
    _moving(folder, YTD, last, cycle)
    _table(folder / "stock.tsv", STOCK, _stock(YTD, last), delimiter="\t")
    made = _receipts("make", YTD, last) + _plan("make", cycle)
    _table(folder / "production.csv", RECEIPTS, made, encoding="utf-8-sig")
    _table(folder / "purchases.csv", PURCHASES, _receipts("buy", YTD, last) + _plan("buy", cycle))
    _table(folder / "open-orders.csv", ORDERS, _orders(cycle), delimiter=";")
    _table(folder / "items.csv", ITEMS, _items())
    _table(folder / "sites.csv", ("Site", "Name", "Type"), [list(site) for site in SITES])
    _table(folder / "customers.csv", ("Kundennr", "Name", "Segment", "Strategisch"), _customers(), ";", "cp1252")
    costs = [[code, since, str(cost), "EUR"] for code, since, cost in extracts.costs(cycle)]
    _table(folder / "standard-costs.csv", ("Material", "Valid from", "Standard cost", "Currency"), costs)
    prices = [[code, segment, str(price), currency, unit] for code, segment, price, currency, unit in
              extracts.prices(cycle)]  # fmt: skip
    _table(folder / "prices.csv", ("Material", "Segment", "Net price", "Currency", "Per"), prices)
    rates = [[currency, kind, text(number), str(rate)] for currency, kind, number, rate in extracts.rates(cycle)]
    _table(folder / "rates.csv", ("Currency", "Rate type", "Month", "Rate"), rates)


def german(value: Decimal) -> str:
    """`1234567.89` as `1.234.567,89`."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _moving(folder: Path, first: int, last: int, cycle: str | None) -> None:
    shipped = [
        [row.order, row.line, row.item, row.site, row.account, row.promised.isoformat(), row.shipped.isoformat(),
         quantity, row.uom, trailing_minus(f"{row.amount:.2f}"), row.currency]
        for row, quantity in extracts.shipments(first, last, cycle)
    ]  # fmt: skip
    _table(folder / "shipments.csv", SHIPMENTS, shipped)
    ledger = [
        [f"{number % 12 + 1:02d}.{number // 12}", account, name, family, german(amount), "EUR"]
        for number, account, name, family, amount in extracts.ledger(first, last, cycle)
    ]
    _table(folder / "gl-totals.csv", LEDGER, ledger, delimiter=";")


def _stock(first: int, last: int) -> list[list[str]]:
    return [[text(n).replace("-", "/"), code, site, str(held)] for n, code, site, held in extracts.stock(first, last)]


def _receipts(supply: str, first: int, last: int) -> list[list[str]]:
    return [_receipt(row) for row in extracts.received(supply) if first <= month_of(row.moment) <= last]


def _plan(supply: str, cycle: str) -> list[list[str]]:
    rows = [_receipt(row) for row in extracts.plan_of_record(cycle, supply)]
    if cycle == LATEST and supply == "make":
        for row in rows:
            if row[0] == extracts.misspelt_receipt().order:
                row[-1] = "plnd"
    return rows


def _receipt(row: extracts.Receipt) -> list[str]:
    return [row.order, row.item, row.site, row.to_site, row.moment.isoformat(), str(row.quantity), "EA", row.status]


def _orders(cycle: str) -> list[list[str]]:
    return [
        [row.line.order, row.line.line, row.line.item, row.line.site, row.line.account, row.promised,
         german(Decimal(row.line.quantity)).split(",")[0], row.uom, german(row.line.amount), row.line.currency]
        for row in extracts.orders(cycle)
    ]  # fmt: skip


def _items() -> list[list[str]]:
    rows = []
    for place, item in enumerate(items().values()):
        family = FAMILIES[item.family]
        to_order = family.policy == "mto"
        rows.append(
            [item.code, f"{item.name}, {family.name.lower()}", item.family, family.policy.upper(), family.supply,
             family.plant, item.supplier, "EA", str(item.case), "" if to_order else str(family.target_days),
             str(LEAD) if to_order else "", item.status, f"{0.2 + place % 7 * 0.15:.2f}"]
        )  # fmt: skip
    return rows


def _customers() -> list[list[str]]:
    return [[a.code, a.name, a.segment, "Y" if a.strategic else "N"] for a in ACCOUNTS.values()]


def _table(
    path: Path, header: tuple[str, ...], rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> None:
    """One line per record, quoted only where the delimiter asks for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in (header, *rows)]
    path.write_bytes(("\n".join(written) + "\n").encode(encoding))


def month_heading(number: int) -> str:
    """`Nov-26`, whatever the machine's language."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[number % 12]}-{number // 12 % 100:02d}"


