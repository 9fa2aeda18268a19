"""Reactive cost to come: the run-rate, or what the plan causes, whichever is more."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.stages.project.reactive import reactive
from tests.stages.project.company import CALENDAR, Row, facts, number, table

LINES: dict[str, pl.DataType] = {
    "month": pl.Date(), "item": pl.String(), "family": pl.String(), "site": pl.String(), "segment": pl.String(),
    "measure": pl.String(), "value": EXACT,
}  # fmt: skip
REVENUE: list[Row] = [{"month": "2026-11", "family": "F1", "measure": "revenue", "value": 500}]


def history(family: str | None = "F1", cost: int = 30) -> list[Row]:
    """One closed month that sold 1,000 and booked `cost` of overtime, and one too old to count."""
    levels = {} if family is None else {"family": family}
    return [
        number("actual", "revenue", "2026-09", 1000, family="F1"),
        number("ledger", "overtime", "2026-09", cost, **levels),
        number("ledger", "overtime", "2025-10", 9999, **levels),
    ]


def projected(numbers: Sequence[Row], caused: Sequence[Row]) -> list[tuple[object, ...]]:
    """Measure, family, site and value of what comes out."""
    lines = reactive(facts(numbers), CALENDAR, table(LINES, caused), table(LINES, REVENUE))
    return lines.select("measure", "family", "site", "value").rows()


def test_what_came_every_month_comes_again_in_proportion_to_revenue() -> None:
    assert projected(history(), []) == [("overtime", "F1", None, Decimal(15))]


def test_what_the_plan_causes_counts_where_it_is_more_and_never_on_top() -> None:
    caused = [{"month": "2026-11", "site": "P1", "measure": "overtime", "value": 40}]
    assert projected(history(), caused) == [("overtime", None, "P1", Decimal(40))]
    less = [{"month": "2026-11", "site": "P1", "measure": "overtime", "value": 4}]
    assert projected(history(), less) == [("overtime", "F1", None, Decimal(15))]


def test_where_both_come_to_the_same_the_cause_is_named() -> None:
    caused = [{"month": "2026-11", "site": "P1", "measure": "overtime", "value": 15}]
    assert projected(history(), caused) == [("overtime", None, "P1", Decimal(15))]


def test_a_ledger_without_families_gives_a_run_rate_without_family() -> None:
    assert projected(history(family=None), []) == [("overtime", None, None, Decimal(15))]


def test_a_company_without_ledger_projects_what_the_plan_causes() -> None:
    caused = [{"month": "2026-11", "family": "F1", "measure": "spot", "value": 7}]
    assert projected([], caused) == [("spot", "F1", None, Decimal(7))]
