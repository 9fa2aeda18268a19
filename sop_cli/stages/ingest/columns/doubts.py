"""Columns that can be read in two ways: what the other columns of the file say, where nothing is declared yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from sop_cli.findings.values import UNCLEAR_ORDER
from sop_cli.schemas.grid import Remark
from sop_cli.stages.ingest.table.kinds import shown_order
from sop_cli.stages.ingest.values.clues import Around
from sop_cli.stages.ingest.values.days import day
from sop_cli.stages.ingest.values.decimals import decimal_signs
from sop_cli.stages.ingest.values.orders import order
from sop_cli.stages.ingest.values.patterns import dates_of, is_day_first

_SIGNS = {".": "point", ",": "comma"}


@dataclass(frozen=True)
class Column:
    """A column as it looks on its own."""

    header: str
    kind: str  # in words; with a question mark where it can be read in two ways
    texts: pl.Series  # null where a workbook holds a number


def settled(
    columns: Mapping[str, Column], rows: pl.Series, delimiter: str | None
) -> tuple[dict[str, str], list[Remark]]:
    """The kinds of the doubtful `columns` (by cell column) as the file as a whole tells them, and what to look at.

    `rows` are the numbers of the records' rows; `delimiter` is that of a text file.
    """
    doubtful = {at for at, column in columns.items() if column.kind.endswith("?")}
    if not doubtful:
        return {}, []
    kinds, remarks = {}, []
    for at, kind, remark in (*_numbers(columns, doubtful, rows, delimiter), *_dates(columns, doubtful, rows)):
        kinds[at] = kind
        remarks += [remark] if remark else []
    return kinds, remarks


def _numbers(
    columns: Mapping[str, Column], doubtful: set[str], rows: pl.Series, delimiter: str | None
) -> Iterator[tuple[str, str, Remark | None]]:
    numbers = {at: column.texts for at, column in columns.items() if column.kind.startswith("number")}
    days = tuple(column.texts for column in columns.values() if column.kind.startswith("date"))
    headers = {at: columns[at].header for at in numbers}
    for at, sign in decimal_signs(numbers, headers, Around(days=days, delimiter=delimiter)).items():
        if at in doubtful:
            kind = f"number, decimal {_SIGNS[sign.sign]}{'?' if sign.told else ''}"
            told = next(iter(sign.told), None)
            place = rows.filter(numbers[at] == told.value) if told else rows.clear()
            row = int(place[0]) if place.len() else None
            yield at, kind, Remark(told.rule.code, row, int(at), told.value, told.message) if told else None


def _dates(
    columns: Mapping[str, Column], doubtful: set[str], rows: pl.Series
) -> Iterator[tuple[str, str, Remark | None]]:
    dates = {at: column.texts for at, column in columns.items() if column.kind.startswith("date")}
    if doubtful.isdisjoint(dates):
        return
    found = {at: seen for at, texts in dates.items() if (seen := order(texts, dates_of, day))}
    proven = {is_day_first(seen.best[0].pattern) for seen in found.values() if not seen.tied} - {None}
    for at in doubtful.intersection(found):
        first, *others = found[at].best
        if len(proven) == 1:
            yield at, shown_order(columns[at].kind, day_first=True in proven), None
        elif others:
            both = first.days.join(others[0].days, on="text", suffix=" else")
            text, here, there = both.filter(pl.col("day") != pl.col("day else")).sort("text").select(
                "text", "day", "day else"
            ).row(0)  # fmt: skip
            row = int(rows.filter(dates[at] == text)[0])
            message = f"'{text}' could be {here} or {there}; nothing in the file tells"
            yield at, columns[at].kind, Remark(UNCLEAR_ORDER.code, row, int(at), text, message)
