"""A text, or one page of a big one, becomes a grid of its records."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from sop_cli.errors import SopError
from sop_cli.read.text.dialect import Verdict
from sop_cli.read.text.encoding import Written
from sop_cli.read.text.oddities import remarks
from sop_cli.read.text.records import split_records
from sop_cli.read.text.usual import Usual, usual_of
from sop_cli.schemas.grid import Dialect, Grid

LONGEST = 64 << 20  # characters of a line
_WIDEST = 16_384  # columns of the widest sheet there is
_MOST_CELLS = 1 << 28


@dataclass(frozen=True)
class Page:
    """Where a page stands in its file; by default it is all of it."""

    line: int = 1  # that it begins on
    lines: int | None = None  # how many it has; those behind them are there for records that do not end on it
    more: bool = False  # whether others follow
    usual: Usual | None = None  # what the records of the first page are like; None for the first page


@dataclass(frozen=True)
class Parsed:
    """The records that begin on a page."""

    grid: Grid
    lines: int  # how many lines they take
    usual: Usual


def parse_page(
    text: str,
    name: str,
    written: Written,
    possible: Sequence[Verdict],
    page: Page = Page(),
) -> Parsed:
    """The records of a text whose lines end in LF, under the first of the dialects that are `possible`."""
    dialect = possible[0].dialect
    _refuse_long_lines(text, name, page)
    split = split_records(text, dialect, page.lines, page.usual)
    usual = page.usual or usual_of(split.records)
    width = int(split.records.select(pl.col("fields").list.len().max()).item())
    _refuse_wide(width, split.records.height, dialect, name)
    records, told = remarks(split, text, written, possible, usual, first=page.usual is None, last=not page.more)
    told = [remark for remark in told if remark.row is None or remark.row <= split.lines]
    shift = page.line - 1
    told = [remark if remark.row is None else replace(remark, row=remark.row + shift) for remark in told]
    cells = records.select(pl.col("row") + shift, *(_field(index) for index in range(width)))
    fields = records["fields"].list.len()
    grid = Grid(name, None, cells, remarks=tuple(told), dialect=dialect, may_guard='="' in text, fields=fields)
    return Parsed(grid, split.lines, usual)


def too_long(name: str, line: int | None) -> SopError:
    """The refusal of a line no table has."""
    return SopError(
        f"a line is longer than {LONGEST:,} characters",
        hint="this is no table that is written line by line; export it as CSV",
        file=name,
        line=line,
    )


def _refuse_long_lines(text: str, name: str, page: Page) -> None:
    start, line = 0, page.line
    while len(text) - start > LONGEST:
        end = text.rfind("\n", start, start + LONGEST)
        if end < 0:
            line += text.count("\n", 0, start)
            raise too_long(name, line)
        start = end + 1


def _refuse_wide(width: int, height: int, dialect: Dialect, name: str) -> None:
    if width > _WIDEST:
        raise SopError(
            f"a record has {width:,} fields, the widest table allowed has {_WIDEST:,}",
            hint=f"is {dialect.delimiter!r} the delimiter of this file? Declare `delimiter` in the config",
            file=name,
        )
    if width * height > _MOST_CELLS:
        raise SopError(
            f"the file has {height:,} records, and one of {width:,} fields: too many cells",
            hint="mend the record that is too wide, or split the file",
            file=name,
        )


def _field(index: int) -> pl.Expr:
    text = pl.col("fields").list.get(index, null_on_oob=True)
    return pl.when(text != "").then(text).alias(str(index))
