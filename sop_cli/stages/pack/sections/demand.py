"""What customers are expected to ask for, against last year and the budget."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.findings.words import counted, percent, quantity, scale, scaled
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL, ALL_FAMILIES, CONSENSUS, NO_FAMILY
from sop_cli.schemas.pack import Chart, PackColumn, PackTable, Section, Series
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.figures import asked, monthly

YEAR = 12

Line = dict[date, Decimal]


def demand(facts: PackFacts) -> Section:
    """Twelve months back and the horizon ahead in units; next year against last by family."""
    calendar = facts.calendar
    back = [add_months(calendar.as_of, step) for step in range(1 - YEAR, 1)]
    ahead = calendar.months
    seen = asked(facts.dataset, calendar.as_of)
    actual = monthly(seen, ACTUAL, "demand")
    consensus = monthly(facts.projection, CONSENSUS, "demand")
    budget = monthly(facts.dataset, facts.approved, "units")
    title = _title(actual, consensus, back, ahead[:YEAR])
    months = [*back, *ahead]
    by, word = scale([*actual.values(), *consensus.values(), *budget.values()])
    chart = Chart(
        name="demand",
        title=title,
        kind="combo",
        unit=f"{word} units".strip(),
        categories=tuple(month.strftime("%Y-%m") for month in months),
        series=(
            Series("actual demand", scaled([actual.get(month) for month in back] + [None] * len(ahead), by), "actual"),
            Series(
                "consensus demand",
                scaled([None] * len(back) + [consensus.get(month) for month in ahead], by),
                "projection",
            ),
            Series("budget units", scaled([budget.get(month) for month in months], by), "budget"),
        ),
        alt=f"Monthly demand in {word} units, twelve months back and {len(ahead)} ahead, with the budget: {title}",
    )
    sentences = (
        "Demand counts in the month promised to the customer, shipped or still owed; make-to-order families count when "
        "due.",
        f"Months without a budget ({facts.approved}) show none.",
    )
    return Section("Demand", title, sentences, (chart,), (_by_family(facts, seen, ahead[:YEAR]),))


def _title(actual: Line, consensus: Line, back: list[date], ahead: list[date]) -> str:
    """Next year against last, where there is a year on both sides to compare."""
    coming = sum((consensus.get(month, Decimal(0)) for month in ahead), Decimal(0))
    past = sum((actual.get(month, Decimal(0)) for month in back), Decimal(0))
    if len(ahead) < YEAR or past <= 0 or any(month not in actual for month in back):
        return f"Consensus demand is {quantity(coming)} units over the next {counted(len(ahead), 'month')}"
    change = (coming - past) * 100 / past
    word = "above" if change >= 0 else "below"
    return f"Demand of the next {YEAR} months is {percent(change)} {word} the last {YEAR}"


def _by_family(facts: PackFacts, seen: pl.DataFrame, ahead: list[date]) -> PackTable:
    """Like with like: a horizon of three months is held against the same three a year before."""
    before = [add_months(month, -YEAR) for month in ahead]

    def total(rows: pl.DataFrame, version: str, months: list[date]) -> dict[str, Decimal]:
        wanted = rows.filter(
            (pl.col("version") == version) & (pl.col("measure") == "demand") & pl.col("month").is_in(months)
        )
        return dict(wanted.group_by(pl.col("family").fill_null(NO_FAMILY)).agg(pl.col("value").sum()).rows())

    last, following = total(seen, ACTUAL, before), total(facts.projection, CONSENSUS, ahead)
    rows = [(family, last.get(family), following.get(family)) for family in sorted(last.keys() | following.keys())]
    sums = (ALL_FAMILIES, sum(last.values(), Decimal(0)), sum(following.values(), Decimal(0)))
    return PackTable(
        "Demand by family, units",
        (
            PackColumn("Family"),
            PackColumn(f"Last {YEAR} months" if len(ahead) == YEAR else "The same a year before", "units"),
            PackColumn(f"Next {counted(len(ahead), 'month')}", "units"),
            PackColumn("Change", "units"),
            PackColumn("%", "percent"),
        ),
        tuple((family, was, will, *_change(was, will)) for family, was, will in [*rows, sums]),
        total=True,
    )


def _change(was: Decimal | None, will: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if was is None or will is None:
        return None, None
    return will - was, (will - was) * 100 / was if was else None
