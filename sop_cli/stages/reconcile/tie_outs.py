"""Extracts held against each other: revenue and inventory to the ledger, stock from month to month."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from sop_cli.findings.reconcile import INVENTORY_TIE, REVENUE_TIE, ROLL_FORWARD
from sop_cli.findings.rule import Rule
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, LEDGER
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


def stock_roll_forward(dataset: pl.LazyFrame, tolerance: Tolerance) -> tuple[pl.DataFrame, pl.DataFrame]:
    """R103. Closing = opening + production + purchases - shipments, per month, item and site, in base units.

    Opening is the closing stock the extracts state for the month before. An item and site that the stock
    extract leaves out of a month in which it lists others has no stock there.
    """
    keys = ["item", "site"]
    closing = total(dataset, ACTUAL, "inventory_units", ["month", *keys], "closing")
    grid = closing.select("month").unique().join(closing.select(keys).unique(), how="cross")
    rows = grid.join(closing, on=["month", *keys], how="left").with_columns(pl.col("closing").fill_null(ZERO))
    for measure in ("production", "purchases", "units"):
        movement = total(dataset, ACTUAL, measure, ["month", *keys], measure)
        rows = rows.join(movement, on=["month", *keys], how="left").with_columns(pl.col(measure).fill_null(ZERO))
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
    when = pl.col("month").dt.strftime("%Y-%m")
    message = pl.format(
        "{} at {} in {}: opening {} + production {} + purchases {} - shipments {} = {}, stock says {}: {} {}",
        "item", "site", when, *(_plain(name) for name in ("opening", "production", "purchases", "units", "expected")),
        _plain("found"), _plain("difference", sign=True), pl.col("unit").fill_null("units"),
    )  # fmt: skip
    broken = checked.filter(tolerance.exceeded()).with_columns(
        pl.format("R103/{}/{}/{}", "item", "site", when).alias("break"),
        place=pl.format("{} / {} / {} / {}", pl.col("family").fill_null("no family"), "item", "site", when),
        message=message,
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
        .with_columns(*([] if by_family else [pl.lit("all families").alias("family")]))
        .sort("month", "family")
        .collect()
    )
    when = pl.col("month").dt.strftime("%Y-%m")
    family = pl.col("family").fill_null("no family")
    side = pl.when(pl.col("difference") < 0).then(pl.lit("less")).otherwise(pl.lit("more"))
    broken = checked.filter(tolerance.exceeded()).with_columns(
        pl.format(rule.code + "/{}/{}", family, when).alias("break"),
        place=pl.format("{} / {}", family, when),
        worth=pl.col("difference").abs(),
        unit=pl.lit(currency),
        message=pl.format(
            "{} in {}: ledger {} {}, " + what + " {}: {} " + currency + " {}",
            family, when, _cents("expected"), pl.lit(currency), _cents("found"),
            _cents("difference", magnitude=True), side,
        ),
    )  # fmt: skip
    return checked, breaks(rule, broken)


def _cents(column: str, magnitude: bool = False) -> pl.Expr:
    """An amount as text with two decimals; rounding happens here, where it is shown, and nowhere before."""
    amount = pl.col(column).abs() if magnitude else pl.col(column)
    return amount.round(2).cast(pl.Decimal(38, 2)).cast(pl.String)


def _plain(column: str, sign: bool = False) -> pl.Expr:
    """A quantity as text without idle zeros, with its sign on request."""
    text = pl.col(column).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    return pl.when(pl.col(column) > 0).then(pl.lit("+") + text).otherwise(text) if sign else text
