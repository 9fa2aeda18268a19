"""Reactive cost to come: what the plan itself causes, and what has come every month and will again.

Run-rate: a line's cost of the last twelve months of the ledger over the revenue of the same months, by family, times
the projected revenue; nobody has decided anything that would end it. The plan's own causes are overtime hours, late
units that are fined, and spot purchases. Per line and month the larger of the two counts, never both.
"""

import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, LEDGER
from sop_cli.stages.project.facts import Facts

REACTIVE = ("overtime", "expedite", "fines", "spot")
YEAR = 12


def reactive(facts: Facts, calendar: Calendar, caused: pl.DataFrame, revenue: pl.DataFrame) -> pl.DataFrame:
    """The reactive lines of the projection: month, item, family, site, segment, measure, value.

    `caused` holds what the plan causes, `revenue` the projected revenue, both in that shape. Where the ledger books
    a line without family, its run-rate has none either.
    """
    usual = _run_rate(facts, calendar, revenue)
    both = pl.concat(
        [caused.with_columns(usual=pl.lit(False)), usual.select(caused.columns).with_columns(usual=pl.lit(True))]
    )
    total = pl.col("value").sum().over("month", "measure", "usual")
    larger = both.with_columns(total=total).with_columns(most=pl.col("total").max().over("month", "measure"))
    counted = larger.filter(pl.col("total") == pl.col("most"))
    # Where both come to the same, what the plan causes says more.
    explained = pl.col("usual").min().over("month", "measure")
    return counted.filter(pl.col("usual") == explained).select(caused.columns)


def _run_rate(facts: Facts, calendar: Calendar, revenue: pl.DataFrame) -> pl.DataFrame:
    year = pl.col("month").is_between(add_months(calendar.as_of, 1 - YEAR), calendar.as_of)
    ledger = facts.dataset.filter(year & (pl.col("version") == LEDGER) & pl.col("measure").is_in(REACTIVE))
    sold = facts.numbers(ACTUAL, "revenue").filter(year)
    parts = []
    for keys in (["family"], []):
        booked = ledger.filter(pl.col("family").is_not_null() if keys else pl.col("family").is_null())
        cost = booked.group_by(*keys, "measure").agg(cost=pl.col("value").sum())
        base = _sum(sold, keys).rename({"value": "base"}).filter(pl.col("base") > 0)
        ahead = _sum(revenue, ["month", *keys])
        matched = (
            ahead.join(base, on=keys, how="inner").join(cost, on=keys, how="inner")
            if keys
            else ahead.join(base, how="cross").join(cost, how="cross")
        )
        parts.append(
            matched.select(
                "month",
                pl.lit(None, dtype=pl.String).alias("item"),
                (pl.col("family") if keys else pl.lit(None, dtype=pl.String)).alias("family"),
                pl.lit(None, dtype=pl.String).alias("site"),
                pl.lit(None, dtype=pl.String).alias("segment"),
                "measure",
                # Multiplied before divided, so that the rate never loses digits.
                (pl.col("value") * pl.col("cost") / pl.col("base")).cast(EXACT).alias("value"),
            )
        )
    return pl.concat(parts)


def _sum(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return rows.group_by(keys).agg(pl.col("value").sum()) if keys else rows.select(pl.col("value").sum())
