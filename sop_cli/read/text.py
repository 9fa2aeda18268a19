"""Text files: every field of every record as text, with the physical line it begins on."""

import codecs
import csv
import io
from collections.abc import Iterator

import polars as pl

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.schemas.grid import Grid

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "cp1252", "cp850")  # what a hint proposes, first one that fits
_WIDEST = 16_384  # columns of the widest sheet there is


def read_text(extract: Extract, how: How) -> Iterator[Grid]:
    """The fields of a text file, all as text, short records padded with nulls.

    A byte order mark wins over `encoding`. `row` is the physical line a record begins on, also after
    blank lines and quoted line breaks. A quote counts only at the start of a field, so 1/4" is plain text.
    SopError with the line for a byte outside the encoding and for a quote that is never closed.
    """
    delimiter = how.delimiter or ","
    text = _decode(extract, how.encoding or "utf-8")
    records = _one_per_line(text, delimiter)
    if records is None:
        records = _across_lines(text, delimiter, extract)
    width = int(records.select(pl.col("fields").list.len().max()).item())
    if width > _WIDEST:
        raise SopError(
            f"a record has {width:,} fields, the widest table allowed has {_WIDEST:,}",
            hint=f"is {delimiter!r} the delimiter of this file? Declare `delimiter` in the config",
            file=extract.name,
        )
    cells = records.select("row", *(_field(index) for index in range(width)))
    yield Grid(extract.name, None, cells)


def _decode(extract: Extract, encoding: str) -> str:
    raw = extract.path.read_bytes()
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), encoding)
    try:
        text = raw.decode(encoding)
    except LookupError:
        raise SopError(
            f"there is no encoding called {encoding!r}", hint="usual ones: utf-8, cp1252, utf-16", file=extract.name
        ) from None
    except UnicodeDecodeError as problem:
        _refuse_binary(raw, extract)
        fits = next((name for name in _CANDIDATES if name != encoding and _decodes(raw, name)), "cp1252")
        raise SopError(
            f"byte 0x{raw[problem.start]:02X} is not {encoding}",
            hint=f"declare how the file was written, e.g. `encoding: {fits}`",
            file=extract.name,
            line=raw.count(b"\n", 0, problem.start) + 1,
        ) from None
    if "\0" in text:
        _refuse_binary(raw, extract)
    if not text.strip():
        raise SopError("the file is empty", hint="export it again", file=extract.name)
    text = text.replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")


def _refuse_binary(raw: bytes, extract: Extract) -> None:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SopError(
            "this is a workbook or an archive, not a text file",
            hint="give it its own ending (.xlsx, .xls), or save it as text",
            file=extract.name,
        )
    if b"\0" in raw:
        raise SopError(
            "this is not a text file: it holds NUL bytes",
            hint="export it as CSV; if it is UTF-16, declare `encoding: utf-16`",
            file=extract.name,
            line=raw.count(b"\n", 0, raw.index(b"\0")) + 1,
        )


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _one_per_line(text: str, delimiter: str) -> pl.DataFrame | None:
    """`row` and `fields` of every line; None if some quoted field does not end on its line.

    Polars' own reader is not used: it refuses a quote within plain text (a 1/4" screw) and has to be
    told the number of fields before it can keep those that are too many.
    """
    lines = pl.DataFrame({"line": [text.removesuffix("\n")]}).select(pl.col("line").str.split("\n").list.explode())
    lines = lines.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row"), "line")
    if '"' not in text:
        return lines.select("row", fields=pl.col("line").str.split(delimiter))
    mark = f"\\x{{{ord(delimiter):x}}}"
    field = rf'{mark}(?:"(?:[^"]|"")*"|[^{mark}"][^{mark}]*|)'
    marked = pl.lit(delimiter) + pl.col("line")
    lines = lines.with_columns(marked.alias("line"), fields=marked.str.extract_all(field))
    taken = pl.col("fields").list.eval(pl.element().str.len_bytes()).list.sum()
    if not lines.select((taken == pl.col("line").str.len_bytes()).all()).item():
        return None
    content = pl.element().str.slice(1)
    quoted = content.str.starts_with('"')
    inner = content.str.head(-1).str.slice(1).str.replace_all('""', '"', literal=True)
    return lines.select("row", fields=pl.col("fields").list.eval(pl.when(quoted).then(inner).otherwise(content)))


def _across_lines(text: str, delimiter: str, extract: Extract) -> pl.DataFrame:
    """The same, where quoted fields hold line breaks, or where a quote is wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    starts: list[int] = []
    records: list[list[str]] = []
    start = 1
    try:
        for record in reader:
            starts.append(start)
            records.append(record)
            start = reader.line_num + 1
    except csv.Error as problem:
        after_quote = "expected after" in str(problem)
        raise SopError(
            f"text follows a closing quote, on line {reader.line_num}"
            if after_quote
            else "a quote is opened in this record and never closed",
            hint="write a quote within a quoted field twice, or export the file without quotes",
            file=extract.name,
            line=start,
        ) from None
    return pl.DataFrame({"row": starts, "fields": pl.Series(records, dtype=pl.List(pl.String))})


def _field(index: int) -> pl.Expr:
    text = pl.col("fields").list.get(index, null_on_oob=True)
    return pl.when(text != "").then(text).alias(str(index))
