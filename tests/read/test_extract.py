from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sop_cli.errors import SopError
from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract


@pytest.mark.parametrize("name", ["x.csv", "x.TXT", "x.tsv"])
def test_text_files_are_known_by_their_ending(extract: Callable[[str, bytes], Extract], name: str) -> None:
    [grid] = read(extract(name, "Größe;b\n".encode("cp1252")), How("cp1252", ";"))
    assert (grid.file, grid.sheet, grid.cells.rows()) == (f"extracts/{name}", None, [(1, "Größe", "b")])


def test_workbooks_are_known_by_their_ending(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "item"
    book.save(tmp_path / "x.XLSX")
    [grid] = read(Extract(tmp_path / "x.XLSX", "x.XLSX"), How(sheet="Sheet"))
    assert (grid.sheet, grid.cells.rows()) == ("Sheet", [(1, "item")])


@pytest.mark.parametrize(("name", "words"), [("x.pdf", "a file ending in .pdf"), ("x", "a file without an ending")])
def test_other_endings_are_told(extract: Callable[[str, bytes], Extract], name: str, words: str) -> None:
    with pytest.raises(SopError, match=f"{words} cannot be read"):
        list(read(extract(name, b"a"), How()))
