"""Which families diverge materially from the budget, since when, and who answers for it."""

from decimal import Decimal

import polars as pl

from sop_cli.findings.words import counted, month
from sop_cli.schemas.pack import PackColumn, PackTable, Section
from sop_cli.stages.pack.facts import PackFacts

SHOWN = 15


def divergences(facts: PackFacts) -> Section:
    """The flags worth most, the rest counted."""
    flags = facts.flags
    if facts.landing["budget"].null_count() == facts.landing.height:
        return Section("Divergences", f"There is no budget {facts.approved} for the whole year to diverge from")
    if flags.height == 0:
        return Section("Divergences", "Nothing diverges materially from the budget")
    escalated = flags.filter(pl.col("code") == "V102")
    families = escalated.get_column("family").unique(maintain_order=True).to_list()
    title = f"{counted(flags.height, 'material divergence')} from budget"
    if families:
        title += f", to escalate: {', '.join(sorted(families))}"
    largest = flags.row(0, named=True)
    sentences = [f"Largest: {largest['message']}."]
    if flags.height > SHOWN:
        sentences.append(f"The {SHOWN} worth most are shown; all of them are in 4-variance/flags.csv.")
    return Section("Divergences", title, tuple(sentences), tables=(_table(facts),))


def _table(facts: PackFacts) -> PackTable:
    columns = (
        PackColumn("Divergence"),
        PackColumn(f"Difference {facts.currency}", "money"),
        PackColumn("%", "percent"),
        PackColumn("Level"),
        PackColumn("Owner"),
        PackColumn("Since"),
        PackColumn("Cycles", "count"),
        PackColumn("Rule"),
    )
    rows = facts.flags.head(SHOWN).select(
        "message", "difference", "percent", "level", "owner", "first_seen", "age", "code"
    )
    return PackTable(
        "Material divergences",
        columns,
        tuple(
            (message, difference, share, level, owner, month(since), Decimal(age), code)
            for message, difference, share, level, owner, since, age, code in rows.rows()
        ),
    )
