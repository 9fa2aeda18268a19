"""Rough-cut capacity: the hours demand needs, the hours there are, and where they do not meet.

Bill of resources: load = Σ units x hours per unit at the resource. The unconstrained load is of consensus demand in
the month it is due, before any stock or inventory policy; orders that are past due load the first month.
"""

import polars as pl

from sop_cli.findings.finding import findings, no_findings
from sop_cli.findings.project import NO_HOURS, NO_ROUTING, OVERLOAD, SUPPLIER_SHORT
from sop_cli.findings.words import counted
from sop_cli.schemas.calendar import Calendar
from sop_cli.schemas.column import EXACT
from sop_cli.stages.project.facts import Facts
from sop_cli.stages.project.runs import runs, span

LOAD: dict[str, pl.DataType] = {
    "site": pl.String(),
    "resource": pl.String(),
    "month": pl.Date(),
    "load_hours": EXACT,  # unconstrained: consensus demand x bill of resources
    "planned_hours": EXACT,  # constrained: planned production x bill of resources
    "regular": EXACT,  # null: not known
    "overtime": EXACT,  # the most that can be added
    "overtime_used": EXACT,  # planned hours above regular, at most `overtime`
    "worth_of_an_hour": EXACT,  # what one more regular hour would save, by the weights of the supply plan
}
_ZERO = pl.lit(0, dtype=EXACT)


def requirement(quantities: pl.DataFrame, uses: pl.DataFrame, prices: pl.DataFrame) -> pl.DataFrame:
    """Hours, units and revenue that `quantities` put on each resource: resource, month, hours, units, revenue.

    `quantities`: item, month, value; `uses`: item, resource, hours per unit; `prices`: item, price. Revenue is what
    hangs on the resource; items without a price count nothing there.
    """
    return (
        quantities.select("item", "month", pl.col("value").cast(EXACT))
        .join(uses.select("item", "resource", "hours"), on="item")
        .join(prices, on="item", how="left", validate="m:1")
        .group_by("resource", "month")
        .agg(
            hours=(pl.col("value") * pl.col("hours")).sum().cast(EXACT),
            units=pl.col("value").sum().cast(EXACT),
            revenue=(pl.col("value") * pl.col("price")).sum().cast(EXACT),
        )
        .sort("resource", "month")
    )


def load_table(
    facts: Facts, calendar: Calendar, needed: pl.DataFrame, planned: pl.DataFrame, worth: pl.DataFrame
) -> pl.DataFrame:
    """The hours of every resource and month, columns LOAD; `worth` has resource, month, worth_of_an_hour."""
    months = pl.DataFrame({"month": calendar.months}, schema={"month": pl.Date})
    homes = facts.routings.join(facts.items.select("item", "site"), on="item", validate="m:1")
    named = pl.concat([facts.capacity.select("resource", "site", rank=0), homes.select("resource", "site", rank=1)])
    resources = named.group_by("resource").agg(pl.col("site").sort_by("rank", "site").first())
    hours = facts.capacity.group_by("resource", "month").agg(
        regular=pl.when(pl.col("regular").count() > 0).then(pl.col("regular").sum()).cast(EXACT),
        overtime=pl.col("overtime").sum().cast(EXACT),
    )
    table = resources.join(months, how="cross")
    for part in (
        needed.select("resource", "month", load_hours="hours"),
        planned.select("resource", "month", planned_hours="hours"),
        hours,
        worth,
    ):
        table = table.join(part, on=["resource", "month"], how="left", validate="m:1")
    table = table.with_columns(pl.col("load_hours", "planned_hours", "overtime", "worth_of_an_hour").fill_null(_ZERO))
    beyond = (pl.col("planned_hours") - pl.col("regular")).clip(lower_bound=0).fill_null(_ZERO)
    table = table.with_columns(overtime_used=pl.min_horizontal(beyond, "overtime"))
    return table.select(pl.col(name).cast(kind) for name, kind in LOAD.items()).sort("site", "resource", "month")


def overloads(load: pl.DataFrame, needed: pl.DataFrame) -> pl.DataFrame:
    """One finding per run of months in which demand needs more than the regular hours of a resource.

    Worth: the revenue that hangs on the missing hours, in proportion to hours.
    """
    over = load.join(needed.select("resource", "month", "revenue"), on=["resource", "month"], validate="m:1").select(
        "resource", "site", "month", "revenue", need="load_hours", limit="regular"
    )
    rows = [
        {
            "place": " / ".join(filter(None, (row["site"], row["resource"], span(row["first"], row["last"])))),
            "first": row["first"],
            "last": row["last"],
            "value": f"{row['short']:.1f} h",
            "message": f"{row['resource']} needs {row['need']:,.0f} h, {row['limit']:,.0f} h are regular: "
            f"{row['short']:,.0f} h short over {counted(row['months'], 'month')}"
            + _peak(row["peak"], row["peak_month"]),
            "worth": row["worth"],
        }
        for row in _exceeding(over, "site", "resource").rows(named=True)
    ]
    return findings(OVERLOAD, rows)


