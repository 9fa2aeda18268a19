"""Months that run across without a year and go on into the next one: Nov, Dec, Jan, Feb."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from sop_cli.schemas.calendar import add_months, months_between
from sop_cli.stages.ingest.values.patterns import Span

_STEPS = {"month": 1, "quarter": 3}


def rolled_over(this: Sequence[date | None], following: Sequence[date | None], span: Span) -> list[date] | None:
    """The run of headers from left to right, the part after the turn of the year in the `following` one.

    `this` and `following` are what the headers mean in the one year and in the next; a week 53 may be missing in one.
    None where the run has no turn of the year, is not one of single steps before and after it, or names a month twice.
    """
    for turn in range(1, len(this)):
        run = [day for day in (*this[:turn], *following[turn:]) if day]
        if len(run) == len(this) and all(_follows(before, after, span) for before, after in pairwise(run)):
            return run if run[-1] < add_months(run[0], 12) else None
    return None


def holds(run: Sequence[date], named: date) -> bool:
    """Whether the month `named` is one of the run's."""
    return run[0].replace(day=1) <= named <= run[-1]


def _follows(before: date, after: date, span: Span) -> bool:
    if span == "week":
        return after - before == timedelta(7)
    return months_between(before, after) == _STEPS[span]
