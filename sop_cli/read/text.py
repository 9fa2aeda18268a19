"""Text files: every field of every record as text, with the physical line it begins on."""

import re
from collections.abc import Iterator

import polars as pl

from sop_cli.errors import SopError
from sop_cli.read.dialect import verdicts
from sop_cli.read.encoding import decode, find_encoding
from sop_cli.read.fields import Splitter
from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.oddities import remarks
from sop_cli.read.records import split_records
from sop_cli.schemas.grid import Dialect, Grid

_WIDEST = 16_384  # columns of the widest sheet there is
_MOST_CELLS = 1 << 28
_LONGEST = 64 << 20  # characters of a line
_HEAD, _PART = 400_000, 60_000  # characters of the sample: from the start, and from the middle and the end each


def read_text(extract: Extract, how: How) -> Iterator[Grid]:
    """The fields of a text file, all as text, short records padded with nulls; what `how` leaves open is found out.

    `row` is the physical line a record begins on, also after blank lines and quoted line breaks. Everything odd is a
    remark. SopError with the line for a byte outside a declared encoding, and for what is no text or no table.
    """
    yield parse(extract.path.read_bytes(), extract.name, how)


def parse(raw: bytes, name: str, how: How) -> Grid:
    """The same for the content of the file called `name`."""
    written = find_encoding(raw, name, how.encoding)
    text = decode(raw, written, name)
    if not text.strip():
        raise SopError("the file is empty", hint="export it again", file=name)
    possible = verdicts(_sample(text), written.encoding, how)
    dialect = possible[0].dialect
    text = _in_lines(text, dialect)
    _refuse_long_lines(text, name)
    records, odd = split_records(text, dialect)
    width = int(records.select(pl.col("fields").list.len().max()).item())
    _refuse_wide(width, records.height, dialect, name)
    records, told = remarks(records, odd, text, written, possible)
    cells = records.select("row", *(_field(index) for index in range(width)))
    return Grid(name, None, cells, remarks=told, dialect=dialect, fields=records["fields"].list.len())


def _sample(text: str) -> str:
    if len(text) <= _HEAD + 2 * _PART:
        return text
    middle = len(text) // 2
    parts = [text[:_HEAD], text[middle : middle + _PART], text[-_PART:]]
    # All but the first begin within a line, all but the last end within one.
    parts = [part if at == 0 else re.sub(r"\A[^\r\n]*[\r\n]+", "", part) for at, part in enumerate(parts)]
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
            raise SopError(
                f"the line is longer than {_LONGEST:,} characters",
                hint="this is no table that is written line by line; export it as CSV",
                file=name,
                line=line,
            )
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
