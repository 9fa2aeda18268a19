"""Open Document .ods workbooks: errors, codes, merged and hidden parts of every sheet, found in its XML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sop_cli.read.book.book import refuse_too_large
from sop_cli.read.book.calamine_texts import Beside
from sop_cli.read.book.marks import Marks, error_defect, formula_defect
from sop_cli.read.book.safe_xml import local, walker
from sop_cli.read.book.styles_ods import Styles

_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|NAME\?|VALUE!|NUM!|NULL!)|Err:[0-9]{3}")
_HIDDEN = ("collapse", "filter")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


def sheets_beside(content: bytes, styles: bytes) -> list[Beside]:
    """What every sheet tells beside its values, in their order; DoctypeError, ExpatError as for any XML."""
    walk = _Walk()
    for xml in (styles, content):
        parser = walker()
        parser.StartElementHandler = walk.start
        parser.EndElementHandler = walk.end
        parser.CharacterDataHandler = walk.text
        if xml:
            parser.Parse(xml, True)
    return walk.sheets


@dataclass
class _Table:
    name: str
    beside: Beside = field(default_factory=Beside)
    row: int = 0  # the last row before the one that is open
    repeated: int = 1  # how often the open row is repeated
    row_style: str = ""
    column: int = 0
    width: int = 0  # columns declared so far
    column_styles: list[tuple[int, str]] = field(default_factory=list)  # the column after the last, and its style
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    filtered: bool = False

    def style(self, column: int) -> str:
        return next((style for beyond, style in self.column_styles if column < beyond), "")


class _Walk:
    def __init__(self) -> None:
        self.sheets: list[Beside] = []
        self._styles = Styles()
        self._tables: list[_Table] = []  # the sheet that is open, and tables within its cells
        self._cell: Mapping[str, str] | None = None
        self._text: list[str] = []
        self._noted = False  # within a comment, whose words are not the cell's

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = local(name)
        said = {local(key): value for key, value in attributes.items()}
        if kind == "table":
            self._tables.append(_Table(said.get("name", "")))
        elif not self._tables:
            self._styles.start(kind, said)
        elif kind == "table-column":
            self._columns(self._tables[-1], said)
        elif kind == "table-row":
            table = self._tables[-1]
            table.repeated, table.row_style = (
                _count(said, "number-rows-repeated"),
                said.get("default-cell-style-name", ""),
            )
            table.column = 0
            if said.get("visibility") in _HIDDEN:
                last = min(table.row + table.repeated, _MOST_ROWS)
                table.hidden_rows.update(range(table.row + 1, last + 1))
                table.filtered = table.filtered or said["visibility"] == "filter"
        elif kind in ("table-cell", "covered-table-cell") and len(self._tables) == 1:
            self._cell, self._text = said, []
        elif kind == "annotation":
            self._noted = True

    def end(self, name: str) -> None:
        kind = local(name)
        if kind == "table" and self._tables:
            table = self._tables.pop()
            if not self._tables:
                hidden = frozenset(table.hidden_rows), frozenset(table.hidden_columns)
                table.beside.marks = Marks(tuple(table.merged), *hidden, table.filtered)
                self.sheets.append(table.beside)
        elif not self._tables:
            self._styles.end(kind)
        elif kind == "table-row":
            self._tables[-1].row += self._tables[-1].repeated
        elif kind in ("table-cell", "covered-table-cell") and self._cell is not None and len(self._tables) == 1:
            self._finish(self._tables[0], self._cell)
            self._cell = None
        elif kind == "annotation":
            self._noted = False

    def text(self, text: str) -> None:
        if not self._tables:
            self._styles.text(text)
        elif self._cell is not None and not self._noted:
            self._text.append(text)

    @staticmethod
    def _columns(table: _Table, said: Mapping[str, str]) -> None:
        last = min(table.width + _count(said, "number-columns-repeated"), _MOST_COLUMNS)
        if said.get("visibility") in _HIDDEN:
            table.hidden_columns.update(range(table.width, last))
        table.width = last
        table.column_styles.append((last, said.get("default-cell-style-name", "")))

    def _finish(self, table: _Table, cell: Mapping[str, str]) -> None:
        """A cell closes; one that is repeated stands in as many columns, and in every repetition of its row."""
        text, kind, formula = "".join(self._text).strip(), cell.get("value-type"), cell.get("formula")
        first, row, repeated = table.column, table.row + 1, _count(cell, "number-columns-repeated")
        table.column += repeated
        if not (text or kind or formula):
            return
        table.beside.reach(row + table.repeated - 1, table.column - 1)
        refuse_too_large(table.name, table.beside.rows, table.beside.columns)
        spans = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if spans != (1, 1):
            table.merged.append((row, first, row + spans[0] - 1, first + spans[1] - 1))
        error = kind == "error" or (formula and _ERROR.fullmatch(text))
        style = cell.get("style-name") or table.row_style or table.style(first)
        code = self._styles.code(style) if kind == "float" else None
        if not (error or code or (formula and not text and not kind)):
            return
        places = [(row + down, first + right) for down in range(table.repeated) for right in range(repeated)]
        for place in places:
            if error:
                table.beside.defects.append(error_defect(*place, text or "#ERROR"))
            elif code:
                table.beside.codes.append((*place, code))
            else:
                table.beside.defects.append(formula_defect(*place, (formula or "").partition(":=")[2] or formula or ""))


def _count(said: Mapping[str, str], name: str) -> int:
    """How often something is repeated or how far it reaches: once, where nothing is said."""
    number = said.get(name, "1")
    return max(int(number), 1) if number.isdecimal() and len(number) < 12 else 1
