"""Binary .xlsb workbooks: errors, codes, merged and hidden parts, found in their records."""

import struct
from collections.abc import Iterator, Mapping

from sop_cli.read.book.book import Visibility
from sop_cli.read.book.calamine_texts import Beside
from sop_cli.read.book.marks import ERRORS, Marks, error_defect
from sop_cli.read.book.number_format import CodeFormat, meaning

_ROW, _BLANK, _COLUMNS, _MERGED, _FILTERED = 0, 1, 60, 176, 163
_NUMBERS = (2, 5, 9)  # short, long, of a formula
_ERRORS = (3, 11)
_CELLS = (*range(2, 12), 62)
_FORMAT, _STYLE, _STYLES, _STYLES_END, _SHEET, _ABOUT = 44, 47, 617, 618, 156, 153
_VISIBILITY: tuple[Visibility, ...] = ("visible", "hidden", "very hidden")


def sheet_beside(part: bytes, codes: Mapping[int, CodeFormat]) -> Beside:
    """What a sheet tells beside its values; `codes` are the code formats by the number of their cell style."""
    found = Beside()
    merged: list[tuple[int, int, int, int]] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    filtered = False
    row = 0
    for kind, body in _records(part):
        if kind in _CELLS:
            column, style = struct.unpack_from("<II", body)
            found.reach(row, column)
            if kind in _ERRORS:
                found.defects.append(error_defect(row, column, ERRORS.get(body[8], "#ERROR")))
            elif kind in _NUMBERS and (code := codes.get(style & 0xFFFFFF)):
                found.codes.append((row, column, code))
        elif kind == _ROW:
            row = struct.unpack_from("<I", body)[0] + 1
            if body[11] & 0x10:
                hidden_rows.add(row)
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 16)[0] & 1:
            first, last = struct.unpack_from("<II", body)
            hidden_columns.update(range(first, min(last, 16_383) + 1))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            merged.append((top + 1, left, bottom + 1, right))
        filtered = filtered or kind == _FILTERED
    found.marks = Marks(tuple(merged), frozenset(hidden_rows), frozenset(hidden_columns), filtered)
    return found


def code_styles(part: bytes) -> dict[int, CodeFormat]:
    """The code formats of the workbook by the number of their cell style."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    of_cells = False
    for kind, body in _records(part):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif kind in (_STYLES, _STYLES_END):
            of_cells = kind == _STYLES
        elif kind == _STYLE and of_cells:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    meant = ((style, meaning(number, codes.get(number))) for style, number in enumerate(styles))
    return {style: code for style, code in meant if isinstance(code, CodeFormat)}


def sheet_links(part: bytes) -> Iterator[tuple[str, Visibility, str]]:
    """The name, the visibility and the link of every sheet in the workbook's index."""
    for kind, body in _records(part):
        if kind == _SHEET:
            state = struct.unpack_from("<I", body)[0]
            link, at = _text(body, 8)
            yield _text(body, at)[0], _VISIBILITY[min(state, 2)], link


def since_1904(part: bytes) -> bool:
    """Whether the workbook with that index counts days from 1904."""
    return any(kind == _ABOUT and body[:1] and body[0] & 1 for kind, body in _records(part))


def _text(body: bytes, at: int) -> tuple[str, int]:
    """The text that begins there, and where it ends."""
    count = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + (0 if count == 0xFFFFFFFF else count * 2)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift == 28:
                break
        yield kind, part[at : at + size]
        at += size
