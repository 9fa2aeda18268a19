"""Verdicts on the extracts held against each other: R-codes, the breaks."""

from sop_cli.findings.rule import Rule

REVENUE_TIE = Rule(
    "R101",
    "shipments do not tie to GL revenue",
    "error",
    "Shipped lines of a family and month, in reporting currency, add up to another figure than the ledger's revenue.",
    "Sales and finance would debate two revenues.",
    "Look for manual journals, rejected or duplicate lines, cut-off and rates; correct or waive with a reason.",
)
INVENTORY_TIE = Rule(
    "R102",
    "stock x standard cost does not tie to GL inventory",
    "error",
    "Closing stock valued at standard cost is another figure than the ledger's inventory.",
    "Working capital would start from a wrong number.",
    "Look for missing sites, cost changes and unposted counts; correct or waive with a reason.",
)
ROLL_FORWARD = Rule(
    "R103",
    "stock does not roll forward",
    "error",
    "Closing stock is not opening stock + receipts - shipments.",
    "A movement is missing from the extracts, so projected stock starts wrong.",
    "Look for rejected lines, and for scrap, counts and transfers that the extracts leave out.",
)
UNKNOWN_ITEM = Rule(
    "R201",
    "item is not in the item master",
    "warning",
    "An extract names an item that the item master does not have.",
    "It has no family, so it cannot be planned; its records are kept under no family.",
    "Add the item to the master or correct the code.",
)
MISSING_COST = Rule(
    "R202",
    "standard cost is missing",
    "error",
    "An item that is sold, planned or stocked has no standard cost in that month.",
    "Its COGS and stock value are unknown; counting them as 0 would flatter the margin.",
    "Add the standard cost, valid from the first month there is stock or shipments of.",
)
MISSING_CONVERSION = Rule(
    "R203",
    "unit of measure cannot be converted",
    "error",
    "A quantity is in a unit that is neither the item's base unit nor its case, and that no conversion is given for.",
    "The quantity is unknown in base units and is left out.",
    "Give the item a case size, give the unit a factor in `conversions`, or correct the unit.",
)
MISSING_RATE = Rule(
    "R204",
    "exchange rate is missing",
    "error",
    "An amount is in a currency that has no rate for its month.",
    "The amount is unknown in reporting currency and is left out.",
    "Add the rate of the month.",
)
MISSING_PRICE = Rule(
    "R205",
    "price is missing",
    "warning",
    "An item is forecast in a segment for which there is no price.",
    "Its revenue is projected at the average price realised over the last 12 months, or not at all.",
    "Add the price.",
)
UNKNOWN_ACCOUNT = Rule(
    "R206",
    "account is not in the customer master",
    "warning",
    "An extract names an account that the customer master does not have.",
    "It has no segment; its records are kept under no segment.",
    "Add the account to the master or correct the code.",
)
UNKNOWN_FAMILY = Rule(
    "R207",
    "family is not in the item master",
    "warning",
    "The budget or the ledger names a family that no item belongs to.",
    "Often it is a totals row, which would count everything twice.",
    "Exclude totals rows by a named rule, or correct the family.",
)
ORDERS_MOVED = Rule(
    "R301",
    "strategic account moved its orders",
    "warning",
    "Open orders of a strategic account have other promised months than in the last cycle.",
    "Capacity and revenue move with them.",
    "Confirm the new dates with the account; decide what to do with the freed or missing capacity.",
)
RESTATED = Rule(
    "R302",
    "a closed month was restated",
    "warning",
    "Revenue of a closed month differs from what the last cycle saw.",
    "A decision may have been taken on the old figure.",
    "Ask finance what was corrected; the new figure counts.",
)

WAIVES_NOTHING = Rule(
    "R401",
    "waiver without a break",
    "warning",
    "A waiver holds in this cycle, but the break it names is not there.",
    "Either the break is mended, or its name is mistyped and the gate stays shut.",
    "Copy the name from breaks.csv, or remove the waiver.",
)
NO_SUCH_ACCOUNT = Rule(
    "R403",
    "ledger account without postings",
    "warning",
    "The config assigns an account to a line, but the ledger extract does not have it.",
    "The line is incomplete, and what ties out to it may not be checked at all.",
    "Correct the account under `ledger` in the config; the message lists accounts the extract has.",
)
NOT_GIVEN = Rule(
    "R402",
    "no extract of a table",
    "info",
    "No source feeds the table, so the plan knows less and checks less.",
    "What is not checked may look as if it were in order.",
    "Name an extract for it under `sources` in the config, if there is one.",
)

RULES = (
    REVENUE_TIE, INVENTORY_TIE, ROLL_FORWARD, UNKNOWN_ITEM, MISSING_COST, MISSING_CONVERSION, MISSING_RATE,
    MISSING_PRICE, UNKNOWN_ACCOUNT, UNKNOWN_FAMILY, ORDERS_MOVED, RESTATED, WAIVES_NOTHING, NOT_GIVEN, NO_SUCH_ACCOUNT,
)  # fmt: skip
