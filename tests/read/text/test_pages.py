import csv
import io
from typing import Literal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sop_cli.read.how import How
from sop_cli.read.text.pages import can_page, read_pages
from sop_cli.read.text.text import parse
from sop_cli.schemas.grid import Dialect, Grid

HOW = How("utf-8", ",", '"', "")
PLAIN = Dialect("utf-8", ",", '"', None, "\n", True)


def _careful(block: bytes, line: int) -> Grid:
    grid = parse(block, "x.csv", HOW)
    return Grid("x.csv", None, grid.cells.with_columns(pl.col("row") + (line - 1)), dialect=grid.dialect)


def _paged(content: bytes, size: int) -> list[Grid]:
    return list(read_pages(io.BytesIO(content), "x.csv", PLAIN, _careful, size))


def _rows(pages: list[Grid]) -> pl.DataFrame:
    return pl.concat([page.cells for page in pages], how="diagonal")


def test_pages_say_the_same_as_the_whole_file_whatever_their_size() -> None:
    lines = [f'{at},"a, b",{at * 3}.5,' for at in range(200)]
    content = ("item,name,qty,note\n" + "\n".join(lines)).encode()
    for size in (50, 333, 10_000):
        assert_frame_equal(_rows(_paged(content, size)), parse(content, "x.csv", HOW).cells)


def test_a_regular_page_is_read_at_full_speed_and_an_odd_one_with_care() -> None:
    asked: list[int] = []

    def careful(block: bytes, line: int) -> Grid:
        asked.append(line)
        return _careful(block, line)

    lines = ["a,b", *["1,2"] * 30, "1,2,3", *["1,2"] * 30, '"x\ny",2', *["1,2"] * 30, "7", "", *["1,2"] * 30]
    content = ("\n".join(lines) + "\n").encode()
    pages = list(read_pages(io.BytesIO(content), "x.csv", PLAIN, careful, 32))
    assert_frame_equal(_rows(pages), _careful(content, 1).cells)
    assert len(pages) > 10
    assert len(asked) == 4  # the first page, the one with a field too many, the line break, the short record


def test_blanks_around_a_field_are_told_and_blanks_within_it_are_not() -> None:
    def tidy(content: bytes) -> bool:
        return _paged(b"a,b\n" + content, 1)[-1].tidy

    assert tidy(b"x y,2\n")
    for content in (b"x ,2\n", b"x, 2\n", b" x,2\n", b"x,2 \n", b"x,\xc2\xa02\n", b'" x",2\n', b"x,2\t\n"):
        assert not tidy(content), content


def test_an_old_encoding_is_decoded_page_by_page() -> None:
    content = b"name,qty\n" + "Größe,1\n".encode("cp1252") * 40
    old = Dialect("cp1252", ",", '"', None, "\n", True)
    pages = read_pages(io.BytesIO(content), "x.csv", old, lambda block, line: parse(block, "x.csv", How("cp1252")), 64)
    assert set(_rows(list(pages))["0"]) == {"name", "Größe"}


def test_a_quote_that_is_never_closed_does_not_swallow_the_pages_after_it() -> None:
    content = b'a,b\n1,"x\n' + b"1,2\n" * 5_000
    assert _rows(_paged(content, 400)).filter(pl.col("1") == "2").height == 5_000


@pytest.mark.parametrize(
    ("dialect", "pages"),
    [
        (PLAIN, True),
        (Dialect("cp1252", "\t", None, None, "\r\n", False), True),
        (Dialect("utf-16", ",", '"', None, "\n", True), False),
        (Dialect("utf-8", "::", '"', None, "\n", True), False),
        (Dialect("utf-8", None, None, None, "\n", False), False),
        (Dialect("utf-8", ",", "'", None, "\n", True), False),
        (Dialect("utf-8", ",", '"', "\\", "\n", False), False),
        (Dialect("utf-8", ",", '"', None, "\r", True), False),
    ],
)
def test_only_a_dialect_whose_records_end_where_lines_do_is_read_in_pages(dialect: Dialect, pages: bool) -> None:
    assert can_page(dialect) is pages


# Lines within quotes that each have as many fields as a record would be taken for records between two wrong quotes.
_FIELD = st.text(alphabet='ab1 ,"é', max_size=5) | st.text(alphabet='ab1 "\né', max_size=5)


@settings(deadline=None, max_examples=30)
@given(
    table=st.lists(st.lists(_FIELD, min_size=3, max_size=3), min_size=1, max_size=12),
    size=st.integers(8, 60),
    newline=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_csv_writes_is_read_back_in_pages_of_any_size(
    table: list[list[str]], size: int, newline: str, quoting: Literal[0, 1]
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=newline, quoting=quoting).writerows([["h1", "h2", "h3"], *table])
    expected = [[field or None for field in record] for record in [["h1", "h2", "h3"], *table]]
    pages = _paged(text.getvalue().encode(), size)
    assert [list(row[1:]) for row in _rows(pages).iter_rows()] == expected
