"""A value ten times all others of its item is told; lumpy, seasonal and new demand and large orders are not."""

import math
from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.completeness.scale import scale_findings
from tests.inline_tables import inline

MONTHS = [add_months(date(2024, 1, 1), step) for step in range(36)]
STEADY = [100, 104, 98, 110, 95, 102, 99, 107, 101, 96, 103, 105]


def _told(table: str, header: str, lines: Sequence[str]) -> list[tuple[int, str, str]]:
    records = inline(table, "\n".join([header, *lines]))
    found = scale_findings(records.lazy(), TABLES[table], None)
    return found.select("row", "code", "message").rows()


def _stock(*sizes: float) -> list[tuple[int, str, str]]:
    lines = [f"{month:%Y-%m} A P1 {size}" for month, size in zip(MONTHS, sizes, strict=False)]
    return _told("stock", "month item site quantity", lines)


def test_a_stock_of_one_digit_too_many_is_told() -> None:
    assert _stock(*STEADY[:5], 1020, *STEADY[6:]) == [
        (7, "I234", "quantity 1,020 of A / P1 in 2024-06 is 9 times the largest of the others, 110: a digit too many?")
    ]


@pytest.mark.parametrize(
    "sizes",
    [
        [*STEADY[:6], 1020],  # too few to know what is usual
        [*STEADY, 500],  # a promotion
        [*STEADY, 1020, 1000],  # a new level
        [0, 0, 1, 0, 2, 0, 90, 0, 1, 0, 4, 1, 0, 1, 3, 1, 2],  # lumpy
        [1, 2, 4, 9, 20, 45, 110, 260, 700, 1800],  # new, and growing
        [5, 5, 5, 5, 5, 80, 90, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 85, 5],  # of a season
        [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 5000],  # not a slip of one digit
    ],
)
def test_what_may_well_be_is_not_told(sizes: list[float]) -> None:
    assert [code for _, code, _ in _stock(*sizes) if code == "I234"] == []


@settings(max_examples=60, deadline=None)
@given(
    level=st.integers(50, 5000),
    season=st.floats(1, 5),
    noise=st.lists(st.floats(0.6, 1.5), min_size=36, max_size=36),
    growth=st.floats(0.97, 1.05),
)
def test_no_season_and_no_growth_is_a_slip(level: int, season: float, noise: list[float], growth: float) -> None:
    sizes = [
        level * growth**at * (1 + (season - 1) * max(0, math.cos(math.pi * at / 6))) * factor
        for at, factor in enumerate(noise)
    ]
    assert _stock(*(round(size, 2) for size in sizes)) == []


def test_many_slips_of_a_table_are_how_it_is() -> None:
    wild = [f"{month:%Y-%m} {item} P1 {1020 if at == 5 else STEADY[at]}" for item in "ABCDEF"
            for at, month in enumerate(MONTHS[:12])]  # fmt: skip
    assert _told("stock", "month item site quantity", wild) == []


PAID = [f"{at} 1 A S C 2026-10-01 2026-10-01 {at * 10} {at * 50}" for at in range(1, 10)]
PAID_HEADER = "order line item site account promised shipped quantity amount"


@pytest.mark.parametrize(
    ("line", "price", "times"),
    [("10 500", "50", "ten times"), ("100 50", "0.5", "a tenth of"), ("100 51", "0.51", "a tenth of")],
)
def test_a_digit_too_many_in_an_amount_or_a_quantity_shows_in_the_price(line: str, price: str, times: str) -> None:
    ((row, code, message),) = _told("shipments", PAID_HEADER, [*PAID, f"10 1 A S C 2026-10-01 2026-10-01 {line}"])
    assert (row, code) == (11, "I234")
    assert f"is {price} each, about {times} the usual 5" in message


@pytest.mark.parametrize("line", ["1000 5000", "10 25", "10 150", "5 0.5", "-100 -500"])
def test_a_large_order_at_its_price_a_discount_and_a_return_are_no_slips(line: str) -> None:
    assert _told("shipments", PAID_HEADER, [*PAID, f"10 1 A S C 2026-10-01 2026-10-01 {line}"]) == []


def test_rates_and_costs_are_not_added_up_and_so_are_no_series_of_values() -> None:
    rates = [f"USD actual {month:%Y-%m} {9 if at == 5 else 0.9}" for at, month in enumerate(MONTHS[:12])]
    assert _told("rates", "currency type month rate", rates) == []


def test_an_empty_table_says_nothing() -> None:
    for name, table in TABLES.items():
        assert scale_findings(pl.DataFrame(schema=table.schema()).lazy(), TABLES[name], None).is_empty()
