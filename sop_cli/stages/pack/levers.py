"""What can be done about a finding, and what it costs: never a bare gap."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from sop_cli.findings.words import amount, month, named, quantity, span
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ALL_FAMILIES
from sop_cli.stages.pack.facts import PackFacts

ZERO = Decimal(0)
STEPS = ("price", "volume", "mix within families", "mix between families", "cost")  # what somebody can still change
SMALL = 100  # a step of less than one in so many of the gap closes nothing


def levers(facts: PackFacts, finding: Mapping[str, Any]) -> list[str]:
    """The levers for a finding of the plan or a flag, each with its price or what it brings."""
    code = finding["code"]
    if code == "P101":
        return _overload(facts, finding["place"].split(" / ")[1], finding["first"], finding["last"])
    if code in ("P102", "P105"):
        return _shortage(facts, finding)
    if code == "V103":
        return _landing(facts, finding["worth"] or ZERO)
    if code == "V105":
        return _price(facts, finding)
    worth = amount(finding["worth"] or ZERO, facts.currency)
    return {
        "P103": [f"take volume or mix worth {worth} out of the budget", "add hours before the first short month"],
        "P104": [f"transfer between the sites: {worth} of stock works where it is short instead of being made again"],
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


def _landing(facts: PackFacts, worth: Decimal) -> list[str]:
    """What of the months to come is below budget, the largest first: what is in the actuals nobody brings back."""
    seen = pl.col("value") <= -worth / SMALL
    steps = facts.to_go.filter(
        (pl.col("scope") == ALL_FAMILIES) & (pl.col("measure") == "gross_margin") & pl.col("step").is_in(STEPS)
    ).select("step", "value")
    total = facts.landing.filter((pl.col("family") == ALL_FAMILIES) & pl.col("budget").is_not_null())
    under = (pl.col("budget") - pl.col("budget_to_date") - pl.col("to_go")).cast(EXACT)
    costs = total.filter(pl.col("measure").is_in(["reactive_cost", "fixed_cost"])).select(step="measure", value=under)
    pulls = pl.concat([steps, costs]).filter(seen).sort("value", "step").head(3)
    past = pl.col("to_date") - pl.col("budget_to_date")
    lost = total.filter((pl.col("measure") == "ebitda") & (past < 0)).select(past).to_series().to_list()
    since = month(facts.calendar.cycle)
    return [
        *(f"{named(step)} back to budget from {since} on: {amount(value, facts.currency)}"
          for step, value in pulls.rows()),
        *(f"re-forecast: {amount(value, facts.currency)} is in the actuals already" for value in lost),
    ]  # fmt: skip


def _price(facts: PackFacts, finding: Mapping[str, Any]) -> list[str]:
    """What goes on being lost if the year goes on as it began; what is lost already no price brings back."""
    family = finding["place"].split(" / ")[0]
    rows = facts.landing.filter((pl.col("family") == family) & (pl.col("measure") == "revenue"))
    sold, to_go = rows.select("to_date", "to_go").row(0)
    if not sold or not to_go:
        return ["accept them, and budget next year with what is realised"]
    risk = amount(Decimal(finding["worth"]) * to_go / sold, facts.currency)
    return [
        f"hold list prices, as the projection does: at what was realised another {risk} is lost by year-end",
        "accept them, and re-forecast the landing by as much",
    ]


def _premium(facts: PackFacts, lever: str, scopes: tuple[str, ...]) -> Decimal | None:
    """The cost of a lever: of the first scope that has one, else the general one."""
    known = dict(facts.lever_costs.filter(pl.col("lever") == lever).select("scope", "cost").rows())
    return next((known[scope] for scope in (*scopes, None) if scope in known), None)


def _sum(column: pl.DataFrame) -> Decimal:
    return Decimal(column.to_series().sum())
