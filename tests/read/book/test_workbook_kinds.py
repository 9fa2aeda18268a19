"""The same table as .xls, .xlsb and .ods: errors, codes, hidden parts and true rows are found in each."""

from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import Extract
from sop_cli.schemas.grid import Defect, Grid
from tests.read.book import old_workbooks as old

_STYLES = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="5"/>'
    '</number:number-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
)


def _xls(path: Path) -> None:
    cells = [old.xls_text(1, 0, "item"), old.xls_text(1, 1, "qty"), old.xls_number(3, 0, 123, 1)]
    cells += [old.xls_error(3, 1, 0x2A), old.xls_number(4, 0, 7, 1), old.xls_number(4, 1, 0.1)]
    cells += [old.xls_formula_error(5, 1, 0x07)]
    old.write_xls(path, [old.xls_hidden_row(4), old.xls_hidden_columns(1, 1), *cells], ["00000"])


def _xlsb(path: Path) -> None:
    cells = [old.xlsb_row(1), old.xlsb_text(0, "item"), old.xlsb_text(1, "qty")]
    cells += [old.xlsb_row(3), old.xlsb_number(0, 123, 1), old.xlsb_error(1, 0x2A)]
    cells += [old.xlsb_row(4, hidden=True), old.xlsb_number(0, 7, 1), old.xlsb_number(1, 0.1)]
    cells += [old.xlsb_row(5), old.xlsb_error(1, 0x07)]
    old.write_xlsb(path, cells, ["00000"])


def _ods(path: Path) -> None:
    number = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{1}</text:p></table:table-cell>'
    text = '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>'
    error = (
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="">'
        "<text:p>{0}</text:p></table:table-cell>"
    )
    rows = [text.format("item") + text.format("qty"), "<table:table-cell/>"]
    rows += [number.format(123, "00123") + error.format("#N/A"), number.format(7, "00007") + number.format(0.1, "0.1")]
    rows += ["<table:table-cell/>" + error.format("#DIV/0!")]
    hidden = ["", "", "", ' table:visibility="collapse"', ""]
    table = '<table:table-column table:default-cell-style-name="ce1"/><table:table-column/>'
    table += "".join(f"<table:table-row{mark}>{row}</table:table-row>" for mark, row in zip(hidden, rows, strict=True))
    old.write_ods(path, table, _STYLES)


@pytest.mark.parametrize("write", [_xls, _xlsb, _ods])
def test_errors_codes_hidden_rows_and_true_rows_are_found_in_every_kind(tmp_path: Path, write: object) -> None:
    assert callable(write)
    write(tmp_path / "x")
    grid = _read(tmp_path)
    assert grid.cells.rows() == [
        (1, "item", "qty"),
        (2, None, None),
        (3, "00123", "#N/A"),
        (4, "00007", "0.1"),
        (5, None, "#DIV/0!"),
    ]
    assert grid.defects == (
        Defect(3, 1, "#N/A", "the cell shows #N/A"),
        Defect(5, 1, "#DIV/0!", "the cell shows #DIV/0!"),
    )
    assert grid.hidden_rows == {4}
    assert grid.numeric is not None
    assert grid.numeric.rows()[3] == (False, True)


def test_hidden_columns_of_an_old_workbook_are_known(tmp_path: Path) -> None:
    _xls(tmp_path / "x")
    grid = _read(tmp_path)
    assert grid.hidden_columns == {1}
    assert [remark.message for remark in grid.remarks] == [
        "1 row hidden in the sheet is read all the same: 4",
        "1 column hidden in the sheet is read all the same: B",
    ]


@pytest.mark.parametrize(("since_1904", "shown"), [(False, "2026-11-03"), (True, "2030-11-04")])
def test_dates_of_an_old_workbook_count_from_its_own_first_day(tmp_path: Path, since_1904: bool, shown: str) -> None:
    old.write_xls(tmp_path / "x", [old.xls_number(1, 0, 46329, 1)], ["yyyy-mm-dd"], since_1904)
    grid = _read(tmp_path)
    assert (grid.cells["0"].to_list(), grid.since_1904) == ([shown], since_1904)


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_binary_workbook_says_from_which_day_it_counts(tmp_path: Path, since_1904: bool) -> None:
    old.write_xlsb(tmp_path / "x", [old.xlsb_row(1), old.xlsb_number(0, 46329)], since_1904=since_1904)
    assert _read(tmp_path).since_1904 == since_1904


