"""Big text files page by page: what is regular is read at full speed, and proved to be regular on the way."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import IO

import polars as pl

from sop_cli.read.text.mixed import may_hold_utf_8
from sop_cli.read.text.page import Page, Parsed
from sop_cli.schemas.grid import Dialect, Grid

PAGE = 16 << 20  # bytes of a page; a few of them are in memory at a time
FIRST = 2 << 20  # bytes of the first page, which is always read with every care
_AHEAD = 2  # pages read in advance: to find out how the file is written takes as long as to read some
_LONGEST, _LONGEST_CHARS = 5_000, 1 << 20  # lines and characters of a record
_WIDEST = 256 << 20  # bytes of a line; one that is cut there has more characters than any may have
_SLICE = 1 << 17  # bytes that are counted at once: they fit the processor's cache
_TABLE_ENCODINGS = ("utf-8", "utf-8-sig", "ascii")  # UTF-8 as it is; other one-byte encodings are decoded page by page
_BLANKS = (9, 11, 12, 32)
_WIDE_BLANKS = (b"\xc2\x85", b"\xc2\xa0", b"\xe1\x9a\x80", b"\xe2\x80", b"\xe2\x81\x9f", b"\xe3\x80\x80")  # of UTF-8

# Reads with every care the records that begin on a page, given the bytes of it and of the lines behind it.
Careful = Callable[[bytes, Page], Parsed]


def can_page(dialect: Dialect) -> bool:
    """Whether a file of this dialect can be cut into blocks of whole records: every sign that matters is one byte."""
    return (
        dialect.delimiter is not None
        and len(dialect.delimiter.encode()) == 1
        and dialect.quote in (None, '"')
        and dialect.escape in (None, '"')
        and dialect.newline in ("\n", "\r\n")
        and can_cut(dialect.encoding)
    )


def can_cut(encoding: str) -> bool:
    """Whether a byte that ends a line does nothing else in this encoding."""
    return encoding in _TABLE_ENCODINGS or _one_byte(encoding)


def read_pages(
    file: IO[bytes],
    name: str,
    dialect: Dialect,
    careful: Careful,
    cr_ends_lines: Callable[[bytes], bool],
    size: int = PAGE,
) -> Iterator[Grid]:
    """The pages of a text file in the order of its lines, with the columns of the first one.

    The next pages are read while one is worked on. A block of lines is read by polars if it is regular: as many
    fields in every record as the first page has columns, each quote at the beginning or the end of its field, no line
    break within one. Any other block goes to `careful`, which tells what is odd about it. The first block with a CR
    alone decides whether such ends a line (`cr_ends_lines`).
    """
    pages = _pages(_Lines(file, cr_ends_lines), name, dialect, careful, size)
    with ThreadPoolExecutor(1) as reader:
        coming = deque(reader.submit(next, pages, None) for _ in range(_AHEAD))
        while page := coming.popleft().result():
            coming.append(reader.submit(next, pages, None))
            yield page


def _pages(lines: "_Lines", name: str, dialect: Dialect, careful: Careful, size: int) -> Iterator[Grid]:
    line, width = 1, 0
    while block := lines.block(size if width else min(FIRST, size)):
        page = _regular(block, line, width, name, dialect) if width else None
        if page is None:
            page, used = _with_care(block, line, lines, dialect, careful)
            page = _widened(page, width)
        else:
            used = page.cells.height
        width = width or page.cells.width - 1
        line += used
        yield page


def _with_care(block: bytes, line: int, lines: "_Lines", dialect: Dialect, careful: Careful) -> tuple[Grid, int]:
    """The records that begin in the block, and how many lines they take; the last one may end far below.

    Whether a quote is closed is only known when as many lines are looked at as a record may have. What the last record
    does not take of them is put back.
    """
    own = block.count(b"\n")
    behind = lines.behind() if dialect.quote and b'"' in block else b""
    page = Page(line, own, more=bool(behind) or lines.more())
    parsed = careful(block + behind, page)
    end = 0
    for _ in range(parsed.lines - own):
        end = behind.find(b"\n", end) + 1
    lines.put_back(behind[end:])
    return parsed.grid, parsed.lines


class _Lines:
    """The lines of a file in blocks; LF is at the end of each."""

    def __init__(self, file: IO[bytes], cr_ends_lines: Callable[[bytes], bool]) -> None:
        self._file, self._judge = file, cr_ends_lines
        self._cr_ends_lines: bool | None = None
        self._back = b""

    def block(self, wanted: int) -> bytes:
        """The next lines, of so many bytes or a few more; nothing at the end of the file."""
        block, self._back = self._back, b""
        if len(block) < wanted:
            return block + self._read(wanted - len(block))
        end = block.find(b"\n", wanted - 1) + 1
        self._back = block[end:]
        return block[:end]

    def behind(self) -> bytes:
        """As many of the next lines as one record may have."""
        found = b""
        while len(found) < 4 * _LONGEST_CHARS and found.count(b"\n") < _LONGEST and (block := self.block(1 << 19)):
            found += block
        return found

    def more(self) -> bool:
        """Whether there are more lines."""
        self._back = self._back or self._read(1)
        return bool(self._back)

    def put_back(self, lines: bytes) -> None:
        """These lines come next."""
        self._back = lines + self._back

    def _read(self, wanted: int) -> bytes:
        start = self._file.tell()
        self._file.seek(start + wanted)
        rest = len(self._file.readline(_WIDEST))
        self._file.seek(start)
        block = self._file.read(wanted + rest)  # at once, for to join two parts takes longer than to read them
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n")
            if b"\r" in block:
                if self._cr_ends_lines is None:
                    self._cr_ends_lines = self._judge(block)
                block = block.replace(b"\r", b"\n") if self._cr_ends_lines else block
        return block if not block or block.endswith(b"\n") else block + b"\n"


def _regular(block: bytes, line: int, width: int, name: str, dialect: Dialect) -> Grid | None:
    """The page, or None if the block is not regular."""
    if dialect.encoding not in _TABLE_ENCODINGS:
        if may_hold_utf_8(block):
            return None
        block = block.decode(dialect.encoding, "replace").encode()
    if b"\0" in block or b"\r" in block or width < 2:
        return None
    columns = [str(at) for at in range(width)]
    delimiter, quoted = ord(dialect.delimiter or ","), dialect.quote is not None and b'"' in block
    if quoted and not _quotes_enclose_fields(block, delimiter):
        return None
    try:
        cells = pl.read_csv(
            block,
            has_header=False,
            schema=dict.fromkeys(columns, pl.String()),
            infer_schema=False,
            separator=chr(delimiter),
            quote_char='"' if quoted else None,
        )
    except pl.exceptions.PolarsError:  # more fields than columns, or bytes that are no UTF-8
        return None
    lines = _count(block, ord("\n"))
    if cells.height != lines:  # a line break within a field
        return None
    # Polars fills up a record that is too short, so where the last field is empty the delimiters are counted.
    if cells[columns[-1]].null_count() and _delimiters(block, delimiter, quoted) != lines * (width - 1):
        return None
    if quoted and b'""' in block:  # two quotes with nothing between them are an empty field
        cells = cells.select(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in columns)
    rows = pl.int_range(line, line + lines, dtype=pl.Int64, eager=True).alias("row")
    tidy, may_guard = not _loose(block, delimiter), b'"' in block and b'="' in block  # a byte is found sooner than two
    return Grid(name, None, cells.insert_column(0, rows), dialect=dialect, may_guard=may_guard, tidy=tidy)


def _quotes_enclose_fields(block: bytes, delimiter: int) -> bool:
    """Whether each quote stands at the beginning or the end of its field, or beside another one."""
    import numpy as np  # big files alone need it

    signs = np.frombuffer(b"\n" + block, np.uint8)
    quotes = np.flatnonzero(signs == ord('"'))
    if quotes.size % 2:
        return False
    apart = (delimiter, ord("\n"), ord('"'))
    return bool(np.isin(signs[quotes[::2] - 1], apart).all() and np.isin(signs[quotes[1::2] + 1], apart).all())


def _delimiters(block: bytes, delimiter: int, quoted: bool) -> int:
    """How many delimiters stand outside quotes."""
    import numpy as np

    if not quoted:
        return _count(block, delimiter)
    signs = np.frombuffer(block, np.uint8)
    within = np.bitwise_xor.accumulate((signs == ord('"')).view(np.uint8)).view(bool)
    return int(np.count_nonzero((signs == delimiter) & ~within))


def _count(block: bytes, sign: int) -> int:
    """How often a byte that is frequent stands in the block."""
    import numpy as np

    signs = np.frombuffer(block, np.uint8)
    return sum(int(np.count_nonzero(signs[at : at + _SLICE] == sign)) for at in range(0, signs.size, _SLICE))


def _loose(block: bytes, delimiter: int) -> bool:
    """Whether some field may begin or end with a blank."""
    import numpy as np

    if not block.isascii() and any(blank in block for blank in _WIDE_BLANKS):
        return True
    blanks = [blank for blank in _BLANKS if blank != delimiter and bytes([blank]) in block]
    if not blanks:
        return False
    signs = np.frombuffer(b"\n" + block, np.uint8)
    for at in range(0, signs.size, _SLICE):
        part = signs[at : at + _SLICE + 1]
        blank = np.isin(part, blanks)
        if not blank.any():
            continue
        edge = (part == delimiter) | (part == ord("\n")) | (part == ord('"'))
        if (blank[1:] & edge[:-1]).any() or (blank[:-1] & edge[1:]).any():
            return True
    return False


def _widened(page: Grid, width: int) -> Grid:
    """The page with at least `width` columns."""
    missing = range(page.cells.width - 1, width)
    if not missing:
        return page
    cells = page.cells.with_columns(pl.lit(None, pl.String).alias(str(at)) for at in missing)
    return replace(page, cells=cells)


def _one_byte(encoding: str) -> bool:
    """Whether every byte of the encoding is one sign, and those of ASCII mean what they mean there."""
    try:
        return (
            len(bytes(range(256)).decode(encoding, "replace")) == 256 and bytes(range(128)).decode(encoding).isascii()
        )
    except LookupError:
        return False
