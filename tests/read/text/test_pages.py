import csv
import io
from collections.abc import Callable
from typing import Literal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text import text as text_files
from sop_cli.read.text.big import read_big
from sop_cli.read.text.dialect import verdicts
from sop_cli.read.text.encoding import Written
from sop_cli.read.text.page import Page, Parsed, parse_page
from sop_cli.read.text.pages import can_page, read_pages
from sop_cli.read.text.text import parse
from sop_cli.schemas.grid import Dialect, Grid

HOW = How("utf-8", ",", '"', "")
PLAIN = Dialect("utf-8", ",", '"', None, "\n", True)


def _careful(block: bytes, page: Page) -> Parsed:
    text = block.decode()
    return parse_page(text, "x.csv", Written("utf-8", True), verdicts(text, "utf-8", HOW), page)


def _paged(content: bytes, size: int, how: How = HOW) -> list[Grid]:
    return list(read_big(io.BytesIO(content), len(content), "x.csv", how, parse, size))


def _rows(pages: list[Grid]) -> pl.DataFrame:
    return pl.concat([page.cells for page in pages], how="diagonal")


def test_pages_say_the_same_as_the_whole_file_whatever_their_size() -> None:
    lines = [f'{at},"a, b",{at * 3}.5,' for at in range(200)]
    content = ("item,name,qty,note\n" + "\n".join(lines)).encode()
    for size in (50, 333, 10_000):
        assert_frame_equal(_rows(_paged(content, size)), parse(content, "x.csv", HOW).cells)


def test_a_regular_page_is_read_at_full_speed_and_an_odd_one_with_care() -> None:
    asked: list[int] = []

    def careful(block: bytes, page: Page) -> Parsed:
        asked.append(page.line)
        return _careful(block, page)

    lines = ["a,b", *["1,2"] * 30, "1,2,3", *["1,2"] * 30, '"x\ny",2', *["1,2"] * 30, "7", "", *["1,2"] * 30]
    content = ("\n".join(lines) + "\n").encode()
    pages = list(read_pages(io.BytesIO(content), "x.csv", PLAIN, careful, lambda block: True, 32))
    assert_frame_equal(_rows(pages), parse(content, "x.csv", HOW).cells)
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
    assert set(_rows(_paged(content, 64, How("cp1252")))["0"]) == {"name", "Größe"}


def test_a_quote_that_is_never_closed_does_not_swallow_the_pages_after_it() -> None:
    content = b'a,b\n1,"x\n' + b"1,2\n" * 5_000
    assert _rows(_paged(content, 400)).filter(pl.col("1") == "2").height == 5_000


def test_line_breaks_in_cells_below_a_quote_that_is_never_closed_are_whole_at_every_border_of_pages() -> None:
    record = 'A7;"für Köln,\r\nlinks ""oben"""\r\n;5\r\n'.replace('"\r\n;', '";')
    lines = ['item;note;qty\r\nA1;x;1\r\nA2;"never closed;2\r\n', *[record, "A8;y;6\r\n"] * 60]
    content = "".join(lines).encode("cp1252")
    how = How("cp1252", ";")
    whole = parse(content, "x.csv", how)
    assert [remark.code for remark in whole.remarks] == ["I103"]
    for size in range(60, 160, 7):
        pages = _paged(content, size, how)
        assert_frame_equal(_rows(pages), whole.cells)
        assert [remark for page in pages for remark in page.remarks] == list(whole.remarks)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("utf-8", "cp1252", (70_003, "Jäger", "3 bytes of the file are not UTF-8 and are read as cp1252, the first")),
        ("cp1252", "utf-8", (70_003, "Jäger", "from here on the file is utf-8, and cp1252 above")),
    ],
)
def test_an_encoding_that_changes_where_no_sample_is_taken_is_found_and_told(
    first: str, second: str, told: tuple[int, str, str]
) -> None:
    head = "item,name\nA2,Müller\n" + "A1,plain\n" * 70_000
    content = head.encode(first) + "A3,Jäger\n".encode(second) * 3 + b"A1,plain\n" * 20_000
    pages = _paged(content, 1 << 16, How())
    assert _rows(pages)["1"].unique().sort().to_list() == ["Jäger", "Müller", "name", "plain"]
    [remark] = [remark for page in pages for remark in page.remarks if remark.code == "I102"]
    assert (remark.row, remark.value, remark.message[: len(told[2])]) == told


def test_old_letters_where_no_sample_is_taken_are_read_and_told_once() -> None:
    letters = "A2,Köln\nA3,Jäger\n".encode("cp1252") * 9_000
    content = b"item,name\n" + b"A1,plain\n" * 70_000 + letters + b"A1,plain\n" * 90_000
    pages = _paged(content, 1 << 16, How())
    assert _rows(pages)["1"].unique().sort().to_list() == ["Jäger", "Köln", "name", "plain"]
    assert [(remark.code, remark.row) for page in pages for remark in page.remarks] == [("I101", 70_002)]


