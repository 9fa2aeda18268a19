"""Sheets of .xlsx workbooks written in whatever way: the same cells and marks, parsed element by element."""

import re
from collections.abc import Mapping

import polars as pl

from sop_cli.read.book.book import DamagedError
from sop_cli.read.book.marks import Marks, column_index, column_letters
from sop_cli.read.book.safe_xml import local, walker
from sop_cli.read.book.sheet_xml import RECORDS

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SOME_ADDRESS = re.compile(r"[A-Z]+[0-9]+")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_SHOWN = 20  # signs of an address
_TRUE = ("1", "true")


def walk_sheet(xml: bytes) -> tuple[pl.DataFrame, Marks]:
    """The cells of a sheet that are not blank, as RECORDS, and its marks. Cells without address follow one another.

    DoctypeError if the XML declares a document type, ExpatError if it is broken, DamagedError for rows and cells that
    no sheet can have.
    """
    walk = _Walk()
    parser = walker()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.Parse(xml, True)
    marks = Marks(
        merged=tuple(walk.merged),
        hidden_rows=frozenset(walk.hidden_rows),
        hidden_columns=frozenset(walk.hidden_columns),
        filtered=walk.filtered,
    )
    return pl.DataFrame(walk.cells, schema=RECORDS, orient="row"), marks


class _Walk:
    def __init__(self) -> None:
        self.cells: list[tuple[int, str, int, str | None, str | None, str | None]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False
        self._row, self._column = 0, -1
        self._cell: Mapping[str, str] = {}
        self._texts: dict[str, str] = {}  # formula, value and inline text of the cell that is open
        self._open: str | None = None
        self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match local(name):
            case "row":
                self._row = _row(attributes.get("r"), self._row + 1)
                self._column = -1
                if attributes.get("hidden") in _TRUE:
                    self.hidden_rows.add(self._row)
            case "c":
                self._begin(attributes)
            case "rPh":
                self._phonetic = True
            case "f" | "v" | "t" as part if not self._phonetic:
                self._open = part
                self._texts.setdefault(part, "")
            case "col" if attributes.get("hidden") in _TRUE:
                first, last = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 0)
                self.hidden_columns.update(range(first - 1, min(last, 16_384)))
            case "mergeCell":
                corners = [_ADDRESS.fullmatch(corner) for corner in attributes.get("ref", "").split(":")]
                places = [(int(found[2]), column_index(found[1].encode())) for found in corners if found]
                if len(places) == 2:
                    self.merged.append((*places[0], *places[1]))
            case "filterColumn":
                self.filtered = True

    def end(self, name: str) -> None:
        kind = local(name)
        if kind == "c":
            self._finish()
        elif kind == "rPh":
            self._phonetic = False
        elif kind == self._open:
            self._open = None

    def text(self, text: str) -> None:
        if self._open:
            self._texts[self._open] += text

    def _begin(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r", "")
        address = _ADDRESS.fullmatch(written)
        if address is None and _SOME_ADDRESS.fullmatch(written):
            raise DamagedError(f"it has a cell {written[:_SHOWN]}, which no sheet has")
        self._column += 1
        if address:
            self._row, self._column = int(address[2]), column_index(address[1].encode())
        self._cell, self._texts, self._open = attributes, {}, None

    def _finish(self) -> None:
        kind, formula = self._cell.get("t"), self._texts.get("f")
        inline, stored = self._texts.get("t"), self._texts.get("v")
        value = inline or stored if kind == "inlineStr" else stored
        if value or formula is not None or kind == "e":
            style = _whole(self._cell.get("s"), 0)
            self.cells.append((self._row, column_letters(self._column), style, kind, value or None, formula))


def _row(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if _ROW.fullmatch(text) is None:
        raise DamagedError(f"it has a row {text[:_SHOWN]!r}, which no sheet has")
    return int(text)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
