"""What the plan is made with, in base units and reporting currency: prices, costs, capacity, lever costs."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.stages.reconcile.conform import standard_costs, with_base_factor, with_rate

PLANNING = (
    "items", "customers", "sites", "prices", "costs", "capacity", "routings", "supplier_limits", "lever_costs",
    "targets",
)  # fmt: skip


def planning_tables(tables: Mapping[str, pl.LazyFrame], *, currency: str, as_of: date) -> dict[str, pl.DataFrame]:
    """One frame per name in PLANNING; prices and costs as they stand in `as_of`, at the rate of that month."""
    return {
        "items": tables["items"].sort("item").collect(),
        "customers": tables["customers"].sort("account").collect(),
        "sites": tables["sites"].sort("site").collect(),
        "prices": _prices(tables, currency, as_of),
        "costs": _costs(tables, currency, as_of),
        "capacity": _capacity(tables["capacity"]),
        "routings": tables["routings"].select("item", "resource", "hours").sort("item", "resource").collect(),
        "supplier_limits": tables["supplier_limits"]
        .select("supplier", "month", "quantity", "lead_time_days")
        .sort("supplier", "month")
        .collect(),
        "lever_costs": _lever_costs(tables["lever_costs"], tables["rates"], currency, as_of),
        "targets": tables["targets"].sort("metric", "year").collect(),
    }


def _prices(tables: Mapping[str, pl.LazyFrame], currency: str, as_of: date) -> pl.DataFrame:
    prices = with_base_factor(tables["prices"], tables["items"], tables["conversions"])
    rows = with_rate(prices, tables["rates"], currency, pl.lit(as_of))
    price = pl.col("price") * pl.col("rate") / pl.col("per_uom")
    return (
        rows.select("item", "segment", price=price)
        .filter(pl.col("price").is_not_null())
        .sort("item", "segment")
        .collect()
    )


def _costs(tables: Mapping[str, pl.LazyFrame], currency: str, as_of: date) -> pl.DataFrame:
    valid = standard_costs(tables, currency).filter(pl.col("valid_from") <= as_of)
    return (
        valid.group_by("item").agg(pl.col("cost").sort_by("valid_from").last()).select("item", "cost").sort("item")
    ).collect()


def _capacity(capacity: pl.LazyFrame) -> pl.DataFrame:
    """Hours by resource and month with regular and overtime side by side; no overtime row means none."""

    def hours(kind: str) -> pl.Expr:
        return pl.col("hours").filter(pl.col("measure") == kind).sum().cast(EXACT).alias(kind)

    return (
        capacity.group_by("site", "resource", "month")
        .agg(hours("regular"), hours("overtime"))
        .sort("site", "resource", "month")
        .collect()
    )


def _lever_costs(levers: pl.LazyFrame, rates: pl.LazyFrame, currency: str, as_of: date) -> pl.DataFrame:
    rows = with_rate(levers, rates, currency, pl.lit(as_of))
    # A percentage has no currency.
    cost = pl.when(pl.col("basis") == "percent").then(pl.col("cost")).otherwise(pl.col("cost") * pl.col("rate"))
    return rows.select("lever", "scope", "basis", cost=cost).sort("lever", "scope", nulls_last=True).collect()
