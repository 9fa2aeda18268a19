"""The constrained plan."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, ORDERS, RECORD
from sop_cli.stages.project import Facts, PlanRules, project
from sop_cli.stages.project.baseline import baseline
from sop_cli.stages.project.consensus import consensus
from sop_cli.stages.project.limits import limits
from sop_cli.stages.project.network import network
from sop_cli.stages.project.prices import average_prices
from sop_cli.stages.project.supply import Supply, supply_plan
from sop_cli.stages.project.weights import weights
from tests.stages.project.company import AS_OF, CALENDAR, CYCLE, RULES, Row, drawn, facts, forecast, hours, number

LIQUID = replace(RULES, demand_fence=0, frozen=0)
ROUTING = [{"item": "A", "resource": "R", "hours": 1}]
COSTS = [{"item": "A", "cost": 10}]


def planned(given: Facts, rules: PlanRules = RULES) -> Supply:
    demand = consensus(given, CALENDAR, rules, baseline(given, CALENDAR))
    cells = network(given, CALENDAR, rules, demand)
    bounds = limits(given, CALENDAR, cells.cells)
    return supply_plan(cells, bounds, weights(given, rules, cells, average_prices(given, CALENDAR)))


def made(given: Facts, horizon: int, rules: PlanRules = LIQUID, kind: str = "production") -> list[int]:
    plan = project(given, Calendar(CYCLE, horizon, 1), rules).plan
    return [int(value) for value in plan.group_by("month").agg(pl.col(kind).sum()).sort("month")[kind]]


def one_item(
    values: Sequence[object], *more: Row, regular: object = 100, overtime: object = 0, **item: object
) -> Facts:
    return facts(
        [*forecast("A", values), *more],
        items=[{"item": "A", **item}],
        routings=ROUTING,
        costs=COSTS,
        capacity=hours("R", regular, overtime),
        lever_costs=[
            {"lever": "overtime", "basis": "hour", "cost": 1},
            {"lever": "spot", "basis": "percent", "cost": 15},
        ],
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.4, 0.8, 1.0]))
def test_more_capacity_never_costs_more(seed: int, tightness: float) -> None:
    tight = drawn(seed, tightness=tightness)
    more = tight.capacity.with_columns((pl.col("regular") + 25).cast(EXACT))
    loose = replace(tight, capacity=more)
    assert planned(loose).cost <= planned(tight).cost + 1e-6


def test_what_a_month_cannot_make_is_made_before_it() -> None:
    assert made(one_item([50, 80, 150]), 3) == [80, 100, 100]


def test_overtime_is_worked_before_customers_wait() -> None:
    projection = project(one_item([120, 120], regular=100, overtime=15), Calendar(CYCLE, 2, 1), LIQUID)
    assert projection.plan["production"].to_list() == [115, 115]
    assert projection.plan["unmet"].to_list() == [5, 10]
    assert projection.load["overtime_used"].to_list() == [15, 15]


def test_demand_nobody_can_make_is_carried_or_lost_as_the_rule_says() -> None:
    given = one_item([150, 100])
    carried = project(given, Calendar(CYCLE, 2, 1), LIQUID).plan
    lost = project(given, Calendar(CYCLE, 2, 1), replace(LIQUID, unmet="lost")).plan
    assert (carried["unmet"].to_list(), carried["lost"].to_list()) == ([50, 50], [0, 0])
    assert (lost["unmet"].to_list(), lost["lost"].to_list()) == ([0, 0], [50, 0])


def test_in_frozen_months_the_plan_of_record_stands_even_above_the_hours() -> None:
    record = number(RECORD, "production", CYCLE, 170, item="A", site="P1")
    projection = project(one_item([50, 150], record, overtime=20), Calendar(CYCLE, 2, 1), replace(LIQUID, frozen=1))
    assert projection.plan["production"].to_list() == [170, 30]
    assert projection.load["planned_hours"].to_list() == [170, 30]
    assert projection.load["overtime_used"].to_list() == [20, 0]


def test_without_any_plan_of_record_nothing_is_frozen() -> None:
    assert made(one_item([50, 60]), 2, replace(LIQUID, frozen=1)) == [50, 60]


def test_an_item_bought_in_the_frozen_zone_though_it_is_made_arrives_all_the_same() -> None:
    record = number(RECORD, "purchases", CYCLE, 30, item="A", site="P1")
    projection = project(one_item([50, 60], record), Calendar(CYCLE, 2, 1), replace(LIQUID, frozen=1))
    assert projection.plan["purchases"].to_list() == [30, 0]
    assert projection.load["planned_hours"].to_list() == [0, 80]


def test_a_supplier_limit_holds_over_all_its_items_and_spot_fills_a_quarter() -> None:
    given = facts(
        [*forecast("A", [100]), *forecast("B", [100])],
        items=[{"item": item, "supply": "buy", "supplier": "S"} for item in "AB"],
        costs=[{"item": "A", "cost": 10}, {"item": "B", "cost": 10}],
        supplier_limits=[{"supplier": "S", "month": CYCLE, "quantity": 120}],
        lever_costs=[{"lever": "spot", "basis": "percent", "cost": 15}],
    )
    plan = project(given, Calendar(CYCLE, 1, 1), LIQUID).plan
    assert plan["purchases"].sum() == 120
    assert plan["spot"].to_list() == [25, 25]
    assert plan["unmet"].sum() == 30


def test_without_a_known_premium_nothing_is_bought_spot() -> None:
    given = facts(
        forecast("A", [100]),
        items=[{"item": "A", "supply": "buy", "supplier": "S"}],
        supplier_limits=[{"supplier": "S", "month": CYCLE, "quantity": 0}],
        lever_costs=[{"lever": "spot", "basis": "percent", "cost": 15}],  # percent of a cost nobody knows
    )
    assert made(given, 1, kind="spot") == [0]


def test_target_stock_is_filled_up_where_there_is_room() -> None:
    plan = project(one_item([50, 50, 50], target_days=30.4375), Calendar(CYCLE, 3, 1), LIQUID).plan
    assert plan["target"].to_list() == [50, 50, 50]
    assert plan["closing"].to_list() == [50, 50, 50]


def test_make_to_order_is_not_made_before_it_is_ordered() -> None:
    numbers = [number(ORDERS, "demand", add_months(CYCLE, 1), 120, item="A", site="P1", segment="Trade")]
    given = one_item([150, 0, 0, 0], *numbers, policy="mto", lead_time_months=2)
    # 120 in hand, 20 of them a month ahead; the 150 booked in the first month and due in the third from then on.
    plan = project(given, Calendar(CYCLE, 4, 1), LIQUID).plan
    assert plan["demand"].to_list() == [0, 120, 150, 0]
    assert plan["unmet"].to_list() == [0, 0, 0, 0]
    late_booking = one_item([0, 150, 0], policy="mto", lead_time_months=0)
    assert project(late_booking, Calendar(CYCLE, 3, 1), LIQUID).plan["production"].to_list() == [0, 100, 50]


def test_negative_stock_is_made_good_before_anything_ships() -> None:
    plan = project(
        one_item([50, 50], number(ACTUAL, "inventory_units", AS_OF, -30, item="A", site="P1")),
        Calendar(CYCLE, 2, 1),
        LIQUID,
    ).plan
    assert plan["opening"].to_list() == [-30, 0]
    assert plan["production"].to_list() == [80, 50]


def test_an_hour_is_worth_something_only_where_hours_are_short() -> None:
    load = project(one_item([150, 10]), Calendar(CYCLE, 2, 1), LIQUID).load
    assert load["worth_of_an_hour"][0] > 0
    assert load["worth_of_an_hour"][1] == 0
