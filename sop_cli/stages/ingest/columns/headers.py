"""Which header stands for which of our columns: known ones, those that are nearly one, and those that fit twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.recognised import Fit, Match, Recognised
from sop_cli.schemas.spelling import apart, spellings, stems
from sop_cli.stages.ingest.columns.units import without_unit

FEWEST_MONTHS = 3  # headers that are months before they count as months that run across


def fit(headers: Sequence[str], table: Table, is_month: Callable[[str], bool] = lambda header: False) -> Fit:
    """How well `headers` are those of `table`; `is_month` tells the headers that are months, which may run across."""
    months = [header for header in headers if is_month(header)]
    names = {str(at): header for at, header in enumerate(headers) if header and header not in months}
    read = recognise_all(names, table, has_months=len(months) >= FEWEST_MONTHS)
    found = {match.column for match in read.matches} | {*read.rivals, *(read.across or ())}
    understood = len(read.matches) + sum(map(len, read.rivals.values())) + (len(months) if read.across else 0)
    required = [column.name for column in table.columns if column.required]
    missing = tuple(name for name in required if name not in found)
    share = understood / max(1, len(names) + len(months))
    return Fit(
        round((1 - len(missing) / len(required)) * (0.7 + 0.3 * share), 4),
        tuple(column.name for column in table.columns if column.name in found),
        missing,
    )


def recognise_all(headers: Mapping[str, str], table: Table, *, has_months: bool) -> Recognised:
    """What `headers` stand for in `table`; where months run across, what stands over and below them is settled."""
    found = recognise(headers, table.columns)
    across = runs_across(table, {*found.rivals, *(match.column for match in found.matches)}) if has_months else None
    if across is None:
        return found
    rest = [column for column in table.columns if column.name not in across]
    return replace(recognise(headers, rest), across=across)


def runs_across(table: Table, found: set[str] | frozenset[str]) -> tuple[str, str] | None:
    """Our month and the one number it can stand over, where neither is among the columns `found` in the file."""
    month = next((column.name for column in table.columns if column.kind == "month"), None)
    numbers = [
        column.name
        for column in table.columns
        if column.kind == "number" and column.required and column.name not in found
    ]
    return (month, numbers[0]) if month and month not in found and len(numbers) == 1 else None


def recognise(headers: Mapping[str, str], wanted: Sequence[Column]) -> Recognised:
    """What `headers` (cell column: text) stand for among our columns `wanted`.

    A header is known by the name of a column, or by what people call it. One that fits two columns goes to the
    only one no other header stands for, and is doubtful where that leaves none or several. A header that only stands
    in for a column, as a delivery does for its order, is taken where no header is left for that column. What is left on
    both sides is compared letter by letter: a header that is nearly a known one, and only one, is taken for it.
    """
    known = {at: known_as(text, wanted) for at, text in headers.items()}
    settled = {name for fits in known.values() if len(fits) == 1 for name in fits}
    doubtful: dict[str, tuple[str, ...]] = {}
    for at, fits in known.items():
        if len(fits) > 1:
            still_open = [name for name in fits if name not in settled]
            if len(still_open) != 1:
                doubtful[at] = tuple(fits)
            known[at] = {name: fits[name] for name in still_open} if len(still_open) == 1 else {}
    taken = {name for fits in known.values() for name in fits} | {name for fits in doubtful.values() for name in fits}
    rest = [column for column in wanted if column.name not in taken]
    for at, fits in known.items():
        if not fits and at not in doubtful:
            known[at] = stands_in(headers[at], rest)
    rest = [column for column in rest if all(column.name not in fits for fits in known.values())]
    for at, fits in known.items():
        if not fits and at not in doubtful:
            near = _near(headers[at], rest)
            if len(near) > 1:
                doubtful[at] = tuple(near)
            known[at] = near if len(near) == 1 else {}
    places: dict[str, list[Match]] = {}
    for at, fits in known.items():
        for match in fits.values():
            places.setdefault(match.column, []).append(Match(match.column, at, match.known, match.exact))
    return Recognised(
        tuple(found[0] for found in places.values() if len(found) == 1),
        doubtful,
        {name: tuple(match.at for match in found) for name, found in places.items() if len(found) > 1},
    )


def known_as(header: str, wanted: Sequence[Column]) -> dict[str, Match]:
    """Our columns the header is known for; the name of one column counts before what people call another."""
    fits = (_match(header, column, _names(column)) for column in wanted)
    by_use = {found.column: found for found in fits if found}
    by_name = {column.name: by_use[column.name] for column in wanted if _is_name(by_use.get(column.name), column)}
    return by_name if len(by_name) == 1 else by_use


def stands_in(header: str, wanted: Sequence[Column]) -> dict[str, Match]:
    """The only one of our columns that the header stands for where no other header does."""
    fits = (_match(header, column, column.instead) for column in wanted)
    found = {match.column: match for match in fits if match}
    return found if len(found) == 1 else {}


def _match(header: str, column: Column, names: Sequence[str]) -> Match | None:
    """The column under the first of these names that the header is, with or without the unit beside it."""
    is_code = column.kind == "code"
    for text in _readings(header, column):
        keys = spellings(text, is_code)
        if known := next((name for name in names if keys & spellings(name, is_code)), None):
            return Match(column.name, "", known)
    return None


def _is_name(found: Match | None, column: Column) -> bool:
    return found is not None and found.known == _own(column)


def _readings(header: str, column: Column) -> list[str]:
    """The header as it is, and for a number without the unit beside it, or the days it counts."""
    bare = without_unit(header, column.unit) if column.kind == "number" else None
    return [header, *(bare[:1] if bare else ())]


def _near(header: str, wanted: Sequence[Column]) -> dict[str, Match]:
    """Our columns that have a name the header differs from by a slip of the pen; the nearest ones only."""
    found: dict[str, tuple[int, Match]] = {}
    for column in wanted:
        is_code = column.kind == "code"
        for text in _readings(header, column):
            for known in _names(column):
                slips = _slips(text, known, is_code)
                if slips and slips < found.get(column.name, (9, None))[0]:
                    found[column.name] = (slips, Match(column.name, "", known, exact=False))
    fewest = min((slips for slips, _ in found.values()), default=0)
    return {name: match for name, (slips, match) in found.items() if slips == fewest}


@cache
def _slips(text: str, known: str, is_code: bool) -> int | None:
    """Letters by which the two differ, None where they are too many: one to eight letters, two from nine on.

    A word that ends with a point may be the beginning of a longer one.
    """
    limits = []
    cut = text.strip().endswith(".")  # cut short by who printed it: Warenausg.
    for one in stems(text, is_code):
        for other in stems(known, is_code):
            if cut and len(one) > 4 and other.startswith(one) and other != one:
                limits.append(1)
            shorter = min(len(one), len(other))
            allowed = 0 if shorter < 5 else 1 if shorter < 9 else 2
            if allowed and _digits(one) == _digits(other) and (slips := apart(one, other, allowed)) <= allowed:
                limits.append(slips)
    return min(limits, default=None)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _names(column: Column) -> tuple[str, ...]:
    return (_own(column), *column.headers)


def _own(column: Column) -> str:
    return column.name.replace("_", " ")
