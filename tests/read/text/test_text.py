import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text.text import read_text
from sop_cli.schemas.grid import Grid

Write = Callable[[str, bytes], Extract]


def _rows(extract: Write, content: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[tuple[object, ...]]:
    return _grid(extract, content, delimiter, encoding).cells.rows()


def _grid(extract: Write, content: bytes, delimiter: str | None = ",", encoding: str | None = "utf-8") -> Grid:
    [grid] = read_text(extract("x.csv", content), How(encoding, delimiter))
    return grid


def test_codes_stay_as_they_are_written(extract: Write) -> None:
    body = b"".join(b"%d\n" % number for number in range(2500))
    rows = _rows(extract, b"item\n00123\n1E5\n" + body + b"X-77\n")
    assert [row[1] for row in (rows[1], rows[2], rows[-1])] == ["00123", "1E5", "X-77"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_rows_are_physical_lines_with_blank_lines_and_without_a_last_newline(extract: Write, newline: str) -> None:
    content = newline.join(["a,b", "", "1,2", "", "3,4"]).encode()
    assert _rows(extract, content) == [(1, "a", "b"), (2, None, None), (3, "1", "2"), (4, None, None), (5, "3", "4")]


def test_a_quoted_line_break_does_not_shift_the_lines_after_it(extract: Write) -> None:
    content = b'a,b\r\n1,"x\r\n\r\ny"\r\n\r\n2,z\r\n'
    assert _rows(extract, content) == [(1, "a", "b"), (2, "1", "x\n\ny"), (5, None, None), (6, "2", "z")]


def test_a_record_with_too_many_fields_widens_the_grid_and_one_with_too_few_is_padded(extract: Write) -> None:
    assert _rows(extract, b"a,b\n1,2,3\n4\n") == [(1, "a", "b", None), (2, "1", "2", "3"), (3, "4", None, None)]


def test_quotes_are_undone_and_an_inch_sign_is_plain_text(extract: Write) -> None:
    assert _rows(extract, b'a,b\n"x, ""y""",1/4" steel\n"",2\n')[1:] == [(2, 'x, "y"', '1/4" steel'), (3, None, "2")]


@pytest.mark.parametrize("delimiter", [";", "\t", "|", "^", "]", "\\"])
def test_any_one_character_can_be_the_delimiter(extract: Write, delimiter: str) -> None:
    content = f'a{delimiter}b\n"1{delimiter}2"{delimiter}3\n'.encode()
    assert _rows(extract, content, delimiter) == [(1, "a", "b"), (2, f"1{delimiter}2", "3")]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_wins_over_the_declared_encoding(extract: Write, mark: str) -> None:
    assert _rows(extract, "Menge,Größe\n".encode(mark), encoding="cp1252") == [(1, "Menge", "Größe")]


def test_a_byte_outside_a_declared_encoding_is_told_with_its_line_and_an_encoding_that_fits(extract: Write) -> None:
    with pytest.raises(SopError) as stop:
        _rows(extract, "a\n1\nGröße\n".encode("cp1252"))
    assert str(stop.value) == (
        "extracts/x.csv:3: byte 0xF6 is not utf-8\n  hint: take `encoding` out of the config, or declare how the file "
        "was written, e.g. `encoding: cp1252`"
    )


def test_a_quote_that_is_never_closed_is_plain_text_on_its_line_alone(extract: Write) -> None:
    grid = _grid(extract, b'a,b\n1,2\n3,"x\n5,6\n')
    assert grid.cells.rows() == [(1, "a", "b"), (2, "1", "2"), (3, "3", '"x'), (4, "5", "6")]
    assert [(remark.code, remark.row, remark.value) for remark in grid.remarks] == [("I103", 3, '"x')]


def test_a_quote_that_is_never_closed_swallows_nothing_in_a_long_file(extract: Write) -> None:
    grid = _grid(extract, b'a,b\n3,"x\n' + b"5,6\n" * 50_000)
    assert grid.cells.height == 50_002
    assert [remark.code for remark in grid.remarks] == ["I103"]


def test_two_quotes_far_apart_that_are_never_closed_swallow_nothing(extract: Write) -> None:
    grid = _grid(extract, b'a,b,c\n1,"x,3\n' + b"5,6,7\n" * 50 + b'1,y",3\n')
    assert grid.cells.height == 53
    assert grid.cells.row(1) == (2, "1", '"x', "3")


def test_text_after_a_closing_quote_is_kept(extract: Write) -> None:
    grid = _grid(extract, b'a,b\n"x, z" y,2\n')
    assert grid.cells.row(1) == (2, '"x, z" y', "2")
    assert [remark.code for remark in grid.remarks] == ["I104"]


def test_a_quote_within_a_quoted_field_that_is_not_doubled_does_not_end_it(extract: Write) -> None:
    grid = _grid(extract, b'a,b\n"6" pipe, long",2\n"24"",3\n')
    assert grid.cells.rows()[1:] == [(2, '6" pipe, long', "2"), (3, '24"', "3")]
    assert [(remark.code, remark.row) for remark in grid.remarks] == [("I104", 2), ("I104", 3)]


def test_a_field_of_many_lines_beside_a_wrong_quote_is_one_field(extract: Write) -> None:
    grid = _grid(extract, b'a,b,c\n1,"x\ny, z\nw",3\n1,"6" x",3\n')
    assert grid.cells.rows()[1:] == [(2, "1", "x\ny, z\nw", "3"), (5, "1", '6" x', "3")]


_STOCK = b"item,note,qty\n" + b"A1,plain,5\n" * 8


def test_a_text_of_many_lines_with_as_many_delimiters_as_a_record_is_one_cell_where_numbers_are_expected(
    extract: Write,
) -> None:
    grid = _grid(extract, _STOCK + b'A2,"x, y\nb, c, d\ne, f, g\nh, i",7\nA3,"6" pipe",2\n')
    assert grid.cells.row(9) == (10, "A2", "x, y\nb, c, d\ne, f, g\nh, i", "7")
    assert [remark.code for remark in grid.remarks] == ["I104"]


def test_records_between_two_quotes_that_are_wrong_stay_records_if_they_have_numbers_where_all_have(
    extract: Write,
) -> None:
    grid = _grid(extract, _STOCK + b'A2,"x,7\nA3,y,8\nA4,12",9\n')
    assert grid.cells.rows()[9:] == [(10, "A2", '"x', "7"), (11, "A3", "y", "8"), (12, "A4", '12"', "9")]
    assert [(remark.code, remark.row) for remark in grid.remarks] == [("I103", 10)]


def test_one_short_line_between_two_quotes_that_are_wrong_does_not_make_a_cell_of_all_of_them(extract: Write) -> None:
    grid = _grid(extract, _STOCK + b'A2,"x,7\n' + b"A3,y,8\n" * 20 + b'A3,y\nA4,12",9\n')
    assert grid.cells.height == 9 + 23


def test_encodings_that_are_mixed_are_told_with_the_first_line_and_word(extract: Write) -> None:
    content = "name;qty\nMüller;1\n".encode() + "Jäger;2\n".encode("cp1252")
    [remark] = _grid(extract, content, None, None).remarks
    assert (remark.code, remark.row, remark.value) == ("I102", 3, "Jäger")
    assert remark.message == "one byte of the file is not UTF-8, and is read as cp1252"


def test_utf_8_below_a_declared_windows_encoding_is_told(extract: Write) -> None:
    [remark] = _grid(extract, "name;qty\nMüller;1\n".encode(), ";", "cp1252").remarks
    assert (remark.code, remark.row, remark.value) == ("I102", 2, "MÃ¼ller")
    assert remark.message == "a character looks like UTF-8, the first on this line; cp1252 is declared"


def test_a_record_that_is_separated_otherwise_is_split_like_the_rest(extract: Write) -> None:
    grid = _grid(extract, b"item;qty;date\nA;1;2026-01-01\nB,2,2026-01-02\nC;3;2026-01-03\n", None)
    assert grid.cells.row(2) == (3, "B", "2", "2026-01-02")
    assert [(remark.code, remark.row) for remark in grid.remarks] == [("I107", 3)]


def test_records_of_another_width_within_the_table_are_told_and_kept(extract: Write) -> None:
    grid = _grid(extract, b"Title\n\na,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\nSource: me\n")
    assert [(remark.code, remark.row) for remark in grid.remarks] == [("I105", 6), ("I106", 5)]


def test_control_characters_are_kept_and_told(extract: Write) -> None:
    grid = _grid(extract, b"a,b\n1,\x00x\n")
    assert grid.cells.row(1) == (2, "1", "\x00x")
    assert [(remark.code, remark.row, remark.column_index) for remark in grid.remarks] == [("I108", 2, 1)]


def test_of_many_alike_oddities_twenty_are_told_and_the_rest_is_counted(extract: Write) -> None:
    grid = _grid(extract, b"a,b,c\n" + b"1,2,3\n" * 90 + b"1,2\n" * 30 + b"1,2,3\n")
    assert len(grid.remarks) == 21
    assert grid.remarks[-1].message == "and 10 more from here on"


def test_a_cr_within_the_records_of_a_file_is_no_line_end_if_the_records_are_whole_only_with_it(extract: Write) -> None:
    grid = _grid(extract, b"a,b,c\r\n1,x\ry,3\r\n4,5,6\r\n")
    assert grid.cells.rows()[1:] == [(2, "1", "x\ry", "3"), (3, "4", "5", "6")]


@pytest.mark.parametrize(
    "content", [b"<html><table><tr>", b"<?xml version='1.0'?>", b'{"a": 1}', b'[\n  {\n "a"', b"%PDF-1.4"]
)
def test_what_is_no_table_is_told(extract: Write, content: bytes) -> None:
    with pytest.raises(SopError, match="not a t"):
        _grid(extract, content, None)


def test_a_line_without_end_is_told(extract: Write) -> None:
    with pytest.raises(SopError, match=r"x.csv:2: a line is longer than"):
        _grid(extract, b"a,b\n" + b"x" * (70 << 20), ",")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_told(extract: Write, content: bytes) -> None:
    with pytest.raises(SopError, match="the file is empty"):
        _rows(extract, content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04\x14\x00\x06", "the archive is damaged or cut short"),
        (b"\xd0\xcf\x11\xe0\xff\x00", "this is not a text file: it is an old workbook"),
        (b"\x89PNG\r\n", "this is not a text file: it is a picture"),
    ],
)
def test_a_binary_file_is_told(extract: Write, content: bytes, message: str) -> None:
    with pytest.raises(SopError, match=message):
        _rows(extract, content)


def test_an_unknown_encoding_is_told(extract: Write) -> None:
    with pytest.raises(SopError, match="there is no encoding called 'klingon'"):
        _rows(extract, b"a", encoding="klingon")


def test_a_wrong_delimiter_that_makes_thousands_of_fields_is_told(extract: Write) -> None:
    with pytest.raises(SopError, match="a record has 20,001 fields"):
        _rows(extract, b"a" + b",b" * 20_000)


_FIELD = st.text(alphabet="ab1,;\"'\n é", max_size=6)


@given(table=st.lists(st.lists(_FIELD, min_size=1, max_size=4), min_size=1, max_size=6))
def test_whatever_csv_writes_is_read_back_with_its_lines(
    table: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines: list[tuple[int, list[str]]] = []
    text = ""
    for record in table:
        lines.append((text.count("\n") + 1, record))
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(record)
        text += buffer.getvalue()
    if not text.strip():
        return
    path: Path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(text.encode())
    width = max(map(len, table))
    expected = [(line, *(field or None for field in record), *[None] * (width - len(record))) for line, record in lines]
    [grid] = read_text(Extract(path, "written.csv"), How("utf-8", ",", '"'))
    assert grid.cells.rows() == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K1\nE\n", "SYLK"),
        ('TABLE\n0,1\n"EXCEL"\nVECTORS\n0,4\n', "DIF"),
        ("{\\rtf1\\ansi item, qty}\n", "RTF"),
    ],
)
def test_a_document_that_is_no_table_is_refused_by_its_name(extract: Write, text: str, what: str) -> None:
    with pytest.raises(SopError, match=f"an? {what} document, not a table"):
        next(read_text(extract("x.csv", text.encode()), How()))


def test_records_below_the_last_usual_one_that_another_delimiter_cuts_are_records(extract: Write) -> None:
    usual = "".join(f"47{nth};0010{nth};2026-11-0{nth};1{nth}\n" for nth in range(1, 7))
    text = "Order;Item;Date;Qty\n" + usual + usual.replace(";", "\t")
    grid = _grid(extract, text.encode(), None)
    assert [remark.row for remark in grid.remarks if remark.code == "I107"] == [8, 9, 10, 11, 12, 13]
