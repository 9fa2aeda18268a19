"""What customers ask for and get: shipments, open orders, the sales forecast."""

from sop_cli.schemas.column import Column, Table

_ORDER = Column(
    "order", "code", "Sales order number.", required=True, headers=("order no", "sales order", "order number")
)
_LINE = Column("line", "code", "Line of the order.", required=True, headers=("order line", "item no", "pos"))
_ITEM = Column("item", "code", "Item code.", required=True, headers=("sku", "material", "item code", "article"))
_SITE = Column("site", "code", "Site that ships.", required=True, headers=("ship from", "warehouse", "plant"))
_ACCOUNT = Column(
    "account", "code", "Account code.", required=True, headers=("customer", "customer no", "sold to", "sold-to")
)
_PROMISED = Column(
    "promised",
    "date",
    "Date promised to the customer; demand is counted in this month.",
    required=True,
    headers=("promised date", "confirmed date", "due date"),
)
_UOM = Column(
    "uom", "code", "Unit of the quantity; the item's base unit where absent.", headers=("unit", "unit of measure", "um")
)
_CURRENCY = Column(
    "currency", "code", "Currency of the amount; the reporting currency where absent.", headers=("curr", "ccy")
)

SHIPMENTS = Table(
    "shipments",
    "Shipped order lines, with promised and actual dates.",
    (
        _ORDER,
        _LINE,
        _ITEM,
        _SITE,
        _ACCOUNT,
        _PROMISED,
        Column(
            "shipped",
            "date",
            "Date goods left; units and revenue are counted in this month.",
            required=True,
            headers=("actual date", "ship date", "goods issue date"),
        ),
        Column(
            "quantity",
            "number",
            "Quantity shipped; returns are negative.",
            "uom",
            required=True,
            headers=("qty", "quantity shipped", "shipped qty"),
        ),
        _UOM,
        Column(
            "amount",
            "number",
            "Net invoiced amount.",
            "currency",
            required=True,
            headers=("net amount", "net value", "revenue"),
        ),
        _CURRENCY,
    ),
    key=("order", "line"),
    current="shipped",
)

ORDERS = Table(
    "orders",
    "Open order lines: what is still to ship.",
    (
        _ORDER,
        _LINE,
        _ITEM,
        _SITE,
        _ACCOUNT,
        _PROMISED,
        Column(
            "quantity",
            "number",
            "Quantity still open.",
            "uom",
            required=True,
            headers=("qty", "open qty", "open quantity"),
        ),
        _UOM,
        Column(
            "amount", "number", "Net value still open.", "currency", headers=("net amount", "net value", "open value")
        ),
        _CURRENCY,
    ),
    key=("order", "line"),
)

FORECAST = Table(
    "forecast",
    "The sales forecast: expected demand of an item in a segment. For make-to-order items it means bookings.",
    (
        _ITEM,
        Column("segment", "code", "Customer segment.", required=True, headers=("channel", "customer segment")),
        Column("month", "month", "Month of demand.", required=True, headers=("period",)),
        Column(
            "quantity", "number", "Expected demand.", "uom", required=True, headers=("qty", "forecast", "forecast qty")
        ),
        _UOM,
    ),
    key=("item", "segment", "month"),
)
