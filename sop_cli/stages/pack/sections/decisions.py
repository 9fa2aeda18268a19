"""What the executives must decide: at most five questions, each with priced levers, an owner and a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from sop_cli.findings.words import month
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.pack import PackColumn, PackTable, Section
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.levers import levers

MOST = 5


@dataclass(frozen=True)
class Subject:
    """What a rule's findings make the executives decide, who owns it, and how long before it bites."""

    question: str
    owner: str  # a role of the config
    ahead: int  # months before the first month of the finding


SUBJECTS: dict[str, Subject] = {
    "P101": Subject("Which lever covers the overload of {where}?", "supply", 2),
    "P102": Subject("Who gets what there is of {where}, and what is bought in time?", "supply", 1),
    "P105": Subject("How is the shortfall of {where} covered?", "supply", 1),
    "P103": Subject("Is the budget corrected or capacity added: {where}?", "finance", 1),
    "P104": Subject("Is the stock of {where} moved to where it is short?", "inventory", 0),
    "V102": Subject("What brings {where} back towards budget?", "demand", 0),
    "V103": Subject("Is the landing re-forecast, and which lever closes the gap?", "finance", 0),
    "V105": Subject("Are the prices of {where} repaired or accepted?", "demand", 0),
}


def decisions(facts: PackFacts) -> Section:
    """The worthiest finding of each kind as a question, the worthiest kinds first."""
    asked = _asked(facts)
    if not asked:
        return Section("Decisions", "No decision is needed this cycle")
    rows = [_row(facts, number, finding) for number, finding in enumerate(asked, 1)]
    count = len(rows)
    return Section(
        "Decisions",
        f"{count} {'decision is' if count == 1 else 'decisions are'} needed this cycle",
        sentences=(
            *(f"{number}. {finding['message']}." for number, finding in enumerate(asked, 1)),
            "Exposed is the revenue or margin that hangs on it if nothing is done. The plan behind the next pages "
            "already pulls the levers that pay: it builds ahead, buys spot and works overtime where that is cheaper.",
        ),
        tables=(
            PackTable(
                "Decisions",
                (PackColumn("No"), PackColumn("Question"), PackColumn(f"Exposed {facts.currency}", "money"),
                 PackColumn("Levers"), PackColumn("Owner"), PackColumn("Decide by")),
                tuple(rows),
            ),
        ),
    )  # fmt: skip


def _asked(facts: PackFacts) -> list[dict[str, Any]]:
    columns = ["code", "place", "first", "last", "message", "worth"]
    # What runs better than budget needs no lever; it is among the divergences.
    adverse = facts.flags.filter(pl.col("difference") < 0)
    found = pl.concat([facts.exceptions.select(columns), adverse.select(columns)])
    worthiest = (
        found.filter(pl.col("code").is_in(list(SUBJECTS)))
        .sort("worth", "place", descending=[True, False], nulls_last=True)
        .unique("code", keep="first", maintain_order=True)
    )
    return worthiest.head(MOST).to_dicts()


def _row(facts: PackFacts, number: int, finding: Mapping[str, Any]) -> tuple[str | Decimal | None, ...]:
    subject = SUBJECTS[finding["code"]]
    return (
        str(number),
        subject.question.format(where=_where(finding["place"])),
        finding["worth"],
        "; ".join(levers(facts, finding)),
        facts.owners[subject.owner],
        _decide_by(facts, finding["first"], subject.ahead),
    )


def _where(place: str) -> str:
    """`P2-FILL in P2` of `P2 / P2-FILL / 2027-03..2027-06`: the question needs no months, the finding has them."""
    parts = place.split(" / ")
    return " in ".join(reversed(parts[:-1])) or place


def _decide_by(facts: PackFacts, first: date | None, ahead: int) -> str:
    """The month in which it must be decided: before it bites, and never before this cycle."""
    cycle = facts.calendar.cycle
    return month(cycle if first is None else max(cycle, add_months(first, -ahead)))
