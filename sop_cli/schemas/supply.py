"""What can be made and bought: production, purchases, capacity, bill of resources, supplier limits."""

from sop_cli.schemas.column import Column, Table

_ITEM = Column("item", "code", "Item code.", required=True, headers=("sku", "material", "item code", "article"))
_STATUS = Column(
    "status",
    "text",
    "actual (received) or planned (the plan of record).",
    required=True,
    choices=("actual", "planned"),
    headers=("order status", "type"),
)
_UOM = Column(
    "uom", "code", "Unit of the quantity; the item's base unit where absent.", headers=("unit", "unit of measure", "um")
)

PRODUCTION = Table(
    "production",
    "Production orders, received and planned.",
    (
        Column("order", "code", "Production order number.", required=True, headers=("order no", "production order")),
        _ITEM,
        Column("site", "code", "Plant that makes it.", required=True, headers=("plant",)),
        Column(
            "to_site",
            "code",
            "Site whose stock receives it; the plant itself where absent.",
            headers=("receiving site", "deliver to", "to"),
        ),
        Column(
            "date",
            "date",
            "Date received, or planned to be.",
            required=True,
            headers=("finish date", "receipt date", "due date"),
        ),
        Column("quantity", "number", "Quantity.", "uom", required=True, headers=("qty",)),
        _UOM,
        _STATUS,
    ),
    key=("order",),
    current="date",
)

PURCHASES = Table(
    "purchases",
    "Purchase orders for bought-in items, received and planned.",
    (
        Column("order", "code", "Purchase order number.", required=True, headers=("order no", "po", "purchase order")),
        _ITEM,
        Column("supplier", "code", "Supplier.", headers=("vendor", "supplier code")),
        Column("site", "code", "Site whose stock receives it.", required=True, headers=("receiving site", "to")),
        Column(
            "date",
            "date",
            "Date received, or planned to be.",
            required=True,
            headers=("receipt date", "delivery date", "due date"),
        ),
        Column("quantity", "number", "Quantity.", "uom", required=True, headers=("qty",)),
        _UOM,
        _STATUS,
    ),
    key=("order",),
    current="date",
)

CAPACITY = Table(
    "capacity",
    "Hours a resource has, by month.",
    (
        Column("site", "code", "Plant.", required=True, headers=("plant",)),
        Column("resource", "code", "Line, cell or work centre.", required=True, headers=("work centre", "line")),
        Column(
            "measure",
            "text",
            "regular: hours in normal shifts; overtime: the most that can be added.",
            required=True,
            choices=("regular", "overtime"),
            headers=("hours type", "type"),
        ),
        Column("month", "month", "Month.", required=True, headers=("period",)),
        Column("hours", "number", "Hours.", "hours", required=True, sign="not negative", headers=("available hours",)),
    ),
    key=("resource", "measure", "month"),
)

ROUTINGS = Table(
    "routings",
    "Bill of resources: hours one base unit takes at each resource.",
    (
        _ITEM,
        Column("resource", "code", "Line, cell or work centre.", required=True, headers=("work centre", "line")),
        Column(
            "hours",
            "number",
            "Hours per base unit.",
            "hours per base unit",
            required=True,
            sign="not negative",
            headers=("hours per unit", "std hours"),
        ),
    ),
    key=("item", "resource"),
)

SUPPLIER_LIMITS = Table(
    "supplier_limits",
    "The most a supplier can deliver in a month, over all its items.",
    (
        Column("supplier", "code", "Supplier.", required=True, headers=("vendor", "supplier code")),
        Column("month", "month", "Month.", required=True, headers=("period",)),
        Column(
            "quantity",
            "number",
            "Limit, in base units.",
            "base units",
            required=True,
            sign="not negative",
            headers=("limit", "max qty"),
        ),
        Column(
            "lead_time_days",
            "number",
            "Days from order to receipt.",
            "days",
            sign="not negative",
            headers=("lead time", "lead time (days)"),
        ),
    ),
    key=("supplier", "month"),
)
