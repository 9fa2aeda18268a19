"""What a planner should know of the sheet that was read: what is hidden in it, which sheets were passed over."""

from collections.abc import Iterator, Sequence

from sop_cli.findings.reading import HIDDEN_COLUMNS, HIDDEN_ROWS, HIDDEN_SHEET, NO_DATE, OTHER_SHEETS
from sop_cli.findings.words import counted
from sop_cli.read.book.book import Entry
from sop_cli.read.book.marks import Marks, column_letters
from sop_cli.schemas.grid import Remark

_SHOWN = 8  # rows, columns or sheets listed at most


def sheet_remarks(
    entry: Entry, others: Sequence[Entry], why: str, marks: Marks, shape: tuple[int, int]
) -> Iterator[Remark]:
    """Remarks on a sheet of `shape` rows and columns; `why` it was read and not the `others`, as none was declared."""
    rows = sorted(row for row in marks.hidden_rows if row <= shape[0])
    columns = sorted(column for column in marks.hidden_columns if column < shape[1])
    if rows:
        how = "by a filter" if marks.filtered else "in the sheet"
        what = f"{counted(len(rows), 'row')} hidden {how} {_is(rows)} read all the same"
        yield Remark(HIDDEN_ROWS.code, rows[0], None, None, f"{what}: {_listed(map(str, rows), len(rows))}")
    if columns:
        what = f"{counted(len(columns), 'column')} hidden in the sheet {_is(columns)} read all the same"
        letters = _listed(map(column_letters, columns), len(columns))
        yield Remark(HIDDEN_COLUMNS.code, None, columns[0], None, f"{what}: {letters}")
    if entry.visibility != "visible":
        yield Remark(HIDDEN_SHEET.code, None, None, entry.name, f"sheet {entry.name!r} is {entry.visibility}")
    if others:
        names = (each.name + ("" if each.visibility == "visible" else f" ({each.visibility})") for each in others)
        what = f"sheet {entry.name!r} is read, {why}; not read: {_listed(names, len(others))}"
        yield Remark(OTHER_SHEETS.code, None, None, entry.name, what)


def no_date_remarks(no_dates: Sequence[tuple[int, int, str]]) -> Iterator[Remark]:
    """One remark on all numbers that have the format of a date and are none, at the first of them."""
    if no_dates:
        row, column, text = no_dates[0]
        what = f"{counted(len(no_dates), 'number')} formatted as a date {_is(no_dates)} none, and read as the number"
        yield Remark(NO_DATE.code, row, column, text, what)


def _is(found: Sequence[object]) -> str:
    return "is" if len(found) == 1 else "are"


def _listed(names: Iterator[str], count: int) -> str:
    more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
    return ", ".join(name for _, name in zip(range(_SHOWN), names, strict=False)) + more