def supplier_shortages(needed: pl.DataFrame, supplier_limits: pl.DataFrame) -> pl.DataFrame:
    """One finding per run of months in which consensus demand exceeds what a supplier can deliver."""
    over = needed.join(supplier_limits.select("month", resource="supplier", limit="quantity"), on=["resource", "month"])
    rows = [
        {
            "place": f"{row['resource']} / {span(row['first'], row['last'])}",
            "first": row["first"],
            "last": row["last"],
            "value": f"{row['short']:.0f} units",
            "message": f"Demand for the items of {row['resource']} is {row['need']:,.0f} units, it can deliver "
            f"{row['limit']:,.0f}: {row['short']:,.0f} units short over {counted(row['months'], 'month')}"
            + _peak(row["peak"], row["peak_month"]),
            "worth": row["worth"],
        }
        for row in _exceeding(over.rename({"hours": "need"}), "resource").rows(named=True)
    ]
    return findings(SUPPLIER_SHORT, rows)


def unknown_capacity(facts: Facts, load: pl.DataFrame, due: pl.DataFrame) -> pl.DataFrame:
    """Findings on resources without hours in months that load them, and on made items with demand but no routing,
    where other items have one."""
    unknown = load.filter(pl.col("regular").is_null() & (pl.col("load_hours") + pl.col("planned_hours") > 0))
    idle = runs(unknown, "site", "resource").group_by("site", "resource", "run")
    hours = [
        {
            "place": " / ".join(filter(None, (row["site"], row["resource"], span(row["first"], row["last"])))),
            "first": row["first"],
            "last": row["last"],
            "message": f"{row['resource']} has no hours in {span(row['first'], row['last'])}, "
            f"demand needs {row['load']:,.0f} h: planned as if there were enough",
        }
        for row in idle.agg(first=pl.col("month").min(), last=pl.col("month").max(), load=pl.col("load_hours").sum())
        .sort("site", "resource", "first")
        .rows(named=True)
    ]
    # Without any bill of resources nobody plans hours here: that is no gap in it.
    planned = (pl.col("supply") == "make") & pl.lit(facts.routings.height > 0)
    made = facts.items.filter(planned).select("item", "family")
    routed = facts.routings.filter(pl.col("hours") > 0)
    loose = due.group_by("item").agg(units=pl.col("value").sum()).join(made, on="item", validate="m:1")
    loose = loose.filter(pl.col("units") > 0).join(routed, on="item", how="anti").sort("item")
    items = [
        {
            "place": " / ".join(filter(None, (row["family"], row["item"]))),
            "value": f"{row['units']:.0f}",
            "message": f"{row['item']} is made and has a demand of {row['units']:,.0f} units, but no bill of "
            "resources: it loads nothing",
        }
        for row in loose.rows(named=True)
    ]
    return pl.concat([no_findings(), findings(NO_HOURS, hours), findings(NO_ROUTING, items)])


def _exceeding(table: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Runs of months in which `need` is above `limit`, by `keys`: first, last, months, need, limit, short, worth."""
    peak = (pl.col("need").cast(pl.Float64) / pl.col("limit").cast(pl.Float64)).fill_nan(None)
    short = pl.col("need") - pl.col("limit")
    missing = (pl.col("revenue").cast(pl.Float64) * short.cast(pl.Float64) / pl.col("need").cast(pl.Float64)).round(2)
    over = table.filter(short > 0).with_columns(short=short, peak=peak, worth=missing.cast(EXACT))
    return (
        runs(over, *keys)
        .group_by(*keys, "run")
        .agg(
            pl.col("need", "limit", "short").sum(),
            worth=pl.when(pl.col("worth").sum() > 0).then(pl.col("worth").sum()),
            peak=pl.col("peak").max(),
            peak_month=pl.col("month").sort_by("peak", "month", descending=[True, False]).first(),
            months=pl.len().cast(pl.Int64),
            first=pl.col("month").min(),
            last=pl.col("month").max(),
        )
        .sort(*keys, "first")
    )


def _peak(peak: float, month: object) -> str:
    return f", peak {peak:.0%} in {month:%Y-%m}" if peak != float("inf") else ""
