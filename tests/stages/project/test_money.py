"""What the plan earns, costs and ties up."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.dataset import ACTUAL, LEDGER, ORDERS, PROJECTION
from sop_cli.stages.project import Facts, PlanRules, project
from tests.stages.project.company import AS_OF, CYCLE, RULES, Row, facts, forecast, hours, number

LIQUID = replace(RULES, demand_fence=0, frozen=0)
COSTS = [{"item": "A", "cost": 6}]
PRICES = [{"item": "A", "segment": "Trade", "price": 10}]


def lines(given: Facts, measure: str, horizon: int = 2, rules: PlanRules = LIQUID) -> list[Decimal]:
    """The measure by month, added up."""
    rows = project(given, Calendar(CYCLE, horizon, 1), rules).dataset
    rows = rows.filter(pl.col("version").eq(PROJECTION) & pl.col("measure").eq(measure))
    return rows.group_by("month").agg(pl.col("value").sum()).sort("month")["value"].to_list()


def company(*numbers: Row, values: tuple[int, ...] = (100, 50), **tables: list[Row]) -> Facts:
    given: dict[str, Sequence[Row]] = {"items": [{"item": "A"}], "costs": COSTS, "prices": PRICES}
    given.update(tables)
    return facts([*forecast("A", values), *numbers], **given)


def test_revenue_cogs_and_margin_are_shipments_at_price_and_standard_cost() -> None:
    assert lines(company(), "revenue") == [1000, 500]
    assert lines(company(), "cogs") == [600, 300]
    assert lines(company(), "gross_margin") == [400, 200]


def test_without_a_listed_price_the_realised_one_of_the_last_year_counts() -> None:
    sold = [
        number(ACTUAL, measure, AS_OF, value, item="A", segment="Retail", site="P1")
        for measure, value in (("revenue", 100), ("units", 3))
    ]
    assert lines(company(*sold, values=(3,), prices=[]), "revenue")[0] == Decimal("99.99999999")
    assert lines(company(*sold, values=(3,)), "revenue")[0] == 30


def test_what_has_no_price_or_cost_is_left_out_and_never_nothing() -> None:
    unpriced = company(prices=[], costs=[])
    for measure in ("revenue", "cogs", "gross_margin", "inventory_value"):
        assert lines(unpriced, measure) == []
    assert lines(unpriced, "units") == [100, 50]


def test_stock_is_valued_at_standard_cost() -> None:
    stock = number(ACTUAL, "inventory_units", AS_OF, "170.5", item="A", site="P1")
    assert lines(company(stock), "inventory_value") == [Decimal(423), Decimal(123)]


def test_overtime_costs_the_premium_of_its_resource() -> None:
    given = company(
        values=(120,),
        routings=[{"item": "A", "resource": "R", "hours": "0.5"}],
        capacity=hours("R", 50, 20),
        lever_costs=[
            {"lever": "overtime", "basis": "hour", "cost": 4},
            {"lever": "overtime", "scope": "P1", "basis": "hour", "cost": 5},
            {"lever": "overtime", "scope": "R", "basis": "hour", "cost": 6},
        ],
    )
    assert lines(given, "overtime", 1) == [60]
    assert lines(given, "reactive_cost", 1) == [60]


def test_fines_fall_on_units_newly_late_in_segments_that_fine() -> None:
    given = company(
        number(ORDERS, "demand", add_months(CYCLE, -1), 150, item="A", site="P1", segment="Trade"),
        routings=[{"item": "A", "resource": "R", "hours": 1}],
        capacity=hours("R", 90),
        lever_costs=[{"lever": "fine", "scope": "Trade", "basis": "unit", "cost": 2}],
    )
    # 90 a month go to the 150 past due first, so each month's own demand is late in full, once, and nothing else is.
    assert lines(given, "fines") == [200, 100]
    elsewhere = replace(given, lever_costs=given.lever_costs.with_columns(scope=pl.lit("Retail")))
    assert lines(elsewhere, "fines") == []


def test_spot_costs_its_percent_of_standard_cost_and_counts_as_purchases() -> None:
    given = company(
        values=(100,),
        items=[{"item": "A", "supply": "buy", "supplier": "S"}],
        supplier_limits=[{"supplier": "S", "month": CYCLE, "quantity": 80}],
        lever_costs=[{"lever": "spot", "scope": "S", "basis": "percent", "cost": 15}],
    )
    assert lines(given, "spot", 1) == [18]
    assert lines(given, "purchases", 1) == [100]


def test_expedite_is_not_projected() -> None:
    assert lines(company(number(LEDGER, "expedite", AS_OF, 500)), "expedite") == []


def ledger(measure: str, *values: int) -> list[Row]:
    """Months up to as-of."""
    return [
        number(LEDGER, measure, add_months(AS_OF, back - len(values) + 1), value) for back, value in enumerate(values)
    ]


def test_fixed_cost_is_the_budget_where_there_is_one_and_else_the_last_quarters_average() -> None:
    budget = number("AOP", "fixed_cost", CYCLE, 70)
    given = company(budget, *ledger("fixed_cost", 999, 100, 110, 120))
    assert lines(given, "fixed_cost", rules=replace(LIQUID, budgets=("AOP",))) == [70, 110]
    assert lines(given, "ebitda", rules=replace(LIQUID, budgets=("AOP",))) == [330, 90]


def test_without_any_fixed_cost_there_is_no_ebitda() -> None:
    assert lines(company(), "ebitda") == []


def test_working_capital_counts_back_receivables_and_payables() -> None:
    history = [*ledger("revenue", 3000, 3100), *ledger("cogs", 3000, 3100), *ledger("receivables", 3100 + 1500)]
    # DSO = 31 days of October and 15 of September's 30: 46. November has 30 days: 1000, and 16 of October's 31.
    given = company(*history)
    assert lines(given, "receivables", 1) == [Decimal(1000) + 1600]
    assert lines(given, "payables", 1) == [Decimal(600) + 1500]
    assert lines(given, "working_capital", 1) == [500]


def test_money_by_family_adds_up_to_the_dataset() -> None:
    projection = project(company(*ledger("fixed_cost", 10)), Calendar(CYCLE, 2, 1), LIQUID)
    revenue = projection.dataset.filter(pl.col("measure") == "revenue")["value"].sum()
    assert projection.money["revenue"].sum() == revenue == 1500
    assert projection.money.filter(pl.col("family").is_null())["ebitda"].to_list() == [390, 190]
