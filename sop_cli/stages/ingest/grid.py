"""What ingest needs of a file that was read: its cells as text, and where they stand."""

from typing import Protocol

import polars as pl


class Defect(Protocol):
    """A workbook cell that holds no value: an error, or a formula nobody calculated."""

    @property
    def row(self) -> int: ...
    @property
    def column_index(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def message(self) -> str: ...


class Grid(Protocol):
    """One sheet or text file, as `read` hands it over; stages do not import rooms beside them.

    `cells` has `row` (from 1, as the file shows it) and String columns "0", "1", ...; empty is null.
    `numeric`, where there is one, is true for cells that a workbook holds as numbers.
    """

    @property
    def file(self) -> str: ...
    @property
    def sheet(self) -> str | None: ...
    @property
    def cells(self) -> pl.DataFrame: ...
    @property
    def defects(self) -> tuple[Defect, ...]: ...
    @property
    def numeric(self) -> pl.DataFrame | None: ...
