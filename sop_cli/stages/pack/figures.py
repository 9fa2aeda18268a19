"""Figures the sections share: one measure by month."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.dataset import ACTUAL, ORDERS

THIN = 60  # percent of target stock


def monthly(rows: pl.DataFrame, version: str, measure: str, family: str | None = None) -> dict[date, Decimal]:
    """One measure of one version by month, over all families or one; months without a number are absent."""
    wanted = rows.filter((pl.col("version") == version) & (pl.col("measure") == measure))
    if family is not None:
        wanted = wanted.filter(pl.col("family") == family)
    return dict(wanted.group_by("month").agg(pl.col("value").sum()).rows())


def asked(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """What customers asked for in the closed months: what was shipped, and what was promised and is still owed."""
    demand = (pl.col("measure") == "demand") & pl.col("version").is_in([ACTUAL, ORDERS])
    return rows.filter(demand & (pl.col("month") <= as_of)).with_columns(version=pl.lit(ACTUAL))


def thin_stock(plan: pl.DataFrame) -> dict[str, tuple[date, Decimal]]:
    """Families whose planned closing stock falls below THIN of target: the lowest month and its percent of target."""
    share = pl.col("closing").sum() * 100 / pl.col("target").sum()
    months = (
        plan.filter(pl.col("target") > 0)
        .group_by("family", "month")
        .agg(share=share)
        .filter(pl.col("share") < THIN)
        .sort("share", "month")
        .unique("family", keep="first", maintain_order=True)
    )
    return {family: (month, value) for family, month, value in months.select("family", "month", "share").rows()}
