"""Outlook against budget: by family and in total, by month, year to date and at landing."""

from datetime import date

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ALL_FAMILIES, NO_FAMILY
from sop_cli.stages.variance.outlook import COSTS

NO_BUDGET = "no budget"
NOT_PROJECTED = "not projected"


def by_month(outlook: pl.LazyFrame, budget: pl.LazyFrame, as_of: date, last: date) -> pl.LazyFrame:
    """One row per month, family (and the total) and measure.

    Columns: month, family, measure, basis (actual or projection), budget, outlook, difference, percent,
    favourable, status ("", "no budget" or "not projected"). A month that the budget does not cover, or that lies
    beyond `last`, the end of the horizon, has no difference at all, nor has a measure that one side does not know.
    Where only one side has a number of a family, the other is 0.
    Percent is of the budget's size and null where the budget is 0.
    """
    keys = ["month", "family", "measure"]
    seen = _with_total(outlook, "outlook")
    planned = _with_total(budget, "budget")
    covered = budget.select("month", "measure", covered=pl.lit(True)).unique()
    known = outlook.select("measure", known=pl.lit(True)).unique()
    lines = pl.concat([side.select("family", "measure") for side in (seen, planned)]).unique()
    months = pl.concat([side.select("month") for side in (seen, planned)]).unique()
    rows = (
        lines.join(months, how="cross")
        .join(seen, on=keys, how="left", validate="1:1")
        .join(planned, on=keys, how="left", validate="1:1")
        .join(covered, on=["month", "measure"], how="left", validate="m:1")
        .join(known, on="measure", how="left", validate="m:1")
        .with_columns(
            basis=pl.when(pl.col("month") <= as_of).then(pl.lit("actual")).otherwise(pl.lit("projection")),
            budget=pl.when(pl.col("covered").is_not_null()).then(pl.col("budget").fill_null(0)),
            outlook=pl.when((pl.col("month") <= last) & pl.col("known").is_not_null()).then(
                pl.col("outlook").fill_null(0)
            ),
        )
        .drop("covered", "known")
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
        status=pl.when(pl.col("budget").is_null())
        .then(pl.lit(NO_BUDGET))
        .when(pl.col("outlook").is_null())
        .then(pl.lit(NOT_PROJECTED))
        .otherwise(pl.lit("")),
    )


def landing(months: pl.LazyFrame, fiscal_months: list[date], as_of: date) -> pl.LazyFrame:
    """Where the fiscal year ends: one row per family (and the total) and measure.

    landing = actual to date + projection for the rest. Required run-rate is what each remaining month must
    bring to land on budget, projected run-rate what it brings; both null when the year is over. The budget is null
    where it does not cover the whole year, the landing where the horizon ends before the year does.
    """
    year = months.filter(pl.col("month").is_in(fiscal_months))
    closed = pl.col("month") <= as_of
    left = sum(month > as_of for month in fiscal_months)
    remaining = pl.lit(left or None, dtype=EXACT)
    rows = (
        year.group_by("family", "measure")
        .agg(
            pl.col("outlook").filter(closed).sum().alias("to_date"),
            pl.col("outlook").filter(~closed).sum().alias("to_go"),
            pl.when(pl.col("budget").is_not_null().sum() == len(fiscal_months))
            .then(pl.col("budget").sum())
            .alias("budget"),
            pl.col("budget").filter(closed).sum().alias("budget_to_date"),
            missing=pl.col("outlook").null_count() > 0,
        )
        .with_columns(outlook=pl.when(~pl.col("missing")).then(pl.col("to_date") + pl.col("to_go")))
        .drop("missing")
    )
    return (
        with_difference(rows)
        .with_columns(
            required_run_rate=(pl.col("budget") - pl.col("to_date")) / remaining,
            projected_run_rate=pl.when(pl.col("outlook").is_not_null()).then(pl.col("to_go") / remaining),
        )
        .sort("family", "measure")
    )


def _with_total(rows: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Sums by month, family and measure, and the same over all families under the name ALL_FAMILIES."""
    keys = ["month", "family", "measure"]
    placed = rows.with_columns(pl.col("family").fill_null(NO_FAMILY))
    everything = placed.with_columns(family=pl.lit(ALL_FAMILIES))
    return pl.concat([placed, everything]).group_by(keys).agg(pl.col("value").sum().alias(name))
