"""The bridge from budget to outlook reproduces published cases and leaves nothing over."""

from datetime import date
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.column import EXACT
from sop_cli.stages.variance.bridge import bridge

Side = list[tuple[str, str, str, str, str]]  # family, item, units, revenue, cogs


def side(rows: Side) -> pl.LazyFrame:
    """One month of a side, long."""
    measures = ("units", "revenue", "cogs", "gross_margin")
    long = [
        (date(2026, 4, 1), item, family, measure, Decimal(value))
        for family, item, units, revenue, cogs in rows
        for measure, value in zip(measures, (units, revenue, cogs, str(Decimal(revenue) - Decimal(cogs))), strict=True)
    ]
    text = pl.String()
    schema: dict[str, pl.DataType] = {
        "month": pl.Date(),
        "item": text,
        "family": text,
        "measure": text,
        "value": EXACT,
    }
    return pl.LazyFrame(long, schema=schema, orient="row")


def sold(family: str, item: str, units: str, price: str, cost: str = "0") -> tuple[str, str, str, str, str]:
    """One item of a side by units, price and unit cost."""
    quantity = Decimal(units)
    return family, item, units, str(quantity * Decimal(price)), str(quantity * Decimal(cost))


def steps(budget: Side, outlook: Side, scope: str = "all families", measure: str = "revenue") -> dict[str, Decimal]:
    """The steps of one scope that are not 0."""
    rows = bridge(side(outlook), side(budget)).filter((pl.col("scope") == scope) & (pl.col("measure") == measure))
    return {step: value for step, value in rows.select("step", "value").rows() if value != 0}


def test_three_items_change_price_volume_and_mix_as_published() -> None:
    budget = [sold("F", "A", "400", "4"), sold("F", "B", "300", "1"), sold("F", "C", "300", "2")]
    actual = [sold("F", "A", "700", "3"), sold("F", "B", "100", "2"), sold("F", "C", "300", "1")]
    assert steps(budget, actual) == {
        "price": Decimal(-900),
        "volume": Decimal(250),
        "mix within families": Decimal(750),
    }


def test_two_products_give_the_published_price_volume_and_mix_totals() -> None:
    budget = [sold("F", "ABC", "50", "1.2"), sold("F", "DEF", "40", "0.8")]
    actual = [sold("F", "ABC", "60", "1.1"), sold("F", "DEF", "50", "1.0")]
    found = steps(budget, actual)
    rounded = {step: value.quantize(Decimal("0.1")) for step, value in found.items()}
    assert rounded == {"price": Decimal("4.0"), "volume": Decimal("20.4"), "mix within families": Decimal("-0.4")}
    assert sum(found.values()) == Decimal("24.0")


def test_one_item_has_price_and_volume_only() -> None:
    assert steps([sold("F", "A", "100", "10")], [sold("F", "A", "90", "9")]) == {
        "volume": Decimal(-100),
        "price": Decimal(-90),
    }


def test_mix_between_families_is_its_own_step_and_absent_within_one_family() -> None:
    budget = [sold("F", "A", "100", "1"), sold("G", "B", "100", "3")]
    actual = [sold("F", "A", "50", "1"), sold("G", "B", "150", "3")]
    assert steps(budget, actual) == {"mix between families": Decimal(100)}
    assert steps(budget, actual, scope="G") == {"volume": Decimal(150)}


def test_an_item_not_budgeted_is_new_and_one_no_longer_sold_is_discontinued() -> None:
    budget = [sold("F", "A", "10", "2"), sold("F", "OLD", "5", "4")]
    actual = [sold("F", "A", "10", "2"), sold("F", "NEW", "7", "3")]
    assert steps(budget, actual) == {"new": Decimal(21), "discontinued": Decimal(-20)}


def test_without_the_units_of_both_sides_there_is_no_bridge() -> None:
    money = [("F", "A", "0", "500", "200")]
    assert bridge(side([sold("F", "A", "10", "50")]), side(money)).height == 0


def test_a_dearer_standard_cost_is_a_step_of_the_margin_and_not_of_revenue() -> None:
    budget, actual = [sold("F", "A", "10", "5", "2")], [sold("F", "A", "10", "5", "3")]
    assert steps(budget, actual) == {}
    assert steps(budget, actual, measure="gross_margin") == {"cost": Decimal(-10)}


def test_a_budget_without_items_is_bridged_by_family() -> None:
    rows = bridge(
        side([sold("F", "A", "10", "2"), sold("F", "B", "10", "4")]),
        side([sold("F", "A", "10", "2")]).with_columns(item=pl.lit(None, pl.String)),
    )
    total = rows.filter((pl.col("scope") == "all families") & (pl.col("measure") == "revenue"))
    assert total["value"].sum() == Decimal(40)
    assert total.filter(pl.col("step") == "volume")["value"][0] == Decimal(20)


cents = st.integers(-10_000_000, 10_000_000)
quantities = st.integers(-5_000, 50_000)
sides = st.lists(
    st.tuples(st.sampled_from("FGH"), st.sampled_from("ABCDE"), quantities, cents, cents),
    max_size=8,
    unique_by=lambda row: (row[0], row[1]),
)


@settings(max_examples=25, deadline=None)
@given(sides.filter(lambda rows: len(rows) > 0), sides)
def test_the_steps_add_up_to_the_difference_to_the_cent_whatever_is_new_gone_or_negative(
    budget: list[tuple[str, str, int, int, int]], outlook: list[tuple[str, str, int, int, int]]
) -> None:
    def written(rows: list[tuple[str, str, int, int, int]]) -> Side:
        return [
            (family, family + item, str(units), str(Decimal(revenue) / 100), str(Decimal(cogs) / 100))
            for family, item, units, revenue, cogs in rows
        ]

    found = bridge(side(written(outlook)), side(written(budget)))
    if not any(row[2] for row in budget) or not any(row[2] for row in outlook):
        assert found.height == 0

    def totals(rows: list[tuple[str, str, int, int, int]], scope: str) -> tuple[Decimal, Decimal]:
        kept = [row for row in rows if scope in ("all families", row[0])]
        revenue = Decimal(sum(row[3] for row in kept)) / 100
        return revenue, revenue - Decimal(sum(row[4] for row in kept)) / 100

    for scope in found["scope"].unique():
        before, after = totals(budget, scope), totals(outlook, scope)
        for index, measure in enumerate(("revenue", "gross_margin")):
            steps_of = found.filter((pl.col("scope") == scope) & (pl.col("measure") == measure))
            assert steps_of["value"].sum() == after[index] - before[index]
