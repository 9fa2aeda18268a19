"""Text files: every field of every record as text, with the physical line it begins on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from os import SEEK_END
from typing import IO

import polars as pl

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text.dialect import Verdict, verdicts
from sop_cli.read.text.encoding import Written, decode, find_encoding
from sop_cli.read.text.fields import Splitter
from sop_cli.read.text.oddities import remarks
from sop_cli.read.text.pages import can_page, read_pages
from sop_cli.read.text.records import split_records
from sop_cli.read.unpack import opened
from sop_cli.schemas.grid import Dialect, Grid

_WIDEST = 16_384  # columns of the widest sheet there is
_MOST_CELLS = 1 << 28
_BIG = 32 << 20  # bytes from which a file is read page by page
_LONGEST = 64 << 20  # characters of a line
_MARKUP = {
    "a web page": re.compile(r"<(?:!doctype|html|table|body|div)", re.IGNORECASE),
    "an XML document": re.compile(r"<\?xml"),
    "a JSON document": re.compile(r"""\{\s*["}]|\[\s*[\[{]"""),
    "an RTF document": re.compile(r"\{\\rtf"),
    "a SYLK document": re.compile(r"ID;P"),
    "a DIF document": re.compile(r"TABLE\s+0,1\s"),
}
_HEAD, _PART = 400_000, 60_000  # characters of the sample: from the start, and from the middle and the end each


def read_text(extract: Extract, how: How) -> Iterator[Grid]:
    """The fields of a text file, all as text, short records padded with nulls; what `how` leaves open is found out.

    `row` is the physical line a record begins on, also after blank lines and quoted line breaks. Everything odd is a
    remark. SopError with the line for a byte outside a declared encoding, and for what is no text or no table.
    """
    with opened(extract) as file:
        size = file.seek(0, SEEK_END)
        file.seek(0)
        if size < _BIG:
            yield parse(file.read(), extract.name, how)
        else:
            yield from _pages(file, size, extract.name, how)


def parse(raw: bytes, name: str, how: How) -> Grid:
    """The same for the content of the file called `name`."""
    written = find_encoding(raw, name, how.encoding)
    text = decode(raw, written, name)
    if not text.strip():
        raise SopError("the file is empty", hint="export it again", file=name)
    _refuse_markup(text, name)
    return _split(text, name, written, verdicts(_sample(text), written.encoding, how))


def _pages(file: IO[bytes], size: int, name: str, how: How) -> Iterator[Grid]:
    """A big file page by page, if its dialect allows that; what it is like is told by parts of it."""
    parts = []
    for start, length in ((0, _HEAD), (size // 2, _PART), (size - _PART, _PART)):
        file.seek(start)
        if start:
            file.readline(_LONGEST)
        parts.append(file.read(length) + file.readline(_LONGEST))
    sample = b"".join(parts)
    if len(max(parts, key=len)) >= _LONGEST:
        raise _too_long(name, None)
    file.seek(0)
    written = find_encoding(sample, name, how.encoding)
    possible = verdicts(decode(sample, written, name), written.encoding, how)
    dialect = possible[0].dialect
    if not can_page(dialect):
        yield parse(file.read(), name, how)
        return

    def careful(block: bytes, line: int) -> Grid:
        if line == 1:
            return _split(decode(block, written, name), name, written, possible)
        grid = _split(decode(block, written, name), name, replace(written, sure=True), possible[:1])
        return _from_line(grid, line)

    yield from read_pages(file, name, dialect, careful)


def _from_line(page: Grid, line: int) -> Grid:
    """The page whose first line is `line` of the file."""
    remarks = tuple(
        remark if remark.row is None else replace(remark, row=remark.row + line - 1) for remark in page.remarks
    )
    return replace(page, cells=page.cells.with_columns(pl.col("row") + (line - 1)), remarks=remarks)


def _split(text: str, name: str, written: Written, possible: Sequence[Verdict]) -> Grid:
    """The records of `text` under the first of the dialects that are `possible`."""
    dialect = possible[0].dialect
    text = _in_lines(text, dialect)
    _refuse_long_lines(text, name)
    records, odd = split_records(text, dialect)
    width = int(records.select(pl.col("fields").list.len().max()).item())
    _refuse_wide(width, records.height, dialect, name)
    records, told = remarks(records, odd, text, written, possible)
    cells = records.select("row", *(_field(index) for index in range(width)))
    return Grid(name, None, cells, remarks=told, dialect=dialect, fields=records["fields"].list.len())


def _refuse_markup(text: str, name: str) -> None:
    """A web page or a document of tags is text, but no table."""
    start = text[:2000].lstrip("\ufeff \t\r\n")
    for what, sign in _MARKUP.items():
        if sign.match(start):
            raise SopError(
                f"this is {what}, not a table",
                hint="open it in a spreadsheet program and save it as .xlsx, or export the table as CSV",
                file=name,
            )


def _sample(text: str) -> str:
    if len(text) <= _HEAD + 2 * _PART:
        return text
    middle = len(text) // 2
    parts = [text[:_HEAD], text[middle : middle + _PART], text[-_PART:]]
    # All but the first begin within a line, all but the last end within one.
    parts = [part if at == 0 else re.sub(r"\A[^\r\n]*(?:[\r\n]+|\Z)", "", part) for at, part in enumerate(parts)]
    return "\n".join(re.sub(r"[\r\n]+[^\r\n]*\Z", "", part) if at < 2 else part for at, part in enumerate(parts))


def _in_lines(text: str, dialect: Dialect) -> str:
    """With LF at the end of every line; a CR alone ends one too, unless records are whole only with it."""
    text = text.replace("\r\n", "\n")
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    splitter = Splitter(dialect.delimiter, dialect.quote, dialect.escape)
    lines = text[:_HEAD].split("\n")[:-1]
    widths = [len(splitter.strict(line) or ()) for line in lines if "\r" not in line and line]
    usual = max(set(widths), key=widths.count) if widths else 0
    within = [line for line in text.split("\n") if "\r" in line.strip("\r")][:200]
    kept = sum(len(splitter.strict(line) or ()) == usual > 1 for line in within)
    return text if kept > len(within) / 2 else text.replace("\r", "\n")


def _refuse_long_lines(text: str, name: str) -> None:
    start, line = 0, 1
    while len(text) - start > _LONGEST:
        end = text.rfind("\n", start, start + _LONGEST)
        if end < 0:
            line += text.count("\n", 0, start)
            raise _too_long(name, line)
        start = end + 1


def _too_long(name: str, line: int | None) -> SopError:
    return SopError(
        f"a line is longer than {_LONGEST:,} characters",
        hint="this is no table that is written line by line; export it as CSV",
        file=name,
        line=line,
    )


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
