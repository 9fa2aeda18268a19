"""Big text files: what they are like is told by parts of them, then they are read page by page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from sop_cli.read.how import How
from sop_cli.read.text.dialect import verdicts
from sop_cli.read.text.encoding import Written, as_declared, decode, find_encoding, find_letters, turned
from sop_cli.read.text.line_ends import cr_ends_lines
from sop_cli.read.text.markup import refuse_markup
from sop_cli.read.text.page import LONGEST, Page, Parsed, parse_page, too_long
from sop_cli.read.text.pages import PAGE, can_cut, can_page, read_pages
from sop_cli.schemas.grid import Grid

_HEAD, _PART = 400_000, 60_000  # bytes of the sample: from the start, and from the middle and the end each

# Reads a file in one piece.
Whole = Callable[[bytes, str, How], Grid]


def read_big(file: IO[bytes], size: int, name: str, how: How, whole: Whole, page_size: int = PAGE) -> Iterator[Grid]:
    """The pages of a file of `size` bytes; one page, read by `whole`, where its dialect allows no cuts."""
    head = file.read(_HEAD)
    file.seek(0)
    if not can_cut(find_encoding(head, name, how.encoding).encoding):
        yield whole(file.read(), name, how)
        return
    sample = _sample(file, size, name)
    file.seek(0)
    written = find_encoding(sample, name, how.encoding)
    text = decode(sample, written, name)
    refuse_markup(text, name)
    possible = verdicts(text, written.encoding, how)
    dialect = possible[0].dialect
    if not can_page(dialect):
        yield whole(file.read(), name, how)
        return
    letters = _Letters(name, written, sample)
    first: list[Parsed] = []

    def careful(block: bytes, page: Page) -> Parsed:
        text, here = letters.read(block, page.line)
        if first:
            return parse_page(text, name, here, possible[:1], replace(page, usual=first[0].usual.of_other_pages()))
        first.append(parse_page(text, name, here, possible, page))
        return first[0]

    def cr(block: bytes) -> bool:
        return cr_ends_lines(block.decode(dialect.encoding, "replace"), dialect)

    yield from read_pages(file, name, dialect, careful, cr, page_size)


class _Letters:
    """Reads the letters of one page after the other; what was found out on one holds for those after it."""

    def __init__(self, name: str, written: Written, sample: bytes) -> None:
        self._name, self._written = name, written
        self._marked = written.encoding == "utf-8-sig"
        self._old = written.other if written.encoding.startswith("utf-8") else written.encoding
        self._before = None if sample.isascii() else written.encoding.removesuffix("-sig")
        self._told = False

    def read(self, block: bytes, line: int) -> tuple[str, Written]:
        """The text of a page, and how it is written."""
        if self._written.declared:
            here = as_declared(block, self._written.encoding)
        elif block.isascii():
            # A page that is regular goes by without a word, so what the sample shows is told at once.
            here = replace(self._written, strays=0, other=None, sure=self._written.sure or self._told)
            self._told = self._told or not self._written.sure
        else:
            here = self._compared(block)
        text = decode(block, here, self._name, line)
        return text.removeprefix("\ufeff") if line == 1 else text, here

    def _compared(self, block: bytes) -> Written:
        """How a page is written that has letters; told once are that this is a guess, and that it changes."""
        before = self._before
        here = find_letters(block, self._old, marked=self._marked or before == "utf-8")
        here = replace(here, encoding=here.encoding.removesuffix("-sig"))
        self._before = here.encoding
        self._old = here.other or (self._old if here.encoding == "utf-8" else here.encoding)
        if here.encoding == "utf-8" and not here.strays and before not in (None, "utf-8"):
            return turned(block, here, before)
        told, self._told = self._told, self._told or not here.sure
        return replace(here, sure=here.sure or told)


def _sample(file: IO[bytes], size: int, name: str) -> bytes:
    if size <= _HEAD + 2 * _PART:
        return file.read()
    parts = []
    for start, length in ((0, _HEAD), (size // 2, _PART), (size - _PART, _PART)):
        file.seek(start)
        part = file.read(length)
        if b"\n" not in part and b"\r" not in part:
            part += file.readline(LONGEST) + file.read(length)
        if len(part) >= LONGEST:
            raise too_long(name, None)
        parts.append(_whole_lines(part, first=start == 0, last=file.tell() == size))
    return b"".join(parts)


def _whole_lines(part: bytes, *, first: bool, last: bool) -> bytes:
    """The lines that begin and end within a part of a file, which may be its first or its last."""
    begin = 0 if first else _after_line_end(part)
    part = part if last else part.removesuffix(b"\r")  # it may be the half of a line end
    return part[begin:] if last else part[begin : max(part.rfind(b"\n"), part.rfind(b"\r")) + 1]


def _after_line_end(part: bytes) -> int:
    found = re.search(rb"[\r\n]+", part)
    return found.end() if found else len(part)
