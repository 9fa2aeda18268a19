"""The words for a column of dates or months that could be read in another way too."""

from collections.abc import Iterator, Sequence

import polars as pl

from sop_cli.findings.values import TWO_WAYS, UNCLEAR_ORDER
from sop_cli.findings.words import counted
from sop_cli.stages.ingest.values.orders import Order, Reading
from sop_cli.stages.ingest.values.parse import example
from sop_cli.stages.ingest.values.patterns import has_year
from sop_cli.stages.ingest.values.told import Told


def unclear(readings: Sequence[Reading], chosen: Reading, header: str, why: str, key: str) -> Told:
    """That `chosen` was taken though others fit as well; `key` is what declares it in the config."""
    other = next(reading for reading in readings if reading is not chosen)
    differing = chosen.days.join(other.days, on="text", suffix=" else").filter(pl.col("day") != pl.col("day else"))
    text, here, there = differing.sort("text").select("text", "day", "day else").row(0)
    return Told(
        UNCLEAR_ORDER,
        header,
        text,
        f"'{text}' could be {here} or {there}; read as {here}, {why}",
        hint=f'If that is wrong, declare `{key}: "{other.pattern}"`; if it is right, `{key}: "{chosen.pattern}"` '
        "says so for good.",
    )


def two_ways(seen: Order, chosen: Reading, header: str) -> Iterator[Told]:
    """That some cells are written in a way which contradicts the chosen one; nothing where none are."""
    # A lone May is no other way of writing Nov-26; it is just not readable.
    others = [other for other in seen.others if other.pattern != chosen.pattern and has_year(other.pattern)]
    if others:
        other = max(others, key=lambda reading: reading.times)
        yield Told(
            TWO_WAYS,
            header,
            other.example,
            f"{counted(chosen.times, 'cell')} written as {example(chosen.pattern)}, such as '{chosen.example}', but "
            f"{counted(other.times, 'cell')} as {example(other.pattern)}, such as '{other.example}'; the latter are "
            "rejected",
        )
