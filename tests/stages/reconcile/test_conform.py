"""Quantities become base units by what the master and the conversions say, and by nothing else."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.reconcile.conform import with_base_factor, with_rate
from tests.inline_tables import inline

ITEMS = inline(
    "items",
    """
    item family policy supply site uom case_size
    SOAP F      mts    make   P1   EA  12
    BOLT F      mts    make   P1   KG  0
    ROPE F      mts    make   P1   M   -""",
)
CONVERSIONS = inline(
    "conversions",
    """
    item uom base factor
    SOAP PAL -    480
    BOLT CS  -    25
    -    DZ  EA   12
    -    G   KG   0.001
    -    PAL -    1000
    -    DZ  -    10""",
)


def _factors(rows: list[tuple[str, str | None]], conversions: pl.DataFrame = CONVERSIONS) -> list[Decimal | None]:
    given = pl.LazyFrame(rows, schema={"item": pl.String, "uom": pl.String}, orient="row")
    found = with_base_factor(given, ITEMS.lazy(), conversions.lazy()).collect()
    assert found.select("item", "uom").rows() == rows
    assert found.columns == ["item", "uom", "family", "base_uom", "per_uom"]
    return found["per_uom"].to_list()


@pytest.mark.parametrize(
    ("item", "uom", "factor"),
    [
        ("SOAP", None, "1"), ("SOAP", "EA", "1"), ("SOAP", "CS", "12"), ("SOAP", "PAL", "480"), ("SOAP", "DZ", "12"),
        ("BOLT", "G", "0.001"), ("BOLT", "CS", "25"), ("BOLT", "PAL", "1000"), ("BOLT", "DZ", "10"), ("ROPE", "M", "1"),
        ("ROPE", "CS", None), ("ROPE", "G", None), ("SOAP", "KG", None), ("BOLT", "EA", None), ("NONE", "EA", "1"),
        ("NONE", "DZ", "12"), ("NONE", "CS", None),
    ],
)  # fmt: skip
def test_the_closest_conversion_holds_and_what_nobody_knows_is_not_one(
    item: str, uom: str | None, factor: str | None
) -> None:
    assert _factors([(item, uom)]) == [None if factor is None else Decimal(factor)]


def test_a_conversion_of_the_item_comes_before_its_case_size_and_that_before_those_of_all() -> None:
    of_all = inline("conversions", "item uom base factor\n- CS EA 6")
    of_item = inline("conversions", "item uom base factor\n- CS EA 6\nSOAP CS EA 24")
    assert _factors([("SOAP", "CS")], of_all) == [Decimal(12)]
    assert _factors([("SOAP", "CS")], of_item) == [Decimal(24)]


def test_without_any_conversions_cases_are_still_known() -> None:
    empty = pl.DataFrame(schema=TABLES["conversions"].schema())
    assert _factors([("SOAP", "CS"), ("SOAP", "PAL")], empty) == [Decimal(12), None]


@settings(max_examples=50, deadline=None)
@given(
    pallet=st.integers(1, 10_000),
    layer=st.integers(1, 1_000),
    quantities=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6),
)
def test_a_quantity_is_the_same_in_base_units_whichever_unit_it_is_given_in(
    pallet: int, layer: int, quantities: list[int]
) -> None:
    text = f"item uom base factor\nSOAP PAL - {pallet * layer}\nSOAP LAY - {layer}"
    [per_pallet, per_layer] = _factors([("SOAP", "PAL"), ("SOAP", "LAY")], inline("conversions", text))
    assert per_pallet is not None
    assert per_layer is not None
    assert sum(quantity * per_pallet for quantity in quantities) == sum(
        quantity * pallet * per_layer for quantity in quantities
    )


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(st.tuples(st.sampled_from(["SOAP", "BOLT", "NONE"]), st.sampled_from(["EA", "CS", "DZ", "G", None])))
)
def test_no_row_is_lost_or_made_by_looking_for_its_factor(rows: list[tuple[str, str | None]]) -> None:
    assert len(_factors(rows)) == len(rows)


def test_a_month_without_a_rate_has_none_and_never_one() -> None:
    rates = inline("rates", "currency type month rate\nUSD actual 2026-09 0.91\nUSD budget 2026-10 0.95")
    rows = pl.LazyFrame({"currency": ["USD", "EUR", None, "CAD"]})
    for month, expected in (("2026-09", Decimal("0.91")), ("2026-10", None)):
        at = pl.lit(f"{month}-01").str.to_date()
        found = with_rate(rows, rates.lazy(), "EUR", at).collect()["rate"].to_list()
        assert found == [expected, Decimal(1), Decimal(1), None]
