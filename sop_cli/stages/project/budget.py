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
        share = pl.col("short").cast(pl.Float64) / pl.col("hours").cast(pl.Float64)
        found = (
            over.with_columns(
                lacking=pl.col("units").cast(pl.Float64) * share, worth=pl.col("revenue").cast(pl.Float64) * share
            )
            .sort("month")
            .group_by("site", "resource", maintain_order=True)
            .agg(pl.col("month"), pl.col("short", "hours", "limit").sum(), pl.col("lacking", "worth").sum())
            .sort("site", "resource")
        )
        for row in found.rows(named=True):
            months = ", ".join(f"{month:%Y-%m}" for month in row["month"])
            rows.append(
                {
                    "place": " / ".join(filter(None, (version, row["site"], row["resource"], months))),
                    "value": f"{row['short']:.1f} h",
                    "message": f"{version} needs {row['hours']:,.0f} h of {row['resource']} in {months}, regular and "
                    f"overtime give {row['limit']:,.0f} h: {row['short']:,.0f} h "
                    f"or about {row['lacking']:,.0f} units short",
                    "worth": None if row["worth"] == 0 else round(row["worth"], 2),
                }
            )
    return findings(BUDGET_ABOVE_CAPACITY, rows)


def _by_item(facts: Facts, calendar: Calendar, version: str) -> pl.DataFrame:
    budget = facts.numbers(version, "units").select("item", "family", "month", pl.col("value").cast(pl.Float64))
    year = pl.col("month").is_between(add_months(calendar.as_of, -11), calendar.as_of)
    sold = facts.numbers(ACTUAL, "units").filter(year).group_by("item").agg(pl.col("value").sum().cast(pl.Float64))
    items = facts.items.filter(pl.col("status").ne_missing("discontinued")).select("item", "family")
    weights = items.join(sold, on="item", how="left", validate="m:1").with_columns(
        pl.col("value").fill_null(0).clip(lower_bound=0)
    )
    total = pl.col("value").sum().over("family")
    weights = weights.with_columns(
        share=pl.when(total > 0).then(pl.col("value") / total).otherwise(1 / pl.len().over("family"))
    )
    spread = (
        budget.filter(pl.col("item").is_null())
        .drop("item")
        .join(weights.select("item", "family", "share"), on="family")
    )
    return pl.concat(
        [
            budget.filter(pl.col("item").is_not_null()).select("item", "month", "value"),
            spread.select("item", "month", value=pl.col("value") * pl.col("share")),
        ]
    ).with_columns(pl.col("value").cast(EXACT))
