import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sop_cli.errors import SopError
from sop_cli.read.book.sheet_walk import walk_sheet
from sop_cli.read.book.sheet_xml import cut_sheet
from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import Extract
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
    _rewritten(tmp_path, b"emptied below", b"")
    grid = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    assert (grid.cells["0"].to_list(), grid.defects) == (["2", None, "end"], ())


def test_noughts_behind_formulas_that_are_left_to_be_calculated_are_no_values(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["qty", "total", 0])
        sheet.write_formula("A2", "=C2*2")  # the program puts 0 behind a formula whose value nobody gives it
        sheet.write_formula("B2", "=C2*2", None, 0)
        sheet.write_formula("B3", "=C3*2", None, 14)
    grid = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    assert grid.defects == (Defect(2, 0, "=C2*2", "the formula =C2*2 was never calculated"),)
    assert grid.cells.drop("row").rows() == [("qty", "total", "0"), ("=C2*2", "0", None), (None, "14", None)]


def test_a_nought_behind_a_formula_counts_in_a_workbook_that_leaves_nothing_to_be_calculated(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "written.xlsx") as book:
        book.add_worksheet().write_formula("A1", "=C2*2")
    _rewritten(tmp_path, b' fullCalcOnLoad="1"', b"")
    grid = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    assert (grid.cells["0"].to_list(), grid.defects) == (["0"], ())


def test_long_whole_numbers_keep_the_digits_that_stand_in_the_file(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "written.xlsx") as book:
        book.add_worksheet().write_column("A1", [7001, 7002, -7001, 2.5, 3e20])
    _rewritten(tmp_path, b"700", b"3401234500000001")
    grid = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    first = ["34012345000000011", "34012345000000012", "-34012345000000011"]
    assert grid.cells["0"].to_list() == [*first, "2.5", "3" + "0" * 20]


def _rewritten(folder: Path, old: bytes, new: bytes) -> None:
    """`x.xlsx`: the workbook `written.xlsx` with other bytes in its parts."""
    with zipfile.ZipFile(folder / "written.xlsx") as written, zipfile.ZipFile(folder / "x.xlsx", "w") as changed:
        for name in written.namelist():
            changed.writestr(name, written.read(name).replace(old, new))


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
    with pytest.raises(SopError, match="there is no sheet 'dates'") as stop:
        read_workbook(_saved(book, tmp_path), "dates")
    assert stop.value.hint == "sheets: 'Sheet', 'Data'; declare one of them as `sheet`"


def test_a_sheet_is_known_without_the_blank_behind_its_name_and_in_other_letters_if_only_one_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Okt 2026 ")["A1"] = "item"
    path = _saved(book, tmp_path)
    assert read_workbook(path, "okt 2026").sheet == "Okt 2026 "
    book.create_sheet("OKT 2026")
    with pytest.raises(SopError, match="there is no sheet 'okt 2026'"):
        read_workbook(_saved(book, tmp_path), "okt 2026")


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


