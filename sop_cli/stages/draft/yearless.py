"""Months that name no year, `Jan` or `P05`, in files where nothing beside them names one either."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sop_cli.schemas.calendar import month_of
from sop_cli.schemas.draft import DraftSource, Fact
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.columns import texts_of
from sop_cli.stages.draft.yearperiod import number_of

_NAMED = re.compile(r"(?i)(?<!\d)20\d\d(?!\d)|(?<![a-z])FY ?'?\d\d(?!\d)")  # where ingest finds the year itself
_OPEN = "20.."


def with_year(source: DraftSource, cycle: str | None) -> DraftSource:
    """The source with the year its months lie in, as seen from the `cycle`; left open where that is not known."""
    found, looked = source.found, source.members[-1]
    months = [*looked.months.values()] if found.across else texts_of(found, looked, "month")
    numbers = [number for text in dict.fromkeys(months) if not text.isdigit() and (number := number_of(text))]
    several = any(len(taken.headers) > 1 for taken in found.taken if taken.column == "month")
    if not numbers or len(numbers) < len({*months}) or several:
        return source
    if any(_NAMED.search(text) for text in _beside(looked)):
        return replace(source, confidence="likely" if source.confidence == "certain" else source.confidence)
    if found.across and numbers != sorted(numbers):
        why = "its months are of two years, and none of them names its own: write the year into the headers"
        return replace(source, active=False, confidence="unsure", reasons=(*source.reasons, why))
    year = _year(numbers, cycle, happened=found.table.current is not None)
    said = f"of {months[0]} and the others, which name none"
    fact = Fact(str(year), f"{said}: check") if year else Fact(_OPEN, f"{said}: fill it in")
    reason = "the year of its months is named nowhere"
    return replace(
        source,
        found=replace(found, year=fact),
        active=source.active and year is not None,
        confidence="unsure",
        reasons=(*source.reasons, reason),
    )


def _beside(looked: Looked) -> Sequence[str]:
    return [*looked.titles, looked.sheet or "", looked.file.rpartition("/")[2]]


def _year(numbers: Sequence[int], cycle: str | None, *, happened: bool) -> int | None:
    """The latest year in which the first of the months is over, or the next in which the last is yet to come."""
    if cycle is None:
        return None
    now = month_of(cycle)
    if happened:
        return now.year - (min(numbers) >= now.month)
    return now.year + (max(numbers) < now.month)
