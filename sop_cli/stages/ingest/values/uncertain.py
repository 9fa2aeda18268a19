"""The words for a column of dates or months that could be read in another way too."""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from sop_cli.findings.values import KIND_OF_PERIOD, NO_YEAR, TWO_WAYS, UNCLEAR_ORDER
from sop_cli.findings.words import counted
from sop_cli.stages.ingest.values.orders import Order, Reading
from sop_cli.stages.ingest.values.parse import example
from sop_cli.stages.ingest.values.patterns import ALWAYS_READ, has_year, with_fiscal_marks
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
        other, own = max(others, key=lambda reading: reading.times), _own(chosen)
        yield Told(
            TWO_WAYS,
            header,
            other.example,
            f"{counted(own.times, 'cell')} written as {example(chosen.pattern)}, such as '{own.example}', but "
            f"{counted(other.times, 'cell')} as {example(other.pattern)}, such as '{other.example}'; the latter are "
            "rejected",
        )


def _own(reading: Reading) -> Reading:
    """The reading of the cells that are written so, without those that any pattern would leave as they are."""
    days = reading.days.filter(~pl.col("text").str.contains(ALWAYS_READ))
    return Reading(reading.pattern, days, int(days["times"].sum())) if days.height else reading


def no_year(example: str, header: str, hint: str | None = None, where: str = "and none stands beside it") -> Told:
    """That such months have no place in the plan as no year is known for them."""
    return Told(NO_YEAR, header, example, f"'{example}' names no year, {where}; such months are not read", hint)


def turn_told(first: str, run: Sequence[date], year: int, beside: tuple[int, str] | None) -> Told:
    """That months run over the turn of `year`; `beside` is the one found beside them and its text, None if declared."""
    reach = f"{run[0]:%Y-%m} to {run[-1]:%Y-%m}"
    if beside is None:
        text = f"the months run over the turn of the year: '{first}' and what follows are {reach}"
        hint = "Nothing to do; `year` is that of the first month, declare another one if that is wrong."
        return Told(NO_YEAR, first, first, text, hint, severity="info")
    text = f"'{first}' names no year; {beside[0]} stands in '{beside[1]}', so the months are taken as {reach}"
    return Told(
        NO_YEAR, first, first, text, f"Declare `year: {year}`, that of the first month, to say so for good.", "warning"
    )


def weeks_told(reading: Reading, header: str, beyond: str) -> Iterator[Told]:
    """That what could be months are weeks, as one of them goes `beyond` twelve; nothing where all of them do."""
    months = reading.pattern.replace("%G", "%Y").replace("%V", "%m")
    could = reading.days.filter(pl.col("text").str.contains(r"(?:^|[-/. ]|\d{4})(?:0[1-9]|1[0-2])(?:$|[-/. ])"))
    if could.height:
        text = str(could["text"].min())
        yield Told(
            KIND_OF_PERIOD,
            header,
            text,
            f"'{text}' is read as a week, because others such as '{beyond}' can be no month",
            hint=f'If that is wrong, declare `months: "{months}"`; if it is right, `months: "{reading.pattern}"` '
            "says so for good.",
        )


def fiscal_told(reading: Reading, calendar: date | None, fiscal: date | None, header: str, *, taken: bool) -> Told:
    """That plain months below a header that names the fiscal year are `taken` as fiscal periods, or are not."""
    text, marked, plain = reading.example, with_fiscal_marks(reading.pattern), reading.pattern
    here, there, good, other = (fiscal, calendar, marked, plain) if taken else (calendar, fiscal, plain, marked)
    ways = ("fiscal period", "month of the calendar")
    way, instead = ways if taken else ways[::-1]
    because = "because" if taken else "though"
    return Told(
        KIND_OF_PERIOD,
        header,
        text,
        f"'{text}' is read as {here:%Y-%m}, a {way}, {because} '{header}' names the fiscal year; as a {instead} it "
        f"would be {there:%Y-%m}",
        hint=f'If that is wrong, declare `months: "{other}"`; if it is right, `months: "{good}"` says so for good.',
    )
