"""Months, quarters and weeks that run across: which headers they are, and what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from sop_cli.findings.values import NO_YEAR
from sop_cli.schemas.calendar import fiscal_months
from sop_cli.schemas.monthnames import month_in
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.headerwords import says_fiscal
from sop_cli.stages.ingest.values.monthforms import dated, month_form, year_in
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.patterns import has_year, is_fiscal
from sop_cli.stages.ingest.values.rolling import holds, rolled_over
from sop_cli.stages.ingest.values.told import Told
from sop_cli.stages.ingest.values.uncertain import turn_told


@dataclass(frozen=True)
class MonthHeaders:
    """The headers that are months."""

    months: Mapping[str, date]  # cell column: first day of what its header means
    form: Form
    told: Sequence[Told]


def month_headers(
    headers: Mapping[str, str], rules: SourceRules, near: Sequence[str] = (), *, since_1904: bool = False
) -> MonthHeaders:
    """Which of `headers` (cell column: text) are months, quarters or weeks; `near` are texts that may hold a year."""
    texts = pl.Series("text", list(headers.values()), dtype=pl.String)
    shown = ", ".join(dict.fromkeys(headers.values()))
    form, told = month_form(texts, shown, rules, near, None, since_1904=since_1904)
    if form is None:
        return MonthHeaders({}, Form(), ())
    months = {at: found for at, found in zip(headers, dated(texts, form), strict=True) if found}
    if not has_year(form.months) and len(months) < 2:  # a column headed May, or Set, is not yet a row of months
        return MonthHeaders({}, form, [])
    first = next((headers[at] for at in months), "")
    found = MonthHeaders(months, form, [replace(one, column=one.value or first) for one in told])
    return found if has_year(form.months) or form.year is None else _over_the_turn(found, headers, rules, near)


def _over_the_turn(
    found: MonthHeaders, headers: Mapping[str, str], rules: SourceRules, near: Sequence[str]
) -> MonthHeaders:
    """The months with those after the turn of a year in the next one, where they run across so: Nov, Dec, Jan.

    The year is that of the first month. One that stands beside the table may be that of another: with Oct 2026 in the
    name of the file, Nov to Oct ends there.
    """
    assert found.form.year is not None
    places = sorted(found.months, key=int)
    texts = pl.Series("text", [headers[at] for at in places], dtype=pl.String)

    def run(year: int) -> list[date] | None:
        this, following = (dated(texts, replace(found.form, year=each)) for each in (year, year + 1))
        return rolled_over(this, following, found.form.span)

    year, beside = found.form.year, None if rules.year else year_in(near)
    months = run(year)
    if months is None:
        return found
    named = _named(beside[1], found.form) if beside else None
    if named and not holds(months, named):
        others = ((each, other) for each in (year - 1, year + 1) if (other := run(each)) and holds(other, named))
        year, months = next(others, (year, months))
    told = [one for one in found.told if one.rule is not NO_YEAR]
    told.append(turn_told(headers[places[0]], months, year, beside))
    return MonthHeaders(dict(zip(places, months, strict=True)), replace(found.form, year=year), told)


def _named(text: str, form: Form) -> date | None:
    """The month that `text` names, or for FY27 the first of the fiscal year where months have their calendar names."""
    if month := month_in(text):
        return month[0]
    year = year_in([text])
    if year is None or is_fiscal(form.months) or not says_fiscal(text):
        return None
    return fiscal_months(year[0], form.fiscal_start)[0]
