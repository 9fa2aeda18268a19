"""How many rows each source of the latest cycle holds, and what becomes of them."""

from typing import Any

from tests.sample_company import extracts
from tests.sample_company.company import ACCOUNTS, FAMILIES, RESOURCES, SITES, items
from tests.sample_company.demand import budget_units, forecast
from tests.sample_company.months import FIRST, LATEST, YTD, as_of, month_of
from tests.sample_company.supply import CAPACITY_MONTHS
from tests.sample_company.workbooks import LEVERS, SUPPLIERS, TARGETS

Control = dict[str, Any]


def controls() -> list[Control]:
    """Rows below the header over all files of a source, and the records they become.

    A long row is one record; a wide row is one record per month. Records = accepted + rejected; rows
    left out by a named rule are no records. The second copy of a doubled line counts as rejected.
    """
    closed = as_of(LATEST)
    shipped = len(extracts.shipments(FIRST, YTD - 1)) + len(extracts.shipments(YTD, closed, LATEST))
    orders = extracts.orders(LATEST)
    lost = sum(not row.accepted for row in orders)
    stock = len(extracts.stock(FIRST - 1, closed))
    made, bought = _receipts("make", closed), _receipts("buy", closed)
    ledger = len(extracts.ledger(FIRST, YTD - 1)) + len(extracts.ledger(YTD, closed, LATEST))
    long = [
        _long("shipments", shipped, 2), _long("orders", len(orders), lost), _long("stock", stock),
        _long("production", made, 1), _long("purchases", bought), _long("items", len(items())),
        _long("sites", len(SITES)), _long("customers", len(ACCOUNTS)), _long("costs", len(extracts.costs(LATEST))),
        _long("prices", len(extracts.prices(LATEST))), _long("rates", len(extracts.rates(LATEST))),
        _long("ledger", ledger), _long("routings", sum(len(FAMILIES[i.family].hours) for i in items().values())),
        _long("lever_costs", len(LEVERS)), _long("targets", sum(len(path) for _, _, path in TARGETS)),
    ]  # fmt: skip
    pairs = len({key[:2] for key in (*forecast(LATEST), *extracts.typo_row())})
    budgeted = sum(len({code for code, _ in budget_units(year)}) for year in (2027, 2028))
    totals = 2 * (len(FAMILIES) + 1)
    wide = [
        _wide("forecast", pairs, len(FAMILIES) + 1, 18, 1),
        *(_wide(f"aop_{measure}", budgeted, totals, 12) for measure in ("units", "revenue", "cogs")),
        _wide("aop_costs", 4, 6, 12),
        _wide("capacity", 2 * len(RESOURCES), 0, len(CAPACITY_MONTHS)),
        _wide("supplier_limits", len(SUPPLIERS), 0, len(CAPACITY_MONTHS)),
    ]
    return long + wide


def _receipts(supply: str, closed: int) -> int:
    arrived = [row for row in extracts.received(supply) if month_of(row.moment) <= closed]
    return len(arrived) + len(extracts.plan_of_record(LATEST, supply))


def _long(source: str, rows: int, rejected: int = 0) -> Control:
    return _control(source, rows, 0, rows, rejected)


def _wide(source: str, rows: int, excluded: int, months: int, rejected: int = 0) -> Control:
    return _control(source, rows + excluded, excluded, rows * months, rejected)


def _control(source: str, rows: int, excluded: int, records: int, rejected: int) -> Control:
    return {
        "cycle": LATEST, "source": source, "rows": rows, "excluded_rows": excluded, "records": records,
        "accepted": records - rejected, "rejected": rejected,
    }  # fmt: skip
