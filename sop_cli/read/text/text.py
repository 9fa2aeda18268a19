"""Text files: every field of every record as text, with the physical line it begins on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from os import SEEK_END

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text.big import read_big
from sop_cli.read.text.dialect import verdicts
from sop_cli.read.text.encoding import decode, find_encoding
from sop_cli.read.text.line_ends import in_lines
from sop_cli.read.text.markup import refuse_markup
from sop_cli.read.text.page import parse_page
from sop_cli.read.text.wrapped import unwrapped
from sop_cli.read.unpack import opened
from sop_cli.schemas.grid import Grid

_BIG = 32 << 20  # bytes from which a file is read page by page
_HEAD, _PART = 400_000, 60_000  # characters of the sample: from the start, and from the middle and the end each


def read_text(extract: Extract, how: How) -> Iterator[Grid]:
    """The fields of a text file, all as text, short records padded with nulls; what `how` leaves open is found out.

    `row` is the physical line a record begins on, also after blank lines and quoted line breaks. Everything odd is a
    remark. SopError with the line for a byte outside a declared encoding, for what is no text or no table, and for a
    file that changes while it is read.
    """
    with opened(extract) as file:
        size = file.seek(0, SEEK_END)
        file.seek(0)
        if size < _BIG:
            raw = file.read()
            _refuse_changed(extract, size, len(raw))
            yield parse(raw, extract.name, how)
        else:
            yield from read_big(file, size, extract.name, how, parse)
            _refuse_changed(extract, size, file.tell())


def parse(raw: bytes, name: str, how: How) -> Grid:
    """The same for the content of the file called `name`."""
    written = find_encoding(raw, name, how.encoding)
    text = decode(raw, written, name)
    if not text.strip():
        raise SopError("the file is empty", hint="export it again", file=name)
    refuse_markup(text, name)
    text, told = unwrapped(text, how.delimiter) if how.quote is None else (text, [])
    possible = verdicts(_sample(text), written.encoding, how)
    grid = parse_page(in_lines(text, possible[0].dialect), name, written, possible).grid
    return replace(grid, remarks=(*told, *grid.remarks)) if told else grid


def _refuse_changed(extract: Extract, size: int, read: int) -> None:
    """A file that is still being written, or replaced, would be read in part."""
    if read != size:
        raise SopError(
            f"the file became {'shorter' if read < size else 'longer'} while it was read",
            hint="wait until the export is finished, and run again",
            file=extract.name,
        )


def _sample(text: str) -> str:
    if len(text) <= _HEAD + 2 * _PART:
        return text
    middle = len(text) // 2
    parts = [text[:_HEAD], text[middle : middle + _PART], text[-_PART:]]
    # All but the first begin within a line, all but the last end within one.
    parts = [part if at == 0 else re.sub(r"\A[^\r\n]*(?:[\r\n]+|\Z)", "", part) for at, part in enumerate(parts)]
    ends = [max(part.rfind("\n"), part.removesuffix("\r").rfind("\r")) + 1 for part in parts[:2]]
    return "".join([*(part[:end] for part, end in zip(parts[:2], ends, strict=True)), parts[2]])
