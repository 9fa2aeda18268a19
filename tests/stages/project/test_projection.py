"""The whole stage: repeatable, whatever the order of rows, and calm about awkward input."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.dataset import ACTUAL, DATASET, GRAIN, MEASURES
from sop_cli.stages.project import Facts, Projection, project
from tests.stages.project.company import AS_OF, CALENDAR, CYCLE, RULES, drawn, facts, forecast, number, shuffled

TABLES = ("dataset", "plan", "load", "money", "findings")
FEW = settings(max_examples=5, deadline=None)


def assert_same(one: Projection, other: Projection) -> None:
    for table in TABLES:
        assert_frame_equal(getattr(one, table), getattr(other, table))


@FEW
@given(st.integers(0, 10_000))
def test_the_same_facts_give_the_same_projection(seed: int) -> None:
    assert_same(project(drawn(seed), CALENDAR, RULES), project(drawn(seed), CALENDAR, RULES))


@FEW
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(seed: int, order: int) -> None:
    company = drawn(seed)
    assert_same(project(company, CALENDAR, RULES), project(shuffled(company, order), CALENDAR, RULES))


def test_the_dataset_has_the_shape_of_the_reconciled_one_and_one_row_per_number() -> None:
    dataset = project(drawn(3), CALENDAR, RULES).dataset
    assert dict(dataset.schema) == DATASET
    assert dataset.select(list(GRAIN)).is_duplicated().sum() == 0
    assert set(dataset["measure"]) <= set(MEASURES)
    assert set(dataset["version"]) == {"statistical", "consensus", "projection"}
    assert dataset["value"].null_count() == 0


def test_the_dataset_closes_stock_on_its_own_figures() -> None:
    projection = project(drawn(5), CALENDAR, RULES)
    rows = projection.dataset.filter(pl.col("version") == "projection")

    def total(measure: str) -> Decimal:
        return Decimal(rows.filter(pl.col("measure") == measure)["value"].sum())

    opening = Decimal(projection.plan.filter(pl.col("month") == CYCLE)["opening"].sum())
    closing = projection.plan.filter(pl.col("month") == CALENDAR.months[-1])["closing"].sum()
    assert opening + total("production") + total("purchases") - total("units") == closing


@pytest.mark.parametrize("horizon", [1, 60])
def test_any_horizon_can_be_planned(horizon: int) -> None:
    projection = project(drawn(1, horizon=horizon), Calendar(CYCLE, horizon, 4), RULES)
    assert projection.plan["month"].n_unique() == horizon


@pytest.mark.parametrize(
    "awkward",
    [
        pytest.param(facts(), id="nothing at all"),
        pytest.param(facts(items=[{"item": "A"}]), id="an item nobody wants"),
        pytest.param(facts(forecast("X", [5, 5])), id="demand for an item nobody knows"),
        pytest.param(facts(forecast("A", [5, 5]), items=[{"item": "A", "supply": "buy"}]), id="no supplier"),
        pytest.param(facts(forecast("A", [5, 5]), items=[{"item": "A", "policy": "mto"}]), id="no lead time"),
        pytest.param(facts(forecast("A", [-5, -5]), items=[{"item": "A"}]), id="a negative forecast"),
        pytest.param(
            facts([number(ACTUAL, "inventory_units", AS_OF, -5, item="A", site="DC9")], items=[{"item": "A"}]),
            id="negative stock where nobody wants any",
        ),
        pytest.param(replace(drawn(2), dataset=facts().dataset), id="master data without numbers"),
        pytest.param(
            replace(drawn(2), items=drawn(2).items.with_columns(site=pl.lit(None, dtype=pl.String))), id="no homes"
        ),
    ],
)
def test_awkward_facts_are_planned_all_the_same(awkward: Facts) -> None:
    projection = project(awkward, CALENDAR, RULES)
    closing = pl.col("opening") + pl.col("production") + pl.col("purchases") + pl.col("spot") - pl.col("shipped")
    assert projection.plan.filter(pl.col("closing") != closing).height == 0


def test_longer_rules_than_the_horizon_are_no_trouble() -> None:
    rules = replace(RULES, demand_fence=30, frozen=30)
    assert project(drawn(4), CALENDAR, rules).plan.height > 0


def test_the_solver_keeps_its_mouth_shut(capfd: pytest.CaptureFixture[str]) -> None:
    project(facts(forecast("A", [5] * 3), items=[{"item": "A"}]), Calendar(add_months(CYCLE, 1), 2, 1), RULES)
    assert capfd.readouterr() == ("", "")
