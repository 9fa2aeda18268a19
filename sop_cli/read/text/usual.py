"""What most records of a text file are like, by those that come first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import polars as pl

from sop_cli.read.text.cellkinds import kind_of

_LOOKED_AT = 200  # records
_TYPED, _FEWEST = 0.8, 5  # share of the filled cells of a column that are numbers or dates, and how many cells

Record = tuple[int, list[str]]  # its row, and its fields


@dataclass(frozen=True)
class Usual:
    """How many fields most records have, and the first of those that have as many."""

    width: int
    records: tuple[Record, ...]

    def kinds(self) -> list[set[str]]:
        """What kinds of cells stand in each column."""
        first = [fields for _, fields in self.records[:_LOOKED_AT]]
        return [{sort_of(fields[at]) for fields in first} for at in range(self.width)]

    def typed(self, first: int, last: int) -> dict[int, set[str]]:
        """The columns of numbers or dates, as the records before and behind those two rows say."""
        if not self.records or first > self.records[-1][0]:
            return self._typed_above
        return self._typed(first, last)

    @cached_property
    def _typed_above(self) -> dict[int, set[str]]:
        return self._typed(-1, -1)

    def _typed(self, first: int, last: int) -> dict[int, set[str]]:
        beside = [*islice((fields for row, fields in self.records if not first <= row <= last), _LOOKED_AT)]
        found = {}
        for at in range(self.width):
            kinds = [kind for fields in beside if (kind := sort_of(fields[at])) != "empty"]
            typed = [kind for kind in kinds if kind in ("number", "date", "time")]
            if len(kinds) >= _FEWEST and len(typed) >= _TYPED * len(kinds):
                found[at] = {*typed, "empty"}
        return found

    def of_other_pages(self) -> "Usual":
        """The same for pages in which these records do not stand."""
        return replace(self, records=tuple((0, fields) for _, fields in self.records))


def usual_of(records: pl.DataFrame) -> Usual:
    """What most of these records are like."""
    width = common_width(records)
    first = records.filter(pl.col("fields").list.len() == width).head(2 * _LOOKED_AT).select("row", "fields")
    return Usual(width, tuple(first.iter_rows()))


def common_width(records: pl.DataFrame) -> int:
    """How many fields most records have that are not blank."""
    widths = records.select(width=pl.col("fields").list.len(), first=pl.col("fields").list.get(0, null_on_oob=True))
    counts = widths.filter((pl.col("width") > 1) | (pl.col("first").str.strip_chars() != ""))["width"].value_counts()
    return int(counts.sort("count", "width", descending=True)["width"][0]) if counts.height else 1


def sort_of(text: str) -> str:
    """The kind of a cell, where words, codes and all that is neither number nor date are one kind."""
    kind = kind_of(text.strip())[0]
    return kind if kind in ("empty", "number", "date", "time", "url") else "words"


def fits(fields: Sequence[str], width: int, typed: dict[int, set[str]]) -> bool:
    """Whether the fields can be a record: as many as usual, and numbers where numbers stand; quotes may be wrong."""
    return len(fields) == width and all(
        sort_of(fields[at].strip().strip("\"'")) in kinds for at, kinds in typed.items()
    )
