"""In which order a column writes its dates or months: the one pattern that fits most, and what else would fit."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from sop_cli.stages.ingest.values.parse import NOTHING

_MANY, _SAMPLE = 200_000, 50_000  # beyond so many cells a sample is looked at first, then all if it leaves a choice
_ASKED = 300  # different texts that are asked which patterns they allow
_TRIED = 12  # patterns that are tried on all texts


@dataclass(frozen=True)
class Reading:
    """One pattern, and what it makes of every text it fits."""

    pattern: str
    days: pl.DataFrame  # text, day, times; only texts that fit
    times: int  # cells that fit

    @property
    def example(self) -> str:
        """The first text in the order of the alphabet that fits."""
        return str(self.days["text"].min())


@dataclass(frozen=True)
class Order:
    """The readings of a column: those that fit most cells, each giving other days, and those that fit what is left."""

    best: Sequence[Reading]  # more than one where nothing in the column tells them apart
    others: Sequence[Reading]  # that fit cells which the first of the best does not
    tied: bool  # whether several patterns fit most cells, be it with the same days


def order(
    texts: pl.Series, patterns: Callable[[str], Sequence[str]], read: Callable[[pl.Expr, str], pl.Expr]
) -> Order | None:
    """How `texts` are written; None where no pattern fits any of them.

    `patterns` gives those one text allows, the likelier first; `read` reads a text by one.
    """
    if texts.len() > _MANY:
        found = _order(texts.gather_every(texts.len() // _SAMPLE), patterns, read)
        if found is not None and not found.tied:
            return found
    return _order(texts, patterns, read)


def _order(
    texts: pl.Series, patterns: Callable[[str], Sequence[str]], read: Callable[[pl.Expr, str], pl.Expr]
) -> Order | None:
    once = (
        texts.to_frame("text")
        .filter(pl.col("text").is_not_null() & ~pl.col("text").str.to_lowercase().is_in(NOTHING))
        .group_by("text")
        .agg(times=pl.len())
        .sort("text")
    )
    allowed: Counter[str] = Counter()
    asked = once.gather_every(max(1, once.height // _ASKED))
    for text, times in asked.select(pl.col("text"), "times").rows():
        allowed.update(dict.fromkeys(patterns(text), times))
    # The likelier pattern of two that are allowed as often was met first, and stays first.
    readings = [_reading(once, pattern, read) for pattern, _ in allowed.most_common(_TRIED)]
    if not readings or not (most := max(reading.times for reading in readings)):
        return None
    fitting = [reading for reading in readings if reading.times == most]
    # Of patterns that fit as many cells, but other ones, none makes the first doubtful: the column has two ways.
    best = [fitting[0], *(reading for reading in fitting[1:] if _contradict(reading, fitting[0]))]
    rest = once.join(best[0].days, on="text", how="anti")
    others = [_reading(rest, reading.pattern, read) for reading in readings if reading is not best[0]]
    return Order(best, [other for other in others if other.times], len(fitting) > 1)


def _contradict(one: Reading, other: Reading) -> bool:
    both = one.days.join(other.days, on="text", suffix=" else")
    return bool((both["day"] != both["day else"]).any())


def _reading(once: pl.DataFrame, pattern: str, read: Callable[[pl.Expr, str], pl.Expr]) -> Reading:
    days = once.select("text", read(pl.col("text"), pattern).alias("day"), "times").filter(pl.col("day").is_not_null())
    return Reading(pattern, days, int(days["times"].sum()))