@pytest.mark.parametrize(
    ("beside", "message"),
    [
        (0, r"the workbook of [\d,]+ bytes unpacks to more than [\d,]+, which none does"),
        (6 << 20, r"unpacks to more than 1 GiB, at most 1 GiB is read"),
    ],
)
def test_a_workbook_that_unpacks_beyond_measure_is_refused_whatever_size_it_declares(
    tmp_path: Path, beside: int, message: str
) -> None:
    book = _saved(openpyxl.Workbook(), tmp_path)
    with zipfile.ZipFile(book.path) as small:
        parts = {name: small.read(name) for name in small.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(book.path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(65):
                member.write(bytes(1 << 24))
        archive.writestr("xl/media/picture.png", bytes(beside), zipfile.ZIP_STORED)
    with pytest.raises(SopError, match=message):
        read_workbook(book, None)


@pytest.mark.parametrize("address", ["XFD3060", "XFD1048576"])
def test_a_stray_cell_far_out_is_told_before_the_cells_between_are_made(tmp_path: Path, address: str) -> None:
    with pytest.raises(SopError, match=rf"sheet 'Sheet' reaches to row {int(address[3:]):,}, column 16,384"):
        _read({"A1": "item", address: 1}, tmp_path)


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    for part, begin in (("xl/worksheets/sheet1.xml", b"<worksheet"), ("xl/workbook.xml", b"<workbook")):
        extract = _changed(_saved(openpyxl.Workbook(), tmp_path), part, begin, bomb.replace(b"<worksheet", begin))
        with pytest.raises(SopError, match="the workbook declares XML entities"):
            read_workbook(extract, None)


def test_a_sheet_may_be_declared_by_its_number_but_a_name_wins(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "first"
    book.create_sheet("1")["A1"] = "named 1"
    book.create_sheet("Data")["A1"] = "third"
    extract = _saved(book, tmp_path)
    assert [read_workbook(extract, sheet).sheet for sheet in ("1", "2", "3", "Sheet")] == ["1", "1", "Data", "Sheet"]


def test_the_fullest_visible_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Read me"
    for name in ("Data", "Old"):
        book.create_sheet(name).append(["item", "qty"])
    book["Old"].append(["A", 1])
    book["Old"].sheet_state = "hidden"
    grid = read_workbook(_saved(book, tmp_path), None)
    assert grid.sheet == "Data"
    assert [(remark.code, remark.message) for remark in grid.remarks] == [
        ("I124", "sheet 'Data' is read, the fullest one; not read: Sheet, Old (hidden)")
    ]


def test_hidden_rows_and_columns_and_merged_cells_are_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["title"], ["item", "qty", "price"], ["A", 1, 2.5], ["B", 2, 3.5]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.active.row_dimensions[4].hidden = True
    book.active.column_dimensions["C"].hidden = True
    grid = read_workbook(_saved(book, tmp_path), None)
    assert (set(grid.hidden_rows), set(grid.hidden_columns), grid.merged) == ({4}, {2}, ((1, 0, 1, 2),))
    assert grid.cells.rows()[-1] == (4, "B", "2", "3.5")
    assert [(remark.code, remark.row, remark.column_index) for remark in grid.remarks] == [
        ("I121", 4, None),
        ("I122", None, 2),
    ]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("00000", 123, "00123"),
        ("00000", 1234567, "1234567"),
        ("00000", 0, "00000"),
        ("00000", 12.5, "12.5"),
        ("00000", -5, "-5"),
        ("0000-000", 12345, "0012-345"),
        ('"SKU-"0000', 12, "SKU-0012"),
        (r"\A000", 7, "A007"),
        ("[Red]000;-000", 7, "007"),
        ("[$-407]00000", 7, "00007"),
        ("0", 5, "5"),
        ("#,##0", 1234, "1234"),
        ("0.00", 5, "5"),
        ("0%", 0.05, "0.05"),
        ('00" kg"', 5, "5"),
        ("000.0", 5, "5"),
        ('"€ "00', 5, "5"),
        ("00E+00", 5, "5"),
        ("General", 5, "5"),
    ],
)
def test_only_formats_of_fixed_width_make_codes_of_numbers(tmp_path: Path, code: str, value: float, shown: str) -> None:
    book = openpyxl.Workbook()
    for address in ("A1", "B2"):
        book.active[address] = value
        book.active[address].number_format = code
    grid = read_workbook(_saved(book, tmp_path), None)
    assert (grid.cells["0"][0], grid.cells["1"][1]) == (shown, shown)


def test_codes_are_texts_and_quantities_are_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for column, code in enumerate(("00000", "0"), 1):
        book.active.cell(1, column, 1234567).number_format = code
    assert _numeric(read_workbook(_saved(book, tmp_path), None)) == [(False, True)]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx", {"date_1904": True}) as book:
        book.add_worksheet().write_datetime("A1", datetime(2026, 11, 3), book.add_format({"num_format": "d/m/yy"}))
    grid = read_workbook(Extract(tmp_path / "x.xlsx", "x.xlsx"), None)
    assert (grid.cells["0"].to_list(), grid.since_1904) == (["2026-11-03"], True)


def test_a_serial_without_a_date_format_stays_a_number(tmp_path: Path) -> None:
    assert _read({"A1": 46329}, tmp_path).cells["0"].to_list() == ["46329"]


def test_durations_keep_their_seconds_and_fractions(tmp_path: Path) -> None:
    spans = [timedelta(hours=36, seconds=5), timedelta(seconds=1, milliseconds=250), timedelta(minutes=-90)]
    grid = _read({f"A{row}": span for row, span in enumerate(spans, 1)}, tmp_path)
    assert grid.cells["0"].to_list() == ["36:00:05", "0:00:01.25", "-1:30"]


def test_the_29_february_1900_that_excel_believes_in_is_kept_as_it_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, serial in enumerate((1, 59, 60, 61), 1):
        book.active.cell(row, 1, serial).number_format = "yyyy-mm-dd"
    dates = read_workbook(_saved(book, tmp_path), None).cells["0"].to_list()
    assert dates == ["1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01"]


_ODD_CELLS = (
    '<x:c r="B2" t="inlineStr"><x:is><x:r><x:t>ri</x:t></x:r><x:r><x:t>ch</x:t></x:r>'
    "<x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>"
    '<x:c t="d"><x:v>2026-11-03T00:00:00</x:v></x:c><x:c t="str"><x:f>"a"</x:f><x:v>a_x000D_b</x:v></x:c>'
    "<x:c t='e'><x:v>#REF!</x:v></x:c><x:c t='b'><x:v>1</x:v></x:c>"
)


def test_prefixes_inline_texts_iso_dates_and_cells_without_address_are_read(tmp_path: Path) -> None:
    sheet = f"""<?xml version='1.0'?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <x:sheetData><x:row r="2">{_ODD_CELLS}</x:row></x:sheetData></x:worksheet>"""
    extract = _changed(_saved(openpyxl.Workbook(), tmp_path), "xl/worksheets/sheet1.xml", None, sheet.encode())
    grid = read_workbook(extract, None)
    assert grid.cells.rows()[1] == (2, None, "rich", "2026-11-03", "a\rb", "#REF!", "TRUE")
    assert grid.defects == (Defect(2, 4, "#REF!", "the cell shows #REF!"),)


_CELLS = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8).filter(
        lambda text: "_x" not in text
    ),
    st.sampled_from(["#N/A", "=A1*2", "=1/0", "a & b <c>", '"quoted"', "00123"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_cutting_a_sheet_finds_what_parsing_it_finds(tmp_path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    _saved(book, tmp_path)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    cut, (parsed, marks) = cut_sheet(xml), walk_sheet(xml)
    if cut is not None:
        assert cut[0].equals(parsed)
        assert cut[1] == marks
    assert cut is not None or b"&#" in xml or not parsed.height


def _numeric(grid: Grid) -> list[tuple[bool, ...]]:
    assert grid.numeric is not None
    return grid.numeric.rows()


def _changed(extract: Extract, part: str, old: bytes | None, new: bytes) -> Extract:
    """The workbook with `old` replaced by `new` in one of its parts, or the whole part."""
    with zipfile.ZipFile(extract.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = new if old is None else parts[part].replace(old, new, 1)
    with zipfile.ZipFile(extract.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return extract
