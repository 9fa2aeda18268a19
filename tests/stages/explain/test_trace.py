"""A number of the dataset leads back to rows that add up to it, to the last decimal."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.dataset import GRAIN
from sop_cli.stages.explain.trace import trace, trace_break
from sop_cli.stages.reconcile.reconcile import reconcile
from tests.stages.reconcile.company import rules, tables


def test_every_number_of_the_dataset_is_the_sum_of_its_rows() -> None:
    result = reconcile(tables(), rules(), None)
    for number in result.dataset.to_dicts():
        filters = {name: number[name] for name in GRAIN if number[name] is not None and name != "month"}
        rows = result.lines.filter(*(pl.col(name).is_null() for name in GRAIN if number[name] is None))
        assert trace(rows, "", filters, (number["month"], number["month"])).value == number["value"]


def test_a_traced_row_says_file_line_and_what_was_multiplied() -> None:
    result = reconcile(tables(), rules(), None)
    october = (date(2026, 10, 1), date(2026, 10, 1))
    found = trace(result.lines, "", {"measure": "revenue", "family": "SOAP", "version": "actual"}, october)
    assert found.rows.select("file", "row", "read", "factor", "value").rows() == [
        ("shipments.csv", 3, Decimal(50), Decimal("0.92"), Decimal(46)),
        ("shipments.csv", 5, Decimal(-24), Decimal(1), Decimal(-24)),
    ]
    assert (found.value, found.unit) == (Decimal(22), "EUR")


def test_both_sides_of_a_tie_out_break_are_traced() -> None:
    result = reconcile(tables(), rules(), None)
    expected, found = trace_break(result.lines, "R101/SOAP/2026-10")
    assert expected.value == found.value == Decimal(22)


def test_a_break_of_rows_without_family_is_traced_to_those_rows() -> None:
    extracts = tables()
    extracts["shipments"] = extracts["shipments"].with_columns(
        item=pl.when(pl.col("order") == "3").then(pl.lit("X-7")).otherwise("item")
    )
    result = reconcile(extracts, rules(), None)
    assert "R101/no family/2026-10" in result.breaks["break"].to_list()
    expected, found = trace_break(result.lines, "R101/no family/2026-10")
    assert (expected.value, found.value) == (Decimal(0), Decimal("30.3"))


def test_a_stock_break_is_traced_movement_by_movement() -> None:
    result = reconcile(tables(), rules(), None)
    opening, made, bought, shipped, closing = trace_break(result.lines, "R103/00123/D1/2026-10")
    assert opening.value + made.value + bought.value - shipped.value == closing.value
    assert trace_break(result.lines, "R201/forecast/X") == []
