"""The statistical voice."""

import numpy as np
import pytest

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL, ORDERS
from sop_cli.stages.project.baseline import baseline, forecast_series
from tests.stages.project.company import AS_OF, CALENDAR, CYCLE, Row, facts, number

SEASONAL = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]


def history(values: list[int], item: str = "A", **levels: str) -> list[Row]:
    first = -len(values)
    return [
        number(
            ACTUAL, "demand", add_months(CYCLE, first + place), value, item=item, segment="Trade", site="DC1", **levels
        )
        for place, value in enumerate(values)
    ]


def values_of(item: str = "A", **tables: object) -> list[int]:
    forecast = baseline(facts(**tables), CALENDAR).sort("month")  # type: ignore[arg-type]
    return forecast["value"].to_list()


def test_two_steady_years_repeat_themselves() -> None:
    assert values_of(numbers=history(SEASONAL * 2), items=[{"item": "A"}]) == (SEASONAL * 2)[:18]


def test_growth_is_believed_by_half_and_then_by_a_quarter_more() -> None:
    series = np.array([[100.0] * 12 + [120.0] * 12])
    assert forecast_series(series, 13)[0].tolist() == pytest.approx([120 * 1.1] * 12 + [120 * 1.15])


def test_growth_is_held_between_bounds() -> None:
    series = np.array([[1.0] * 12 + [1000.0] * 12])
    assert forecast_series(series, 1)[0, 0] == pytest.approx(1000 * 1.25)


def test_a_short_history_gives_the_average_of_its_last_six_months() -> None:
    assert values_of(numbers=history([99, 1, 2, 3, 4, 5, 6]), items=[{"item": "A"}])[:4] == [4, 3, 4, 3]


def test_a_series_starts_with_its_first_demand() -> None:
    numbers = history([0] * 20 + [60, 60]) + history(SEASONAL * 2, "B")
    forecast = baseline(facts(numbers, items=[{"item": "A"}, {"item": "B"}]), CALENDAR)
    assert forecast.sort("item", "month")["value"][0] == 60


def test_past_due_orders_are_demand_of_the_month_they_were_promised_in() -> None:
    late = number(ORDERS, "demand", AS_OF, 30, item="A", segment="Trade", site="DC1")
    assert values_of(numbers=[*history([60]), late], items=[{"item": "A"}])[0] == 90


def test_no_history_says_nothing_and_neither_does_a_discontinued_item() -> None:
    numbers = history([60] * 6, "OLD")
    assert values_of(numbers=numbers, items=[{"item": "NEW"}, {"item": "OLD", "status": "discontinued"}]) == []


def test_a_history_that_ran_out_forecasts_zero_rather_than_nothing() -> None:
    assert values_of(numbers=history([5] + [0] * 9), items=[{"item": "A"}]) == [0] * 18


def test_returns_never_make_a_forecast_negative() -> None:
    assert values_of(numbers=history([-5] * 6), items=[{"item": "A"}]) == [0] * 18


def test_bookings_of_a_make_to_order_item_look_a_lead_time_ahead() -> None:
    made_to_order = {"item": "A", "policy": "mto", "lead_time_months": 2}
    assert values_of(numbers=history(SEASONAL * 2), items=[made_to_order])[:3] == [30, 40, 50]
