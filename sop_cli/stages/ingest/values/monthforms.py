"""How a column or a row of headers writes its months, and whether it means months, quarters or weeks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from sop_cli.findings.values import NO_YEAR
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.days import day, month
from sop_cli.stages.ingest.values.headerwords import says_fiscal, says_week
from sop_cli.stages.ingest.values.orders import Reading, order
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.patterns import (
    EXCEL,
    EXCEL_1904,
    Span,
    has_year,
    is_dated,
    is_fiscal,
    months_of,
    span_of,
    weeks_of,
    without_fiscal_marks,
)
from sop_cli.stages.ingest.values.periods import periods
from sop_cli.stages.ingest.values.spread import spans
from sop_cli.stages.ingest.values.told import Told
from sop_cli.stages.ingest.values.uncertain import fiscal_told, no_year, two_ways, unclear, weeks_told

_ANY_YEAR = 2000  # stands for a year not known yet, to see whether the rest of a text fits
_FAR = 120  # months from the as-of month beyond which a month is strange
_FEW = 3  # dates or months below which they form no pattern
_SAMPLE = 300  # different texts that are held against a declared form
# What 202648, 2026-48 and 48/2026 have where a month would have its number.
_NUMBERS = (r"^(?:19|20|21)\d\d[-/. ]?(\d\d)$", r"^(\d\d)[-/. ](?:19|20|21)\d\d$")
JOINED = " + "  # between the headers of columns that are read together


def month_form(
    texts: pl.Series,
    header: str,
    rules: SourceRules,
    near: Sequence[str],
    as_of: date | None,
    *,
    since_1904: bool = False,
) -> tuple[Form | None, list[Told]]:
    """The form of one column of months, and what is to be told about it; None where no cell is any month.

    Without `as_of` the texts are a row of headers themselves, and no `header` speaks of them.
    """
    base = Form(year=rules.year, fiscal_start=rules.fiscal_start)
    allowed = spans(rules.table)
    if rules.months is not None:
        return _weekly(_declared(rules.months, texts, base), texts, allowed), []
    over = "" if as_of is None else header
    named = says_week(over)
    beyond = None if named or "week" not in allowed else past_twelve(texts)
    weeks = named or beyond is not None

    def patterns(text: str) -> list[str]:
        found = weeks_of(text) if weeks else months_of(text, allowed)
        found = [pattern for pattern in found if span_of(pattern) in allowed]
        return [EXCEL_1904] if found == [EXCEL] and since_1904 else found

    trying = base if base.year else replace(base, year=_ANY_YEAR)
    seen = order(texts, patterns, lambda text, pattern: _tried(text, pattern, trying))
    if seen is None:
        return None, []
    reading, why = _chosen(seen.best, as_of)
    form = replace(base, months=reading.pattern, span=span_of(reading.pattern))
    told = [unclear(seen.best, reading, header, why, "months")] if why else []
    told += two_ways(seen, reading, header)
    if beyond is not None:
        told += weeks_told(reading, header, beyond)
    form, fiscal = _fiscal(form, over, reading)
    told += fiscal
    if not has_year(form.months) and form.year is None:
        form, no_year = _with_year(form, near, header, reading)
        told.append(no_year)
    return _weekly(form, texts, allowed), told


def past_twelve(texts: pl.Series) -> str | None:
    """A text such as 202648 that can be no month, where so many go past twelve that the column is one of weeks.

    Thirteen to sixteen alone are SAP's periods for the year end, and one of many is a slip.
    """
    plain = pl.DataFrame({"text": texts.drop_nulls().unique(maintain_order=True)}, schema={"text": pl.String})
    number = pl.coalesce(pl.col("text").str.extract(each) for each in _NUMBERS).cast(pl.Int64)
    seen = plain.with_columns(number=number).drop_nulls()
    beyond = seen.filter(pl.col("number") > 12)
    if seen["number"].is_between(1, 53).all() and (beyond["number"] > 16).any() and beyond.height * 4 >= seen.height:
        return str(beyond["text"][0])
    return None


def year_in(near: Sequence[str]) -> tuple[int, str] | None:
    """The one year that the first text naming one names, and that text; None where it names two."""
    for text in near:
        years = {int(found) for found in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)}
        years |= {2000 + int(found) for found in re.findall(r"(?i)(?<![a-z])FY ?'?(\d\d)(?!\d)", text)}
        if years:
            return (years.pop(), text) if len(years) == 1 else None
    return None


def _tried(text: pl.Expr, pattern: str, form: Form) -> pl.Expr:
    read = _read(text, pattern, replace(form, span=span_of(pattern)))
    # 2026-11 is read under every pattern, but speaks for none that has no year.
    return read if has_year(pattern) else pl.when(~text.str.contains(r"^\d{4}-\d{2}")).then(read)


def _read(text: pl.Expr, pattern: str, form: Form) -> pl.Expr:
    return month(text, pattern, year=form.year, fiscal_start=form.fiscal_start, fiscal=form.fiscal, span=form.span)


def dated(texts: pl.Series, form: Form) -> list[date | None]:
    """What each of `texts` means, as `form` has it."""
    return texts.to_frame("text").select(_read(pl.col("text"), form.months, form)).to_series().to_list()


def _declared(written: str, texts: pl.Series, base: Form) -> Form:
    """The form that `months` declares; FY%Y-P%m also says that 2026-5, in columns of their own, is a fiscal period."""
    form = replace(base, months=written, span=span_of(written))
    bare = without_fiscal_marks(written)
    if bare == written:
        return form
    some = texts.drop_nulls().unique(maintain_order=True).head(_SAMPLE).to_list()
    marked, plain = (any(periods(some, each, base.year, 1, fiscal=True)) for each in (written, bare))
    return form if marked or not plain else replace(form, months=bare, fiscal=True)


def _fiscal(form: Form, header: str, reading: Reading) -> tuple[Form, list[Told]]:
    """The form with fiscal periods where headers that are read together name the fiscal year, and what is told of it.

    A single column of plain months below such a header stays one of the calendar, and that is told as well.
    """
    counted = not is_dated(form.months) and form.span == "month" and not is_fiscal(form.months)
    if form.fiscal_start == 1 or not counted or not has_year(form.months) or not says_fiscal(header):
        return form, []
    joined = JOINED in header
    if not joined and "%m" not in form.months:
        return form, []
    example = pl.Series([reading.example])
    calendar, fiscal = (dated(example, replace(form, fiscal=each))[0] for each in (False, True))
    return replace(form, fiscal=joined), [fiscal_told(reading, calendar, fiscal, header, taken=joined)]


def _with_year(form: Form, near: Sequence[str], header: str, reading: Reading) -> tuple[Form, Told]:
    found = year_in(near)
    if found is None:
        return form, no_year(reading.example, header)
    year, where = found
    return replace(form, year=year), Told(
        NO_YEAR,
        header,
        reading.example,
        f"'{reading.example}' names no year; taken as {year}, which stands in '{where}'",
        hint=f"Declare `year: {year}` to say so for good.",
        severity="warning",
    )


def _chosen(readings: Sequence[Reading], as_of: date | None) -> tuple[Reading, str | None]:
    """The reading that counts, and why, where that is a guess."""
    if len(readings) == 1:
        return readings[0], None
    # Months written as dates are all first days or all last ones; and months follow each other.
    for speaks in (_is_edge, _is_run):
        speaking = [reading for reading in readings if speaks(reading)]
        if len(speaking) == 1:
            return speaking[0], None
    if as_of is not None:
        strange = [_strange(reading, as_of) for reading in readings]
        if strange.count(min(strange)) == 1:
            return readings[
                strange.index(min(strange))
            ], f"because read otherwise more would lie far from {as_of:%Y-%m}"
    return readings[0], "because nothing in the file says otherwise"


def _is_edge(reading: Reading) -> bool:
    if not is_dated(reading.pattern) or reading.days.height < 2:
        return False
    days = reading.days.select(day(pl.col("text"), reading.pattern).alias("day"))["day"]
    return bool((days.dt.day() == 1).all() or (days == days.dt.month_end()).all())


def _is_run(reading: Reading) -> bool:
    months = reading.days["day"].dt.truncate("1mo").unique().sort()
    if months.len() < _FEW:
        return False
    return pl.date_range(months[0], months[-1], "1mo", eager=True).len() == months.len()


def _strange(reading: Reading, as_of: date) -> int:
    away = (pl.col("day").dt.year() - as_of.year) * 12 + pl.col("day").dt.month() - as_of.month
    return int(reading.days.select(pl.col("times").filter(away.abs() > _FAR).sum()).item())


def _weekly(form: Form, texts: pl.Series, allowed: Sequence[Span]) -> Form:
    """The form for dates that stand for weeks: all on one day of the week, several in a month."""
    if "week" not in allowed or not is_dated(form.months):
        return form
    days = texts.unique().to_frame("t").select(day(pl.col("t"), form.months)).to_series().drop_nulls()
    if days.len() < _FEW or days.dt.weekday().n_unique() > 1 or days.dt.truncate("1mo").n_unique() == days.len():
        return form
    return replace(form, span="week")
