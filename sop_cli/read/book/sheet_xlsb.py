"""Binary .xlsb workbooks: errors, codes, merged and hidden parts, found in their records."""

import struct
from collections.abc import Collection, Iterator, Mapping

from sop_cli.read.book.book import Visibility
from sop_cli.read.book.calamine_texts import Beside, rk_number
from sop_cli.read.book.marks import ERRORS, Marks, error_defect
from sop_cli.read.book.number_format import Format, meaning

_ROW, _BLANK, _COLUMNS, _MERGED, _FILTERED = 0, 1, 60, 176, 163
_RK = 2
_NUMBERS = (_RK, 5, 9)  # short, long, of a formula
_DOUBLE = struct.Struct("<d").unpack_from
_ERRORS = (3, 11)
_CELLS = (*range(2, 12), 62)
_FORMAT, _STYLE, _STYLES, _STYLES_END, _SHEET, _ABOUT = 44, 47, 617, 618, 156, 153
_VISIBILITY: tuple[Visibility, ...] = ("visible", "hidden", "very hidden")


def sheet_beside(part: bytes, formats: Mapping[int, Format]) -> Beside:
    """What a sheet tells beside its values; `formats` are those of dates and codes by cell style."""
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
            elif kind in _NUMBERS and (meant := formats.get(style & 0xFFFFFF)):
                found.number(row, column, rk_number(body[8:12]) if kind == _RK else _DOUBLE(body, 8)[0], meant)
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


def number_formats(part: bytes) -> dict[int, Format]:
    """The formats of dates and codes of the workbook by the number of their cell style."""
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
    meanings = ((style, meaning(number, codes.get(number))) for style, number in enumerate(styles))
    return {style: meant for style, meant in meanings if meant}


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


def without_other_sheets(part: bytes, names: Collection[str]) -> bytes:
    """The workbook's index with those sheets alone."""
    kept, begin = b"", 0
    for kind, body, end in _records_and_ends(part):
        if kind != _SHEET or _text(body, _text(body, 8)[1])[0] in names:
            kept += part[begin:end]
        begin = end
    return kept


def _text(body: bytes, at: int) -> tuple[str, int]:
    """The text that begins there, and where it ends."""
    count = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + (0 if count == 0xFFFFFFFF else count * 2)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    for kind, body, _ in _records_and_ends(part):
        yield kind, body


def _records_and_ends(part: bytes) -> Iterator[tuple[int, bytes, int]]:
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
        yield kind, part[at : at + size], at + size
        at += size
