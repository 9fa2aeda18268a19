"""peek: what the tool sees in one file, before any config: dialect or sheets, the table, its columns, what is odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.errors import SopError
from sop_cli.read.files import Extract, not_a_file

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.read.book.sheets import Sheet
    from sop_cli.schemas.grid import Dialect, Grid, Remark
    from sop_cli.stages.ingest.table.table import Found

_EXAMPLES = 3
_COLUMNS = 1_000  # that are looked at one by one
_RUNS = r"^\s*[=+\-@]"  # a spreadsheet takes such a text for a formula,
_SIGNED = r"^\s*[-+]\s*(?:[€$£]?\s*[\d.,]|[-\s]*$)"  # but not a number or a dash


@dataclass(frozen=True)
class _Block:
    """The table as far as it stands on one page: header texts on the first, and records with all their cells."""

    head: Sequence[str]
    records: pl.DataFrame
    first: int  # cell column the table begins with
    usual: int  # and the one after its last, where records are not longer


@dataclass(frozen=True)
class PeekedColumn:
    """One column of the table as it stands in the file."""

    at: int  # from 0
    header: str
    kind: str
    filled: int
    empty: int
    examples: tuple[str, ...]


@dataclass
class Peek:
    """What the tool sees in a file."""

    file: str
    dialect: Dialect | None = None
    sheets: Sequence[Sheet] = ()
    sheet: str | None = None
    header_rows: tuple[int, ...] = ()
    confidence: str = "low"
    first_row: int | None = None
    last_row: int | None = None
    records: int = 0
    width: int = 0  # columns of the table
    columns: Sequence[PeekedColumn] = ()  # the first of them
    outside: list[tuple[int, str, str]] = field(default_factory=list)  # row, reason, what stands there
    remarks: list[Remark] = field(default_factory=list)
    formulas: int = 0  # texts that a spreadsheet would run
    dumped: Path | None = None


def peek(path: Path, sheet: str | None, header: Sequence[int] | None, dump: Path | None) -> Peek:
    """What stands in the file at `path`; its table goes to `dump` to the letter.

    `sheet` and `header` are what a person knows better than the tool. SopError if the file cannot be read.
    """
    extract = _extract(path)
    if dump and dump.resolve() == path.resolve():
        raise SopError("this is the file itself", hint="name another one for --dump", file=dump)
    seen = Peek(extract.name, sheet=sheet, dumped=dump)
    blocks = _blocks(_pages(extract, seen), header, seen) if path.stat().st_size else iter(())
    if dump:
        from sop_cli.write.raw import write_raw

        write_raw(chain.from_iterable(map(_lines, blocks)), dump)
    else:
        for _ in blocks:
            pass
    return seen


def _extract(path: Path) -> Extract:
    if path.is_dir():
        raise SopError("this is a folder, not a file", hint="name one of the files in it", file=path)
    if path.exists() and not path.is_file():
        raise not_a_file(path)
    if not path.is_file():
        raise SopError("no such file", hint="check its name and the folder you are in", file=path)
    return Extract(path, path.as_posix())


def _pages(extract: Extract, seen: Peek) -> Iterator[Grid]:
    """The pages of the file, of a workbook the sheet asked for or the one that is read by default."""
    from sop_cli.read.book.sheets import sheets
    from sop_cli.read.extract import How, read
    from sop_cli.read.unpack import is_workbook

    if is_workbook(extract):
        seen.sheets = sheets(extract)
    return read(extract, How(sheet=seen.sheet))


def _blocks(pages: Iterator[Grid], header: Sequence[int] | None, seen: Peek) -> Iterator[_Block]:
    """The table page by page; what there is to say about it goes to `seen`."""
    import polars as pl

    from sop_cli.stages.ingest.table.table import carry_on, find_table

    found: Found | None = None
    for grid in pages:
        head: Sequence[str] = ()
        if found is None:
            found = find_table(grid, header)
            records = found.records(grid)
            width, usual = _dumped(grid, found, records)
            head = _head(grid, found, width)
            seen.dialect, seen.sheet = grid.dialect, grid.sheet
            seen.header_rows, seen.confidence = found.header_rows, found.confidence
            seen.width, (seen.columns, doubts) = len(found.headers), _columns(grid, found, records)
            seen.remarks += doubts
        else:
            found = carry_on(grid, found)
            records = found.records(grid)
            seen.columns = _counted(seen.columns, records)
        seen.first_row = seen.first_row if seen.first_row is not None else found.first_row
        seen.last_row = found.last_row or seen.last_row
        seen.records += records.height
        seen.outside += _outside(grid, found)
        seen.remarks += found.told(grid)
        runs = pl.all().str.contains(_RUNS) & ~pl.all().str.contains(_SIGNED)
        seen.formulas += sum(records.drop("row").select(runs.sum()).row(0)) if records.width > 1 else 0
        yield _Block(head, records, width.start, usual)


def _lines(block: _Block) -> Iterator[Sequence[str | None]]:
    """Header and records cell by cell, longer ones as they are."""
    if block.head:
        yield block.head
    for row in block.records.drop("row").iter_rows():
        last = max((at for at in range(block.usual, len(row)) if row[at] is not None), default=block.usual - 1)
        yield row[block.first : last + 1]


def _head(grid: Grid, found: Found, columns: range) -> list[str]:
    """The text over each column: that of a lone header row with its line breaks, those of several joined."""
    if not found.header_rows:
        return []
    texts = [found.headers.get(str(at), "") for at in columns]
    if len(found.header_rows) > 1:
        return texts
    [row] = grid.cells.filter(grid.cells["row"] == found.header_rows[0]).drop("row").iter_rows()
    return [row[at] or text for at, text in zip(columns, texts, strict=True)]


def _dumped(grid: Grid, found: Found, records: pl.DataFrame) -> tuple[range, int]:
    """The columns of the table, and how many cells a record has from the first of the file on.

    In a text file these are the fields most records have, empty ones at the end too.
    """
    if not found.headers:
        return range(0), 0
    first, last = int(found.columns[0]), int(found.columns[-1]) + 1
    if grid.sheet is not None:
        return range(first, last), last
    if grid.fields is None:  # a page on which every record has as many fields
        return range(grid.cells.width - 1), grid.cells.width - 1
    inside = grid.fields.filter(grid.cells["row"].is_in(records["row"].to_list())).mode()
    usual = int(inside.max()) if inside.len() else last  # type: ignore[arg-type]
    return range(max(last, usual)), usual


def _columns(grid: Grid, found: Found, records: pl.DataFrame) -> tuple[list[PeekedColumn], list[Remark]]:
    """The columns of the table, and those of them that could be read in two ways."""
    from sop_cli.stages.ingest.columns.doubts import Column, settled
    from sop_cli.stages.ingest.table.kinds import column_kind

    numeric = None
    if grid.numeric is not None:
        numeric = grid.numeric.filter(grid.cells["row"].is_in(records["row"].to_list()))
    columns: list[PeekedColumn] = []
    looks: dict[str, Column] = {}
    for at, name in islice(found.headers.items(), _COLUMNS):
        texts = records[at]
        examples = tuple(texts.drop_nulls().head(1_000).unique(maintain_order=True).head(_EXAMPLES))
        kind = column_kind(texts, None if numeric is None else numeric[at])
        empty = texts.null_count()
        columns.append(PeekedColumn(int(at), name, kind, texts.len() - empty, empty, examples))
        looks[at] = Column(name, kind, texts if numeric is None else texts.set(numeric[at], None))
    kinds, doubts = settled(looks, records["row"], grid.dialect.delimiter if grid.dialect else None)
    return [replace(column, kind=kinds.get(str(column.at), column.kind)) for column in columns], doubts


def _counted(columns: Sequence[PeekedColumn], records: pl.DataFrame) -> list[PeekedColumn]:
    return [
        replace(
            column,
            filled=column.filled + records.height - records[str(column.at)].null_count(),
            empty=column.empty + records[str(column.at)].null_count(),
        )
        for column in columns
    ]


def _outside(grid: Grid, found: Found) -> list[tuple[int, str, str]]:
    """Row, reason and what stands there of every row that is no record."""
    cells = grid.cells.join(found.outside, on="row", how="inner", maintain_order="left")
    return [
        (int(line[0]), str(line[-1]), " | ".join(text.strip() for text in line[1:-1] if text and text.strip()))
        for line in cells.iter_rows()
    ]
