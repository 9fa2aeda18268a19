"""What a file says, cell by cell, before anyone decides what it means."""

from dataclasses import dataclass

import polars as pl

from sop_cli.findings.rule import Severity


@dataclass(frozen=True)
class Defect:
    """A workbook cell that holds no value: an error such as #N/A, or a formula nobody calculated."""

    row: int  # sheet row, from 1
    column_index: int  # from 0, as the grid's columns are named
    text: str  # what the cell shows: "#N/A", or the formula
    message: str


@dataclass(frozen=True)
class Remark:
    """Something the reader noticed that a person should know, e.g. a quote that is never closed."""

    code: str  # the I-rule it falls under
    row: int | None  # physical line or sheet row, from 1; None where it concerns the whole file
    column_index: int | None  # from 0, as the grid's columns are named
    value: str | None  # the text as it was read
    message: str
    severity: Severity | None = None  # that of its rule where nothing is said


@dataclass(frozen=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    delimiter: str | None  # may be several characters; None in a file of one column
    quote: str | None  # None where no field is quoted
    escape: str | None  # None where a quote within a quoted field is written twice, or not at all
    newline: str  # "\n", "\r\n", "\r", or "" where the file mixes them
    doubled: bool  # a quote within a quoted field is written twice
    cuts: tuple[int, ...] = ()  # where columns begin that are parted by nothing but blanks; the first is not named


@dataclass(frozen=True)
class Grid:
    """A page of one sheet or text file as text: a small file and every workbook is one page.

    The pages of a file have the same columns and running line numbers.
    `cells` has `row` (Int64: physical line of a text file or row of a sheet, from 1) and one String
    column per field, named "0", "1", ...; an empty cell is null, and blank records are there too.
    `numeric` has the same String-named columns as Booleans, true where a workbook holds a number
    rather than a text that looks like one: its decimal sign is always the point. None for text files.
    """

    file: str
    sheet: str | None
    cells: pl.DataFrame
    defects: tuple[Defect, ...] = ()
    numeric: pl.DataFrame | None = None
    remarks: tuple[Remark, ...] = ()
    dialect: Dialect | None = None  # None for workbooks
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column of each range
    hidden_rows: frozenset[int] = frozenset()  # sheet rows, from 1
    hidden_columns: frozenset[int] = frozenset()  # column indexes, from 0
    since_1904: bool = False  # a workbook's days count from 1904, where they are numbers without a date format
    may_guard: bool = False  # a text file may have cells such as ="00123"
    tidy: bool = False  # no cell has blanks around it
    fields: pl.Series | None = None  # how many fields each record of a text file has, UInt32; None for workbooks
