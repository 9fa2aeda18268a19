"""Target stock, cover, misplaced stock."""

from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from sop_cli.schemas.column import EXACT
from sop_cli.stages.project.inventory import MONTH_DAYS, days_of_supply, misplaced, target_stock
from tests.stages.project.company import table

STOCK = {"item": pl.String(), "family": pl.String(), "site": pl.String(), "on_hand": EXACT, "target": EXACT}


def cover(closing: list[float], demand: list[float]) -> list[float]:
    return list(days_of_supply(np.array([closing], dtype=float), np.array([demand], dtype=float))[0])


def test_forward_days_of_supply_walk_the_months_ahead() -> None:
    # 250 on hand: all of the next month's 200 and 50 of the 100 after it: a month and a half.
    assert cover([250, 50, 0], [80, 200, 100])[0] == pytest.approx(1.5 * MONTH_DAYS)


def test_stock_that_outlasts_the_horizon_has_no_days_and_no_stock_has_none_left() -> None:
    assert np.isnan(cover([301, 0], [80, 300])[0])
    assert cover([300, 0], [80, 300]) == [pytest.approx(MONTH_DAYS), 0]
    assert cover([-5], [80]) == [0]


def test_months_without_demand_are_walked_through() -> None:
    assert cover([10, 10, 10], [0, 0, 20])[0] == pytest.approx(1.5 * MONTH_DAYS)


def test_target_stock_covers_the_days_after_the_month_end() -> None:
    target = target_stock(np.array([[100.0, 200.0, 400.0]]), np.array([1.5 * MONTH_DAYS]))
    average = 700 / 3  # goes on beyond the horizon
    assert target[0].tolist() == [200, 400, round(400 + average / 2), round(1.5 * average)]


def test_no_target_days_are_no_target() -> None:
    assert target_stock(np.array([[100.0]]), np.array([0.0])).tolist() == [[0, 0]]


def test_misplaced_is_the_least_of_excess_here_and_shortage_there() -> None:
    stock = table(
        STOCK,
        [
            {"item": "A", "family": "F1", "site": "DC1", "on_hand": 150, "target": 100},
            {"item": "A", "family": "F1", "site": "DC2", "on_hand": 70, "target": 100},
            {"item": "B", "family": "F1", "site": "DC1", "on_hand": 500, "target": 100},  # excess, short nowhere
            {"item": "B", "family": "F1", "site": "DC2", "on_hand": 100, "target": 100},
        ],
    )
    found = misplaced(stock, table({"item": pl.String(), "cost": EXACT}, [{"item": "A", "cost": "2.5"}]))
    assert found["code"].to_list() == ["P104"]
    assert found["worth"].to_list() == [Decimal("75.00000000")]
    assert found["value"].to_list() == ["30 units"]
    assert "DC1 while DC2" in found["message"][0]


def test_misplaced_stock_of_unknown_cost_has_no_worth() -> None:
    rows = [
        {"item": "A", "family": "F1", "site": site, "on_hand": on_hand, "target": 100}
        for site, on_hand in (("DC1", 150), ("DC2", 70))
    ]
    found = misplaced(table(STOCK, rows), table({"item": pl.String(), "cost": EXACT}, []))
    assert found["worth"].to_list() == [None]
    assert "have no standard cost" in found["message"][0]
