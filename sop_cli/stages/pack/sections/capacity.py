"""Load against capacity: which resources cannot make what is due, and when."""

from decimal import Decimal

import polars as pl

from sop_cli.findings.words import month, quantity, span
from sop_cli.schemas.pack import Chart, PackColumn, PackTable, Section, Series
from sop_cli.stages.pack.facts import PackFacts

ACROSS = 9  # months side by side: more cannot be read on a page


def capacity(facts: PackFacts) -> Section:
    """The most loaded resource in a picture, all resources by month in a table of utilisation."""
    load = facts.load.filter(pl.col("regular") > 0).with_columns(
        short=pl.max_horizontal(pl.col("load_hours") - pl.col("regular"), pl.lit(0).cast(pl.Decimal(38, 8))),
    )
    if load.height == 0:
        return Section("Supply and capacity", "No hours of any resource are known, so none limits the plan")
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
            *(
                (Series("overtime used", tuple(resource["overtime_used"]), "overtime", "bar"),)
                if resource["overtime_used"].sum()
                else ()
            ),
            Series("load of unconstrained demand", tuple(resource["load_hours"]), "demand"),
            Series("regular hours", tuple(resource["regular"]), "limit"),
        ),
        alt=f"Hours by month on {worst['resource']}: plan, overtime, demand load and regular hours. {title}",
    )
    sentences = (
        "Load is unconstrained: consensus demand due in the month x hours per unit.",
        *((_covered(resource),) if over.height else ()),
    )
    return Section("Supply and capacity", title, sentences, (chart,), _utilisation(facts, load))


def _covered(resource: pl.DataFrame) -> str:
    """How the plan lives with the overload."""
    overtime = Decimal(resource["overtime_used"].sum())
    if overtime:
        return f"The plan works {quantity(overtime)} h of overtime there; the rest it builds ahead or takes from stock."
    return "The plan works no overtime there: it builds ahead of the overload and takes from stock."


def _within(resource: pl.DataFrame) -> list[Decimal]:
    return (resource["planned_hours"] - resource["overtime_used"]).to_list()


def _utilisation(facts: PackFacts, load: pl.DataFrame) -> tuple[PackTable, ...]:
    """Resources down, months across: load of unconstrained demand as a percentage of regular hours."""
    share = pl.when(pl.col("regular") > 0).then(pl.col("load_hours") * 100 / pl.col("regular"))
    shares = {
        (site, resource, when): value
        for site, resource, when, value in load.select("site", "resource", "month", share=share).rows()
    }
    places = sorted({(site, resource) for site, resource, _ in shares})
    months = facts.calendar.months
    return tuple(
        PackTable(
            f"Load in percent of regular hours, {span(several[0], several[-1])}",
            (PackColumn("Site"), PackColumn("Resource"), *(PackColumn(month(when), "percent") for when in several)),
            tuple((*place, *(shares.get((*place, when)) for when in several)) for place in places),
        )
        for several in (months[start : start + ACROSS] for start in range(0, len(months), ACROSS))
    )
