"""Extracts held against each other: revenue and inventory to the ledger, stock from month to month."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from sop_cli.findings.reconcile import INVENTORY_TIE, REVENUE_TIE, ROLL_FORWARD
from sop_cli.findings.rule import Rule
from sop_cli.findings.words import cents, month, plain
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, ALL_FAMILIES, LEDGER, NO_FAMILY
from sop_cli.stages.reconcile.breaks import breaks
from sop_cli.stages.reconcile.dataset import total

ZERO = pl.lit(0, dtype=EXACT)


@dataclass(frozen=True)
class Tolerance:
    """How far found may lie from expected: within either limit the two tie."""

    absolute: Decimal
    percent: Decimal

    def exceeded(self) -> pl.Expr:
        """True where `difference` lies outside both limits around `expected`."""
        share = pl.col("expected").abs() * pl.lit(self.percent / 100, dtype=EXACT)
        gap = pl.col("difference").abs()
        return (gap > pl.lit(self.absolute, dtype=EXACT)) & (gap > share)


def revenue_to_ledger(dataset: pl.LazyFrame, tolerance: Tolerance, currency: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """R101. All comparisons made (month, family, expected, found, difference), and those that break."""
    return _to_ledger(dataset, "revenue", "shipments", REVENUE_TIE, tolerance, currency)


def inventory_to_ledger(
    dataset: pl.LazyFrame, tolerance: Tolerance, currency: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """R102. All comparisons made (month, family, expected, found, difference), and those that break."""
    return _to_ledger(dataset, "inventory_value", "stock x cost", INVENTORY_TIE, tolerance, currency)


def stock_roll_forward(
    dataset: pl.LazyFrame, tolerance: Tolerance, items: pl.LazyFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """R103. Closing = opening + production + purchases - shipments, per month, item and site, in base units.

    Only `items` are rolled forward where they are given: without its receipts no stock can be told.
    Opening is the closing stock the extracts state for the month before. An item and site that the stock
    extract leaves out of a month in which it lists others has no stock there. Without shipments, or without any
    receipts, there is nothing to roll forward with and no comparison is made.
    """
    keys = ["item", "site"]
    closing = total(dataset, ACTUAL, "inventory_units", ["month", *keys], "closing")
    closing = closing if items is None else closing.join(items, on="item", how="semi")
    grid = closing.select("month").unique().join(closing.select(keys).unique(), how="cross")
    rows = grid.join(closing, on=["month", *keys], how="left").with_columns(pl.col("closing").fill_null(ZERO))
    for measure in ("production", "purchases", "units"):
        movement = total(dataset, ACTUAL, measure, ["month", *keys], measure)
        rows = rows.join(movement, on=["month", *keys], how="left").with_columns(pl.col(measure).fill_null(ZERO))
    rows = rows.filter(_moved(dataset, "units") & _moved(dataset, "production", "purchases"))
    master = dataset.filter(pl.col("family").is_not_null()).select("item", "family", "unit").unique("item")
    checked = (
        rows.with_columns(opening=pl.col("closing").shift(1).over(keys, order_by="month"))
        .filter(pl.col("opening").is_not_null())
        .with_columns(
            expected=pl.col("opening") + pl.col("production") + pl.col("purchases") - pl.col("units"),
            found=pl.col("closing"),
        )
        .with_columns(difference=pl.col("found") - pl.col("expected"))
        .join(master, on="item", how="left")
        .sort("month", *keys)
        .collect()
    )
    outside = checked.filter(tolerance.exceeded())
    when = pl.col("month").dt.strftime("%Y-%m")
    broken = outside.with_columns(
        pl.format("R103/{}/{}/{}", "item", "site", when).alias("break"),
        pl.Series("message", [_does_not_roll(row) for row in outside.to_dicts()], dtype=pl.String),
        place=pl.format("{} / {} / {} / {}", pl.col("family").fill_null(NO_FAMILY), "item", "site", when),
        first="month",
        last="month",
    )
    return checked, breaks(ROLL_FORWARD, broken)


def _to_ledger(
    dataset: pl.LazyFrame, measure: str, what: str, rule: Rule, tolerance: Tolerance, currency: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    ledger = dataset.filter((pl.col("version") == LEDGER) & (pl.col("measure") == measure))
    # A ledger without families is held against the total of the month.
    by_family = ledger.select(pl.col("family").is_not_null().all() & (pl.len() > 0)).collect().item()
    keys = ["month", "family"] if by_family else ["month"]
    expected = total(dataset, LEDGER, measure, keys, "expected")
    found = total(dataset, ACTUAL, measure, keys, "found")
    both = expected.select("month").unique().join(found.select("month").unique(), on="month")
    checked = (
        expected.join(found, on=keys, how="full", coalesce=True, nulls_equal=True)
        .join(both, on="month", how="semi")
        .with_columns(pl.col("expected", "found").fill_null(ZERO))
        .with_columns(difference=pl.col("found") - pl.col("expected"))
        .with_columns(*([] if by_family else [pl.lit(ALL_FAMILIES).alias("family")]))
        .sort("month", "family")
        .collect()
    )
    rows = checked.filter(tolerance.exceeded()).with_columns(pl.col("family").fill_null(NO_FAMILY))
    when = pl.col("month").dt.strftime("%Y-%m")
    broken = rows.with_columns(
        pl.format(rule.code + "/{}/{}", "family", when).alias("break"),
        pl.Series("message", [_does_not_tie(row, what, currency) for row in rows.to_dicts()], dtype=pl.String),
        place=pl.format("{} / {}", "family", when),
        first="month",
        last="month",
        worth=pl.col("difference").abs(),
        unit=pl.lit(currency),
    )
    return checked, breaks(rule, broken)


def _moved(dataset: pl.LazyFrame, *measures: str) -> bool:
    wanted = (pl.col("version") == ACTUAL) & pl.col("measure").is_in(measures)
    return bool(dataset.select(wanted.any()).collect().item())


def _does_not_roll(row: Mapping[str, Any]) -> str:
    opening, production, purchases, units, expected, found = (
        plain(row[name]) for name in ("opening", "production", "purchases", "units", "expected", "found")
    )
    sign = "+" if row["difference"] > 0 else ""
    return (
        f"{row['item']} at {row['site']} in {month(row['month'])}: opening {opening} + production {production} "
        f"+ purchases {purchases} - shipments {units} = {expected}, stock says {found}: "
        f"{sign}{plain(row['difference'])} {row['unit'] or 'units'}"
    )


def _does_not_tie(row: Mapping[str, Any], what: str, currency: str) -> str:
    more = "more" if row["difference"] > 0 else "less"
    return (
        f"{row['family']} in {month(row['month'])}: ledger {cents(row['expected'])} {currency}, {what} "
        f"{cents(row['found'])}: {cents(abs(row['difference']))} {currency} {more}"
    )
