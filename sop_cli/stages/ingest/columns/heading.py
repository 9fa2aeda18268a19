"""The table of a page when it is known which one it should be: the names its header must hold lead to it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from sop_cli.findings.table import DOUBTFUL_HEADER, HEADER_ROWS
from sop_cli.schemas.grid import Grid, Remark
from sop_cli.schemas.monthnames import month_number
from sop_cli.stages.ingest.columns.headers import FEWEST_MONTHS, known_as, stands_in
from sop_cli.stages.ingest.columns.measures import by_measure
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.looks import is_year, look, periods
from sop_cli.stages.ingest.table.table import Found, find_table
from sop_cli.stages.ingest.values.monthheaders import month_headers

_SEARCHED = 200  # rows that are not blank among which the header is looked for
_FEWEST = 2  # names by which a row is known to be the header
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_QUARTER = re.compile(r"Q([1-4])[-/ ]*(20\d\d)|(20\d\d)[-/ ]*Q([1-4])", re.IGNORECASE)


def find_declared_table(page: Grid, rules: SourceRules) -> Found:
    """Where the table of the source lies in the first page of a file.

    What the page alone tells is kept unless another row holds more of the names that the config declares or the table
    knows; months that run across are such names. SopError where the declared header is not there.
    """
    found = find_table(page, rules.header)
    if rules.header is not None:
        return found
    names = [text for text in found.headers.values() if text]
    taken = _taken(found.headers, rules) if found.header_rows else 0
    if len(found.header_rows) > 1:
        plain = _without_known_groups(page, without_groups(page, found, rules), rules)
        if (more := _taken(plain.headers, rules)) > taken:
            found, taken = plain, more
    if taken < max(_FEWEST, len(names) // 2) or len(found.header_rows) > 1:
        held = page.cells.filter(pl.any_horizontal(pl.exclude("row").is_not_null())).head(_SEARCHED)
        rows = {int(row): {str(at): text or "" for at, text in enumerate(texts)} for row, *texts in held.iter_rows()}
        known = {row: _taken(texts, rules) for row, texts in rows.items()}
        best = max(known, key=lambda row: (known[row], -row), default=0)
        if known.get(best, 0) >= _FEWEST and known[best] > taken:
            found, taken = find_table(page, best), known[best]
            names = [text for text in found.headers.values() if text]
    if len(found.header_rows) == 1 and taken < len(names) and (both := _with_next_row(page, found, taken, rules)):
        return both
    if taken >= _FEWEST:  # names that the table knows are no guess
        sure = tuple(remark for remark in found.remarks if remark.code != DOUBTFUL_HEADER.code)
        return replace(found, confidence="high", remarks=sure)
    return found


def _with_next_row(page: Grid, found: Found, taken: int, rules: SourceRules) -> Found | None:
    """The table with the row below its header as part of it, where both together hold more names than `taken`."""
    head = found.header_rows[0]
    lines = page.cells.filter(pl.col("row").is_in([head, head + 1])).drop("row").rows()
    if len(lines) < 2 or not any(lines[1]):
        return None
    leaf = {str(at): text for at, text in enumerate(lines[1]) if text}
    years = any(is_year(text) or _YEAR.search(text) for text in lines[0] if text)
    if any(look(text) == "number" and not (years or is_year(text)) for text in leaf.values()):
        return None  # numbers of a record, however well CW 48 and 70 go together
    joined = {str(at): " ".join(filter(None, texts)) for at, texts in enumerate(zip(*lines, strict=True))}
    if not _taken(leaf, rules) and _taken(joined, rules) <= taken:
        return None  # a record, as a rule: to look for a table below it takes longer
    both = without_groups(page, find_table(page, (head, head + 1)), rules)
    if _taken(both.headers, rules) <= taken:
        return None
    return replace(both, remarks=(_told(both), *both.remarks))


def without_groups(page: Grid, found: Found, rules: SourceRules) -> Found:
    """The table where a month that stands below `Forecast` or `Q4 2026` is that month, and each is there once."""
    leaf = _leaf(page, found)
    own = {at: _with_year(text, leaf.get(at, "")) for at, text in found.headers.items()}
    months = month_headers({at: text for at, text in own.items() if text}, rules).months
    if len(months) < FEWEST_MONTHS or len({own[at] for at in months}) < len(months):
        return found
    headers = {at: own[at] if at in months else text for at, text in found.headers.items()}
    if headers == found.headers:
        return found
    plain = replace(found, headers=headers)
    told = (_told(plain) if remark.code == HEADER_ROWS.code else remark for remark in found.remarks)
    return replace(plain, remarks=tuple(told))


def _without_known_groups(page: Grid, found: Found, rules: SourceRules) -> Found:
    """The table where a name that is known by itself, as Menge below Bestand, is that name if no other group has it."""
    leaf = _leaf(page, found)
    times = Counter(" ".join(text.casefold().split()) for text in leaf.values())
    headers = {
        at: leaf[at]
        if at in leaf
        and times[" ".join(leaf[at].casefold().split())] == 1
        and not _known([text], rules)
        and _known([leaf[at]], rules)
        else text
        for at, text in found.headers.items()
    }
    return found if headers == found.headers else replace(found, headers=headers)


def _leaf(page: Grid, found: Found) -> dict[str, str]:
    """The texts of the last row of the header, by cell column."""
    cells = page.cells.filter(pl.col("row") == found.header_rows[-1]).drop("row").row(0)
    return {str(at): " ".join(text.split()) for at, text in enumerate(cells) if text}


def _with_year(whole: str, leaf: str) -> str:
    """`Nov 2026` for Nov below Q4 2026, a quarter of the calendar in which it lies; else the `leaf` itself."""
    number = month_number(leaf.rstrip("."))
    quarter = _QUARTER.search(whole)
    if number is None or quarter is None or int(quarter[1] or quarter[4]) != (number + 2) // 3:
        return leaf
    return f"{leaf.rstrip('.')} {quarter[2] or quarter[3]}"


def _told(found: Found) -> Remark:
    first, last = found.header_rows[0], found.header_rows[-1]
    shown = " | ".join(text for text in found.headers.values() if text)
    return Remark(HEADER_ROWS.code, first, None, shown, f"rows {first} and {last} are the header together")


def _taken(headers: Mapping[str, str], rules: SourceRules) -> int:
    """How many names of a row say what stands below them: those that are known, and beside such a one months."""
    names = {at: text for at, text in headers.items() if text}
    known = _known([*names.values()], rules)
    if not known:
        return 0
    if len(periods(list(headers.values()))) >= FEWEST_MONTHS:
        return known + len(month_headers(names, rules).months)
    return known + len({at for months in by_measure(names).values() for at in months})


def _known(names: Sequence[str], rules: SourceRules) -> int:
    """How many of the names are headers that the config declares or that stand for a column of the table."""
    declared = {" ".join(header.casefold().split()) for given in rules.headers().values() for header in given}
    wanted = [column for column in rules.table.columns if column.name not in rules.columns]
    return sum(
        " ".join(name.casefold().split()) in declared or bool(known_as(name, wanted) or stands_in(name, wanted))
        for name in names
    )
