"""Corrections reach exactly the cells they name, and the controls say how far they moved the sums."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import Extract
from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.mend import APPLIED, corrected_cells, correction_findings, merged
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import ingest

Csv = Callable[..., Grid]
AS_OF = date(2026, 10, 1)
STOCK = SourceRules("stock", TABLES["stock"])


def _correction(row: int, column: str, value: str | None, corrected: str, line: int = 2, **more: str) -> Correction:
    return Correction(line, more.get("file", "x.csv"), more.get("sheet"), row, column, value, corrected, "Ann", "typo")


def test_a_mended_record_is_accepted_and_the_controls_say_by_how_much_the_sum_moved(csv: Csv) -> None:
    page = csv("month,item,site,qty\n2026-10,A,P1,5OO\n2026-1O,B,P1,2\n2026-10,C,P1,3\n")
    mended = ingest([page], STOCK, AS_OF, [_correction(2, "qty", "5OO", "500"), _correction(4, "qty", "3", "4")])
    assert mended.table.select("item", "quantity", "row").rows() == [("A", Decimal(500), 2), ("C", Decimal(4), 4)]
    totals = mended.controls.select("column", "read", "accepted", "rejected", "corrected").rows()
    assert [(column, *map(int, sums)) for column, *sums in totals] == [
        ("records", 3, 2, 1, 2),
        ("quantity", 506, 504, 2, 501),
    ]


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (_correction(2, "qty", "6", "7"), "line 2 of x.csv now holds '5' there, not '6'"),
        (_correction(2, "qty", None, "7"), "line 2 of x.csv now holds '5' there, not nothing"),
        (_correction(2, "Menge", "5", "7"), "no column of x.csv is headed 'Menge'"),
        (_correction(2, "note", "a", "7"), "2 columns of x.csv are headed 'note'"),
        (_correction(9, "qty", "5", "7"), "x.csv has no such row below its header"),
        (_correction(1, "qty", "qty", "7"), "x.csv has no such row below its header"),
    ],
)
def test_a_correction_that_no_longer_applies_changes_nothing_and_is_told(
    csv: Csv, correction: Correction, reason: str
) -> None:
    page = csv("month,item,site,qty,note,note\n2026-10,A,P1,5,a,b\n")
    found = ingest([page], STOCK, AS_OF, [correction])
    assert found.table["quantity"].to_list() == [Decimal(5)]
    assert found.controls["corrected"].sum() == 0
    told = correction_findings([correction], found.corrections, ["x.csv"], "corrections.csv")
    assert told.select("code", "severity", "file", "row", "message").rows() == [
        ("I224", "warning", "corrections.csv", 2, reason)
    ]


def test_corrections_of_other_cycles_are_told_in_one_line_that_asks_for_nothing() -> None:
    given = [_correction(2, "qty", "1", "2", file=f"{name}.csv") for name in "ab"]
    told = correction_findings(given, {}, ["x.csv"], "corrections.csv")
    assert told.select("severity", "message").rows() == [
        ("info", "2 corrections of files that this cycle does not read: a.csv, b.csv")
    ]


def test_an_error_cell_of_a_workbook_is_mended_in_the_way_the_texts_are_written(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["month", "item", "site", "qty"], ["2026-10", "A", "P1", "#N/A"], ["2026-10", "B", "P1", 1.5]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "x.xlsx")
    page = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    rules = SourceRules("stock", TABLES["stock"], decimal=",")
    given = [
        _correction(2, "qty", "#N/A", "1.200,5", file="x.xlsx", sheet="Sheet"),
        _correction(3, "qty", "1.5", "2,5", file="x.xlsx", sheet="Sheet"),
    ]
    found = ingest([page], rules, AS_OF, given)
    assert found.table["quantity"].to_list() == [Decimal("1200.5"), Decimal("2.5")]
    assert corrected_cells(found.corrections).select("row", "value", "corrected", "who").rows() == [
        (2, "#N/A", "1.200,5", "Ann"),
        (3, "1.5", "2,5", "Ann"),
    ]


def test_what_one_of_two_sources_could_apply_was_applied() -> None:
    one = _correction(2, "qty", "1", "2")
    assert merged([{one: APPLIED}, {one: "no column"}]) == {one: APPLIED}
    assert merged([{one: "no column"}, {one: APPLIED}]) == {one: APPLIED}
    told = correction_findings([one], {one: APPLIED}, ["x.csv"], "corrections.csv")
    assert told["message"].to_list() == ["1 cell corrected by Ann (1): line 2, qty: '2' for '1'"]
