"""Which month is closed: the one most files end in, without the records that are dated far beyond all others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from sop_cli.findings.words import counted
from sop_cli.schemas.calendar import add_months, month_of
from sop_cli.schemas.draft import Closed, DraftSource, Fact, Stray
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.monthnames import month_in
from sop_cli.stages.draft.columns import place_of
from sop_cli.stages.draft.facts import fiscal_start
from sop_cli.stages.draft.slashed import days_first
from sop_cli.stages.draft.yearperiod import months_of_two

_HAPPENED = ("shipments", "stock", "ledger")  # tables of what has happened, the first counts where files disagree
_MANY = 10  # records of a file from which on a single one can be a stray
_STRAY = 0.02  # share of a file's records that are strays at most
_GAP = 2  # months without records before it
_RUNNING = 0.2  # of a usual month: a last month with less has only begun


class Dated(NamedTuple):
    """A record of something that has happened: its month, and where the file says so."""

    month: date
    file: str
    row: int
    header: str
    text: str


def closed(sources: Sequence[DraftSource]) -> Closed | None:
    """The cycle after the month that most of the sources end in, and the records dated after it; None without dates."""
    begins = int(fiscal_start(sources).value)
    ends: dict[str, date] = {}
    records: list[Dated] = []
    for table in _HAPPENED:
        for source in (one for one in sources if one.found.table.name == table):
            dated = list(_dated(source, begins))
            if dated:
                ends[source.name] = _end(dated, table == "shipments")
                records += dated
    if not ends:
        return None
    votes = Counter(ends.values())
    last = max(votes, key=lambda month: votes[month])  # of as many votes, the first one's
    cycle = add_months(last, 1)
    first = f"{min(one.month for one in records):%Y-%m}"
    return Closed(Fact(f"{cycle:%Y-%m}", _why(last, ends)), tuple(_strays(records, cycle)), first)


def _dated(source: DraftSource, begins: int) -> Iterator[Dated]:
    """The records of a source by the column that must be current; fiscal years begin in month number `begins`."""
    wanted = source.found.table.current
    given = source.found.constants.get(wanted or "")
    for looked in source.members:
        at = place_of(source.found, looked, wanted)
        if given:
            yield Dated(month_of(given.value), looked.file, 0, "", given.value)
        for place, header in looked.months.items() if source.found.across else ():
            if month := _month(header):
                filled = zip(looked.rows, looked.records[place].to_list(), strict=True)
                yield from (Dated(month, looked.file, row, header, text) for row, text in filled if text)
        if at is None:
            continue
        texts = _texts(source, looked, wanted, at, begins)
        read = iter(days_first([text for text in texts if text]))
        for row, text in zip(looked.rows, texts, strict=True):
            if text and (month := _month(next(read))):
                yield Dated(month, looked.file, row, looked.headers[at], text)


def _texts(source: DraftSource, looked: Looked, wanted: str | None, at: str, begins: int) -> list[str | None]:
    """What stands in the column, or in the two that are a month together."""
    headers = next(one.headers for one in source.found.taken if one.column == wanted)
    if len(headers) == 1:
        return looked.records[at].to_list()
    period = next(place for place, header in looked.headers.items() if header == headers[1])
    return months_of_two(source.found, looked, at, period, begins)


@cache
def _month(text: str) -> date | None:
    found = month_in(text.strip())
    return found[0] if found and found[1] == 0 else None


def _end(dated: Sequence[Dated], can_have_begun: bool) -> date:
    """The last month of the bulk of the records; a month that has only begun is that of the cycle itself."""
    counts = Counter(one.month for one in dated)
    months = sorted(counts)
    few = max(int(len(dated) * _STRAY), 1 if len(dated) >= _MANY else 0)
    end, beyond = len(months), 0
    for at in range(len(months) - 1, 0, -1):
        beyond += counts[months[at]]
        if beyond > few:
            break
        if add_months(months[at - 1], _GAP) < months[at]:
            end = at
    months = months[:end]
    usual = sorted(counts[month] for month in months)[len(months) // 2]
    if can_have_begun and len(months) > 3 and counts[months[-1]] < usual * _RUNNING:
        months.pop()
    return months[-1]


def _why(last: date, ends: dict[str, date]) -> str:
    agreed = [name for name, month in ends.items() if month == last]
    others = [f"{name} in {month:%Y-%m}" for name, month in ends.items() if month != last]
    if len(ends) == 1:
        return f"the month after {last:%Y-%m}, in which {agreed[0]} ends"
    why = f"the month after {last:%Y-%m}, in which {_counted(agreed, ends)} end: {', '.join(agreed)}"
    return why + (f"; check: {', '.join(others)}" if others else "")


def _counted(agreed: Sequence[str], ends: dict[str, date]) -> str:
    return f"{len(agreed)} of {counted(len(ends), 'source')}" if len(agreed) < len(ends) else f"all {len(ends)} sources"


def _strays(records: Sequence[Dated], cycle: date) -> Iterator[Stray]:
    """The records that say something has happened after the cycle, the first of each file."""
    late: dict[str, list[Dated]] = {}
    for one in records:
        if one.month > cycle:
            late.setdefault(one.file, []).append(one)
    for file, found in late.items():
        yield Stray(file, found[0].row, found[0].header, found[0].text, len(found) - 1)
