"""Every canonical table by name."""

from sop_cli.schemas.column import Table
from sop_cli.schemas.demand import FORECAST, ORDERS, SHIPMENTS
from sop_cli.schemas.inventory import STOCK
from sop_cli.schemas.master import CONVERSIONS, CUSTOMERS, ITEMS, SITES
from sop_cli.schemas.money import AOP, COSTS, LEDGER, LEVER_COSTS, PRICES, RATES, TARGETS
from sop_cli.schemas.supply import CAPACITY, PRODUCTION, PURCHASES, ROUTINGS, SUPPLIER_LIMITS

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ITEMS, CONVERSIONS, SITES, CUSTOMERS, SHIPMENTS, ORDERS, FORECAST, STOCK, PRODUCTION, PURCHASES, CAPACITY,
        ROUTINGS, SUPPLIER_LIMITS, COSTS, PRICES, RATES, LEDGER, AOP, LEVER_COSTS, TARGETS,
    )
}  # fmt: skip
