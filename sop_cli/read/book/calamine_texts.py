"""Sheets of .xls, .xlsb and .ods workbooks: the values a library reads, and what only their own records tell."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain

import polars as pl
from python_calamine import CalamineSheet

from sop_cli.read.book.book import Contents, Entry, refuse_too_large
from sop_cli.read.book.marks import Marks
from sop_cli.read.book.moments import duration_text, moment_text, serial_text
from sop_cli.read.book.number_format import CodeFormat, Format
from sop_cli.read.number_texts import number_texts
from sop_cli.schemas.grid import Defect

Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass
class Beside:
    """What a sheet tells beside its values; rows from 1, columns from 0."""

    rows: int = 0  # as far as cells with a value reach
    columns: int = 0
    defects: list[Defect] = field(default_factory=list)
    codes: list[tuple[int, int, CodeFormat]] = field(default_factory=list)  # row and column of numbers that are codes
    no_dates: list[tuple[int, int, float]] = field(default_factory=list)  # and of those with the format of a date
    marks: Marks = field(default_factory=Marks)

    def number(self, row: int, column: int, value: float, meant: Format) -> None:
        """A number with a format of its own is there; the library makes a time of day of a day before the first."""
        if isinstance(meant, CodeFormat):
            self.codes.append((row, column, meant))
        elif meant == "date" and serial_text(value, meant, since_1904=False) is None:
            self.no_dates.append((row, column, value))

    def reach(self, row: int, column: int) -> None:
        """A cell with a value is there."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)


def calamine_contents(entry: Entry, values: CalamineSheet, beside: Beside) -> Contents:
    """The sheet as far as a value or a defect reaches, defects as they show themselves, codes with their zeros."""
    last_row, last_column = values.end or (-1, -1)
    height = max([last_row + 1, *(defect.row for defect in beside.defects)])
    width = max([last_column + 1, *(defect.column_index + 1 for defect in beside.defects)])
    refuse_too_large(entry.name, height, width)
    rows: list[list[Cell]] = values.to_python(skip_empty_area=False) if values.end else []
    rows = [row + [""] * (width - len(row)) for row in rows] if width > last_column + 1 else rows
    rows += [[""] * width for _ in range(height - len(rows))]
    cells, numeric = _texts(rows, width)
    shown: dict[int, dict[int, str]] = {}
    for defect in beside.defects:
        shown.setdefault(defect.column_index, {})[defect.row - 1] = defect.text
    no_dates = [(row, column, text) for (row, column, _), text in zip(beside.no_dates, _numbers(beside), strict=True)]
    for row, column, text in no_dates:
        shown.setdefault(column, {})[row - 1] = text
        numeric[column] = numeric[column].scatter(row - 1, True)
    cells = [_shown(column, shown.get(at, {})) for at, column in enumerate(cells)]
    contents = _with_codes(cells, numeric, beside.codes)
    return Contents(entry, *contents, tuple(beside.defects), beside.marks, tuple(no_dates))


def rk_number(body: bytes) -> float:
    """The number in the short form that takes four bytes."""
    whole: int = struct.unpack("<i", body)[0]
    number = float(whole >> 2) if whole & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", whole & ~3))[0]
    return number / 100 if whole & 1 else number


def _numbers(beside: Beside) -> pl.Series:
    return number_texts(pl.Series([value for _, _, value in beside.no_dates], dtype=pl.Float64))


_HEAD = 64  # rows that titles and headers are expected in; below them most columns hold one kind of value


def _texts(rows: Sequence[Sequence[Cell]], width: int) -> tuple[list[pl.Series], list[pl.Series]]:
    """Every column as texts, and where it is a number."""
    texts: list[pl.Series] = []
    numeric: list[pl.Series] = []
    in_order = list(chain.from_iterable(rows))
    for at in range(width):
        column = in_order[at::width]
        parts = [_column(part) for part in (column[:_HEAD], column[_HEAD:]) if part]
        text = pl.concat([text for text, _ in parts])
        texts.append(text.set(text == "", None))
        numeric.append(pl.concat([numbers for _, numbers in parts]))
    return texts, numeric


def _column(column: list[Cell]) -> tuple[pl.Series, pl.Series]:
    kinds = set(map(type, column))
    if len(kinds) == 1:
        return _alike(column, kinds.pop())
    texts = pl.repeat(None, len(column), dtype=pl.String, eager=True)
    numeric = _same(False, len(column))
    for kind in kinds:
        places = [at for at, cell in enumerate(column) if type(cell) is kind]
        text, numbers = _alike([column[at] for at in places], kind)
        texts, numeric = texts.scatter(places, text), numeric.scatter(places, numbers)
    return texts, numeric


def _alike(column: list[Cell], kind: type) -> tuple[pl.Series, pl.Series]:
    if kind is str:
        return pl.Series(column, dtype=pl.String), _same(False, len(column))
    if kind is float:
        return number_texts(pl.Series(column, dtype=pl.Float64)), _same(True, len(column))
    known = {cell: _text(cell) for cell in set(column)}
    return pl.Series([known[cell] for cell in column], dtype=pl.String), _same(kind is int, len(column))


def _same(value: bool, count: int) -> pl.Series:
    return pl.repeat(value, count, dtype=pl.Boolean, eager=True)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, timedelta):
        return duration_text(cell)
    return moment_text(cell) if isinstance(cell, (date, time)) else str(cell)


def _shown(column: pl.Series, texts: Mapping[int, str]) -> pl.Series:
    return column.scatter(list(texts), list(texts.values())) if texts else column


def _with_codes(
    cells: list[pl.Series], numeric: list[pl.Series], codes: list[tuple[int, int, CodeFormat]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Codes as texts: whole numbers of a code format are written with the zeros they show."""
    places: dict[tuple[int, CodeFormat], list[int]] = {}
    for row, column, code in codes:
        places.setdefault((column, code), []).append(row - 1)
    for (column, code), rows in places.items():
        there = pl.DataFrame({"row": rows, "text": cells[column].gather(rows), "number": numeric[column].gather(rows)})
        there = there.filter("number").select("row", shown=code.shown(pl.col("text"))).drop_nulls()
        cells[column] = cells[column].scatter(there["row"], there["shown"])
        numeric[column] = numeric[column].scatter(there["row"], _same(False, there.height))
    return (
        pl.DataFrame([column.alias(str(at)) for at, column in enumerate(cells)]),
        pl.DataFrame([column.alias(str(at)) for at, column in enumerate(numeric)]),
    )
