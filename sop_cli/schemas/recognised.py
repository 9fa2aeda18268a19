"""What the headers of a file stand for among the columns of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Match:
    """One of our columns and the header that stands for it."""

    column: str
    at: str  # cell column
    known: str  # the header people use that it is, or is like
    exact: bool = True  # False: by likeness


@dataclass(frozen=True)
class Recognised:
    """What the headers of a file stand for."""

    matches: tuple[Match, ...] = ()
    doubtful: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # cell column: our columns it could be
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # our column: cell columns that could be it
    across: tuple[str, str] | None = None  # our month and the number below it, where months run across


@dataclass(frozen=True)
class Fit:
    """How well headers are those of a table."""

    score: float  # 0 none of them, 1 every required column is there and every header is understood
    found: tuple[str, ...]  # our columns
    missing: tuple[str, ...]  # our required columns that no header stands for
