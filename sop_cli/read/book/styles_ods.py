"""The cell styles of an .ods workbook that make codes of numbers."""

from collections.abc import Mapping

from sop_cli.read.book.number_format import CodeFormat

_NUMBER = "number-style"


class Styles:
    """Collects styles as they are met in the XML, names of elements and attributes without namespace."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeFormat] = {}  # by the name of the number's style
        self._cells: dict[str, tuple[str, str]] = {}  # number style and parent of each cell style
        self._open: str | None = None  # the number style that is open
        self._literal = ""
        self._pieces: list[tuple[str, int]] = []
        self._plain = True

    def start(self, kind: str, said: Mapping[str, str]) -> None:
        """An element opens."""
        if kind == "style" and said.get("family") == "table-cell":
            self._cells[said.get("name", "")] = (said.get("data-style-name", ""), said.get("parent-style-name", ""))
        elif kind == _NUMBER:
            self._open, self._literal, self._pieces, self._plain = said.get("name", ""), "", [], True
        elif self._open is not None and kind == "number":
            digits = said.get("min-integer-digits", "0")
            self._plain = digits.isdecimal() and said.get("decimal-places", "0") == "0" and "grouping" not in said
            self._pieces.append((self._literal, int(digits) if self._plain else 0))
            self._literal = ""
        elif self._open is not None and kind not in ("text", "text-properties"):
            self._plain = False  # embedded texts, conditions: not a plain code

    def text(self, text: str) -> None:
        """Words of a number style, before or after its digits."""
        if self._open is not None:
            self._literal += text

    def end(self, kind: str) -> None:
        """An element closes."""
        if kind == _NUMBER and self._open is not None:
            if self._plain and not self._literal and len(self._pieces) == 1 and 2 <= self._pieces[0][1] <= 30:
                self._codes[self._open] = CodeFormat(tuple(self._pieces))
            self._open = None

    def code(self, cell_style: str) -> CodeFormat | None:
        """The code format of a cell style, its own or its parent's."""
        for _ in range(8):
            number, parent = self._cells.get(cell_style, ("", ""))
            if number or not parent:
                return self._codes.get(number)
            cell_style = parent
        return None
