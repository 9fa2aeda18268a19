"""The stress test of a budget: does it fit into the hours there are?"""

from collections.abc import Sequence

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.project import BUDGET_ABOVE_CAPACITY
from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL
from sop_cli.stages.project.capacity import requirement
from sop_cli.stages.project.facts import Facts

_ZERO = pl.lit(0, dtype=EXACT)


def budgets_above_capacity(
    facts: Facts, calendar: Calendar, versions: Sequence[str], prices: pl.DataFrame
) -> pl.DataFrame:
    """One finding per budget version and resource whose volumes exceed regular hours plus overtime in some month.

    A budget by family is spread over its items as they sold in the last twelve months (evenly where none did), for
    this test only. Months without known hours are not tested.
    """
    rows = []
    for version in versions:
        needed = requirement(_by_item(facts, calendar, version), facts.routings, prices)
        hours = facts.capacity.filter(pl.col("regular").is_not_null()).group_by("site", "resource", "month")
        limit = hours.agg(limit=(pl.col("regular") + pl.col("overtime").fill_null(_ZERO)).sum().cast(EXACT))
        short = pl.col("hours") - pl.col("limit")
        over = needed.join(limit, on=["resource", "month"]).filter(short > 0).with_columns(short=short)
        share = short.cast(pl.Float64) / pl.col("hours").cast(pl.Float64)
        # Rounded to exact numbers before they are added up: a sum of floats depends on its order.
        lacking, worth = ((pl.col(name).cast(pl.Float64) * share).round(2).cast(EXACT) for name in ("units", "revenue"))
        found = (
            over.with_columns(lacking=lacking, worth=worth)
            .group_by("site", "resource")
            .agg(pl.col("month").sort(), pl.col("short", "hours", "limit", "lacking", "worth").sum())
            .sort("site", "resource")
        )
        for row in found.rows(named=True):
            months = ", ".join(f"{month:%Y-%m}" for month in row["month"])
            rows.append(
                {
                    "place": " / ".join(filter(None, (version, row["site"], row["resource"], months))),
                    "first": row["month"][0],
                    "last": row["month"][-1],
                    "value": f"{row['short']:.1f} h",
                    "message": f"{version} needs {row['hours']:,.0f} h of {row['resource']} in {months}, regular and "
                    f"overtime give {row['limit']:,.0f} h: {row['short']:,.0f} h "
                    f"or about {row['lacking']:,.0f} units short",
                    "worth": row["worth"] or None,
                }
            )
    return findings(BUDGET_ABOVE_CAPACITY, rows)


def _by_item(facts: Facts, calendar: Calendar, version: str) -> pl.DataFrame:
    budget = facts.numbers(version, "units").select("item", "family", "month", "value")
    year = pl.col("month").is_between(add_months(calendar.as_of, -11), calendar.as_of)
    sold = facts.numbers(ACTUAL, "units").filter(year).group_by("item").agg(sold=pl.col("value").sum().cast(EXACT))
    items = facts.items.filter(pl.col("status").ne_missing("discontinued")).select("item", "family")
    weights = items.join(sold, on="item", how="left", validate="m:1").with_columns(
        pl.col("sold").fill_null(_ZERO).clip(lower_bound=0)
    )
    total = pl.col("sold").sum().over("family")
    even = pl.lit(1, dtype=EXACT)
    weights = weights.with_columns(weight=pl.when(total > 0).then(pl.col("sold")).otherwise(even)).with_columns(
        total=pl.col("weight").sum().over("family").cast(EXACT)
    )
    spread = budget.filter(pl.col("item").is_null()).drop("item").join(weights, on="family")
    return pl.concat(
        [
            budget.filter(pl.col("item").is_not_null()).select("item", "month", "value"),
            spread.select("item", "month", value=(pl.col("value") * pl.col("weight") / pl.col("total")).cast(EXACT)),
        ]
    )
