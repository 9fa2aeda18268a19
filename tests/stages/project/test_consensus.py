"""One demand number."""

from dataclasses import replace

import polars as pl

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL, ORDERS
from sop_cli.stages.project.baseline import baseline
from sop_cli.stages.project.consensus import Demand, consensus
from sop_cli.stages.project.facts import Facts, PlanRules
from tests.stages.project.company import CALENDAR, CYCLE, RULES, Row, facts, forecast, number


def order(step: int, units: object, item: str = "A", site: str = "DC1", segment: str | None = "Trade") -> Row:
    levels = {"item": item, "site": site} | ({"segment": segment} if segment else {})
    return number(ORDERS, "demand", add_months(CYCLE, step), units, **levels)


def sold(units: int, site: str, item: str = "A", segment: str = "Trade", family: str = "F1", step: int = -1) -> Row:
    when = add_months(CYCLE, step)
    return number(ACTUAL, "demand", when, units, item=item, site=site, segment=segment, family=family)


def demand_of(given: Facts, rules: PlanRules = RULES) -> Demand:
    return consensus(given, CALENDAR, rules, baseline(given, CALENDAR))


def due(demand: Demand, *months: int, **levels: str) -> list[int]:
    rows = demand.due.filter(**levels) if levels else demand.due
    return [int(rows.filter(pl.col("month") == add_months(CYCLE, step))["value"].sum()) for step in months]


SALES_ALONE = replace(RULES, demand=("sales forecast",))
ITEM = [{"item": "A", "site": "P1"}]


def test_inside_the_fence_orders_alone_are_the_demand() -> None:
    demand = demand_of(facts([*forecast("A", [100, 100]), order(0, 30)], items=ITEM))
    assert due(demand, 0, 1) == [30, 100]


def test_beyond_the_fence_orders_consume_the_forecast() -> None:
    numbers = [*forecast("A", [100, 100, 100]), order(1, 30), order(2, 130)]
    assert due(demand_of(facts(numbers, items=ITEM)), 1, 2) == [100, 130]


def test_what_shipped_before_its_promise_is_no_longer_demand() -> None:
    early = sold(40, "DC1", step=1)
    assert due(demand_of(facts([*forecast("A", [0, 100]), early, order(1, 10)], items=ITEM)), 1) == [60]


def test_the_first_voice_counts_as_far_as_it_reaches_and_then_the_next_one() -> None:
    said = [*forecast("A", [0, 50]), *forecast("B", [0, 0, 10])]
    numbers = [*said, *(sold(80, "DC1", step=-1 - back) for back in range(6))]
    given = facts(numbers, items=[*ITEM, {"item": "B", "site": "P1"}])
    assert due(demand_of(given), 1, 2, 3, item="A") == [50, 0, 80]  # sales speaks to the third month, then history
    assert due(demand_of(given, replace(RULES, demand=("statistical", "sales forecast"))), 1, 2, item="A") == [80, 80]


def test_without_any_voice_the_orders_are_the_demand() -> None:
    assert due(demand_of(facts([order(4, 7)], items=ITEM)), 3, 4) == [0, 7]


def test_past_due_orders_are_owed_and_no_demand_of_the_horizon() -> None:
    demand = demand_of(facts([order(-2, 9), order(-1, 1)], items=ITEM), SALES_ALONE)
    assert demand.past_due["value"].to_list() == [10]
    assert demand.due.height == 0


def test_demand_ships_from_the_sites_that_shipped_it_last_year() -> None:
    numbers = [*forecast("A", [0, 10, 10]), sold(30, "DC1"), sold(10, "DC2"), sold(999, "DC2", step=-13)]
    demand = demand_of(facts(numbers, items=ITEM))
    assert due(demand, 1, 2, site="DC1") == [8, 7]
    assert due(demand, 1, 2, site="DC2") == [2, 3]


def test_the_split_falls_back_from_segment_to_item_to_family_to_home() -> None:
    items = [{"item": name, "site": "P1", "family": family} for name, family in (("A", "F1"), ("B", "F1"), ("C", "F2"))]
    numbers = [sold(10, "DC1", segment="Trade"), sold(30, "DC2", segment="Retail")]
    numbers += [row for name in "ABC" for row in forecast(name, [0, 40], segment="Online")]
    demand = demand_of(facts(numbers, items=items), SALES_ALONE)
    assert due(demand, 1, item="A", site="DC1") == [10]
    assert due(demand, 1, item="B", site="DC2") == [30]
    assert due(demand, 1, item="C", site="P1") == [40]


def test_an_account_without_segment_is_demand_all_the_same() -> None:
    assert due(demand_of(facts([order(0, 5, segment=None)], items=ITEM)), 0) == [5]


def test_items_outside_the_master_are_not_planned() -> None:
    assert demand_of(facts([order(0, 5, item="X"), *forecast("X", [1, 2])], items=ITEM)).due.height == 0


TO_ORDER = [{"item": "A", "site": "P1", "policy": "mto", "lead_time_months": 2}]


def test_made_to_order_demand_is_orders_in_hand_plus_bookings_a_lead_time_ago() -> None:
    numbers = [*forecast("A", [10, 20, 30]), order(0, 4), order(2, 5), order(-1, 3)]
    demand = demand_of(facts(numbers, items=TO_ORDER), SALES_ALONE)
    assert due(demand, 0, 1, 2, 3, 4, site="P1") == [4, 0, 15, 20, 30]
    assert demand.past_due["value"].to_list() == [3]
    assert demand.bookings["value"].to_list() == [10, 20, 30]


def test_the_opening_backlog_is_all_open_orders_late_and_far_ones_included() -> None:
    numbers = [order(-1, 3), order(0, 4), order(30, 5)]
    assert demand_of(facts(numbers, items=TO_ORDER)).backlog.rows() == [("A", "P1", 12)]


def test_fractions_of_units_are_not_lost_on_the_way() -> None:
    demand = demand_of(facts(forecast("A", ["0.5"] * 18), items=ITEM), replace(RULES, demand_fence=0))
    assert demand.due["value"].sum() == 9


def test_empty_facts_have_no_demand() -> None:
    demand = demand_of(facts())
    assert demand.due.height == demand.past_due.height == demand.bookings.height == demand.backlog.height == 0


def test_a_history_without_segments_does_not_add_to_a_forecast_by_segment() -> None:
    unsegmented = [
        {key: value for key, value in sold(80, "DC1", step=-1 - back).items() if key != "segment"} for back in range(6)
    ]
    assert due(demand_of(facts([*forecast("A", [100, 100]), *unsegmented], items=ITEM)), 1) == [100]


def test_a_forecast_for_the_whole_item_takes_the_place_of_voices_and_orders_by_segment() -> None:
    whole = [number("sales forecast", "demand", add_months(CYCLE, step), 100, item="A") for step in range(3)]
    history = [sold(80, "DC1", step=-1 - back) for back in range(6)]
    demand = demand_of(facts([*whole, *history, order(1, 30), order(2, 130)], items=ITEM))
    assert due(demand, 1, 2) == [100, 130]
    assert demand.due["segment"].null_count() == demand.due.height


def test_without_any_open_order_there_is_no_fence() -> None:
    assert due(demand_of(facts(forecast("A", [100, 100]), items=ITEM)), 0, 1) == [100, 100]
