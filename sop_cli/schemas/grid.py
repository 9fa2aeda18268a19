"""What a file says, cell by cell, before anyone decides what it means."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Defect:
    """A workbook cell that holds no value: an error such as #N/A, or a formula nobody calculated."""

    row: int  # sheet row, from 1
    column_index: int  # from 0, as the grid's columns are named
    text: str  # what the cell shows: "#N/A", or the formula
    message: str


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet or text file as text.

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
