"""How a column or a row of headers writes its months, and whether it means months, quarters or weeks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from sop_cli.findings.values import NO_YEAR
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.days import day, month
from sop_cli.stages.ingest.values.orders import Reading, order
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.patterns import Span, has_year, is_dated, months_of, span_of
from sop_cli.stages.ingest.values.spread import spans
from sop_cli.stages.ingest.values.told import Told
from sop_cli.stages.ingest.values.uncertain import two_ways, unclear

_ANY_YEAR = 2000  # stands for a year not known yet, to see whether the rest of a text fits
_FAR = 120  # months from the as-of month beyond which a month is strange
_FEW = 3  # dates or months below which they form no pattern


@dataclass(frozen=True)
class MonthHeaders:
    """The headers that are months."""

    months: Mapping[str, date]  # cell column: first day of what its header means
    form: Form
    told: Sequence[Told]


def month_headers(headers: Mapping[str, str], rules: SourceRules, near: Sequence[str] = ()) -> MonthHeaders:
    """Which of `headers` (cell column: text) are months, quarters or weeks; `near` are texts that may hold a year."""
    texts = pl.Series("text", list(headers.values()), dtype=pl.String)
    form, told = month_form(texts, ", ".join(dict.fromkeys(headers.values())), rules, near, None)
    if form is None:
        return MonthHeaders({}, Form(), ())
    read = texts.to_frame().select(_read(pl.col("text"), form.months, form)).to_series().to_list()
    months = {at: found for at, found in zip(headers, read, strict=True) if found}
    if not has_year(form.months) and len(months) < 2:  # a column headed May, or Set, is not yet a row of months
        return MonthHeaders({}, form, [])
    first = next((headers[at] for at in months), "")
    return MonthHeaders(months, form, [replace(one, column=one.value or first) for one in told])


def month_form(
    texts: pl.Series, header: str, rules: SourceRules, near: Sequence[str], as_of: date | None
) -> tuple[Form | None, list[Told]]:
    """The form of one column of months, and what is to be told about it; None where no cell is any month."""
    base = Form(year=rules.year, fiscal_start=rules.fiscal_start)
    allowed = spans(rules.table)
    if rules.months is not None:
        declared = replace(base, months=rules.months, span=span_of(rules.months))
        return _weekly(declared, texts, allowed), []
    trying = base if base.year else replace(base, year=_ANY_YEAR)
    seen = order(texts, lambda text: months_of(text, allowed), lambda text, pattern: _tried(text, pattern, trying))
    if seen is None:
        return None, []
    reading, why = _chosen(seen.best, as_of)
    form = replace(base, months=reading.pattern, span=span_of(reading.pattern))
    told = [unclear(seen.best, reading, header, why, "months")] if why else []
    told += two_ways(seen, reading, header)
    if not has_year(form.months) and form.year is None:
        form, no_year = _with_year(form, near, header, reading)
        told.append(no_year)
    return _weekly(form, texts, allowed), told


def year_in(near: Sequence[str]) -> tuple[int, str] | None:
    """The one year that the first text naming one names, and that text; None where it names two."""
    for text in near:
        years = {int(found) for found in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)}
        years |= {2000 + int(found) for found in re.findall(r"(?i)(?<![a-z])FY ?'?(\d\d)(?!\d)", text)}
        if years:
            return (years.pop(), text) if len(years) == 1 else None
    return None


def _tried(text: pl.Expr, pattern: str, form: Form) -> pl.Expr:
    read = _read(text, pattern, form)
    # 2026-11 is read under every pattern, but speaks for none that has no year.
    return read if has_year(pattern) else pl.when(~text.str.contains(r"^\d{4}-\d{2}")).then(read)


def _read(text: pl.Expr, pattern: str, form: Form) -> pl.Expr:
    return month(text, pattern, year=form.year, fiscal_start=form.fiscal_start, span=form.span)


def _with_year(form: Form, near: Sequence[str], header: str, reading: Reading) -> tuple[Form, Told]:
    found = year_in(near)
    if found is None:
        text = f"'{reading.example}' names no year, and none stands beside it; such months are not read"
        return form, Told(NO_YEAR, header, reading.example, text)
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
