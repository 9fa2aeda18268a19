"""Where demand cannot be met in time."""

from dataclasses import replace
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.dataset import ORDERS
from sop_cli.stages.project import Facts, project
from tests.stages.project.company import CYCLE, RULES, Row, facts, forecast, hours, number

LIQUID = replace(RULES, demand_fence=0, frozen=0)


def company(values: list[int], *more: Row) -> Facts:
    return facts(
        [*forecast("A", values), *more],
        items=[{"item": "A"}],
        prices=[{"item": "A", "segment": "Trade", "price": 10}],
        routings=[{"item": "A", "resource": "R", "hours": 1}],
        capacity=hours("R", 100),
    )


def found(given: Facts, horizon: int = 5) -> pl.DataFrame:
    findings = project(given, Calendar(CYCLE, horizon, 1), LIQUID).findings
    return findings.filter(pl.col("code") == "P102")


def test_late_units_are_counted_once_however_long_they_wait() -> None:
    rows = found(company([130, 100, 50, 0, 120]))
    # 30 late out of the first month make 30 of the second late in their turn; all is caught up in the third.
    assert rows["place"].to_list() == ["F1 / 2026-11..2026-12"]
    assert rows["value"].to_list() == ["60 units"]
    assert rows["worth"].to_list() == [Decimal(600)]
    assert "at most 30 are owed" in rows["message"][0]


def test_orders_that_were_late_before_are_no_new_shortage() -> None:
    late = number(ORDERS, "demand", add_months(CYCLE, -1), 150, item="A", site="P1", segment="Trade")
    assert found(company([0, 0], late), 2).height == 0


def test_demand_that_is_met_is_no_finding() -> None:
    assert found(company([100, 100])).height == 0
