"""What a sheet says beside its values: what is hidden, merged or filtered."""

from dataclasses import dataclass

from sop_cli.schemas.grid import Defect


@dataclass(frozen=True)
class Marks:
    """Beside the values of one sheet; rows from 1, column indexes from 0."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False  # a filter is set: it, and nobody, hid the rows


def error_defect(row: int, column_index: int, text: str) -> Defect:
    """The defect of a cell that shows an error such as #N/A."""
    return Defect(row, column_index, text, f"the cell shows {text}")


def formula_defect(row: int, column_index: int, formula: str) -> Defect:
    """The defect of a cell whose formula has no stored value."""
    text = "=" + formula
    return Defect(row, column_index, text, f"the formula {text} was never calculated")


def column_index(letters: bytes) -> int:
    """The index from 0 of the column called A, B, ... XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def column_letters(index: int) -> str:
    """A, B, ... XFD for the column of that index, from 0."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # what binary workbooks store for what a cell shows
