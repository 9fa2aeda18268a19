"""Periods become their first day: months without a year, fiscal periods, quarters and weeks."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from sop_cli.schemas.calendar import fiscal_months
from sop_cli.schemas.monthnames import month_number
from sop_cli.stages.ingest.values.patterns import EXCEL, EXCEL_1904, has_year, is_fiscal, span_of

_PARTS = {
    "Y": r"(?P<Y>\d{4})", "G": r"(?P<Y>\d{4})", "y": r"(?P<y>\d{2})", "g": r"(?P<y>\d{2})",
    "m": r"(?P<m>\d{1,2})", "q": r"(?P<q>[1-4])", "V": r"(?P<V>\d{1,2})",
    "b": r"(?P<b>[^\W\d_]+)\.?", "B": r"(?P<b>[^\W\d_]+)\.?",
}  # fmt: skip
_SIGN = re.compile(r"%-?([a-zA-Z])|(\s+)|(.)")


def is_period(pattern: str) -> bool:
    """Whether `pattern` needs more than the calendar: a fiscal year, a year from elsewhere, a quarter, a week."""
    if pattern in (EXCEL, EXCEL_1904):
        return False
    return span_of(pattern) != "month" or is_fiscal(pattern) or not has_year(pattern)


def periods(
    texts: Iterable[str], pattern: str, year: int | None, fiscal_start: int, *, fiscal: bool
) -> list[date | None]:
    """The first day of each text's period; None where it does not fit `pattern`, or has no year and `year` is None.

    A week begins on its Monday. Where they are `fiscal`, periods count from month number `fiscal_start`, and a month
    by its name is that of the fiscal year.
    """
    fits = re.compile(_expression(pattern), re.IGNORECASE)
    named = re.search("%-?[bBh]", pattern) is not None
    first = _fiscal(fiscal_start, named=named) if fiscal else _calendar
    return [_first_day(fits.fullmatch(text.strip()), year, first) for text in texts]


def _expression(pattern: str) -> str:
    pieces: list[str] = []
    for sign, space, other in _SIGN.findall(pattern):
        if sign == "m" and pieces[-1:] == ["0"]:  # three digits: 2026.01 may have been 2026.010
            pieces.append(r"(?P<m>\d\d)")
        elif sign:
            pieces.append(_PARTS.get(sign, "(?!)"))  # what no period holds fits nothing
        else:
            pieces.append(r"\s*" if space else re.escape(other))
    return "".join(pieces)


def _first_day(found: re.Match[str] | None, year: int | None, first: Callable[[int, int], date]) -> date | None:
    if found is None:
        return None
    parts = found.groupdict()
    if parts.get("Y") or parts.get("y"):
        year = int(parts.get("Y") or f"20{parts['y']}")
    if year is None:
        return None
    month = month_number(parts["b"]) if parts.get("b") else int(parts.get("m") or 0)
    if parts.get("q"):
        month = 3 * int(parts["q"]) - 2
    try:
        return date.fromisocalendar(year, int(parts["V"]), 1) if parts.get("V") else first(year, month or 0)
    except ValueError:
        return None


def _calendar(year: int, month: int) -> date:
    return date(year, month, 1)


def _fiscal(start: int, *, named: bool) -> Callable[[int, int], date]:
    def first(year: int, number: int) -> date:
        if not 1 <= number <= 12:
            raise ValueError(f"there is no period {number}")
        return fiscal_months(year, start)[(number - start) % 12 if named else number - 1]

    return first
