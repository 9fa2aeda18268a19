"""Where demand cannot be met in time: by family, from the first month to the last."""

from typing import Any

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.project import SHORT
from sop_cli.schemas.column import EXACT
from sop_cli.stages.project.runs import runs, span


def shortages(plan: pl.DataFrame, strands: pl.DataFrame, prices: pl.DataFrame) -> pl.DataFrame:
    """One finding per family and run of months in which demand is owed or lost at month end.

    Orders past due when the horizon opens do not count, however long they stay owed. Units are those that fall due
    in the run and do not ship in their month, each counted once; worth is their revenue at price.
    """
    shipped = pl.col("shipped").cum_sum().over("item", "site", order_by="month")
    late = pl.col("unmet_before").sort_by("month").first().over("item", "site")
    # What is owed longest ships first: of the past-due orders this much is left.
    left = (late - shipped).clip(lower_bound=0)
    owed = plan.with_columns(owed=(pl.col("unmet") - left).clip(lower_bound=0) + pl.col("lost"))
    bad = owed.group_by("family", "month").agg(pl.col("owed").sum()).filter(pl.col("owed") > 0)
    priced = strands.join(prices, on=["item", "segment"], how="left", nulls_equal=True, validate="m:1")
    missed = priced.group_by("family", "month").agg(
        units=pl.col("newly_late").sum().cast(EXACT),
        lost=pl.col("lost").sum().cast(EXACT),
        worth=(pl.col("newly_late") * pl.col("price")).sum().cast(EXACT),
    )
    found = (
        runs(bad.join(missed, on=["family", "month"], how="left", nulls_equal=True, validate="m:1"), "family")
        .group_by("family", "run")
        .agg(
            pl.col("units", "lost", "worth").sum(),
            peak=pl.col("owed").max(),
            first=pl.col("month").min(),
            last=pl.col("month").max(),
        )
        .sort("family", "first")
    )
    rows = [
        {
            "place": f"{row['family']} / {span(row['first'], row['last'])}",
            "first": row["first"],
            "last": row["last"],
            "value": f"{row['units']:.0f} units",
            "message": _message(row),
            "worth": row["worth"],
        }
        for row in found.rows(named=True)
    ]
    return findings(SHORT, rows)


def _message(row: dict[str, Any]) -> str:
    lost = f", {row['lost']:,.0f} of them are lost" if row["lost"] else ""
    return (
        f"{row['units']:,.0f} units of {row['family']} that fall due in {span(row['first'], row['last'])} "
        f"do not ship in time{lost}; at most {row['peak']:,.0f} are owed at a month's end"
    )
