"""What the columns of a file are called: by their header, or by their place where they have none."""

import re
from dataclasses import dataclass

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.table.table import Found

_BY_PLACE = re.compile(r"column (\d{1,5}|[A-Za-z]{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where the header of a table stands; without one, its first record."""

    file: str
    sheet: str | None
    line: int | None


def header_texts(grid: Grid, found: Found) -> dict[str, str]:
    """Cell column: header text, or the column's place where it has values but no header."""
    records = found.records(grid)
    texts = {at: " ".join(text.split()) for at, text in found.headers.items()}
    place = Place(grid.file, grid.sheet, None)
    return {at: text or place_of(at, place) for at, text in texts.items() if text or not records[at].is_null().all()}


def beside(grid: Grid, found: Found) -> list[str]:
    """Texts that stand beside the table: those above its header, the name of the sheet and of the file."""
    first = found.header_rows[0] if found.header_rows else found.begins
    above = grid.cells.filter(pl.col("row") < first).drop("row")
    titles = [text for texts in above.rows() for text in texts if text]
    return [*titles, grid.sheet or "", grid.file.rpartition("/")[2]]


def place_of(at: str, place: Place) -> str:
    """A column named by its place: by letters in a sheet, by its number in a text file."""
    return f"column {_letters(int(at))}" if place.sheet else f"column {int(at) + 1}"


def at_place(name: str) -> str | None:
    """The cell column that a name such as `column E` or `column 5` means."""
    found = _BY_PLACE.fullmatch(name.strip())
    if found is None:
        return None
    if found[1].isdigit():
        return str(int(found[1]) - 1)
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return str(number - 1)


def _letters(at: int) -> str:
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
