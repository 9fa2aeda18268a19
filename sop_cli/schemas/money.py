"""What it costs and earns: standard costs, prices, exchange rates, the ledger, the budget, lever costs, targets."""

from sop_cli.schemas.column import Column, Table

_ITEM = Column("item", "code", "Item code.", required=True, headers=("sku", "material", "item code", "article"))
_CURRENCY = Column("currency", "code", "Currency; the reporting currency where absent.", headers=("curr", "ccy"))
_UOM = Column(
    "uom",
    "code",
    "Unit the money is per; the item's base unit where absent.",
    headers=("unit", "unit of measure", "um", "per"),
)
_MONTH = Column("month", "month", "Month.", required=True, headers=("period", "posting period"))

COSTS = Table(
    "costs",
    "Standard cost per unit, from a month on.",
    (
        _ITEM,
        Column("valid_from", "month", "First month this cost holds.", required=True, headers=("valid from", "from")),
        Column(
            "cost",
            "number",
            "Standard cost.",
            "currency per uom",
            required=True,
            sign="not negative",
            headers=("standard cost", "std cost"),
        ),
        _CURRENCY,
        _UOM,
    ),
    key=("item", "valid_from"),
)

PRICES = Table(
    "prices",
    "Net price an item is sold at, by segment; the price the projection is valued with.",
    (
        _ITEM,
        Column("segment", "code", "Customer segment.", required=True, headers=("channel", "customer segment")),
        Column(
            "price",
            "number",
            "Net price.",
            "currency per uom",
            required=True,
            sign="not negative",
            headers=("net price", "list price"),
        ),
        _CURRENCY,
        _UOM,
    ),
    key=("item", "segment"),
)

RATES = Table(
    "rates",
    "Exchange rates: reporting currency per one unit of the other, by month.",
    (
        Column("currency", "code", "Currency.", required=True, headers=("curr", "ccy")),
        Column(
            "type",
            "text",
            "actual (rate of the month) or budget.",
            choices=("actual", "budget"),
            default="actual",
            headers=("rate type",),
        ),
        _MONTH,
        Column(
            "rate",
            "number",
            "Reporting currency per one unit.",
            "reporting currency per unit",
            required=True,
            sign="positive",
            headers=("exchange rate", "fx rate"),
        ),
    ),
    key=("currency", "type", "month"),
)

LEDGER = Table(
    "ledger",
    "General ledger totals by month; balances for balance-sheet accounts, movements for the others.",
    (
        _MONTH,
        Column(
            "gl_account",
            "code",
            "Account of the ledger; the config says which line it belongs to.",
            required=True,
            headers=("account", "gl account", "g/l account"),
        ),
        Column("text", "text", "Account name.", headers=("account name", "description")),
        Column("family", "code", "Family, where the posting has one.", headers=("product family",)),
        Column(
            "amount",
            "number",
            "Amount; revenue and costs both positive.",
            "currency",
            required=True,
            headers=("balance", "value"),
        ),
        _CURRENCY,
    ),
    current="month",
)

AOP = Table(
    "aop",
    "The budget: units, revenue, COGS or a cost line, by the levels it was made at.",
    (
        Column(
            "version",
            "text",
            "Which budget: AOP FY2027, AOP FY2028 proposed.",
            required=True,
            headers=("budget", "scenario"),
        ),
        Column(
            "measure",
            "text",
            "units, revenue, cogs or fixed_cost.",
            required=True,
            choices=("units", "revenue", "cogs", "fixed_cost", "reactive_cost", "inventory_value"),
            headers=("line", "kpi"),
        ),
        Column("item", "code", "Item, where the budget has it.", headers=("sku", "material", "item code", "article")),
        Column("family", "code", "Family, where the budget has it.", headers=("product family", "family code")),
        _MONTH,
        Column(
            "value", "number", "Budget value.", "base units or currency", required=True, headers=("amount", "budget")
        ),
        _CURRENCY,
        _UOM,
    ),
    key=("version", "measure", "item", "family", "month"),
)

LEVER_COSTS = Table(
    "lever_costs",
    "What a lever costs: overtime, expedite, customer fine, spot purchase.",
    (
        Column(
            "lever",
            "text",
            "Which lever.",
            required=True,
            choices=("overtime", "expedite", "fine", "spot"),
            headers=("cost type", "type"),
        ),
        Column(
            "scope",
            "code",
            "Resource, site, supplier or segment it applies to; empty means everywhere.",
            headers=("applies to",),
        ),
        Column(
            "cost",
            "number",
            "Cost on top of the normal one.",
            "currency per basis",
            required=True,
            sign="not negative",
            headers=("rate", "premium"),
        ),
        Column(
            "basis",
            "text",
            "hour, unit, or percent of standard cost.",
            required=True,
            choices=("hour", "unit", "percent"),
            headers=("per",),
        ),
        _CURRENCY,
    ),
    key=("lever", "scope"),
)

TARGETS = Table(
    "targets",
    "The three-year strategic path of each metric.",
    (
        Column(
            "lever",
            "text",
            "Service differentiation, margin, working capital or throughput.",
            required=True,
            headers=("strategic lever",),
        ),
        Column("metric", "text", "What is measured.", required=True, headers=("kpi",)),
        Column(
            "year",
            "code",
            "Fiscal year, named by the calendar year it ends in.",
            required=True,
            headers=("fiscal year",),
        ),
        Column("target", "number", "Where it should be.", "as the metric", required=True),
    ),
    key=("metric", "year"),
)
