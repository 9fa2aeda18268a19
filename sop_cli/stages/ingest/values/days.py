"""Dates and months become days of the calendar, as one declared or found pattern writes them."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import polars as pl

from sop_cli.stages.ingest.values.monthnames import has_name, in_english
from sop_cli.stages.ingest.values.patterns import EXCEL, EXCEL_1904, SERIAL, TIME, Span, is_fiscal, span_of
from sop_cli.stages.ingest.values.periods import is_period, periods

_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)  # "26" read as the year 26 is no date
_FIRST_DAY = {EXCEL: date(1899, 12, 30), EXCEL_1904: date(1904, 1, 1)}


def day(text: pl.Expr, written: str) -> pl.Expr:
    """Date, as `written` for strptime (or `excel`: a serial number) or as ISO has it, with or without hyphens.

    A time of day is dropped.
    """
    return text.map_batches(partial(_days, written=written), return_dtype=pl.Date(), is_elementwise=True)


def month(
    text: pl.Expr,
    written: str,
    *,
    year: int | None = None,
    fiscal_start: int = 1,
    fiscal: bool = False,
    span: Span | None = None,
) -> pl.Expr:
    """First day of the month, quarter or week, as `written` has it or as an ISO month or date has it.

    `year` is that of texts which name none; `fiscal` says that numbers are those of the fiscal year though they are
    not `written` so; `span` says that dates stand for the week they begin.
    """
    given = partial(periods, pattern=written, year=year, fiscal_start=fiscal_start, fiscal=fiscal or is_fiscal(written))
    counted = given if fiscal or is_period(written) else None
    read = partial(_months, written=written, counted=counted, span=span or span_of(written))
    return text.map_batches(read, return_dtype=pl.Date(), is_elementwise=True)


def _days(texts: pl.Series, written: str) -> pl.Series:
    """One cast for the whole column; what it leaves open is looked at once per text that is there."""
    if written in _FIRST_DAY or has_name(written):
        return _once(texts, partial(_closely, written=written))
    read = _sane(_as_written(texts, written))
    if read.null_count() == texts.null_count():
        return read
    left = (read.is_null() & texts.is_not_null()).arg_true()
    return read.scatter(left, _once(texts.gather(left), partial(_closely, written=written)))


def _closely(texts: pl.Series, written: str) -> pl.Series:
    bare = texts.str.strip_chars()
    iso = bare.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$").str.to_date("%Y-%m-%d", strict=False)
    compact = bare.str.extract(r"^((?:19|20|21)\d{6})$").str.to_date("%Y%m%d", strict=False)
    iso = iso.zip_with(iso.is_not_null(), compact)
    if written in _FIRST_DAY:
        serial = bare.str.extract(rf"^{SERIAL}$").cast(pl.Int32)
        found = (serial + (_FIRST_DAY[written] - date(1970, 1, 1)).days).cast(pl.Date)
        return _first_of(found, iso)
    as_given = _as_written(bare, written)
    timeless = bare.str.replace(TIME, "${1}")
    return _first_of(as_given, _as_written(timeless, written), iso)


_YEAR_POINT_MONTH = "%Y.%m"


def _months(
    texts: pl.Series, written: str, counted: Callable[[list[str]], list[date | None]] | None, span: Span
) -> pl.Series:
    def read(once: pl.Series) -> pl.Series:
        if counted:
            given = pl.Series(counted(once.to_list()), dtype=pl.Date)
        elif written in _FIRST_DAY:
            given = _closely(once, written)
        else:
            # strptime needs a day; where the months are written without one, the first is added.
            first = "" if re.search("%-?[deDFjxcs]", written) else " 01"
            given = _sane(_as_written(once.str.strip_chars() + first, written + first.replace("01", "%d")))
            if written == _YEAR_POINT_MONTH:  # 2026.1 is what a workbook makes of 2026.10
                given = given.set(once.str.contains(r"\.\d$"), None)
            given = given if first else _first_of(given, _days(once, written))
        if span != "month" and counted:
            return _first_of(given)
        bare = once.str.strip_chars()
        iso = bare.set(~bare.str.contains(r"^\d{4}-\d{2}$"), None) + "-01"
        found = _first_of(given, iso.str.to_date("%Y-%m-%d", strict=False), _days(once, "%Y-%m-%d"))
        return found if span == "week" else found.dt.truncate("1mo")

    return _once(texts, read)


def _once(texts: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """What `read` makes of each text, read once however often it stands there."""
    once = texts.drop_nulls().unique()
    if once.len() == 0:
        return pl.Series([None] * texts.len(), dtype=pl.Date)
    return texts.replace_strict(once, read(once), default=None, return_dtype=pl.Date)


def _as_written(texts: pl.Series, written: str) -> pl.Series:
    found = texts
    if has_name(written):
        found = texts.to_frame("t").select(in_english(pl.col("t"), written)).to_series()
    parsed = found.str.to_date(written, strict=False, cache=False)  # the cache costs more than it saves
    if re.search("%-?[A-Za-z]%-?[A-Za-z]", written):  # without signs between them, 2026113 could be two dates
        same = parsed.dt.to_string(written).str.to_lowercase() == found.str.to_lowercase()
        return parsed.set(~same.fill_null(False), None)
    return parsed


def _first_of(*found: pl.Series) -> pl.Series:
    """The first of several readings that gives a sane day."""
    together = pl.DataFrame([_sane(series).alias(str(at)) for at, series in enumerate(found)])
    return together.select(pl.coalesce(pl.all())).to_series()


def _sane(found: pl.Series) -> pl.Series:
    sane = found.is_between(_EARLIEST, _LATEST)  # of a whole column: the years that polars knows are more than Python's
    return found if sane.all() else found.set(~sane.fill_null(True), None)
