"""Old .xls workbooks: errors, codes and hidden parts, found in their records."""

import struct
from collections.abc import Iterator

from python_calamine import PasswordError

from sop_cli.read.book.calamine_texts import Beside, rk_number
from sop_cli.read.book.marks import ERRORS, Marks, error_defect, formula_defect
from sop_cli.read.book.number_format import meaning

_BIFF8 = 0x0600
_BOF, _EOF, _FORMAT, _XF, _BOUNDSHEET, _LOCKED = 0x0809, 0x000A, 0x041E, 0x00E0, 0x0085, 0x002F
_ROW, _COLINFO, _FILTERED, _DATES = 0x0208, 0x007D, 0x009B, 0x0022
_OPERATORS = (b"\x03", b"\x04", b"\x05", b"\x06", b"\x07")  # + - * / ^, as the last part of a formula
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205


class Records:
    """The stream of a workbook: sheets in the order of its index; PasswordError if it is encrypted."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._sheets: list[int] = []
        codes: dict[int, str] = {}
        styles: list[int] = []
        version = 0
        self.since_1904 = False
        for kind, body in _records(stream, 0):
            if kind == _BOF:
                version = version or struct.unpack_from("<H", body)[0]
            elif kind == _LOCKED:
                raise PasswordError
            elif kind == _FORMAT and len(body) > 3:
                codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], version)
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _DATES:
                self.since_1904 = body[:1] == b"\x01"
            elif kind == _BOUNDSHEET:
                self._sheets.append(struct.unpack_from("<I", body)[0])
        meanings = ((style, meaning(number, codes.get(number))) for style, number in enumerate(styles))
        self._formats = {style: meant for style, meant in meanings if meant}

    def beside(self, number: int) -> Beside:
        """What the sheet of that number, from 0, tells beside its values."""
        found = Beside()
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        filtered = False
        for kind, body in _records(self._stream, self._sheets[number]):
            if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
                hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
            elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
                first, last = struct.unpack_from("<HH", body)
                hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, _MULRK):
                self._cell(found, kind, body)
            filtered = filtered or kind == _FILTERED
        found.marks = Marks((), frozenset(hidden_rows), frozenset(hidden_columns), filtered)
        return found

    def _cell(self, found: Beside, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _MULRK:
            for at in range(4, len(body) - 7, 6):
                style, short = struct.unpack_from("<H4s", body, at)
                self._number(found, row, column + (at - 4) // 6, style, rk_number(short))
        elif kind == _BOOLERR and body[7]:
            found.defects.append(error_defect(row + 1, column, ERRORS.get(body[6], "#ERROR")))
        elif kind == _FORMULA and body[12:14] == b"\xff\xff":
            if body[6] == 2:
                found.defects.append(error_defect(row + 1, column, ERRORS.get(body[8], "#ERROR")))
            elif body[6] == 3 and _reckons(body):
                found.defects.append(formula_defect(row + 1, column, "…"))
        elif kind != _BOOLERR:
            number = rk_number(body[6:10]) if kind == _RK else struct.unpack_from("<d", body, 6)[0]
            self._number(found, row, column, style, number)

    def _number(self, found: Beside, row: int, column: int, style: int, number: float) -> None:
        if meant := self._formats.get(style):
            found.number(row + 1, column, number, meant)


def _reckons(body: bytes) -> bool:
    """Whether a formula ends in an operator of arithmetic. An empty text is never its result, but what a program
    stores that calculates nothing."""
    size = struct.unpack_from("<H", body, 20)[0]
    return body[22 : 22 + size][-1:] in _OPERATORS


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one sheet, or of the workbook's own part, from its first to its last; no charts within."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, body
        if depth <= 0:
            return
        at += 4 + size


def _text(body: bytes, version: int) -> str:
    if version < _BIFF8:
        return body[1 : 1 + body[0]].decode("cp1252", "replace")
    count, wide = struct.unpack_from("<HB", body)
    return body[3 : 3 + count * 2].decode("utf-16-le", "replace") if wide & 1 else body[3 : 3 + count].decode("latin-1")
