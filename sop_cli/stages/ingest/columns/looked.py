"""A look at a sheet or text file about which nothing is declared: header, what it stands for, what the cells hold."""

import re
from calendar import month_abbr
from collections.abc import Mapping

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.columns.headers import FEWEST_MONTHS, recognise_all
from sop_cli.stages.ingest.columns.heading import without_groups
from sop_cli.stages.ingest.columns.measures import PLAIN_MONTH, by_measure, is_month, patterns, wanted_of
from sop_cli.stages.ingest.columns.units import units_below, units_of
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.looks import look
from sop_cli.stages.ingest.table.table import find_table
from sop_cli.stages.ingest.values.monthnames import in_english
from sop_cli.stages.ingest.values.scalewords import scale_in, without_scale

_RECORDS = 5000  # the first and the last records, which say what a file holds
_TEXTS = 300  # different texts of a column that are looked at
_PLAIN_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")

_WITH_YEAR = re.compile(r"20\d\d[-/. ]?(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/. ]20\d\d")


def look_at(page: Grid, alone: bool) -> Looked:
    """What is seen of a file on its first `page`; `alone` where its workbook shows no other sheet."""
    # The months of any table are those of a forecast; groups above them are no part of their names.
    found = find_table(page)
    found = without_groups(page, found, SourceRules("", TABLES["forecast"])) if found.header_rows else found
    cells = [name for name in page.cells.columns if name != "row"]
    body = found.records(page)
    ends = body if body.height <= _RECORDS else pl.concat([body.head(_RECORDS // 2), body.tail(_RECORDS // 2)])
    records = ends.with_columns(pl.col(cells).str.strip_chars().replace({"": None}))
    named = {at: header for at, header in found.headers.items() if header} if found.header_rows else {}
    months = {at: header for at, header in named.items() if is_month(header)}
    measures: dict[str, str] = {}
    if len(months) < FEWEST_MONTHS:
        months, measures = _of_one_measure(named)
    headers = {at: header for at, header in named.items() if at not in months}
    # Whoever drafts a config says the scale with the column, so it is known by what it is called besides.
    called = {at: without_scale(header) if scale_in(header) else header for at, header in headers.items()}
    titles = tuple(dict.fromkeys(cell.strip() for cells in found.known.titles for cell in cells if cell))
    return Looked(
        page.file,
        page.sheet,
        alone,
        found.header_rows[-1] if found.header_rows else None,
        headers,
        months,
        measures,
        _month_number(next(iter(months.values()))) if months else None,
        frozenset(str(first) for top, first, bottom, _ in page.merged if bottom > top),
        records.drop("row"),
        {at: _shares(records[at]) for at in (*headers, *months)},
        {name: recognise_all(called, table, has_months=bool(months)) for name, table in TABLES.items()},
        records["row"].to_list(),
        titles,
        {at: units for at, header in named.items() if (units := units_of(header, units_below(found, at)))},
        {text: factor for text in (*headers.values(), *titles) if (factor := scale_in(text))},
    )


def _of_one_measure(named: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The months below one of several measures, pieces before money, and how each is declared, that one first."""
    rules = SourceRules("", TABLES["forecast"], wide="quantity")
    found = by_measure(named)
    if not found:
        return {}, {}
    first = wanted_of(found, rules) or next(iter(found))
    declared = dict(zip(found, patterns(named, found, rules), strict=True))
    return found[first], {first: declared[first]} | declared


def _month_number(header: str) -> int | None:
    if found := _WITH_YEAR.search(header):
        return int(found[1] or found[2])
    english = pl.select(in_english(pl.lit(header), "%b")).item()
    return next((number for number in range(1, 13) if month_abbr[number] in english), None)


def _shares(texts: pl.Series) -> dict[str, float]:
    once = texts.drop_nulls().unique(maintain_order=True).head(_TEXTS).to_list()
    looks = [(text, look(text)) for text in once]
    looks = [(text, seen) for text, seen in looks if seen != "empty"]
    if not looks:
        return {}
    days = [seen == "date" or _PLAIN_DAY.fullmatch(text) is not None for text, seen in looks]
    months = [
        seen == "month" or is_day or PLAIN_MONTH.fullmatch(text) is not None
        for (text, seen), is_day in zip(looks, days, strict=True)
    ]
    return {
        "number": sum(seen == "number" for _, seen in looks) / len(looks),
        "date": sum(days) / len(looks),
        "month": sum(months) / len(looks),
    }