def test_old_letters_that_only_regular_pages_have_are_told_from_the_sample() -> None:
    content = b"item,name\n" + b"A1,plain\n" * 40 + "A2,Köln\nA3,Jäger\n".encode("cp1252") * 40
    pages = _paged(content, 100, How())
    assert _rows(pages)["1"].unique().sort().to_list() == ["Jäger", "Köln", "name", "plain"]
    assert [(remark.code, remark.message) for page in pages for remark in page.remarks] == [("I101", "read as cp1252")]


def test_a_byte_outside_a_declared_encoding_is_told_with_its_line_in_the_file() -> None:
    with pytest.raises(SopError, match=r"x\.csv:60: byte 0xF6 is not utf-8"):
        _paged(b"a,b\n" + b"1,2\n" * 58 + b"K\xf6ln,2\n", 40)


def test_a_cr_alone_counts_as_a_line_in_pages_too() -> None:
    content = b"a,b\n" + b"1,2\n" * 40 + b"3,4\r5,6\n" + b"1,2\n" * 40
    assert_frame_equal(_rows(_paged(content, 50)), parse(content, "x.csv", HOW).cells)


def test_a_footnote_on_a_page_of_its_own_is_no_record_that_is_too_short_and_one_within_is() -> None:
    content = b"a,b,c\n" + b"1,2,3\n" * 20 + b"4,5\n" + b"1,2,3\n" * 20 + b"\nSource: me\n"
    told = [(remark.code, remark.row) for page in _paged(content, 24) for remark in page.remarks]
    assert told == [(remark.code, remark.row) for remark in parse(content, "x.csv", HOW).remarks] == [("I106", 22)]


@pytest.mark.parametrize("off", [-3, 5])
@pytest.mark.parametrize("big", [True, False])
def test_a_file_that_changes_while_it_is_read_is_refused(
    extract: Callable[[str, bytes], Extract], monkeypatch: pytest.MonkeyPatch, off: int, big: bool
) -> None:
    class Changing(io.BytesIO):
        def seek(self, at: int, whence: int = 0) -> int:
            return super().seek(at, whence) + (-off if whence == 2 else 0)

    monkeypatch.setattr(text_files, "opened", lambda extract: Changing(b"a,b\n" + b"1,2\n" * 100))
    monkeypatch.setattr(text_files, "_BIG", 1 if big else 1 << 20)
    with pytest.raises(SopError, match=f"x.csv: the file became {'shorter' if off < 0 else 'longer'} while it was"):
        list(text_files.read_text(extract("x.csv", b""), How()))


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


_FIELD = st.text(alphabet='ab1 ,"\né', max_size=8)


@settings(deadline=None, max_examples=60)
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


_LINE = st.text(alphabet='a1,, "é', max_size=9) | st.sampled_from(["1,a,b", '"x,1,2', '1,"y', 'z",2', "2,c,d"])


@settings(deadline=None, max_examples=60)
@given(lines=st.lists(_LINE, min_size=3, max_size=60), size=st.integers(450, 600), end=st.sampled_from(["\n", "\r\n"]))
def test_quotes_that_are_wrong_mean_the_same_in_pages_and_in_one_piece(lines: list[str], size: int, end: str) -> None:
    content = end.join(["h1,h2,h3", *["1,a,b"] * 70, *lines, "2,c,d"]).encode()
    whole, pages = parse(content, "x.csv", HOW), _paged(content, size)
    assert [row[1:] for row in _told(whole.cells)] == [row[1:] for row in _told(_rows(pages))]
    assert _told(whole.cells) == _told(_rows(pages))
    quotes = ("I103", "I104")
    told = [remark for page in pages for remark in page.remarks if remark.code in quotes]
    assert sorted(map(repr, told)) == sorted(repr(remark) for remark in whole.remarks if remark.code in quotes)


def _told(cells: pl.DataFrame) -> list[tuple[object, ...]]:
    rows = [list(row) for row in cells.iter_rows()]
    return [(row[0], *(row[1 : max([at for at, cell in enumerate(row) if cell is not None]) + 1])) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_big_text_of_two_bytes_a_sign_is_read_whole_wherever_its_lines_end(encoding: str) -> None:
    records = [f'{at},"a\nb Ċ",{at * 3}.5' for at in range(60_000)]
    content = "\r".join(["item,name,qty", *records]).encode(encoding)
    [page] = _paged(content, 10_000, How())
    assert page.cells.height == 60_001
    assert page.cells.row(60_000)[1:] == ("59999", "a\nb Ċ", "179997.5")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_big_text_ends_its_lines_as_a_small_one_does(newline: str, encoding: str) -> None:
    content = newline.join(["item,name,qty", *(f"{at},b{'x' * (at % 7)},{at}" for at in range(60_000))])
    pages = _paged(content.encode(encoding), 400_000, How())
    assert {page.dialect.newline for page in pages if page.dialect} == {newline}
    assert sum(page.cells.height for page in pages) == 60_001
