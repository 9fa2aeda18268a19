"""Load against capacity: which resources cannot make what is due, and when."""

from decimal import Decimal

import polars as pl

from sop_cli.schemas.pack import Chart, PackColumn, PackTable, Section, Series
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.words import month, quantity, span


def capacity(facts: PackFacts) -> Section:
    """The most loaded resource in a picture, all resources by month in a table of utilisation."""
    load = facts.load.with_columns(
        short=pl.max_horizontal(pl.col("load_hours") - pl.col("regular"), pl.lit(0).cast(pl.Decimal(38, 8))),
    )
    if load.height == 0:
        return Section("Supply and capacity", "No capacity was given, so nothing limits the plan")
    ranked = load.group_by("site", "resource").agg(
        pl.col("short").sum(), share=pl.col("load_hours").sum() / pl.col("regular").sum()
    )
    ranked = ranked.sort("short", "share", "resource", descending=[True, True, False], nulls_last=True)
    worst = ranked.row(0, named=True)
    resource = load.filter(pl.col("resource") == worst["resource"]).sort("month")
    over = resource.filter(pl.col("short") > 0)
    if over.height:
        when = span(over["month"].min(), over["month"].max())  # type: ignore[arg-type]
        title = f"{worst['resource']} in {worst['site']} overloads {when}: {quantity(worst['short'])} hours short"
    else:
        title = "No resource overloads"
    chart = Chart(
        name="load",
        title=title,
        kind="combo",
        unit="hours",
        categories=tuple(month(value) for value in resource["month"]),
        series=(
            Series("planned within regular hours", tuple(_within(resource)), "projection", "bar"),
            Series("overtime used", tuple(resource["overtime_used"]), "overtime", "bar"),
            Series("load of unconstrained demand", tuple(resource["load_hours"]), "demand"),
            Series("regular hours", tuple(resource["regular"]), "limit"),
        ),
        alt=f"Hours by month on {worst['resource']}: plan, overtime, demand load and regular hours. {title}",
    )
    sentences = (
        "Load is unconstrained: consensus demand due in the month x hours per unit. The plan builds ahead and uses "
        "overtime within its limit.",
    )
    return Section("Supply and capacity", title, sentences, (chart,), (_utilisation(facts, load),))


def _within(resource: pl.DataFrame) -> list[Decimal]:
    return (resource["planned_hours"] - resource["overtime_used"]).to_list()


def _utilisation(facts: PackFacts, load: pl.DataFrame) -> PackTable:
    """Resources down, months across: load of unconstrained demand as a percentage of regular hours."""
    shares = load.with_columns(
        share=pl.when(pl.col("regular") > 0).then(pl.col("load_hours") * 100 / pl.col("regular"))
    )
    months = facts.calendar.months
    by_place = {
        (site, resource, when): share for site, resource, when, share in shares.select(
            "site", "resource", "month", "share"
        ).rows()
    }  # fmt: skip
    places = sorted({(site, resource) for site, resource, _ in by_place})
    return PackTable(
        "Load as a percentage of regular hours",
        (PackColumn("Site"), PackColumn("Resource"),
         *(PackColumn(f"Load {month(value)}", "percent") for value in months)),
        tuple(
            (site, resource, *(by_place.get((site, resource, value)) for value in months))
            for site, resource in places
        ),
    )  # fmt: skip
