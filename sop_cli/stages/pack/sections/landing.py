"""Where the fiscal year ends against the budget, and what moves it there."""

from decimal import Decimal
from typing import Any

import polars as pl

from sop_cli.findings.words import amount, named, percent, scale, scaled, side
from sop_cli.schemas.dataset import ALL_FAMILIES
from sop_cli.schemas.pack import Chart, PackColumn, PackTable, Section, Series
from sop_cli.stages.pack.facts import PackFacts

COSTS = ("reactive_cost", "fixed_cost")
UNSEEN = Decimal("0.005")  # of the unit of the axis: half of the last digit shown
LANDED = (
    *(PackColumn(name, "money") for name in ("To date", "To go", "Landing", "Budget", "Difference")),
    PackColumn("%", "percent"),
)
HEADLINES = ("ebitda", "gross_margin", "revenue")
LINES = ("revenue", "cogs", "gross_margin", "reactive_cost", "fixed_cost", "ebitda")


def landing(facts: PackFacts) -> Section:
    """Landing by line of the result, the EBITDA bridge from budget to landing, and landing by family."""
    total = facts.landing.filter(pl.col("family") == ALL_FAMILIES)
    lines = {row["measure"]: row for row in total.to_dicts()}
    year = facts.calendar.fiscal_year(facts.calendar.as_of)
    landed = [measure for measure in HEADLINES if measure in lines and lines[measure]["difference"] is not None]
    if not landed:
        title = f"FY{year} has no complete budget {facts.approved} to land against"
        if any(row["budget"] is not None for row in lines.values()):
            title = f"The horizon ends before FY{year} does: there is no landing"
        return Section("Landing", title, tables=(_by_line(facts, lines),))
    head = lines[landed[0]]
    title = (
        f"FY{year} {named(landed[0])} lands {amount(head['difference'], facts.currency)} "
        f"{side(head['difference'])} budget"
    )
    sentences = [
        f"{named(measure).capitalize()} lands at {amount(lines[measure]['outlook'], facts.currency)}, "
        f"{_gap(lines[measure], facts.currency)}."
        for measure in reversed(landed)
        if measure != "ebitda"
    ]
    unknown = [named(measure) for measure in HEADLINES if measure not in landed]
    if unknown:
        sentences.append(f"No landing of {' and '.join(unknown)}: budget or outlook lacks a line it is made of.")
    sentences.append(_run_rate(lines["revenue"], facts.currency) if "revenue" in landed else "")
    bridged = landed[0] == "ebitda" and facts.bridge.height > 0
    return Section(
        "Landing",
        title,
        sentences=tuple(sentence for sentence in sentences if sentence),
        charts=(_ebitda_bridge(facts, lines, title),) if bridged else (),
        tables=(
            _by_line(facts, lines),
            *((_bridge_table(facts, lines),) if bridged else ()),
            _by_family(facts),
        ),
    )


def _gap(row: dict[str, Any], currency: str) -> str:
    share = "" if row["percent"] is None else f" ({percent(row['percent'])})"
    return f"{amount(row['difference'], currency)}{share} {side(row['difference'])} budget"


def _run_rate(row: dict[str, Decimal | None], currency: str) -> str:
    required, projected = row["required_run_rate"], row["projected_run_rate"]
    if required is None or projected is None:
        return ""
    return (
        f"To land on budget each remaining month must bring revenue of {amount(required, currency)}; "
        f"the projection brings {amount(projected, currency)}."
    )


def _moves(facts: PackFacts, lines: dict[str, dict[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """Every step from budget to landing EBITDA: those of the margin bridge, then reactive and fixed cost."""
    steps = facts.bridge.filter((pl.col("scope") == ALL_FAMILIES) & (pl.col("measure") == "gross_margin"))
    costs = [(named(measure), -lines[measure]["difference"]) for measure in COSTS if measure in lines]
    return [*steps.select("step", "value").rows(), *costs]


def _ebitda_bridge(facts: PackFacts, lines: dict[str, dict[str, Decimal]], title: str) -> Chart:
    """Budget to landing; steps too small to be seen stand together, if together they can be."""
    every = _moves(facts, lines)
    first, last = lines["ebitda"]["budget"], lines["ebitda"]["outlook"]
    by, word = scale((first, last))
    moves = [move for move in every if abs(move[1]) >= by * UNSEEN]
    rest = sum((value for _, value in every if abs(value) < by * UNSEEN), Decimal(0))
    moves += [("other", rest)] if abs(rest) >= by * UNSEEN else []
    categories = ("budget", *(name for name, _ in moves), "landing")
    values = scaled((first, *(value for _, value in moves), last), by)
    listed = "; ".join(f"{name} {value:+.2f}" for name, value in zip(categories, values, strict=True) if value)
    return Chart(
        name="ebitda-bridge",
        title=title,
        kind="bridge",
        unit=f"{facts.currency} {word}".strip(),
        categories=categories,
        series=(Series("EBITDA", values, "projection", "bar"),),
        alt=f"EBITDA bridge from budget to landing in {facts.currency} {word}: {listed}",
    )


def _bridge_table(facts: PackFacts, lines: dict[str, dict[str, Decimal]]) -> PackTable:
    first, last = lines["ebitda"]["budget"], lines["ebitda"]["outlook"]
    moves = _moves(facts, lines)
    # The steps are exact to the cent, budget and landing beyond it: what rounding leaves is named.
    rest = last - first - sum((value for _, value in moves), Decimal(0))
    rows = [("budget", first), *moves, *([("rounding", rest)] if rest else []), ("landing", last)]
    return PackTable(
        f"EBITDA from budget to landing, {facts.currency}",
        (PackColumn("Step"), PackColumn("EBITDA", "money")),
        tuple(rows),
        total=True,
    )


def _by_line(facts: PackFacts, lines: dict[str, dict[str, Decimal | None]]) -> PackTable:
    return PackTable(
        f"Landing by line, {facts.currency}",
        (PackColumn("Line"), *LANDED),
        tuple(
            (named(name), row["to_date"], row["to_go"], row["outlook"], row["budget"], row["difference"],
             row["percent"])
            for name in LINES
            if (row := lines.get(name)) is not None
        ),
    )  # fmt: skip


def _by_family(facts: PackFacts) -> PackTable:
    rows = facts.landing.filter(pl.col("measure") == "revenue").sort(
        pl.col("family") == ALL_FAMILIES, "difference", "family", nulls_last=True
    )
    return PackTable(
        f"Revenue landing by family, {facts.currency}",
        (PackColumn("Family"), *LANDED),
        tuple(
            rows.select("family", "to_date", "to_go", "outlook", "budget", "difference", "percent").rows()
        ),
        total=True,
    )  # fmt: skip
