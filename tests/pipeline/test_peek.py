import csv
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.errors import SopError
from sop_cli.pipeline.peek import Peek, peek


def _peek(path: Path, text: str, dump: Path | None = None, header: tuple[int, ...] | None = None) -> Peek:
    path.write_text(text, encoding="utf-8", newline="")
    return peek(path, None, header, dump)


def _dumped(tmp_path: Path, text: str) -> bytes:
    _peek(tmp_path / "x.csv", text, tmp_path / "dump.csv")
    return (tmp_path / "dump.csv").read_bytes()


def test_the_dump_is_the_header_and_the_records_to_the_letter(tmp_path: Path) -> None:
    text = 'Report\n\nitem;qty;note\n00123;"1,5";"say ""hi""; twice"\n00124; 2;=SUM(A1)\nTotal;3,5;\n'
    expected = b'item,qty,note\r\n00123,"1,5","say ""hi""; twice"\r\n00124, 2,=SUM(A1)\r\n'
    assert _dumped(tmp_path, text) == expected


def test_header_rows_are_joined_in_the_dump(tmp_path: Path) -> None:
    assert _dumped(tmp_path, "item,qty\nitem,qty\nA,1\nB,2\n").startswith(b"item item,qty qty\r\n")


def test_a_file_without_header_gives_a_dump_without_one(tmp_path: Path) -> None:
    assert _dumped(tmp_path, "2026-01-01,5\n2026-01-02,7\n") == b"2026-01-01,5\r\n2026-01-02,7\r\n"


def test_longer_records_keep_their_cells_in_the_dump_and_empty_fields_at_the_end_stay(tmp_path: Path) -> None:
    assert _dumped(tmp_path, "id,n,\n1,5,\n2,6,,x\n3,7,\n") == b"id,n,\r\n1,5,\r\n2,6,,x\r\n3,7,\r\n"


def test_an_empty_file_has_no_table_and_an_empty_dump(tmp_path: Path) -> None:
    seen = _peek(tmp_path / "x.csv", "", tmp_path / "dump.csv")
    assert (seen.columns, seen.records, (tmp_path / "dump.csv").read_bytes()) == ((), 0, b"")


def test_columns_come_with_kind_counts_and_examples(tmp_path: Path) -> None:
    seen = _peek(tmp_path / "x.csv", "item,month,qty\n001,2026-10,5\n002,2026-10,\n003,2026-11,7\n")
    assert [(one.header, one.kind, one.filled, one.empty, one.examples) for one in seen.columns] == [
        ("item", "code, leading zeros", 3, 0, ("001", "002", "003")),
        ("month", "month", 3, 0, ("2026-10", "2026-11")),
        ("qty", "whole number", 2, 1, ("5", "7")),
    ]


def test_texts_that_a_spreadsheet_would_run_are_counted_and_negative_numbers_are_not(tmp_path: Path) -> None:
    assert _peek(tmp_path / "x.csv", "item,qty\n=A1,-5\n@x,-\n+49 170,7\n-x,+1.5\n").formulas == 3


def test_a_workbook_tells_its_sheets_and_reads_the_one_asked_for(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        for name, rows in (("Data", 3), ("Old", 2)):
            sheet = book.add_worksheet(name)
            sheet.write_row(1, 2, ["item", "qty"])
            for at in range(rows):
                sheet.write_row(2 + at, 2, [f"A{at}", at])
        book.worksheets()[1].hide()
    seen = peek(tmp_path / "x.xlsx", None, None, tmp_path / "dump.csv")
    assert [(one.name, one.visibility) for one in seen.sheets] == [("Data", "visible"), ("Old", "hidden")]
    assert (seen.sheet, seen.header_rows, seen.first_row, seen.last_row) == ("Data", (2,), 3, 5)
    assert (tmp_path / "dump.csv").read_bytes() == b"item,qty\r\nA0,0\r\nA1,1\r\nA2,2\r\n"
    assert peek(tmp_path / "x.xlsx", "Old", None, None).records == 2


@pytest.mark.parametrize(("name", "message"), [("none.csv", "no such file"), (".", "this is a folder, not a file")])
def test_what_cannot_be_read_is_told_in_a_line(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(SopError, match=message):
        peek(tmp_path / name, None, None, None)


def test_the_file_itself_is_never_written_over(tmp_path: Path) -> None:
    with pytest.raises(SopError, match="this is the file itself"):
        _peek(tmp_path / "x.csv", "a,b\n1,2\n", tmp_path / "x.csv")
    with pytest.raises(SopError, match="this file cannot be written"):
        _peek(tmp_path / "x.csv", "a,b\n1,2\n", tmp_path / "none" / "dump.csv")


CELL = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).map(
    str.strip
)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), CELL, st.dates()), min_size=3, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
)
@settings(max_examples=40, deadline=None)
def test_a_table_in_any_dialect_comes_back_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]], delimiter: str
) -> None:
    folder = tmp_path_factory.mktemp("peek")
    written = [[f"K{nth:03}", *map(str, row)] for nth, row in enumerate(rows)]
    with (folder / "x.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
            [["Key", "Amount", "Words", "Day"], *written]
        )
    seen = peek(folder / "x.csv", None, None, folder / "dump.csv")
    with (folder / "dump.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["Key", "Amount", "Words", "Day"], *written]
    assert seen.header_rows == (1,)


def test_line_breaks_in_a_header_stay_in_the_dump(tmp_path: Path) -> None:
    assert _dumped(tmp_path, 'item,"qty\n(pcs)"\nA,1\nB,2\n').startswith(b'item,"qty\n(pcs)"\r\n')
