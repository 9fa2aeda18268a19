"""What a file does not hold and something else says: a title, its name, the other files."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sop_cli.schemas.calendar import add_months, month_of
from sop_cli.schemas.draft import DraftSource, Fact
from sop_cli.schemas.monthnames import month_in
from sop_cli.stages.draft import words
from sop_cli.stages.draft.candidate import names_of
from sop_cli.stages.draft.columns import texts_of
from sop_cli.stages.draft.yearless import with_year

_MONTHLY = ("stock", "ledger")  # tables whose files may be of one month that only a title names
_PRINTED = re.compile(r"(?i)print|creat|export|run|erstell|gedruckt|druck|edit|impr|stamp|gener|user|benutzer")
_CLOSE = 5  # days after a month end on which its closing stock may be counted
_NEXT = "check, and name the new one every month"
APPROVED, PROPOSED = "AOP", "AOP proposed"


def by_title(source: DraftSource) -> DraftSource:
    """Files without a month are of the one that names their sheet, or that is named above their table."""
    if source.found.table.name not in _MONTHLY or "month" not in source.found.missing:
        return source
    named = [
        _closing([looked.sheet or ""], "the name of its sheet, says")
        or _closing(looked.titles, "above the table, says")
        for looked in source.members
    ]
    found = [one for one in named if one]
    if len(found) < len(named) or len({one.value for one in found}) > 1:
        return source
    return _given(source, "month", found[0])


def by_neighbours(told: Sequence[DraftSource], cycle: str | None, first: str | None) -> list[DraftSource]:
    """What the other files say: the month before the `cycle`, the only site; and the usual name of a budget."""
    site = _only_site(told)
    given = []
    for source in (with_year(source, cycle) for source in told):
        found = source.found
        if "version" in found.missing and found.table.name == "aop":
            source = _given(source, "version", _version(source))
        if "month" in found.missing and found.table.name == "stock" and cycle:
            source = _given(source, "month", _closing_before(source, month_of(cycle)))
        if "valid_from" in found.missing and first:
            why = "the first month of which there are records, as the file names none: check"
            source = _given(source, "valid_from", Fact(first, why))
        if "site" in found.missing and site:
            source = _given(source, "site", site)
        given.append(source)
    return given


def _given(source: DraftSource, column: str, fact: Fact) -> DraftSource:
    missing = tuple(name for name in source.found.missing if name != column)
    found = replace(source.found, missing=missing, constants={**source.found.constants, column: fact})
    said = f"the {column} is not in the file: {fact.value}, {fact.reason}"
    return replace(source, found=found, active=not missing, confidence="unsure", reasons=(*source.reasons, said))


def _closing(titles: Iterable[str], what: str) -> Fact | None:
    """The one month of which titles say that something stands so; when the file was printed says nothing."""
    months: dict[date, Fact] = {}
    for title in titles:
        if not _PRINTED.search(title) and (found := month_in(title)):
            day = _day(title[found[1] : found[2]])
            early = day is not None and day <= _CLOSE
            month = add_months(found[0], -1) if early else found[0]
            why = f"as {title!r}, {what}" + (", just after the close" if early else "")
            months.setdefault(month, Fact(f"{month:%Y-%m}", f"{why}: {_NEXT}"))
    return next(iter(months.values())) if len(months) == 1 else None


def _day(text: str) -> int | None:
    """The day of a date that names one: of 31.10.2026, 2026-10-31, 31 Oct 2026, 20261031."""
    if found := re.fullmatch(r"20\d\d\D?\d\d\D?(\d\d)", text):
        return int(found[1])
    found = re.match(r"(\d\d?)(?:\.\s*|[-/ ])(?:\d\d?[./-]|[^\W\d])", text)
    return int(found[1]) if found else None


def _closing_before(source: DraftSource, cycle: date) -> Fact:
    """The month in the name of the file, or the last closed one."""
    looked, last = source.members[-1], add_months(cycle, -1)
    name = looked.file.rpartition("/")[2]
    found = month_in(name)
    if found and found[0] < cycle:
        return Fact(f"{found[0]:%Y-%m}", f"as its name says, {name}: {_NEXT}")
    return Fact(f"{last:%Y-%m}", f"the last closed one, as the file names none: {_NEXT}")


def _only_site(told: Sequence[DraftSource]) -> Fact | None:
    """The site, where all files that name one name the same."""
    found = {
        text: source.name
        for source in told
        for looked in source.members
        for text in texts_of(source.found, looked, "site")
        if source.active
    }
    [(site, name)] = found.items() if len(found) == 1 else [("", "")]
    return Fact(site, f"the only site in the other files, e.g. {name}: check") if site else None


def _version(source: DraftSource) -> Fact:
    looked = source.members[-1]
    if name := words.speaks_of([*names_of(looked), *looked.titles], words.PROPOSED):
        return Fact(PROPOSED, f"as {name!r} says: check")
    return Fact(APPROVED, "what the approved budget is called where nothing else is said: check")
