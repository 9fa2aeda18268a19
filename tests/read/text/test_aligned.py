from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text.text import parse, read_text
from sop_cli.schemas.grid import Grid

Write = Callable[[str, bytes], Extract]
LIST = """Stock list plant 1000             31.10.2026

Material   Description      Qty  Unit
100-100    Casing        1.200   PC
100-200    Main wheel        5   PC
100-300    Fan                   PC
100-400    Very long descripti99 PC
100-500    Cap               2   PC
100-600    Axle          1.000   PC
100-700    Flange           12   PC
Total                    2.219   PC
"""


def _grid(text: str) -> Grid:
    return parse(text.encode(), "x.txt", How())


def test_a_printed_list_is_cut_where_its_columns_stand_and_that_is_told() -> None:
    grid = _grid(LIST)
    assert grid.cells.rows()[2:6] == [
        (3, "Material", "Description", "Qty", "Unit"),
        (4, "100-100", "Casing", "1.200", "PC"),
        (5, "100-200", "Main wheel", "5", "PC"),
        (6, "100-300", "Fan", None, "PC"),
    ]
    assert "I109" in {remark.code for remark in grid.remarks}


def test_a_line_with_a_word_across_a_cut_stays_whole_and_is_told() -> None:
    grid = _grid(LIST)
    [torn] = [remark.row for remark in grid.remarks if remark.code == "I106"]
    assert grid.cells.row(6) == (torn, "100-400    Very long descripti99 PC", None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Name\nSmith John\nDoe Jane\nPoe Edgar\nLee Ann\n",
        "Code\nA 100\nB 200\nC 300\nD 400\n",
        "To whom it may concern,\nthis is a letter of 3 lines.\nIt holds no table at all,\nand 2 numbers.\n",
    ],
)
def test_words_parted_by_one_blank_are_no_columns(extract: Write, text: str) -> None:
    [grid] = read_text(extract("x.txt", text.encode()), How())
    assert grid.dialect is not None
    assert grid.dialect.cuts == ()


def test_a_declared_delimiter_wins() -> None:
    grid = parse(LIST.encode(), "x.txt", How(delimiter=";"))
    assert grid.cells.width == 2


_WORD = st.text(alphabet="abcdeXYZ-", min_size=1, max_size=9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_WORD, st.integers(0, 99_999), _WORD), min_size=5, max_size=12))
def test_columns_padded_by_two_blanks_are_read_back(table: list[tuple[str, int, str]]) -> None:
    lines = [f"{name:<11}{number:>6}  {word}" for name, number, word in table]
    grid = _grid("\n".join([f"{'item':<11}{'qty':>6}  note", *lines]))
    assert [row[1:] for row in grid.cells.rows()[1:]] == [(name, str(number), word) for name, number, word in table]
