"""How a table is declared: columns with kind, unit, description and the headers people use for them."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

# One exact type for every quantity, price and amount: sums are repeatable, and a product of two
# numbers with four decimals each stays exact. Float64 exists only inside forecast and solver.
EXACT = pl.Decimal(38, 8)

# Units of numbers that may be added up over records.
_ADDED_UP = ("uom", "base units", "currency", "hours", "base units or currency")

Kind = Literal["code", "text", "number", "date", "month"]

KINDS: dict[Kind, pl.DataType] = {
    "code": pl.String(),  # an identifier: kept to the letter, never read as a number
    "text": pl.String(),
    "number": EXACT,
    "date": pl.Date(),
    "month": pl.Date(),  # the first day of the month
}

# Born in read/, kept by every later table or named by its key.
PROVENANCE: dict[str, pl.DataType] = {
    "source": pl.String(),  # name of the source in the config
    "file": pl.String(),  # path as the config reaches it, with / between its parts
    "sheet": pl.String(),  # null for text files
    "row": pl.Int64(),  # physical line or sheet row, from 1
    "cell": pl.String(),  # header of the month column a wide value came from; null in long tables
}


@dataclass(frozen=True)
class Column:
    """One column of a canonical table."""

    name: str
    kind: Kind
    description: str
    unit: str = ""
    required: bool = False  # no value may be missing
    choices: tuple[str, ...] = ()  # the only values allowed, compared without case
    default: str | None = None  # what an absent or empty optional column means
    sign: Literal["any", "positive", "not negative"] = "any"  # what a number may be
    headers: tuple[str, ...] = ()  # headers people use, besides the name; compared without case
    instead: tuple[str, ...] = ()  # headers that stand for it only where none of those does: a delivery for an order

    @property
    def additive(self) -> bool:
        """Whether it holds quantities, money or hours, which add up; prices, rates and days do not."""
        return self.kind == "number" and self.unit in _ADDED_UP


@dataclass(frozen=True)
class Table:
    """One canonical table: its columns, and the key that makes a row unique."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    # The month column that must reach the as-of month for the extract to be of this cycle.
    current: str | None = None

    @property
    def additive(self) -> bool:
        """Whether records with the same key can be added up: all its numbers are additive, and it has some."""
        numbers = [column for column in self.columns if column.kind == "number"]
        return bool(numbers) and all(column.additive for column in numbers)

    def is_unit_of(self, name: str, number: Column) -> bool:
        """Whether our column `name`, `uom` or `currency`, says what `number` is counted in, and only it does."""
        said = name in number.unit or (name == "uom" and number.unit.startswith("base units or"))
        return said and any(column.name == name and column.default is None for column in self.columns)

    def column(self, name: str) -> Column:
        """The declaration of the column called `name`."""
        return next(column for column in self.columns if column.name == name)

    def schema(self) -> dict[str, pl.DataType]:
        """Column names and types of the typed table, provenance last."""
        return {column.name: KINDS[column.kind] for column in self.columns} | PROVENANCE
