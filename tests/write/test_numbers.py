from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_cli.schemas.pack import Format, PackColumn, PackTable
from sop_cli.write import numbers


@pytest.mark.parametrize(
    ("value", "reads", "places", "expected"),
    [
        (Decimal("1234567.5"), "money", 0, "1,234,568"),
        (Decimal("-980.5"), "money", 2, "-980.50"),
        (Decimal("5.25"), "percent", 1, "5.3%"),
        (Decimal("-0.04"), "percent", 1, "0.0%"),
        (Decimal("12"), "days", 1, "12.0"),
        (Decimal("1E+3"), "text", 0, "1000"),
        (None, "units", 0, "–"),
        (Decimal("NaN"), "money", 0, "–"),
        ("no budget", "money", 0, "no budget"),
    ],
)
def test_a_value_reads_as_people_write_it(value: Decimal, reads: Format, places: int, expected: str) -> None:
    assert numbers.text(value, reads, places) == expected


def test_money_shows_cents_only_where_all_of_a_column_is_small() -> None:
    assert numbers.decimals("money", [Decimal("999.99"), None, "x"]) == 2
    assert numbers.decimals("money", [Decimal("1"), Decimal("-1000")]) == 0


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**20), max_value=10**20))
def test_plain_numbers_lose_nothing_and_carry_no_idle_zero(value: Decimal) -> None:
    text = numbers.plain(value)
    assert Decimal(text) == value
    assert "." not in text or not text.endswith(("0", "."))


def test_a_heading_names_its_unit_once() -> None:
    columns = (PackColumn("Family"), PackColumn("Revenue", "money"), PackColumn("Gap EUR", "money"))
    mixed = (*columns, PackColumn("Overtime", "hours"), PackColumn("Gap %", "percent"))
    _, headings = numbers.headings(PackTable("Landing", mixed, ()), "EUR")
    assert headings == ("Family", "Revenue (EUR)", "Gap EUR", "Overtime (hours)", "Gap %")


def test_a_unit_shared_by_many_columns_stands_in_the_title() -> None:
    months = tuple(PackColumn(f"2027-0{month}", "money") for month in range(1, 4))
    title, headings = numbers.headings(PackTable("Revenue by family", (PackColumn("Family"), *months), ()), "EUR")
    assert title == "Revenue by family (EUR)"
    assert headings == ("Family", "2027-01", "2027-02", "2027-03")
