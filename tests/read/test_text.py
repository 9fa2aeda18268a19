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
from sop_cli.read.text import read_text

Write = Callable[[str, bytes], Extract]


def _rows(extract: Write, content: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[tuple[object, ...]]:
    [grid] = read_text(extract("x.csv", content), How(encoding, delimiter))
    return grid.cells.rows()


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


def test_a_byte_outside_the_encoding_is_told_with_its_line_and_an_encoding_that_fits(extract: Write) -> None:
    with pytest.raises(SopError) as stop:
        _rows(extract, "a\n1\nGröße\n".encode("cp1252"))
    assert str(stop.value) == (
        "extracts/x.csv:3: byte 0xF6 is not utf-8\n  hint: declare how the file was written, e.g. `encoding: cp1252`"
    )


def test_a_quote_that_is_never_closed_is_told_with_the_line_it_is_on(extract: Write) -> None:
    with pytest.raises(SopError, match=r"extracts/x.csv:3: a quote is opened in this record and never closed"):
        _rows(extract, b'a,b\n1,2\n3,"x\n5,6\n')


def test_a_quote_that_is_never_closed_is_told_in_a_long_file_too(extract: Write) -> None:
    with pytest.raises(SopError, match=r"extracts/x.csv:2: a quote is opened in this record and never closed"):
        _rows(extract, b'a,b\n3,"x\n' + b"5,6\n" * 50_000)


def test_text_after_a_closing_quote_is_told(extract: Write) -> None:
    with pytest.raises(SopError, match=r"extracts/x.csv:2: text follows a closing quote, on line 2"):
        _rows(extract, b'a,b\n"x" y,2\n')


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_told(extract: Write, content: bytes) -> None:
    with pytest.raises(SopError, match="the file is empty"):
        _rows(extract, content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04\x14\x00\x06", "a workbook or an archive, not a text file"),
        (b"\xd0\xcf\x11\xe0\xff\x00", "a workbook or an archive, not a text file"),
        (b"a,b\n1,\x00\n", "x.csv:2: this is not a text file: it holds NUL bytes"),
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
    [grid] = read_text(Extract(path, "written.csv"), How("utf-8", ","))
    assert grid.cells.rows() == expected
