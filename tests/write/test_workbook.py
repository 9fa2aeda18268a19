import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sop_cli.errors import SopError
from sop_cli.schemas.pack import Pack, PackColumn, PackTable, Section, Value
from sop_cli.write import numbers, palette
from sop_cli.write.workbook import CHART_DATA, CONTENTS, sheet_names, write_workbook
from tests.write.packs import BRIDGE, COMBO, FAMILIES, STAMP, awkward_packs, many_families, pack_of, small_pack

PACKS = {"a small pack": small_pack(), "a stamped pack": small_pack(STAMP)} | awkward_packs()
every_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())


def written(pack: Pack, folder: Path) -> Path:
    path = folder / "pack.xlsx"
    write_workbook(pack, path)
    return path


def cell_values(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [[cell for cell in row if cell not in ("", None)] for row in rows]


def as_read(value: Value) -> object:
    value = numbers.known(value)
    return numbers.MISSING if value is None else float(value) if isinstance(value, Decimal) else value


@every_pack
def test_every_row_of_every_table_can_be_read_back(pack: Pack, tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(written(pack, tmp_path)))
    sections = (*pack.sections, *pack.appendix)
    names = book.sheet_names[1 : len(sections) + 1]
    for name, section in zip(names, sections, strict=True):
        rows = cell_values(book.get_sheet_by_name(name).to_python())
        at = 0
        for table in section.tables:
            for row in table.rows:
                expected = [value for value in map(as_read, row) if value != ""]
                at = rows.index(expected, at) + 1


@every_pack
def test_no_cell_is_a_formula_or_an_outside_link(pack: Pack, tmp_path: Path) -> None:
    path = written(pack, tmp_path)
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(r"<f[ >]", parts.read(name).decode())
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(cell.hyperlink.target is None for cell in cells if cell.hyperlink)


@every_pack
def test_a_pack_gives_the_same_bytes_twice(pack: Pack, tmp_path: Path) -> None:
    assert written(pack, tmp_path).read_bytes() == written(pack, tmp_path).read_bytes()


@every_pack
def test_every_number_fits_its_column(pack: Pack, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(pack, tmp_path))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    places = len(cell.number_format.partition(".")[2].rstrip('"%'))
                    shown = f"{cell.value:,.{places}f}" + "%" * ("%" in cell.number_format)
                    assert len(shown) + 0.5 <= width_of(sheet, cell.column) - cell.alignment.indent, shown


def width_of(sheet: openpyxl.worksheet.worksheet.Worksheet, column: int) -> float:
    widths = [one.width for one in sheet.column_dimensions.values() if one.min <= column <= one.max]
    return float(widths[0]) if widths else 8.43


def test_the_stamp_is_on_every_sheet(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(small_pack(STAMP), tmp_path))
    for sheet in book:
        assert STAMP in [cell.value for row in sheet.iter_rows(max_row=4) for cell in row]


def test_a_clean_pack_carries_no_stamp(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(small_pack(), tmp_path)) as parts:
        assert b"NOT RECONCILED" not in parts.read("xl/sharedStrings.xml")


def test_contents_link_to_every_sheet_and_back(tmp_path: Path) -> None:
    pack = awkward_packs()["section names a sheet cannot have"]
    book = openpyxl.load_workbook(written(pack, tmp_path))
    links = [cell.hyperlink.location for row in book[CONTENTS].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in book.sheetnames[1:]]
    for sheet in book.worksheets[1:]:
        assert [cell.hyperlink.location for cell in sheet[1] if cell.hyperlink] == [f"'{CONTENTS}'!A1"]


def test_sheet_names_are_short_clean_and_unique() -> None:
    names = sheet_names(["A/B", "a b", "x" * 40, "x" * 40, "''", "History"], (CONTENTS,))
    assert names == ["A B", "a b 2", "x" * 31, "x" * 29 + " 2", "Section", "History 2"]


def test_the_total_row_is_bold_under_a_line(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(small_pack(), tmp_path))["Decisions"]
    total = next(row for row in sheet.iter_rows() if row[0].value == "Total")
    assert all(cell.font.bold and cell.border.top.style for cell in total[: len(FAMILIES.columns)])


def test_number_formats_follow_the_columns(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(small_pack(), tmp_path))["Decisions"]
    first = next(row for row in sheet.iter_rows() if row[0].value == "=cmd()")
    assert [cell.number_format for cell in first[1:4]] == ["#,##0", '#,##0.0"%"', "#,##0.0"]
    assert [cell.alignment.horizontal for cell in first[:4]] == ["left", "right", "right", "right"]


def test_a_long_table_can_be_filtered_and_its_total_stays_out(tmp_path: Path) -> None:
    pack = pack_of(Section("Demand", "Sixty", (), (), (many_families(60),)))
    sheet = openpyxl.load_workbook(written(pack, tmp_path))["Demand"]
    (table,) = sheet.tables.values()
    header, last = (int(part) for part in re.findall(r"\d+", table.ref))
    assert last - header == 60
    assert table.autoFilter.ref == table.ref
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.print_title_rows == f"${header}:${header}"


def test_every_page_prints_on_a4_with_company_cycle_and_page(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(small_pack(STAMP), tmp_path))
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth in (None, 1)
        assert "Nordlys Care" in sheet.oddFooter.left.text and "2026-11" in sheet.oddFooter.center.text
        assert "&P" in sheet.oddFooter.right.text or "Page" in sheet.oddFooter.right.text
        assert sheet.print_area


def chart_parts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as parts:
        return [parts.read(name).decode() for name in sorted(parts.namelist()) if re.match(r"xl/charts/chart\d", name)]


def test_charts_hold_title_unit_colour_and_cached_numbers(tmp_path: Path) -> None:
    bridge, combo = chart_parts(written(small_pack(), tmp_path))
    assert BRIDGE.title in bridge and BRIDGE.unit in bridge
    assert palette.DOWN[1:] in bridge and "<c:v>5.3</c:v>" in bridge and "-5.3" in bridge
    assert palette.ROLES["budget"][1:] in combo and "<c:v>43.5</c:v>" in combo and "<c:v>2026-12</c:v>" in combo


def test_charts_have_alternative_text(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(small_pack(), tmp_path)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert f'descr="{BRIDGE.alt}"' in drawing and f'descr="{COMBO.alt}"' in drawing


def test_the_numbers_of_a_chart_stand_on_the_last_sheet(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(written(small_pack(), tmp_path)))
    assert book.sheet_names[-1] == CHART_DATA
    rows = cell_values(book.get_sheet_by_name(CHART_DATA).to_python())
    assert ["2026-10", 40.0, 50.0] in rows and ["2026-12", 43.5] in rows
    assert ["Volume", -5.3, 116.2, 5.3, 121.5] in rows


def test_only_load_in_percent_is_shaded(tmp_path: Path) -> None:
    columns = (PackColumn("Resource"), PackColumn("Load", "percent"), PackColumn("Gap %", "percent"))
    table = PackTable("Resources", columns, (("PKG-1", Decimal(120), Decimal(20)),))
    sheet = openpyxl.load_workbook(written(pack_of(Section("Supply", "Full", (), (), (table,))), tmp_path))["Supply"]
    (shaded,) = sheet.conditional_formatting
    assert str(shaded.sqref).startswith("B")


def test_a_workbook_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(SopError, match="cannot be written"):
        write_workbook(small_pack(), tmp_path / "missing" / "pack.xlsx")
