"""The stress test of a budget."""

from dataclasses import replace
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL
from sop_cli.stages.project import Facts, project
from tests.stages.project.company import AS_OF, CALENDAR, CYCLE, RULES, Row, facts, hours, number

RULED = replace(RULES, budgets=("AOP",))
ITEMS: list[Row] = [{"item": "A", "site": "P2"}, {"item": "B", "site": "P2"}]
ROUTINGS: list[Row] = [
    {"item": "A", "resource": "FILL-2", "hours": "0.5"},
    {"item": "B", "resource": "FILL-2", "hours": 1},
]


def budget(step: int, units: object, **levels: str) -> Row:
    return number("AOP", "units", add_months(CYCLE, step), units, **levels)


def company(numbers: list[Row]) -> Facts:
    return facts(
        numbers,
        items=ITEMS,
        routings=ROUTINGS,
        capacity=hours("FILL-2", 100, 20, site="P2"),
        prices=[{"item": "A", "segment": "Trade", "price": 10}],
    )


def found(numbers: list[Row]) -> pl.DataFrame:
    return project(company(numbers), CALENDAR, RULED).findings.filter(pl.col("code") == "P103")


def test_a_budget_above_regular_hours_and_overtime_names_resource_months_and_what_is_short() -> None:
    rows = found([budget(step, units, item="A") for step, units in enumerate((300, 240, 200, 320))])
    assert rows["place"].to_list() == ["AOP / P2 / FILL-2 / 2026-11, 2027-02"]
    assert "70 h or about 140 units short" in rows["message"][0]
    assert rows["worth"].to_list() == [Decimal(1400)]


def test_a_budget_that_fits_is_no_finding_and_neither_is_one_nobody_asked_about() -> None:
    assert found([budget(0, 240, item="A")]).height == 0
    assert project(company([budget(0, 999, item="A")]), CALENDAR, RULES).findings.height == 0


def test_a_budget_by_family_is_spread_as_its_items_sold() -> None:
    sold = [number(ACTUAL, "units", AS_OF, units, item=item) for item, units in (("A", 30), ("B", 10))]
    rows = found([*sold, budget(0, 200, family="F1")])  # 150 x 0.5 h + 50 x 1 h = 125 h
    assert rows["value"].to_list() == ["5.0 h"]


def test_months_without_known_hours_are_not_tested() -> None:
    assert found([budget(20, 9999, item="A")]).height == 0
