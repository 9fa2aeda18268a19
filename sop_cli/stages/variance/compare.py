"""Outlook against budget: by family and in total, by month, year to date and at landing."""

from datetime import date

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.stages.variance.outlook import COSTS

TOTAL = "all families"
NO_BUDGET = "no budget"


def by_month(outlook: pl.LazyFrame, budget: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """One row per month, family (and the total) and measure.

    Columns: month, family, measure, basis (actual or projection), budget, outlook, difference, percent,
    favourable, status ("" or "no budget"). A month that the budget does not cover has no difference at all.
    Percent is of the budget's size and null where the budget is 0.
    """
    keys = ["month", "family", "measure"]
    seen = _with_total(outlook, "outlook")
    planned = _with_total(budget, "budget")
    covered = budget.select("month", covered=pl.lit(True)).unique()
    rows = (
        seen.join(planned, on=keys, how="full", coalesce=True)
        .join(covered, on="month", how="left")
        .with_columns(
            basis=pl.when(pl.col("month") <= as_of).then(pl.lit("actual")).otherwise(pl.lit("projection")),
            budget=pl.when(pl.col("covered").is_not_null()).then(pl.col("budget").fill_null(0)),
            outlook=pl.col("outlook").fill_null(0),
        )
        .drop("covered")
    )
    return with_difference(rows).sort(keys)


def with_difference(rows: pl.LazyFrame) -> pl.LazyFrame:
    """`rows` (measure, budget, outlook) plus difference, percent, favourable and status."""
    difference = pl.col("outlook") - pl.col("budget")
    percent = pl.when(pl.col("budget") != 0).then(difference * 100 / pl.col("budget").abs())
    better = pl.when(pl.col("measure").is_in(COSTS)).then(difference <= 0).otherwise(difference >= 0)
    return rows.with_columns(
        difference=difference,
        percent=percent.cast(EXACT),
        favourable=better,
        status=pl.when(pl.col("budget").is_null()).then(pl.lit(NO_BUDGET)).otherwise(pl.lit("")),
    )


def landing(months: pl.LazyFrame, fiscal_months: list[date], as_of: date) -> pl.LazyFrame:
    """Where the fiscal year ends: one row per family (and the total) and measure.

    landing = actual to date + projection for the rest. Required run-rate is what each remaining month must
    bring to land on budget, projected run-rate what it brings; both null when the year is over. All of it is
    null where the budget does not cover the whole year.
    """
    year = months.filter(pl.col("month").is_in(fiscal_months))
    closed = pl.col("month") <= as_of
    left = sum(month > as_of for month in fiscal_months)
    remaining = pl.lit(left or None, dtype=EXACT)
    rows = year.group_by("family", "measure").agg(
        pl.col("outlook").filter(closed).sum().alias("to_date"),
        pl.col("outlook").filter(~closed).sum().alias("to_go"),
        pl.when(pl.col("budget").is_not_null().sum() == len(fiscal_months)).then(pl.col("budget").sum())
        .alias("budget"),
        pl.col("budget").filter(closed).sum().alias("budget_to_date"),
    ).with_columns(outlook=pl.col("to_date") + pl.col("to_go"))  # fmt: skip
    return (
        with_difference(rows)
        .with_columns(
            required_run_rate=(pl.col("budget") - pl.col("to_date")) / remaining,
            projected_run_rate=pl.col("to_go") / remaining,
        )
        .sort("family", "measure")
    )


def _with_total(rows: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Sums by month, family and measure, and the same over all families under the name TOTAL."""
    keys = ["month", "family", "measure"]
    placed = rows.with_columns(pl.col("family").fill_null("no family"))
    everything = placed.with_columns(family=pl.lit(TOTAL))
    return pl.concat([placed, everything]).group_by(keys).agg(pl.col("value").sum().alias(name))
