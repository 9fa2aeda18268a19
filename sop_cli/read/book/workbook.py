"""Workbooks: every cell of one sheet as text, at the row and column the sheet shows."""

import polars as pl

from sop_cli.errors import SopError
from sop_cli.read.book.book import Book, Contents
from sop_cli.read.book.book_opened import opened
from sop_cli.read.book.sheet_remarks import no_date_remarks, sheet_remarks
from sop_cli.read.files import Extract
from sop_cli.schemas.grid import Grid


def read_workbook(extract: Extract, sheet: str | None, *, fitting: bool = False) -> Grid:
    """The cells of `sheet`, by name or else by number from 1; by default of the fullest one that is visible.

    `fitting` says that nobody declared the sheet; its headers fit, and the others are named in a remark.

    Numbers are written shortest and without exponent, dates as YYYY-MM-DD, booleans TRUE and FALSE, numbers in a
    code format such as 00000 with their zeros. Hidden rows and columns are read like all others. Error cells and
    formulas without a stored value are defects, and stand in the grid as they show themselves. SopError if the
    file is no workbook, is damaged, has a password, is too large, or has no such sheet.
    """
    with opened(extract) as book:
        found = _declared(book, sheet, extract) if sheet is not None else _fullest(book, extract)
        others = [entry for entry in book.entries if (sheet is None or fitting) and entry != found.entry]
    why = "whose headers fit" if fitting else "the fullest one"
    cells, marks = found.cells, found.marks
    if not cells.height:
        hint = "export it again, or declare `sheet`"
        raise SopError(f"sheet {found.entry.name!r} is empty", hint=hint, file=extract.name)
    row = pl.int_range(1, cells.height + 1, dtype=pl.Int64, eager=True).alias("row")
    return Grid(
        extract.name,
        found.entry.name,
        cells.insert_column(0, row),
        found.defects,
        found.numeric,
        (*sheet_remarks(found.entry, others, why, marks, found.numeric.shape), *no_date_remarks(found.no_dates)),
        merged=marks.merged,
        hidden_rows=marks.hidden_rows,
        hidden_columns=marks.hidden_columns,
        since_1904=book.since_1904,
    )


def _declared(book: Book, sheet: str, extract: Extract) -> Contents:
    entry = next((entry for entry in book.entries if entry.name == sheet), None)
    # Nobody sees a blank at the end of a name, and YAML drops it; a name in other letters may mean one sheet only.
    alike = [entry for entry in book.entries if entry.name.strip().casefold() == sheet.strip().casefold()]
    entry = entry or (alike[0] if len(alike) == 1 else None)
    if entry is None and sheet.isdecimal() and 1 <= int(sheet) <= len(book.entries):
        entry = book.entries[int(sheet) - 1]
    if entry is None:
        raise SopError(
            f"there is no sheet {sheet!r}",
            hint=f"sheets: {', '.join(repr(entry.name) for entry in book.entries)}; declare one of them as `sheet`",
            file=extract.name,
        )
    return book.read(entry)


def _fullest(book: Book, extract: Extract) -> Contents:
    visible = [entry for entry in book.entries if entry.visibility == "visible"]
    if not book.entries:
        raise SopError("the workbook has no sheet of cells", hint="export it again", file=extract.name)
    if not visible:
        raise SopError("the workbook has no visible sheet", hint="declare `sheet`", file=extract.name)
    first, *others = (book.read(entry) for entry in visible)
    return max(first, *others, key=lambda each: each.filled) if others else first
