"""A month that stands in two columns, a year and a period, as the ledgers of SAP have it."""

import re
from collections.abc import Callable
from dataclasses import replace

from sop_cli.schemas.calendar import fiscal_months
from sop_cli.schemas.draft import Candidate, Fact, Taken
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.monthnames import month_number
from sop_cli.stages.draft.words import each, glued

_FISCAL_YEARS = (
    "ryear gjahr lfgja fiscalyear fy geschaeftsjahr wirtschaftsjahr exercice exercicefiscal ejercicio ejerciciofiscal "
    "esercizio boekjaar"
)
_YEARS = f"{_FISCAL_YEARS} mjahr year jahr annee ano anno jaar"
_FISCAL_PERIODS = (
    "poper lfmon monat perio period periode fiscalperiod postingperiod buchungsperiode periodecomptable periodo "
    "periodocontable"
)
_PERIODS = f"{_FISCAL_PERIODS} month buchungsmonat mois mes mese maand"
_YEAR = re.compile(r"(?:FY ?'?)?20\d\d|FY ?'?\d\d", re.IGNORECASE)
_PERIOD = re.compile(r"(?P<mark>p|per|period|periode|m)?[. ]?(?P<number>\d{1,3})", re.IGNORECASE)
_LAST = 16  # SAP has four periods for closing entries
_THREE_DIGITS = "%Y-0%m"  # 2026-010
_AS_PERIOD = "-P"  # 2027-P5 is a period of the fiscal year


def with_month_of_two(draft: Candidate, looked: Looked) -> Candidate:
    """The candidate whose month is put together from a year and a period, where it has them and no month of itself."""
    alone = next((one for one in draft.taken if one.column == "month"), None)
    if "month" not in draft.missing and (alone is None or len(alone.headers) > 1):
        return draft
    open_headers = {*draft.unplaced, *(alone.headers if alone else ())}
    year = _header(open_headers, looked, _YEARS, lambda text: _YEAR.fullmatch(text) is not None)
    period = _header(open_headers, looked, _PERIODS, lambda text: 1 <= (number_of(text) or 0) <= _LAST)
    if year is None or period is None:
        return draft
    headers = (looked.headers[year], looked.headers[period])
    texts, years = (looked.records[at].drop_nulls().unique().to_list() for at in (period, year))
    short = any(re.search(r"20\d\d", text) is None for text in years)
    if (alone and alone.headers[0] not in headers) or (short and any(month_number(text.strip(".")) for text in texts)):
        return draft  # FY27 Nov could be the 27th
    three = all(len(text) == 3 and text.isdigit() for text in texts)
    joined, why = _how(headers, texts, years, three)
    required = sum(column.required for column in draft.table.columns)
    missing = tuple(name for name in draft.missing if name != "month")
    return replace(
        draft,
        score=draft.score if alone else round(min(1.0, draft.score + 0.5 / required), 4),
        taken=(Taken("month", headers, "by its values", why), *(one for one in draft.taken if one is not alone)),
        months=Fact(_THREE_DIGITS, "how year and period are written together") if three else None,
        join=Fact(_AS_PERIOD, "2027-P5 is a period of the fiscal year") if joined else None,
        missing=missing,
        unplaced=tuple(header for header in draft.unplaced if header not in headers),
        doubts=tuple(doubt for doubt in draft.doubts if not doubt.startswith(tuple(map(repr, headers)))),
    )


def _how(headers: tuple[str, str], periods: list[str], years: list[str], three: bool) -> tuple[bool, str]:
    """Whether a P must stand between the two for them to be fiscal, and what is to be said."""
    fiscal = glued(headers[0]) in each(_FISCAL_YEARS)
    called = all(text[:1] in "fF" for text in years)
    unmarked = all(text.isdigit() for text in periods) and not three
    join = unmarked and (called or (fiscal and glued(headers[1]) in each(_FISCAL_PERIODS)))
    if join or three or called or all(text[:1] in "pP" for text in periods):
        return join, "year and period together, of the fiscal year: check `fiscal_year_start`"
    said = f"; if {headers[0]} is no calendar year, have the month exported with its own" if fiscal else ""
    return False, f"year and period together, as calendar months: check{said}"


def number_of(text: str) -> int | None:
    """The number of a period or month that names no year: 5 of 05, 005, P05, M5, May; else None."""
    if found := _PERIOD.fullmatch(text.strip()):
        return int(found["number"])
    return month_number(text.strip().rstrip("."))


def months_of_two(found: Candidate, looked: Looked, year: str, period: str, fiscal_start: int) -> list[str | None]:
    """2026-10 of the year 2026 and the period 10, for every record; None where one of them is empty or no month."""
    declared = found.join is not None or found.months is not None
    pairs = [*zip(looked.records[year].to_list(), looked.records[period].to_list(), strict=True)]
    fiscal = [declared or (of or "")[:1] in ("f", "F") or (at or "")[:1] in ("p", "P") for of, at in pairs]
    return [_month(of, at, fiscal_start if here else 1) for (of, at), here in zip(pairs, fiscal, strict=True)]


def _month(year: str | None, period: str | None, start: int) -> str | None:
    number = number_of(period or "") or 0
    if month_number((period or "").rstrip(".")):  # its name says which month of the calendar it is
        number = (number - start) % 12 + 1
    digits = re.sub(r"\D", "", year or "")
    if not digits or not 1 <= number <= 12:
        return None
    whole = int(digits) + (0 if len(digits) > 2 else 2000)
    return f"{fiscal_months(whole, start)[number - 1]:%Y-%m}"


def _header(open_headers: set[str], looked: Looked, called: str, holds: Callable[[str], bool]) -> str | None:
    """The one cell column that is called so and holds nothing else."""
    found = []
    for at, header in looked.headers.items():
        texts = looked.records[at].drop_nulls().unique().to_list()
        if header in open_headers and glued(header) in each(called) and texts:
            found += [at] if all(map(holds, texts)) else []
    return found[0] if len(found) == 1 else None
