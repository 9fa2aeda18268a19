"""What can be done about a finding, and what it costs: never a bare gap."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from sop_cli.findings.words import amount, month, named, quantity, span
from sop_cli.stages.pack.facts import PackFacts

ZERO = Decimal(0)


def levers(facts: PackFacts, finding: Mapping[str, Any]) -> list[str]:
    """The levers for a finding of the plan or a flag, each with its price or what it brings."""
    code = finding["code"]
    if code == "P101":
        return _overload(facts, finding["place"].split(" / ")[1], finding["first"], finding["last"])
    if code in ("P102", "P105"):
        return _shortage(facts, finding)
    if code == "V103":
        return _landing(facts)
    worth = amount(finding["worth"] or ZERO, facts.currency)
    return {
        "P103": [f"take volume or mix worth {worth} out of the budget", "add hours before the first short month"],
        "P104": [f"transfer between the sites: {worth} of stock works where it is short instead of being made again"],
        "V105": [f"bring prices back to budget: up to {worth} over the year"],
    }.get(code, [f"close the gap of {worth}: volume, price or mix of the family"])


def _overload(facts: PackFacts, resource: str, first: date, last: date) -> list[str]:
    """Overtime within its limit at its premium, and regular hours still free before the run."""
    load = facts.load.filter(pl.col("resource") == resource)
    run = load.filter(pl.col("month").is_between(first, last))
    short = _sum(run.select((pl.col("load_hours") - pl.col("regular")).clip(lower_bound=0)))
    overtime = _sum(
        run.select(pl.min_horizontal(pl.col("load_hours") - pl.col("regular"), "overtime").clip(lower_bound=0))
    )
    before = load.filter(pl.col("month") < first)
    free = _sum(before.select((pl.col("regular") - pl.col("load_hours")).clip(lower_bound=0)))
    found = []
    if overtime:
        premium = _premium(facts, "overtime", (resource, run["site"][0]))
        price = "" if premium is None else f" for {amount(overtime * premium, facts.currency)}"
        found.append(f"overtime in {span(first, last)}: {quantity(overtime)} of {quantity(short)} h{price}")
    if free:
        found.append(
            f"build ahead: {quantity(min(free, short))} h are free before {month(first)}, at the cost of holding"
        )
    uncovered = short - overtime - free
    if uncovered > 0:
        found.append(f"outsource or promise later: {quantity(uncovered)} h that neither covers")
    return found


def _shortage(facts: PackFacts, finding: Mapping[str, Any]) -> list[str]:
    """What is bought spot in the plan, and the revenue that a second source or an allocation would save."""
    inside = pl.col("month").is_between(finding["first"], finding["last"])
    subject = finding["place"].split(" / ")[0]
    suppliers = facts.items.filter(pl.col("supplier") == subject).select("item")
    plan = facts.plan.filter(inside)
    plan = plan.join(suppliers, on="item", how="semi") if suppliers.height else plan.filter(pl.col("family") == subject)
    spot = _sum(plan.select("spot"))
    found = []
    if spot:
        valued = plan.join(facts.costs, on="item", how="inner", validate="m:1")
        percent = _premium(facts, "spot", (subject,)) or ZERO
        premium = _sum(valued.select(pl.col("spot") * pl.col("cost"))) * percent / 100
        found.append(f"buy spot: {quantity(spot)} units are in the plan, {amount(premium, facts.currency)} on top")
    found.append(
        f"a second source, or an allocation by customer: {amount(finding['worth'] or ZERO, facts.currency)} of revenue"
    )
    return found


def _landing(facts: PackFacts) -> list[str]:
    """The steps that pull the landing down, the largest first: what bringing each back to budget would recover."""
    steps = facts.bridge.filter(
        (pl.col("scope") == "all families") & (pl.col("measure") == "gross_margin") & (pl.col("value") < 0)
    ).select("step", "value")
    costs = facts.landing.filter(
        (pl.col("family") == "all families")
        & pl.col("measure").is_in(["reactive_cost", "fixed_cost"])
        & (pl.col("difference") > 0)
    ).select(step="measure", value=-pl.col("difference"))
    pulls = pl.concat([steps, costs]).sort("value").head(3)
    return [f"{named(step)} back to budget: {amount(value, facts.currency)}" for step, value in pulls.rows()]


def _premium(facts: PackFacts, lever: str, scopes: tuple[str, ...]) -> Decimal | None:
    """The cost of a lever: of the first scope that has one, else the general one."""
    known = dict(facts.lever_costs.filter(pl.col("lever") == lever).select("scope", "cost").rows())
    return next((known[scope] for scope in (*scopes, None) if scope in known), None)


def _sum(column: pl.DataFrame) -> Decimal:
    return Decimal(column.to_series().sum())
