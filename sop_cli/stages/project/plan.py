"""The plan as tables: the grid of every item and site, and what each segment gets."""

import numpy as np
import polars as pl

from sop_cli.schemas.calendar import Calendar
from sop_cli.schemas.column import EXACT
from sop_cli.stages.project.consensus import Demand
from sop_cli.stages.project.grid import Floats, Wholes, column, grid
from sop_cli.stages.project.inventory import days_of_supply
from sop_cli.stages.project.network import Network
from sop_cli.stages.project.rollforward import Rolled

PLAN: dict[str, pl.DataType] = {
    "month": pl.Date(),
    "item": pl.String(),
    "family": pl.String(),
    "site": pl.String(),
    "policy": pl.String(),
    "opening": EXACT,
    "demand": EXACT,  # consensus, falling due in the month
    "unmet_before": EXACT,  # owed from before; in the first month the orders that are past due
    "production": EXACT,
    "purchases": EXACT,  # at the normal price
    "spot": EXACT,  # bought on top, at a premium
    "shipped": EXACT,
    "unmet": EXACT,  # owed at month end
    "lost": EXACT,
    "closing": EXACT,  # opening + production + purchases + spot − shipped
    "target": EXACT,
    "bookings": EXACT,  # make to order; null else
    "backlog": EXACT,  # make to order: before + bookings − shipped; null else
    "days_of_supply": EXACT,  # null: closing stock outlasts the demand of the horizon
}


def plan_table(network: Network, calendar: Calendar, demand: Demand, rolled: Rolled) -> pl.DataFrame:
    """One row per month, item and site, in base units, columns PLAN, sorted by item, site, month."""
    cells, months = network.cells, calendar.months
    index = cells.select("item", "site", "at")
    shipped, unmet, lost = (_per_cell(network, strands) for strands in (rolled.shipped, rolled.unmet, rolled.lost))
    before = np.hstack([network.past_due[:, None], unmet[:, :-1]])
    made, bought = (np.where(network.make[:, None] == make, rolled.supply, network.other) for make in (True, False))
    bookings = grid(demand.bookings, index, months).astype(np.int64)
    backlog = column(demand.backlog, index).astype(np.int64)[:, None] + np.cumsum(bookings - shipped, axis=1)
    cover = days_of_supply(rolled.closing.astype(np.float64), network.demand.astype(np.float64))
    fraction = pl.col("opening") - pl.col("opening").cast(pl.Float64).floor().cast(pl.Int64).cast(EXACT)
    table = (
        cells.select("item", "family", "site", "policy", fraction=fraction)
        .join(pl.DataFrame({"month": months}, schema={"month": pl.Date}), how="cross", maintain_order="left_right")
        .with_columns(
            _exact("opening", rolled.opening),
            _exact("demand", network.demand),
            _exact("unmet_before", before),
            _exact("production", made),
            _exact("purchases", bought),
            _exact("spot", rolled.spot),
            _exact("shipped", shipped),
            _exact("unmet", unmet),
            _exact("lost", lost),
            _exact("closing", rolled.closing),
            _exact("target", network.target[:, 1:]),
            _exact("bookings", bookings),
            _exact("backlog", backlog),
            rounded_days(cover.ravel()),
        )
        .with_columns(pl.col("opening", "closing") + pl.col("fraction"))
        .with_columns(pl.when(pl.col("policy") == "mto").then(pl.col("bookings", "backlog")))
    )
    return table.select(pl.col(name).cast(kind) for name, kind in PLAN.items()).sort("item", "site", "month")


def strand_table(network: Network, calendar: Calendar, rolled: Rolled) -> pl.DataFrame:
    """month, item, family, site, segment with shipped, unmet, lost and newly_late units, where any is not 0.

    Newly late: units that fell due in the month and did not ship in it, lost ones included; what is owed longest
    ships first, so it is the least of the month's demand and what is left owed.
    """
    families = network.cells.select("item", "site", "family")
    newly = np.minimum(network.strand_demand, rolled.unmet + rolled.lost)
    months = pl.DataFrame({"month": calendar.months}, schema={"month": pl.Date})
    return (
        network.strands.drop("at")
        .join(families, on=["item", "site"], how="left", nulls_equal=True, validate="m:1", maintain_order="left")
        .join(months, how="cross", maintain_order="left_right")
        .with_columns(
            _exact("shipped", rolled.shipped),
            _exact("unmet", rolled.unmet),
            _exact("lost", rolled.lost),
            _exact("newly_late", newly),
        )
        .filter(pl.any_horizontal(pl.col("shipped", "unmet", "lost", "newly_late") != 0))
        .select("month", "item", "family", "site", "segment", "shipped", "unmet", "lost", "newly_late")
        .sort("item", "site", "segment", "month")
    )


def family_cover(plan: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """month, family, days_of_supply: forward days of the family's closing stock over its own demand."""
    families = plan.select("family").unique().sort("family").with_columns(at=pl.int_range(pl.len(), dtype=pl.Int64))
    closing, demand = (grid(plan, families, calendar.months, name) for name in ("closing", "demand"))
    months = pl.DataFrame({"month": calendar.months}, schema={"month": pl.Date})
    return (
        families.drop("at")
        .join(months, how="cross", maintain_order="left_right")
        .with_columns(rounded_days(days_of_supply(closing, demand).ravel()))
        .drop_nulls("days_of_supply")
    )


def rounded_days(days: Floats) -> pl.Series:
    """Days to one decimal; NaN becomes null."""
    return pl.Series("days_of_supply", days).fill_nan(None).round(1).cast(EXACT)


def _per_cell(network: Network, strands: Wholes) -> Wholes:
    total = np.zeros_like(network.demand)
    np.add.at(total, network.strand_cell, strands)
    return total


def _exact(name: str, array: Wholes) -> pl.Series:
    return pl.Series(name, array.ravel(), dtype=pl.Int64).cast(EXACT)
