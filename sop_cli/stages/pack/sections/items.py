"""The items behind the families: demand, stock against target and revenue, last year and next."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL, CONSENSUS, PROJECTION
from sop_cli.schemas.pack import PackColumn, PackTable, Section
from sop_cli.stages.pack.facts import PackFacts

YEAR = 12


def items(facts: PackFacts) -> Section:
    """One row per item of the master, by family, the largest projected revenue first."""
    calendar = facts.calendar
    back = (add_months(calendar.as_of, 1 - YEAR), calendar.as_of)
    ahead = (calendar.months[0], calendar.months[:YEAR][-1])
    now = (calendar.as_of, calendar.as_of)
    columns = {
        "demand_before": _by_item(facts.dataset, ACTUAL, "demand", back),
        "demand": _by_item(facts.projection, CONSENSUS, "demand", ahead),
        "stock": _by_item(facts.dataset, ACTUAL, "inventory_units", now),
        "target": dict(
            facts.plan.filter(pl.col("month") == calendar.months[0]).group_by("item").agg(pl.col("target").sum()).rows()
        ),
        "revenue_before": _by_item(facts.dataset, ACTUAL, "revenue", back),
        "revenue": _by_item(facts.projection, PROJECTION, "revenue", ahead),
    }
    master = facts.items.select("family", "item", "description").rows()
    rows = [(*row, *(values.get(row[1]) for values in columns.values())) for row in master]
    rows.sort(key=lambda row: (row[0], -(row[-1] or Decimal(0)), row[1]))
    coming = len(calendar.months[:YEAR])
    return Section(
        "Items",
        f"The {len(rows)} items behind the families",
        tables=(
            PackTable(
                f"Items, last {YEAR} months and next {coming}",
                (PackColumn("Family"), PackColumn("Item"), PackColumn("Description"),
                 PackColumn(f"Demand last {YEAR}", "units"), PackColumn(f"Demand next {coming}", "units"),
                 PackColumn("Stock", "units"), PackColumn("Target stock", "units"),
                 PackColumn(f"Revenue last {YEAR}", "money"), PackColumn(f"Revenue next {coming}", "money")),
                tuple(rows),
            ),
        ),
    )  # fmt: skip


def _by_item(rows: pl.DataFrame, version: str, measure: str, months: tuple[date, date]) -> dict[str, Decimal]:
    wanted = rows.filter(
        (pl.col("version") == version) & (pl.col("measure") == measure) & pl.col("month").is_between(*months)
    )
    return dict(wanted.group_by("item").agg(pl.col("value").sum()).rows())
