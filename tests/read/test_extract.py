from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract


@pytest.mark.parametrize("name", ["x.csv", "x.TXT", "x.tsv"])
def test_text_files_are_read_as_declared(extract: Callable[[str, bytes], Extract], name: str) -> None:
    [grid] = read(extract(name, "Größe;b\n".encode("cp1252")), How("cp1252", ";"))
    assert (grid.file, grid.sheet, grid.cells.rows()) == (f"extracts/{name}", None, [(1, "Größe", "b")])


def test_workbooks_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "item"
    book.save(tmp_path / "x.XLSX")
    [grid] = read(Extract(tmp_path / "x.XLSX", "x.XLSX"), How(sheet="Sheet"))
    assert (grid.sheet, grid.cells.rows()) == ("Sheet", [(1, "item")])


@pytest.mark.parametrize("name", ["x.dat", "x", "x.csv"])
def test_a_text_is_read_whatever_its_ending(extract: Callable[[str, bytes], Extract], name: str) -> None:
    [grid] = read(extract(name, b"a;b\n1;2\n"), How())
    assert (grid.cells.height, grid.remarks) == (2, ())


def test_a_text_that_is_named_like_a_workbook_is_read_and_told(extract: Callable[[str, bytes], Extract]) -> None:
    [grid] = read(extract("x.xls", b"a\tb\n1\t2\n"), How())
    assert grid.cells.rows() == [(1, "a", "b"), (2, "1", "2")]
    assert [(remark.code, remark.message) for remark in grid.remarks] == [
        ("I110", "the file is a text, though it ends in .xls")
    ]


def test_a_workbook_that_is_named_like_a_text_is_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "item"
    book.save(tmp_path / "x.xlsx")
    (tmp_path / "x.xlsx").rename(tmp_path / "x.csv")
    [grid] = read(Extract(tmp_path / "x.csv", "x.csv"), How())
    assert grid.cells.rows() == [(1, "item")]
    assert [remark.code for remark in grid.remarks] == ["I110"]
