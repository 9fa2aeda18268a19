import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.workbook import read_workbook
from sop_cli.schemas.grid import Defect, Grid


def _saved(book: openpyxl.Workbook, folder: Path) -> Extract:
    book.save(folder / "x.xlsx")
    return Extract(folder / "x.xlsx", "extracts/x.xlsx")


def _read(cells: dict[str, object], folder: Path) -> Grid:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    return read_workbook(_saved(book, folder), None)


def test_a_table_at_c5_keeps_the_rows_and_columns_of_its_sheet(tmp_path: Path) -> None:
    grid = _read({"C5": "item", "D5": "qty", "C6": "A", "D8": 2}, tmp_path)
    assert grid.cells.rows()[4:] == [
        (5, None, None, "item", "qty"),
        (6, None, None, "A", None),
        (7, None, None, None, None),
        (8, None, None, None, "2"),
    ]
    assert grid.cells["row"].to_list() == list(range(1, 9))


def test_values_become_the_shortest_text(tmp_path: Path) -> None:
    values = [12, 0.1, 1e-7, 1e22, 1234567.25, True, False, "00123", "1E5", 1 / 3]
    values += [date(2026, 11, 3), datetime(2026, 11, 3, 14, 30), time(6, 15), timedelta(hours=36)]
    grid = _read({f"A{row}": value for row, value in enumerate(values, 1)}, tmp_path)
    assert grid.cells["0"].to_list() == [
        "12", "0.1", "0.0000001", "1" + "0" * 22, "1234567.25", "TRUE", "FALSE", "00123", "1E5", "0.3333333333333333",
        "2026-11-03", "2026-11-03T14:30:00", "06:15:00", "36:00",
    ]  # fmt: skip
    assert grid.numeric is not None
    assert grid.numeric["0"].to_list() == [True] * 5 + [False] * 4 + [True] + [False] * 4


def test_a_text_after_thousands_of_numbers_is_kept(tmp_path: Path) -> None:
    grid = _read({f"A{row}": row for row in range(1, 2501)} | {"A2501": "X-77"}, tmp_path)
    assert grid.cells["0"].to_list()[-2:] == ["2500", "X-77"]


def test_error_cells_and_formulas_without_a_value_are_defects_and_stay_visible(tmp_path: Path) -> None:
    grid = _read({"A1": "item", "B1": "qty", "A2": "A", "B2": "#N/A", "A3": "B", "B4": '=A2&"<"'}, tmp_path)
    assert grid.defects == (
        Defect(2, 1, "#N/A", "the cell shows #N/A"),
        Defect(4, 1, '=A2&"<"', 'the formula =A2&"<" was never calculated'),
    )
    assert grid.cells["1"].to_list() == ["qty", "#N/A", None, '=A2&"<"']


def test_a_formula_with_a_stored_value_is_that_value_also_when_it_is_an_empty_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "written.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", '=IF(1,"")', None, "emptied below")
        sheet.write("A3", "end")
    with zipfile.ZipFile(tmp_path / "written.xlsx") as written, zipfile.ZipFile(tmp_path / "x.xlsx", "w") as emptied:
        for name in written.namelist():
            emptied.writestr(name, written.read(name).replace(b"emptied below", b""))
    grid = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    assert (grid.cells["0"].to_list(), grid.defects) == (["2", None, "end"], ())


def test_defects_come_from_the_sheet_that_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "#REF!"
    book.create_sheet("A & B")["A1"] = "ok"
    assert read_workbook(_saved(book, tmp_path), "A & B").defects == ()


def test_the_first_visible_sheet_is_read_by_default(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "notes"
    book.active.sheet_state = "hidden"
    book.create_sheet("Data")["A1"] = "item"
    grid = read_workbook(_saved(book, tmp_path), None)
    assert (grid.sheet, grid.cells["0"].to_list()) == ("Data", ["item"])


def test_an_unknown_sheet_is_told_with_the_sheets_there_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Data")
    with pytest.raises(SopError, match="there is no sheet 'data'") as stop:
        read_workbook(_saved(book, tmp_path), "data")
    assert stop.value.hint == "sheets: Sheet, Data; declare one of them as `sheet`"


def test_an_empty_sheet_is_told(tmp_path: Path) -> None:
    with pytest.raises(SopError, match="sheet 'Sheet' is empty"):
        read_workbook(_saved(openpyxl.Workbook(), tmp_path), None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"item,qty\n1,2\n", "this is a text file that is named like a workbook"),
        (b"PK\x03\x04 cut off", "the workbook is damaged or cut short"),
        (b"\xff\0\xff\0", "this is not a workbook that can be read"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(SopError, match=rf"extracts/x.xlsx: {message}"):
        read_workbook(Extract(tmp_path / "x.xlsx", "extracts/x.xlsx"), None)


def test_a_workbook_that_unpacks_to_more_than_a_gibibyte_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(65):
            member.write(bytes(1 << 24))
    with pytest.raises(SopError, match=r"unpacks to 1.0 GiB, at most 1 GiB is read"):
        read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)


def test_a_stray_cell_far_out_is_told_before_the_cells_between_are_made(tmp_path: Path) -> None:
    with pytest.raises(SopError, match=r"sheet 'Sheet' reaches to row 3,060, column 16,384"):
        _read({"A1": "item", "XFD3060": 1}, tmp_path)
