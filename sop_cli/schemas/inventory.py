"""What is on hand: month-end stock by item and site."""

from sop_cli.schemas.column import Column, Table

STOCK = Table(
    "stock",
    "On-hand stock at month end.",
    (
        Column(
            "month",
            "month",
            "Month whose closing stock this is.",
            required=True,
            headers=("period", "closing month", "month end"),
        ),
        Column("item", "code", "Item code.", required=True, headers=("sku", "material", "item code", "article")),
        Column("site", "code", "Site that holds it.", required=True, headers=("warehouse", "location", "plant")),
        Column(
            "quantity",
            "number",
            "Closing quantity on hand.",
            "uom",
            required=True,
            headers=("qty", "on hand", "closing stock"),
        ),
        Column(
            "uom",
            "code",
            "Unit of the quantity; the item's base unit where absent.",
            headers=("unit", "unit of measure", "um"),
        ),
    ),
    key=("month", "item", "site"),
    current="month",
)
