"""A drafted config before it is written: sources with their confidence, guesses with their reasons, what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sop_cli.schemas.column import Table
from sop_cli.schemas.looked import Looked

Confidence = Literal["certain", "likely", "unsure"]
How = Literal["known header", "nearly", "by its values", "one of two"]


@dataclass(frozen=True)
class Fact:
    """A value and where it comes from."""

    value: str
    reason: str


@dataclass(frozen=True)
class Taken:
    """One of our columns and the headers it is read from."""

    column: str
    headers: tuple[str, ...]
    how: How
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A table that a file could be, and how."""

    table: Table
    score: float
    taken: tuple[Taken, ...]
    across: tuple[str, str] | None = None  # our month and our number, where months run across
    constants: Mapping[str, Fact] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scale: Mapping[str, Fact] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    months: Fact | None = None  # how they are written, where that is not found out or one of several is meant
    join: Fact | None = None  # what stands between the parts of a column that is put together
    year: Fact | None = None  # of months that name none, where it is named nowhere else
    missing: tuple[str, ...] = ()  # required columns
    # Those of them that are there, and whose words are mostly none of ours: theirs, and ours where it is known.
    unmapped: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()  # headers
    doubts: tuple[str, ...] = ()
    named: str | None = None  # the name of file or sheet that speaks of the table

    @property
    def guesses(self) -> int:
        """Columns taken otherwise than by a known header."""
        return sum(taken.how != "known header" for taken in self.taken)


@dataclass(frozen=True)
class DraftSource:
    """One source of the draft."""

    name: str
    files: tuple[str, ...]  # patterns
    sheet: str | None  # where the workbook has others
    found: Candidate
    confidence: Confidence
    reasons: tuple[str, ...]
    active: bool  # False: something is missing, so it only stands there as a comment
    members: tuple[Looked, ...]
    decimal: Fact | None = None  # the sign, where the file does not prove it
    later_counts: bool = False  # of records that stand in several files the later one counts


@dataclass(frozen=True)
class Account:
    """An account and what it is called."""

    code: str
    text: str
    negative: bool = False  # its amounts stand with a minus sign


@dataclass(frozen=True)
class Untold:
    """A file or sheet of which nobody knows which table it holds."""

    place: str
    why: str


@dataclass(frozen=True)
class Stray:
    """A record that says something has happened long after everything else, the first one of its file."""

    file: str
    row: int
    header: str
    text: str
    more: int  # records of the file that do so too

    @property
    def place(self) -> str:
        """Where it stands and what it says."""
        more = f", and {self.more} more" if self.more else ""
        return f"{self.file}, row {self.row}, {self.header}: {self.text}{more}"


@dataclass(frozen=True)
class Closed:
    """The cycle that follows the last closed month, and the records that deny it."""

    cycle: Fact
    strays: tuple[Stray, ...] = ()
    first: str | None = None  # the earliest month that anything has happened in


@dataclass(frozen=True)
class Draft:
    """What the config will say, and what is to be said about it."""

    sources: tuple[DraftSource, ...]
    untold: tuple[Untold, ...]
    currency: Fact
    fiscal_year_start: Fact
    cycle: Fact | None  # None where the files lie in folders named by their cycle
    ledger: Mapping[str, Sequence[Account]]  # our line: accounts that sound like it
    budgets: tuple[str, ...]  # versions of the budget
    unplaced: tuple[Account, ...] = ()  # accounts that sound like no line
    closed: Closed | None = None  # what the dates in the files say, wherever they lie

    @property
    def sure(self) -> list[DraftSource]:
        """The sources that can be read as they are."""
        return [source for source in self.sources if source.active]
