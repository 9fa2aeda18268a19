"""The plan in whole units: published figures, and the identities on companies drawn from a seed."""

from dataclasses import replace
from typing import Literal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.dataset import ACTUAL, ORDERS, RECORD
from sop_cli.stages.project import project
from sop_cli.stages.project.baseline import baseline
from sop_cli.stages.project.consensus import consensus
from sop_cli.stages.project.limits import limits
from sop_cli.stages.project.network import network
from sop_cli.stages.project.prices import average_prices
from sop_cli.stages.project.rollforward import roll_forward
from sop_cli.stages.project.supply import supply_plan
from sop_cli.stages.project.weights import weights
from tests.stages.project.company import AS_OF, CALENDAR, CYCLE, RULES, drawn, facts, forecast, hours, number

Unmet = Literal["backlog", "lost"]
UNMET: tuple[Unmet, ...] = ("backlog", "lost")
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=8, deadline=None)


def test_level_production_gives_the_published_ending_inventory() -> None:
    """Arnold, problem 2.6: 1000 a month against a forecast, opening stock 600."""
    numbers = [
        number(ACTUAL, "inventory_units", AS_OF, 600, item="A", site="P1"),
        *forecast("A", [830, 800, 1050, 1600, 1000, 850]),
        *(number(RECORD, "production", add_months(CYCLE, step), 1000, item="A", site="P1") for step in range(6)),
    ]
    rules = replace(RULES, demand_fence=0, frozen=6)
    plan = project(facts(numbers, items=[{"item": "A"}]), Calendar(CYCLE, 6, 1), rules).plan
    assert plan["closing"].to_list() == [770, 970, 920, 320, 320, 470]


@FEW
@given(SEEDS, st.sampled_from(UNMET), st.sampled_from([0.5, 0.9, 1.2]))
def test_closing_is_opening_plus_supply_less_shipped_and_each_month_opens_where_the_last_closed(
    seed: int, unmet: Unmet, tightness: float
) -> None:
    plan = project(drawn(seed, tightness=tightness), CALENDAR, replace(RULES, unmet=unmet)).plan
    supply = pl.col("production") + pl.col("purchases") + pl.col("spot")
    assert plan.filter(pl.col("closing") != pl.col("opening") + supply - pl.col("shipped")).height == 0
    before = pl.col("closing").shift().over("item", "site", order_by="month")
    assert plan.filter(pl.col("opening") != before).height == 0


@FEW
@given(SEEDS, st.sampled_from(UNMET), st.sampled_from([0.5, 0.9, 1.2]))
def test_shipped_plus_unmet_plus_lost_is_demand_plus_what_was_owed_before(
    seed: int, unmet: Unmet, tightness: float
) -> None:
    plan = project(drawn(seed, tightness=tightness), CALENDAR, replace(RULES, unmet=unmet)).plan
    met = pl.col("shipped") + pl.col("unmet") + pl.col("lost")
    assert plan.filter(met != pl.col("demand") + pl.col("unmet_before")).height == 0
    before = pl.col("unmet").shift().over("item", "site", order_by="month")
    assert plan.filter(pl.col("unmet_before") != before).height == 0
    assert plan.filter(pl.col("policy").eq("mto") & pl.col("lost").ne(0)).height == 0
    if unmet == "lost":
        assert plan.filter(pl.col("policy").eq("mts") & pl.col("unmet").ne(0)).height == 0


@FEW
@given(SEEDS)
def test_backlog_is_the_one_before_plus_bookings_less_shipments(seed: int) -> None:
    plan = project(drawn(seed, tightness=0.7), CALENDAR, RULES).plan.filter(pl.col("policy") == "mto")
    before = pl.col("backlog").shift().over("item", "site", order_by="month")
    assert plan.filter(pl.col("backlog") != before + pl.col("bookings") - pl.col("shipped")).height == 0
    assert plan["backlog"].min() >= 0  # type: ignore[operator]


@FEW
@given(SEEDS, st.sampled_from([0.3, 0.8, 1.0]))
def test_planned_hours_fit_into_regular_hours_and_overtime_beyond_the_frozen_months(
    seed: int, tightness: float
) -> None:
    load = project(drawn(seed, tightness=tightness), CALENDAR, RULES).load.filter(pl.col("month") > CYCLE)
    assert load.filter(pl.col("planned_hours") > pl.col("regular") + pl.col("overtime")).height == 0


@FEW
@given(SEEDS, st.sampled_from([0.3, 0.9]))
def test_nothing_that_could_ship_is_kept_while_somebody_waits(seed: int, tightness: float) -> None:
    plan = project(drawn(seed, tightness=tightness), CALENDAR, RULES).plan
    assert plan.filter(pl.col("unmet").gt(0) & pl.col("closing").gt(0)).height == 0
    stock = plan.filter(pl.col("closing") < 0)
    assert stock.filter(pl.col("shipped") > 0).height == 0


def test_segments_get_their_share_of_what_there_is() -> None:
    numbers = [
        number(ORDERS, "demand", CYCLE, units, item="A", site="P1", segment=segment)
        for segment, units in (("Online", 10), ("Retail", 30), ("Trade", 60))
    ]
    numbers.append(number(ACTUAL, "inventory_units", AS_OF, 50, item="A", site="P1"))
    numbers.append(number(RECORD, "production", CYCLE, 0, item="A", site="P1"))
    projection = project(facts(numbers, items=[{"item": "A"}]), Calendar(CYCLE, 1, 1), RULES)
    shipped = projection.dataset.filter(pl.col("measure") == "units").sort("segment")
    assert shipped["value"].to_list() == [5, 15, 30]


def test_whole_units_fill_the_hours_to_the_last_one() -> None:
    numbers = forecast("A", [0, 500, 500])
    given = facts(
        numbers,
        items=[{"item": "A"}],
        routings=[{"item": "A", "resource": "R", "hours": "0.3"}],
        capacity=hours("R", 100),
    )
    plan = project(given, Calendar(CYCLE, 3, 1), RULES).plan
    assert plan["production"].to_list() == [333, 333, 333]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rounding_makes_no_unit_late_that_finds_room_in_another_month_or_in_overtime(seed: int) -> None:
    company = drawn(seed, items=12)
    demand = consensus(company, CALENDAR, RULES, baseline(company, CALENDAR))
    cells = network(company, CALENDAR, RULES, demand)
    bounds = limits(company, CALENDAR, cells.cells)
    plan = supply_plan(cells, bounds, weights(company, RULES, cells, average_prices(company, CALENDAR)))
    made = roll_forward(cells, bounds, plan).supply[cells.make].sum(axis=1)
    assert (made >= plan.supply[cells.make].sum(axis=1) - 1e-6).all()


def test_a_fraction_on_hand_stays_where_it_is() -> None:
    numbers = [number(ACTUAL, "inventory_units", AS_OF, "2.75", item="A", site="P1"), *forecast("A", [0, 2])]
    plan = project(facts(numbers, items=[{"item": "A"}]), Calendar(CYCLE, 2, 1), RULES).plan
    assert [str(value) for value in plan["closing"]] == ["2.75000000", "0.75000000"]
