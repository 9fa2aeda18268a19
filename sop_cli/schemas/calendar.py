"""Months, fiscal years and the planning horizon."""

from dataclasses import dataclass
from datetime import date


def month_of(text: str) -> date:
    """The first day of `YYYY-MM`; ValueError if it is not a month."""
    return date.fromisoformat(f"{text}-01")


def add_months(month: date, count: int) -> date:
    """`month` moved by `count` months, either way."""
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months `last` lies after `first`."""
    return (last.year - first.year) * 12 + last.month - first.month


def fiscal_months(year: int, start: int) -> list[date]:
    """The twelve months of fiscal year `year`, named by the calendar year it ends in, from month number `start`."""
    first = date(year - (start > 1), start, 1)
    return [add_months(first, step) for step in range(12)]


@dataclass(frozen=True)
class Calendar:
    """The cycle's view of time.

    A cycle is named by the month it is held in; `as_of` is the last closed month, the one before.
    The horizon is the `horizon` months after as-of. A fiscal year is named by the calendar year it ends in.
    """

    cycle: date
    horizon: int
    fiscal_start: int  # month number 1..12

    @property
    def as_of(self) -> date:
        """The last closed month."""
        return add_months(self.cycle, -1)

    @property
    def months(self) -> list[date]:
        """The months of the horizon, in order."""
        return [add_months(self.cycle, step) for step in range(self.horizon)]

    def fiscal_year(self, month: date) -> int:
        """The fiscal year `month` falls in, by the calendar year that year ends in."""
        return month.year + (self.fiscal_start > 1 and month.month >= self.fiscal_start)

    def fiscal_months(self, year: int) -> list[date]:
        """The twelve months of fiscal year `year`, in order."""
        return fiscal_months(year, self.fiscal_start)
