"""The reconciled dataset: one row per number at plan grain, and what each measure means."""

from dataclasses import dataclass

import polars as pl

from sop_cli.schemas.column import EXACT

# Levels a source does not have are null, never invented.
GRAIN: dict[str, pl.DataType] = {
    "month": pl.Date(),
    "item": pl.String(),
    "family": pl.String(),
    "site": pl.String(),
    "segment": pl.String(),
    "account": pl.String(),
    "version": pl.String(),
    "measure": pl.String(),
}
DATASET: dict[str, pl.DataType] = GRAIN | {"value": EXACT, "unit": pl.String()}

# Versions of a number. Budgets carry the name the extract gives them ("AOP FY2027").
ACTUAL = "actual"  # from shipments, stock, production and purchases
LEDGER = "ledger"  # what the general ledger says
ORDERS = "orders"  # open orders by promised month
SALES = "sales forecast"
STATISTICAL = "statistical"
CONSENSUS = "consensus"
RECORD = "plan of record"  # planned production and purchases in the ERP
CAPACITY = "capacity"  # what resources offer
PROJECTION = "projection"  # the constrained plan and its money

# What stands for a family where there is none: the sum of all, and the rows without one.
ALL_FAMILIES = "all families"
NO_FAMILY = "no family"
# Every version that is not one of these is a budget.
OWN_VERSIONS = (ACTUAL, LEDGER, ORDERS, SALES, STATISTICAL, CONSENSUS, RECORD, CAPACITY, PROJECTION)


@dataclass(frozen=True)
class Measure:
    """One thing that is counted or valued."""

    name: str
    unit: str  # "units", "money", "hours", "days"
    formula: str


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("demand", "units", "quantity by promised month: shipped lines and open orders; forecasts as given"),
        Measure("units", "units", "quantity shipped, by the month goods left"),
        Measure("revenue", "money", "shipped quantity x net price: invoiced in closed months, the price list ahead"),
        Measure("cogs", "money", "shipped quantity x standard cost of the month"),
        Measure("gross_margin", "money", "revenue - COGS"),
        Measure("production", "units", "quantity received from production, by receiving site"),
        Measure("purchases", "units", "quantity received from suppliers"),
        Measure("inventory_units", "units", "closing stock = opening + production + purchases - shipments"),
        Measure("inventory_value", "money", "closing stock x standard cost of the month"),
        Measure("bookings", "units", "orders expected to be taken in the month; a forecast of made-to-order items"),
        Measure(
            "backlog_units",
            "units",
            "closing backlog = opening + bookings - shipments (make to order); opens with all open orders, late too",
        ),
        Measure("unmet_units", "units", "demand not shipped by the end of the month, carried to the next"),
        Measure("lost_units", "units", "demand not shipped and not carried"),
        Measure(
            "load_hours",
            "hours",
            "quantity (consensus demand, or planned production) x hours per unit of the bill of resources",
        ),
        Measure("capacity_hours", "hours", "regular hours available"),
        Measure("overtime_hours", "hours", "hours worked beyond regular capacity"),
        Measure("overtime", "money", "unplanned overtime: hours x overtime premium"),
        Measure("expedite", "money", "expedited freight and handling"),
        Measure("fines", "money", "customer fines for late or short delivery"),
        Measure("spot", "money", "premium paid for spot purchases"),
        Measure("reactive_cost", "money", "overtime + expedite + fines + spot; projected: at least their run-rate"),
        Measure(
            "fixed_cost",
            "money",
            "costs that do not follow volume; projected: as budgeted, else the mean of three months",
        ),
        Measure("ebitda", "money", "gross margin - reactive cost - fixed cost"),
        Measure("receivables", "money", "count-back: the last DSO days of revenue"),
        Measure("payables", "money", "count-back: the last payables days (of the config) of COGS"),
        Measure("working_capital", "money", "inventory value + receivables - payables"),
        Measure("days_of_supply", "days", "forward: days of future demand until closing stock is used up"),
    )
}
