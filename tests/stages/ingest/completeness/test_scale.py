"""Values 100 or 1000 times what they should be are told; dear, cheap and symbolic ones are not."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.completeness.magnitude import off_by, rough
from sop_cli.stages.ingest.completeness.scale import scale_findings, sources_off
from tests.inline_tables import inline

PAID = [f"{at} 1 A S C 2026-10-01 2026-10-01 {at * 10} {at * 50}" for at in range(1, 9)]
PAID_HEADER = "order line item site account promised shipped quantity amount"


def _told(table: str, lines: Sequence[str], before: Sequence[str] = ()) -> list[tuple[int | None, str]]:
    records, last = inline(table, "\n".join(lines)), inline(table, "\n".join(before)) if before else None
    numbered = records.with_columns(row=pl.int_range(2, records.height + 2))
    found = scale_findings(numbered.lazy(), TABLES[table], None if last is None else last.lazy())
    return [(row, message) for row, message in found.select("row", "message").rows()]


def test_an_amount_that_lost_its_decimal_sign_is_told_with_what_it_would_be() -> None:
    wrong = "9 1 A S C 2026-10-01 2026-10-01 10 5000"
    assert _told("shipments", [PAID_HEADER, *PAID, wrong]) == [
        (10, "5,000 for 10 of A is 500 each, about 100 times the usual 5; scaled it would be about 50.00")
    ]


def test_many_wrong_amounts_of_a_file_are_one_finding() -> None:
    wrong = [f"9{at} 1 A S C 2026-10-01 2026-10-01 1000 5" for at in range(6)]
    ((row, message),) = _told("shipments", [PAID_HEADER, *PAID, *wrong])
    assert (row, message[:76]) == (
        10, "6 records have amounts of the wrong scale, the first: 5 for 1,000 of A is 0."
    )  # fmt: skip


@pytest.mark.parametrize("amount", ["0", "0.05", "25", "300", "-50"])
def test_free_symbolic_cheap_and_dear_lines_and_returns_are_not_told(amount: str) -> None:
    assert _told("shipments", [PAID_HEADER, *PAID, f"9 1 A S C 2026-10-01 2026-10-01 10 {amount}"]) == []


def test_other_units_and_currencies_have_prices_of_their_own() -> None:
    lines = [f"{line} {uom} {currency}" for line, uom, currency in zip(PAID, "EEEEEEEE", ["JPY"] * 8, strict=True)]
    cheap = [f"x{line.rsplit(' ', 1)[0]} {Decimal(line.split()[-1]) / 100} E EUR" for line in PAID]
    assert _told("shipments", [f"{PAID_HEADER} uom currency", *lines, *cheap]) == []


def test_one_month_of_a_steady_stock_in_thousands_is_told_and_a_stock_that_runs_out_is_not() -> None:
    months = [add_months(date(2026, 10, 1), -step) for step in range(8, -1, -1)]
    steady = [f"{month:%Y-%m} A P1 {1000 + at * 10}" for at, month in enumerate(months)]
    wild = [
        f"{month:%Y-%m} B P1 {size}" for month, size in zip(months, (900, 1, 40, 1000, 5, 1, 700, 2, 9), strict=True)
    ]
    header = "month item site quantity"
    assert _told("stock", [header, *steady, *wild]) == []
    assert _told("stock", [header, *steady[:4], "2026-06 A P1 1.04", *steady[5:], *wild]) == [
        (6, "quantity 1.04 of A / P1 in 2026-06 is about 1/1000 of the usual 1,030")
    ]


def test_a_cost_that_is_100_times_last_cycles_is_told() -> None:
    before = ["item valid_from cost", "A 2026-01 2.5", "B 2026-01 3", "C 2026-01 4"]
    now = ["item valid_from cost", "A 2026-01 250", "B 2026-01 9", "D 2026-01 400"]
    assert _told("costs", now, before) == [(2, "cost 250 of A / 2026-01 is about 100 times last cycle's 2.5")]


def test_a_source_in_thousands_is_told_against_last_cycle_as_a_whole() -> None:
    def controls(total: str) -> pl.DataFrame:
        lines = [("forecast", "records", Decimal(40)), ("forecast", "quantity", Decimal(total))]
        return pl.DataFrame(lines, schema=["source", "column", "accepted"], orient="row")

    assert sources_off(controls("80"), controls("40000"), "2026-10")["message"].to_list() == []
    assert sources_off(controls("44"), controls("40000"), "2026-10")["message"].to_list() == [
        "quantity is 1.1 a record on average, about 1/1000 of the 1,000 of 2026-10"
    ]


@settings(max_examples=40)
@given(usual=st.floats(0.01, 1e6), times=st.floats(0.03, 30))
def test_what_differs_less_than_thirtyfold_is_of_the_same_scale(usual: float, times: float) -> None:
    assert off_by(usual * times, usual) == ""
    assert off_by(usual * 1000, usual) == "1000 times"
    assert off_by(usual / 100, usual) == "1/100 of"


def test_the_ratio_is_told_as_it_is_where_it_is_not_near_the_factor_and_figures_as_people_write_them() -> None:
    assert [off_by(value, 998.9) for value in (67_360, 99_890, 998.9 / 150)] == ["67 times", "100 times", "1/150 of"]
    assert [rough(value) for value in (67_360.4, 998.94, 0.012504, 1_234_567.0)] == [
        "67,360", "998.9", "0.0125", "1,235,000"
    ]  # fmt: skip
