"""Who and what the plan is about: items, sites, customers."""

from sop_cli.schemas.column import Column, Table

ITEMS = Table(
    "items",
    "Item master: what is made, bought, stocked and sold.",
    (
        Column("item", "code", "Item code.", required=True, headers=("sku", "material", "item code", "article")),
        Column("description", "text", "What people call it.", headers=("name", "item name", "material description")),
        Column(
            "family",
            "code",
            "Planning family; S&OP is held at this level.",
            required=True,
            headers=("product family", "family code"),
        ),
        Column(
            "policy",
            "text",
            "Make to stock or make to order.",
            required=True,
            choices=("mts", "mto"),
            headers=("mts/mto", "strategy", "planning strategy"),
        ),
        Column(
            "supply",
            "text",
            "Made in a plant or bought in.",
            required=True,
            choices=("make", "buy"),
            headers=("make/buy", "procurement", "procurement type"),
        ),
        Column(
            "site",
            "code",
            "Plant that makes it, or site that receives it when bought.",
            required=True,
            headers=("plant", "home plant"),
        ),
        Column("supplier", "code", "Supplier of a bought-in item.", headers=("vendor", "supplier code")),
        Column(
            "uom",
            "code",
            "Base unit of measure, in which the item is stocked.",
            default="EA",
            headers=("base unit", "base uom", "unit"),
        ),
        Column(
            "case_size",
            "number",
            "Base units in a case (CS).",
            "base units per case",
            sign="not negative",
            headers=("units per case", "pack size", "case qty"),
        ),
        Column(
            "target_days",
            "number",
            "Days of forward demand the stock should cover.",
            "days",
            sign="not negative",
            headers=("target cover days", "cover days", "target days of supply"),
        ),
        Column(
            "lead_time_months",
            "number",
            "Months from order to delivery, for make-to-order items.",
            "months",
            default="1",
            sign="not negative",
            headers=("lead time (months)", "lead time months"),
        ),
        Column(
            "status",
            "text",
            "active, new or discontinued.",
            choices=("active", "new", "discontinued"),
            default="active",
            headers=("item status", "lifecycle"),
        ),
    ),
    key=("item",),
)

SITES = Table(
    "sites",
    "Plants and distribution centres.",
    (
        Column("site", "code", "Site code.", required=True, headers=("plant", "location", "site code")),
        Column("name", "text", "What people call it.", headers=("site name",)),
        Column("type", "text", "plant or dc.", required=True, choices=("plant", "dc"), headers=("site type", "kind")),
    ),
    key=("site",),
)

CUSTOMERS = Table(
    "customers",
    "Accounts, the segment each belongs to, and the strategic ones.",
    (
        Column("account", "code", "Account code.", required=True, headers=("customer", "customer no", "account no")),
        Column("name", "text", "What people call it.", headers=("customer name", "account name")),
        Column("segment", "code", "Customer segment.", required=True, headers=("customer segment", "channel")),
        Column(
            "strategic",
            "text",
            "Whether executives steer this account by name.",
            choices=("y", "n"),
            default="n",
            headers=("strategic account", "key account"),
        ),
    ),
    key=("account",),
)
