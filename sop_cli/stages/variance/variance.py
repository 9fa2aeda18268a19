"""The closed loop to the budget: comparison, landing, bridge and flags of one cycle."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sop_cli.findings.finding import FINDING_COLUMNS
from sop_cli.schemas.calendar import Calendar
from sop_cli.stages.variance.bridge import bridge
from sop_cli.stages.variance.compare import by_month, landing
from sop_cli.stages.variance.materiality import Thresholds, flags, register
from sop_cli.stages.variance.outlook import budget, outlook


@dataclass(frozen=True)
class Variance:
    """What diverges from the budget, by how much and since when."""

    months: pl.DataFrame  # compare.by_month
    landing: pl.DataFrame  # compare.landing
    bridge: pl.DataFrame  # bridge.bridge, of the fiscal year's landing; empty where the horizon ends before it
    to_go: pl.DataFrame  # bridge.bridge, of the months still to come: what can still be changed
    flags: pl.DataFrame  # materiality.REGISTER

    @property
    def findings(self) -> pl.DataFrame:
        """The flags in the shape every stage reports in."""
        return self.flags.select(*FINDING_COLUMNS)


def variance(
    dataset: pl.DataFrame,
    projection: pl.DataFrame,
    calendar: Calendar,
    *,
    approved: str,
    thresholds: Thresholds,
    currency: str,
    owners: Mapping[str, str],
    previous: pl.DataFrame | None,
) -> Variance:
    """Actuals and `projection` held against the budget version `approved`, over the fiscal year of the as-of month.

    `owners` maps a flag code to a role, "" to whoever owns the rest; `previous` is the last cycle's flag register.
    """
    fiscal_months = calendar.fiscal_months(calendar.fiscal_year(calendar.as_of))
    # Both sides are needed by the comparison and by three bridges: they are made once.
    seen = outlook(dataset.lazy(), projection.lazy(), calendar.as_of).collect().lazy()
    planned = budget(dataset.lazy(), approved).collect().lazy()
    in_year = pl.col("month").is_in(fiscal_months)
    span = pl.col("month") >= fiscal_months[0]
    months = by_month(seen.filter(span), planned.filter(span), calendar.as_of, calendar.months[-1])
    landed = landing(months, fiscal_months, calendar.as_of).collect()
    steps = bridge(seen.filter(in_year), planned.filter(in_year))
    rest = in_year & (pl.col("month") > calendar.as_of)
    to_go = bridge(seen.filter(rest), planned.filter(rest))
    if calendar.months[-1] < fiscal_months[-1]:
        # Without a landing nothing leads to it.
        steps, to_go = steps.clear(), to_go.clear()
    # What has been sold so far, at what it realised against the price the whole year was budgeted at.
    sold = bridge(seen.filter(in_year & (pl.col("month") <= calendar.as_of)), planned.filter(in_year))
    table = months.collect()
    found = flags(table, landed, sold, thresholds, currency)
    return Variance(
        months=table,
        landing=landed,
        bridge=steps,
        to_go=to_go,
        flags=register(found, cycle=calendar.cycle, owners=owners, previous=previous),
    )
