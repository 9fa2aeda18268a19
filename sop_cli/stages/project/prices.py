"""What a unit sells for: the price list, else what was realised."""

import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL
from sop_cli.stages.project.facts import Facts


def unit_prices(facts: Facts, calendar: Calendar, sold: pl.DataFrame) -> pl.DataFrame:
    """item, segment, price for every distinct pair in `sold`.

    The listed price of the item in the segment; else the item's average realised price of the last twelve months
    (revenue / units, rounded to eight decimals); null where there is neither.
    """
    listed = facts.prices.select("item", "segment", "price")
    return (
        sold.select("item", "segment")
        .unique()
        .join(listed, on=["item", "segment"], how="left", nulls_equal=True, validate="m:1")
        .join(realised_prices(facts, calendar), on="item", how="left", validate="m:1")
        .select("item", "segment", price=pl.coalesce("price", "realised").cast(EXACT))
        .sort("item", "segment")
    )


def average_prices(facts: Facts, calendar: Calendar) -> pl.DataFrame:
    """item, price: realised over the last twelve months, else the plain mean of the listed ones, else no row.

    For weighing and rating only; booked money uses `unit_prices`.
    """
    listed = facts.prices.group_by("item").agg(total=pl.col("price").sum().cast(EXACT), count=pl.col("price").count())
    listed = listed.filter(pl.col("count") > 0).select("item", listed=pl.col("total") / pl.col("count").cast(EXACT))
    return (
        facts.items.select("item")
        .join(realised_prices(facts, calendar), on="item", how="left", validate="m:1")
        .join(listed, on="item", how="left", validate="m:1")
        .select("item", price=pl.coalesce("realised", "listed").cast(EXACT))
        .drop_nulls()
        .sort("item")
    )


def realised_prices(facts: Facts, calendar: Calendar) -> pl.DataFrame:
    """item, realised: revenue / units of the last twelve months, of items that sold any."""
    year = pl.col("month").is_between(add_months(calendar.as_of, -11), calendar.as_of)
    sold = [
        facts.numbers(ACTUAL, measure)
        .filter(year)
        .group_by("item")
        .agg(pl.col("value").sum().cast(EXACT).alias(measure))
        for measure in ("revenue", "units")
    ]
    return (
        sold[0]
        .join(sold[1], on="item", validate="m:1")
        .filter((pl.col("units") > 0) & (pl.col("revenue") > 0))
        .select("item", realised=pl.col("revenue") / pl.col("units"))
        .sort("item")
    )
