"""What a folder of files says about the company: its currency, its fiscal year, the cycle it is ready for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.draft import DraftSource, Fact
from sop_cli.schemas.looked import Looked

_YEAR = r"(20\d\d)"
_MONTHS = (  # year and month are told without a doubt
    re.compile(rf"{_YEAR}[-/.]?(0[1-9]|1[0-2])(?:[-/.]?\d\d)?(?:[ T].*)?"),
    re.compile(r"(?:\d\d?\.)?(?P<m>0?[1-9]|1[0-2])\.(?P<y>20\d\d)"),
    re.compile(r"(?P<m>0?[1-9]|1[0-2])[-/](?P<y>20\d\d)"),
)
_SLASHED = re.compile(rf"(\d\d?)/(\d\d?)/{_YEAR}")


def currency(sources: Sequence[DraftSource]) -> Fact:
    """The currency that most records are in."""
    counts: Counter[str] = Counter()
    for source, _, texts in _texts(sources, "currency"):
        if source.found.table.name != "rates":
            counts.update(text.upper() for text in texts if re.fullmatch(r"[A-Za-z]{3}", text))
    if not counts:
        return Fact("EUR", "no file names one: check")
    [(most, times)] = counts.most_common(1)
    return Fact(most, f"in {times * 100 // counts.total()} % of the records seen that name a currency")


def fiscal_start(sources: Sequence[DraftSource]) -> Fact:
    """The month the fiscal year starts in: that of a budget of twelve months."""
    for source in sources:
        for looked in source.members:
            if source.found.table.name == "aop" and len(looked.months) == 12 and looked.first_month:
                return Fact(str(looked.first_month), f"the budget in {looked.file} begins in this month")
    return Fact("1", "no budget of twelve months says otherwise: check")


def next_cycle(sources: Sequence[DraftSource]) -> Fact | None:
    """The month after the newest one that something has happened in."""
    newest: tuple[date, str] | None = None
    for name in ("shipments", "stock", "ledger"):
        for _, looked, texts in _texts([one for one in sources if one.found.table.name == name], None):
            for month in filter(None, map(_month, _days_first(texts))):
                if newest is None or month > newest[0]:
                    newest = (month, looked.file)
        if newest:
            return Fact(f"{add_months(newest[0], 1):%Y-%m}", f"the month after the newest one in {newest[1]}")
    return None


def budgets(sources: Sequence[DraftSource]) -> tuple[str, ...]:
    """The versions of the budget, in the order they come."""
    found = [text for _, _, texts in _texts(sources, "version") for text in texts]
    return tuple(dict.fromkeys(found))


def _texts(sources: Sequence[DraftSource], column: str | None) -> Iterator[tuple[DraftSource, Looked, list[str]]]:
    """The texts of a column in every file that has it; without one, of the column that must be current."""
    for source in sources:
        wanted = column or source.found.table.current
        taken = next((one for one in source.found.taken if one.column == wanted), None)
        for looked in source.members if taken else ():
            places = {header: at for at, header in looked.headers.items()}
            at = places.get(taken.headers[0]) if taken else None
            if at is not None:
                yield source, looked, looked.records[at].drop_nulls().to_list()


def _days_first(texts: Sequence[str]) -> Sequence[str]:
    """`10/28/2026` as 28.10.2026, and 28/10/2026 too, where all of them tell which of the two is the day."""
    parts = [found.groups() for text in texts if (found := _SLASHED.match(text.strip()))]
    if not parts or len(parts) < len(texts):
        return texts
    first, second = (max(int(part[at]) for part in parts) for at in (0, 1))
    if (first > 12) == (second > 12):
        return texts
    day, month = (0, 1) if first > 12 else (1, 0)
    return [f"{part[day]}.{part[month]}.{part[2]}" for part in parts]


def _month(text: str) -> date | None:
    for pattern in _MONTHS:
        if found := pattern.fullmatch(text.strip()):
            named = found.groupdict()
            year, month = (named["y"], named["m"]) if named else found.groups()
            return date(int(year), int(month), 1)
    return None
