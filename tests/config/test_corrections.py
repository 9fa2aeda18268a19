"""corrections.csv is read as people save it, and what cannot be understood has a line."""

from pathlib import Path

import pytest

from sop_cli.config.corrections import COLUMNS, load_corrections
from sop_cli.errors import SopError

HEADER = ",".join(COLUMNS) + "\n"
LINE = "a.csv,,12,Qty,5OO,500,A. Meyer,letter O\n"


def _write(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "corrections.csv").write_bytes(text.encode(encoding))


def test_without_a_file_nothing_is_corrected(tmp_path: Path) -> None:
    assert load_corrections(tmp_path) == ()
    for text in ("", HEADER, HEADER + ",,,,,,,\n\n"):
        _write(tmp_path, text)
        assert load_corrections(tmp_path) == ()


def test_a_correction_knows_its_cell_its_line_and_who_made_it(tmp_path: Path) -> None:
    _write(tmp_path, HEADER + '"b.xlsx",Plan,3,"a\nb",,7,B,"late, by mail"\n' + LINE)
    first, second = load_corrections(tmp_path)
    assert (first.line, first.place, first.value, first.corrected) == (2, ("b.xlsx", "Plan", 3, "a\nb"), None, "7")
    assert (second.line, second.place, second.value, second.who) == (4, ("a.csv", None, 12, "Qty"), "5OO", "A. Meyer")


def test_lines_of_rejects_are_copied_as_a_spreadsheet_saves_them(tmp_path: Path) -> None:
    header = "source;file;sheet;row;column;value;rule;message;hint;record;corrected;who;why\r\n"
    _write(tmp_path, header + "s;a.csv;;12;Größe;'-5x;I201;m;h;r;-5;Jürgen;vertippt\r\n", "cp1252")
    (found,) = load_corrections(tmp_path)
    assert (found.column, found.value, found.corrected, found.who) == ("Größe", "-5x", "-5", "Jürgen")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,row\n", "there is no column sheet, column, value, corrected, who, why"),
        (HEADER.replace("why", "why,when"), "column 'when' is not known"),
        (HEADER + LINE.replace("500", ""), "corrections.csv:2:1: corrected must be filled in"),
        (HEADER + LINE.replace("A. Meyer,letter O", " , "), "corrections.csv:2:1: who, why must be filled in"),
        (HEADER + LINE.replace("12", "B12"), "corrections.csv:2:1: row 'B12' is not a row number"),
        (HEADER + LINE.replace("Qty", ""), "corrections.csv:2:1: a whole record cannot be corrected here"),
        (HEADER + LINE + LINE, "corrections.csv:3:1: corrects the same cell as line 2"),
        (HEADER + LINE.replace("letter O", "one, two"), "corrections.csv:2:1: has 9 fields, the header has 8"),
        (HEADER + LINE + '"a', "corrections.csv:3:1: not readable as CSV"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, words: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(SopError) as caught:
        load_corrections(tmp_path)
    assert words in f"{caught.value.place}{caught.value.message}"
