"""What changed since the last cycle: strategic orders that moved, closed months that were restated."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from sop_cli.findings.reconcile import ORDERS_MOVED, RESTATED
from sop_cli.findings.words import cents, counted, month, plain
from sop_cli.schemas.dataset import ACTUAL, NO_FAMILY
from sop_cli.stages.reconcile.breaks import breaks
from sop_cli.stages.reconcile.dataset import total


def orders_moved(
    lines: pl.LazyFrame, orders: pl.LazyFrame, before: pl.LazyFrame, customers: pl.LazyFrame
) -> pl.DataFrame:
    """R301: open orders of strategic accounts promised in another month than in the last cycle.

    `lines` and `orders` are this cycle's, `before` the last cycle's open orders; one break per account and family.
    """
    promised = pl.col("promised").dt.truncate("1mo")
    was = before.select("order", "line", was=promised)
    strategic = customers.filter(pl.col("strategic") == "y").select("account")
    moved = (
        orders.with_columns(now=promised)
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
    family = pl.col("family").fill_null(NO_FAMILY)
    grouped = grouped.with_columns(family=family)
    rows = grouped.with_columns(
        pl.format("R301/{}/{}", "account", "family").alias("break"),
        pl.Series("message", [_moved(row) for row in grouped.to_dicts()], dtype=pl.String),
        place=pl.format("{} / {}", "account", "family"),
        found=pl.col("quantity"),
        difference=pl.col("quantity"),
        worth=pl.col("money"),
        first="was",
        last="now",
    )
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
    changed = changed.with_columns(pl.col("family").fill_null(NO_FAMILY))
    rows = changed.with_columns(
        pl.format("R302/{}/{}", "family", pl.col("month").dt.strftime("%Y-%m")).alias("break"),
        pl.Series("message", [_restated(row, currency) for row in changed.to_dicts()], dtype=pl.String),
        place=pl.format("{} / {}", "family", pl.col("month").dt.strftime("%Y-%m")),
        first="month",
        last="month",
        worth=pl.col("difference").abs(),
        unit=pl.lit(currency),
    )
    return breaks(RESTATED, rows)


def _moved(row: Mapping[str, Any]) -> str:
    later = "later" if row["now"] > row["was"] else "earlier"
    return (
        f"{row['account']} moved {counted(row['orders'], 'open order line')} of {row['family']} {later}: "
        f"{plain(row['quantity'])} {row['unit'] or 'units'}, "
        f"the first from {month(row['was'])} to {month(row['now'])}"
    )


def _restated(row: Mapping[str, Any], currency: str) -> str:
    sign = "+" if row["difference"] > 0 else ""
    return (
        f"{row['family']} revenue of {month(row['month'])} was {cents(row['expected'])} {currency}, "
        f"is now {cents(row['found'])}: {sign}{cents(row['difference'])} {currency}"
    )
