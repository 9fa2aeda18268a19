"""What kind of workbook a file is, told by its content, and what is read of each kind."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import polars as pl

from sop_cli.read.book.marks import Marks
from sop_cli.schemas.grid import Defect

Visibility = Literal["visible", "hidden", "very hidden"]
MOST_CELLS = 30_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Entry:
    """A sheet as the workbook's index has it: only sheets of cells, no charts, no macros."""

    name: str
    visibility: Visibility
    part: str = ""  # where it is within the file


@dataclass(frozen=True)
class Contents:
    """One sheet: its cells as texts, without row numbers: the first row is row 1 of the sheet."""

    entry: Entry
    cells: pl.DataFrame
    numeric: pl.DataFrame
    defects: tuple[Defect, ...]
    marks: Marks
    no_dates: tuple[tuple[int, int, str], ...] = ()  # row, column and text of numbers that have the format of a date

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return int(self.cells.select(pl.sum_horizontal(pl.all().count())).item()) if self.cells.width else 0


class Book(Protocol):
    """One kind of workbook."""

    entries: tuple[Entry, ...]
    since_1904: bool  # days without a date format count from 1904

    def read(self, entry: Entry) -> Contents:
        """One sheet; TooLargeError before too many cells are made."""


class TooLargeError(Exception):
    """A sheet reaches so far that its cells, blank ones included, would be too many."""

    def __init__(self, sheet: str, rows: int, columns: int) -> None:
        super().__init__()
        self.sheet, self.rows, self.columns = sheet, rows, columns


class DamagedError(Exception):
    """The file is not what its kind of workbook must be; the text says why."""


def refuse_too_large(sheet: str, rows: int, columns: int) -> None:
    """TooLargeError if so many rows and columns are more than may be read."""
    if rows * columns > MOST_CELLS:
        raise TooLargeError(sheet, rows, columns)


def kind_of(path: Path) -> Literal["xml", "binary", "open document", "old"] | None:
    """Which kind of workbook the file is, whatever it is called; None if it is none."""
    with path.open("rb") as file:
        start = file.read(8)
    if start == OLE:
        return "old"
    if not start.startswith(b"PK") or not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = {spelled(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "xl/workbook.bin" in names:
        return "binary"
    if "[content_types].xml" in names and any(name.rpartition("/")[2].startswith("workbook") for name in names):
        return "xml"
    return "open document" if {"content.xml", "mimetype"} <= names else None


def spelled(part: str) -> str:
    """The name of a part of a zip archive, however a program spelt it."""
    return part.replace("\\", "/").lstrip("/").lower()
