"""Rough-cut capacity and what it finds."""

from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ORDERS
from sop_cli.stages.project import Facts, project
from sop_cli.stages.project.capacity import requirement
from tests.stages.project.company import CALENDAR, CYCLE, RULES, TABLES, Row, facts, forecast, hours, number, table

QUANTITY = {"item": pl.String(), "month": pl.Date(), "value": EXACT}
PRICE = {"item": pl.String(), "price": EXACT}


def found(given: Facts, code: str, calendar: Calendar = CALENDAR) -> pl.DataFrame:
    return project(given, calendar, RULES).findings.filter(pl.col("code") == code)


def line(values: list[int], *more: Row, regular: object = 100, **tables: list[Row]) -> Facts:
    """One item, one hour a unit, at FILL-2 in P2; the first month is inside the fence."""
    return facts(
        [*forecast("A", [0, *values]), *more],
        items=[{"item": "A", "site": "P2"}],
        routings=[{"item": "A", "resource": "FILL-2", "hours": 1}],
        capacity=hours("FILL-2", regular, site="P2"),
        **tables,
    )


def test_bill_of_resources_gives_the_published_hours_of_two_work_centres() -> None:
    """Three products of 2, 3 and 4 hours, split 60/40 over two work centres: 450 hours, 270 and 180."""
    quantities = [{"item": item, "month": CYCLE, "value": units} for item, units in (("A", 100), ("B", 50), ("C", 25))]
    routings = [
        {"item": item, "resource": resource, "hours": Decimal(total) * Decimal(share)}
        for item, total in (("A", 2), ("B", 3), ("C", 4))
        for resource, share in (("WC1", "0.6"), ("WC2", "0.4"))
    ]
    needed = requirement(table(QUANTITY, quantities), table(TABLES["routings"], routings), table(PRICE, []))
    assert needed.select("resource", "hours").rows() == [("WC1", Decimal(270)), ("WC2", Decimal(180))]


def test_consecutive_overloaded_months_are_one_finding() -> None:
    rows = found(line([120, 130, 110, 50, 101]), "P101")
    assert rows["place"].to_list() == ["P2 / FILL-2 / 2026-12..2027-02", "P2 / FILL-2 / 2027-04"]
    assert rows["value"].to_list() == ["60.0 h", "1.0 h"]
    assert "60 h short over 3 months, peak 130% in 2027-01" in rows["message"][0]


def test_a_load_of_exactly_the_regular_hours_is_no_overload() -> None:
    assert found(line([100, 100]), "P101").height == 0


def test_past_due_orders_load_the_first_month() -> None:
    late = number(ORDERS, "demand", add_months(CYCLE, -2), 150, item="A", site="DC1", segment="Trade")
    load = project(line([], late), CALENDAR, RULES).load
    assert load["load_hours"][0] == 150


def test_what_an_overload_is_worth_is_the_revenue_of_the_missing_hours() -> None:
    rows = found(line([125], prices=[{"item": "A", "segment": "Trade", "price": 8}]), "P101")
    assert rows["worth"].to_list() == [Decimal(200)]


def test_a_resource_without_hours_is_planned_as_if_it_had_enough_and_says_so() -> None:
    given = facts(
        forecast("A", [0, 500, 500]), items=[{"item": "A"}], routings=[{"item": "A", "resource": "R", "hours": 1}]
    )
    projection = project(given, CALENDAR, RULES)
    assert projection.plan["unmet"].sum() == 0
    assert projection.load["regular"].null_count() == 18
    assert projection.load["site"].unique().to_list() == ["P1"]
    assert projection.findings.filter(pl.col("code") == "P106")["place"].to_list() == ["P1 / R / 2026-12..2027-01"]


def test_a_made_item_without_routing_loads_nothing_and_says_so() -> None:
    items = [{"item": "A"}, {"item": "B"}]
    routed = facts(
        forecast("A", [0, 500]), items=items, routings=[{"item": "B", "resource": "R", "hours": 1}],
        capacity=hours("R", 100),
    )  # fmt: skip
    projection = project(routed, CALENDAR, RULES)
    assert projection.plan["shipped"].sum() == 500
    assert projection.findings["code"].to_list() == ["P107"]


def test_a_company_without_any_bill_of_resources_plans_no_hours_and_has_no_gap() -> None:
    projection = project(facts(forecast("A", [0, 500]), items=[{"item": "A"}]), CALENDAR, RULES)
    assert projection.findings.height == 0


def test_a_supplier_that_cannot_deliver_is_one_finding_per_run_of_months() -> None:
    given = facts(
        [*forecast("A", [0, 60, 60, 10]), *forecast("B", [0, 60, 60, 10])],
        items=[{"item": item, "supply": "buy", "supplier": "S"} for item in "AB"],
        supplier_limits=[{"supplier": "S", "month": add_months(CYCLE, step), "quantity": 100} for step in range(18)],
    )
    rows = found(given, "P105")
    assert rows["place"].to_list() == ["S / 2026-12..2027-01"]
    assert rows["value"].to_list() == ["40 units"]
