"""Months as whole numbers, so that the generator can count with them."""

from calendar import monthrange
from datetime import date

FISCAL_START = 4


def month(text: str) -> int:
    """The number of `YYYY-MM`."""
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def text(number: int) -> str:
    """`YYYY-MM` of a month number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def day(number: int, of_month: int = 1) -> date:
    """A day of the month; days beyond its end are its last one."""
    return date(number // 12, number % 12 + 1, min(of_month, days(number)))


def days(number: int) -> int:
    """Calendar days of the month."""
    return monthrange(number // 12, number % 12 + 1)[1]


def month_of(moment: date) -> int:
    """The month a day lies in."""
    return moment.year * 12 + moment.month - 1


def fiscal_year(number: int) -> int:
    """The fiscal year, named by the calendar year it ends in."""
    return number // 12 + (number % 12 + 1 >= FISCAL_START)


def fiscal_months(year: int) -> range:
    """The twelve months of a fiscal year."""
    first = (year - 1) * 12 + FISCAL_START - 1
    return range(first, first + 12)


FIRST = month("2023-11")  # first month of history
YTD = month("2026-04")  # first month of the open fiscal year
LAST = month("2026-10")  # last closed month of the latest cycle
HISTORY = range(FIRST, LAST + 1)
CYCLES = ("2026-09", "2026-10", "2026-11")
LATEST = CYCLES[-1]
HORIZON = 18
HORIZON_MONTHS = range(month(LATEST), month(LATEST) + HORIZON)


def as_of(cycle: str) -> int:
    """The last closed month of a cycle."""
    return month(cycle) - 1
