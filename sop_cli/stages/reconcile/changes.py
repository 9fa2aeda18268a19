"""What changed since the last cycle: strategic orders that moved, closed months that were restated."""

from datetime import date

import polars as pl

from sop_cli.findings.reconcile import ORDERS_MOVED, RESTATED
from sop_cli.schemas.dataset import ACTUAL
from sop_cli.stages.reconcile.breaks import breaks
from sop_cli.stages.reconcile.dataset import total


def orders_moved(
    lines: pl.LazyFrame, orders: pl.LazyFrame, before: pl.LazyFrame, customers: pl.LazyFrame
) -> pl.DataFrame:
    """R301: open orders of strategic accounts promised in another month than in the last cycle.

    `lines` and `orders` are this cycle's, `before` the last cycle's open orders; one break per account and family.
    """
    month = pl.col("promised").dt.truncate("1mo")
    was = before.select("order", "line", was=month)
    strategic = customers.filter(pl.col("strategic") == "y").select("account")
    moved = (
        orders.with_columns(now=month)
        .join(was, on=["order", "line"], how="inner")
        .filter(pl.col("now") != pl.col("was"))
        .join(strategic, on="account", how="semi")
        .select("source", "file", "row", "account", "was", "now")
    )
    amounts = lines.filter(pl.col("version") == "orders").select(
        "source", "file", "row", "sheet", "family", "measure", "value", "unit"
    )
    place = ["source", "file", "row"]
    demand = amounts.filter(pl.col("measure") == "demand").rename({"value": "quantity"}).drop("measure")
    money = amounts.filter(pl.col("measure") == "revenue").select(*place, money="value")
    grouped = (
        moved.join(demand, on=place, how="inner")
        .join(money, on=place, how="left")
        .group_by("account", "family", "unit")
        .agg(
            pl.col("quantity").sum(),
            pl.col("money").sum(),
            pl.col("was").min(),
            pl.col("now").min(),
            pl.len().alias("orders"),
            pl.col("file").min(),
            pl.col("source").min(),
        )
        .sort("account", "family", nulls_last=True)
        .collect()
    )
    later = pl.when(pl.col("now") > pl.col("was")).then(pl.lit("later")).otherwise(pl.lit("earlier"))
    quantity = pl.col("quantity").cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    rows = grouped.with_columns(
        pl.format("R301/{}/{}", "account", pl.col("family").fill_null("no family")).alias("break"),
        place=pl.format("{} / {}", "account", pl.col("family").fill_null("no family")),
        found=pl.col("quantity"),
        difference=pl.col("quantity"),
        worth=pl.col("money"),
        message=pl.format(
            "{} moved {} open order lines of {} {}: {} {}, first from {} to {}",
            "account", "orders", pl.col("family").fill_null("no family"), later, quantity, "unit",
            pl.col("was").dt.strftime("%Y-%m"), pl.col("now").dt.strftime("%Y-%m"),
        ),
    )  # fmt: skip
    return breaks(ORDERS_MOVED, rows)


def restated(dataset: pl.LazyFrame, before: pl.LazyFrame, closed: date, currency: str) -> pl.DataFrame:
    """R302: revenue of months up to `closed`, the last cycle's as-of, that is not what the last cycle saw."""
    keys = ["month", "family"]
    changed = (
        total(before, ACTUAL, "revenue", keys, "expected")
        .join(total(dataset, ACTUAL, "revenue", keys, "found"), on=keys, how="full", coalesce=True, nulls_equal=True)
        .filter(pl.col("month") <= closed)
        .with_columns(pl.col("expected", "found").fill_null(0))
        .with_columns(difference=pl.col("found") - pl.col("expected"))
        .filter(pl.col("difference").abs() >= pl.lit("0.01").cast(pl.Decimal(38, 8)))
        .sort(keys, nulls_last=True)
        .collect()
    )
    when, family = pl.col("month").dt.strftime("%Y-%m"), pl.col("family").fill_null("no family")
    money = {name: pl.col(name).round(2).cast(pl.Decimal(38, 2)) for name in ("expected", "found", "difference")}
    rows = changed.with_columns(
        pl.format("R302/{}/{}", family, when).alias("break"),
        place=pl.format("{} / {}", family, when),
        worth=pl.col("difference").abs(),
        unit=pl.lit(currency),
        message=pl.format(
            "{} revenue of {} was {}, is now {}: {} " + currency,
            family, when, money["expected"], money["found"], money["difference"],
        ),
    )  # fmt: skip
    return breaks(RESTATED, rows)