def test_repeated_rows_and_columns_stand_as_often_as_they_are_repeated(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="2"/>'
    table = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'
    old.write_ods(tmp_path / "x", table)
    assert _read(tmp_path).cells.rows() == [(1, "2", "2"), (2, "2", "2")]


def test_rows_repeated_beyond_all_bounds_are_told_before_they_are_made(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="99999"/>'
    old.write_ods(tmp_path / "x", f'<table:table-row table:number-rows-repeated="99999">{cell}</table:table-row>')
    with pytest.raises(SopError, match="sheet 'Data' reaches to row 99,999, column 99,999"):
        _read(tmp_path)


def test_an_ods_formula_nobody_calculated_is_a_defect(tmp_path: Path) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>qty</text:p></table:table-cell>'
    cell = '<table:table-cell table:formula="of:=[.B1]*2"/>'
    old.write_ods(tmp_path / "x", f"<table:table-row>{text}{cell}</table:table-row>")
    assert _read(tmp_path).defects == (Defect(1, 1, "=[.B1]*2", "the formula =[.B1]*2 was never calculated"),)


def test_a_stray_cell_far_out_in_an_xlsb_is_told_before_the_cells_between_are_made(tmp_path: Path) -> None:
    cells = [old.xlsb_row(1), old.xlsb_text(0, "a"), old.xlsb_row(1_048_576), old.xlsb_number(16_383, 1)]
    old.write_xlsb(tmp_path / "x", cells)
    with pytest.raises(SopError, match="sheet 'Data' reaches to row 1,048,576, column 16,384"):
        _read(tmp_path)


@pytest.mark.parametrize("write", [_xls, _xlsb, _ods])
def test_a_workbook_that_is_cut_short_is_told_in_one_line_or_read(tmp_path: Path, write: object) -> None:
    assert callable(write)
    write(tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    for length in range(0, len(whole), max(len(whole) // 40, 1)):
        (tmp_path / "x").write_bytes(whole[:length])
        try:
            _read(tmp_path)
        except SopError as problem:
            assert "\n" not in problem.message


def _read(folder: Path) -> Grid:
    return read_workbook(Extract(folder / "x", "x"), None)


def test_a_number_that_is_no_date_stays_a_number_under_the_format_of_one_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x"
    cells = [old.xls_text(1, 0, "qty"), old.xls_number(2, 0, -0.25, 1), old.xls_short_number(3, 0, -12345, 1, True)]
    cells += [old.xls_short_numbers(4, 0, -7, 46000, style=1)]
    old.write_xls(path, cells, ["yyyy-mm-dd"])
    grid = read_workbook(Extract(path, "x"), None)
    assert [row[1:] for row in grid.cells.rows()[1:]] == [("-0.25", None), ("-123.45", None), ("-7", "2025-12-09")]
    assert grid.numeric is not None
    assert grid.numeric.rows()[1:] == [(True, False), (True, False), (True, False)]
    [remark] = grid.remarks
    assert (remark.code, remark.row, remark.column_index, remark.value) == ("I125", 2, 0, "-0.25")
    assert remark.message == "3 numbers formatted as a date are none, and read as the number"

    cells = [old.xlsb_row(1), old.xlsb_text(0, "qty"), old.xlsb_row(2), old.xlsb_number(0, -5.5, 1)]
    cells += [old.xlsb_row(3), old.xlsb_number(0, 46000, 1)]
    old.write_xlsb(path, cells, ["yyyy-mm-dd"])
    grid = read_workbook(Extract(path, "x"), None)
    assert grid.cells.rows() == [(1, "qty"), (2, "-5.5"), (3, "2025-12-09")]
    assert [(remark.code, remark.row) for remark in grid.remarks] == [("I125", 2)]


def test_a_sheet_of_macros_in_a_binary_workbook_is_passed_over(tmp_path: Path) -> None:
    cells = [old.xlsb_row(1), old.xlsb_text(0, "item"), old.xlsb_row(2), old.xlsb_number(0, 5)]
    old.write_xlsb(tmp_path / "x", cells, macros=True)
    grid = read_workbook(Extract(tmp_path / "x", "x"), None)
    assert (grid.sheet, grid.cells.rows(), grid.remarks) == ("Data", [(1, "item"), (2, "5")], ())


def test_a_product_that_is_an_empty_text_was_never_calculated_in_an_old_workbook(tmp_path: Path) -> None:
    product = b"\x44\x00\x00\x00\xc0\x1e\x02\x00\x05"  # A1, 2, *
    words = b"\x17\x00\x00"  # ""
    cells = [
        old.xls_number(1, 0, 2),
        old.xls_formula_of_nothing(1, 1, product),
        old.xls_formula_of_nothing(1, 2, words),
    ]
    old.write_xls(tmp_path / "x", cells)
    grid = _read(tmp_path)
    assert grid.defects == (Defect(1, 1, "=…", "the formula =… was never calculated"),)
    assert grid.cells.rows() == [(1, "2", "=…", None)]
