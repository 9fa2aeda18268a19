"""Consensus demand by the documented rules, counted by hand: the product's own code has no part in it.

The rules are those at the top of sop_cli/stages/project/consensus.py, with one month of demand fence and the sales
forecast before the statistical one, as config.example.yaml says. Facts are the generator's arrays as a careful
reader accepts them. Fractions are exact; what is divided is rounded in running totals, half up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tests.sample_company import extracts
from tests.sample_company.company import ACCOUNTS, FAMILIES, NEVER, Item, items, uom_of
from tests.sample_company.demand import LEAD, Line, forecast
from tests.sample_company.months import HORIZON, LATEST, as_of, month, month_of

FENCE = 1  # months in which the open orders alone are the demand
AVERAGED = 6  # months of the moving average of a short history
LONG = 24  # months from which the statistical forecast would be seasonal

Segment = str | None  # None: the account is not known
Strand = tuple[str, str, Segment]  # item, site, segment
Series = tuple[str, Segment]
Monthly = dict[int, int]


@dataclass(frozen=True)
class Consensus:
    """Pieces that fall due by item, site, segment and month, and those that are late when the horizon opens."""

    due: dict[Strand, Monthly]
    past_due: dict[Strand, int]


@cache
def consensus(cycle: str) -> Consensus:
    """The demand that the plan of a cycle has to meet."""
    orders = [row.line for row in extracts.orders(cycle) if row.accepted]
    opening, last = month(cycle), month(cycle) + HORIZON - 1
    due: dict[Strand, Monthly] = {}
    past_due: dict[Strand, int] = {}
    for row in orders:
        strand, number = (row.item, _site(row), _segment(row, cycle)), month_of(row.promised)
        if number < opening:
            past_due[strand] = past_due.get(strand, 0) + row.base
        elif number < opening + FENCE or (_to_order(items()[row.item]) and number <= last):
            _add(due, strand, number, row.base)
    for (code, segment), voice in _voices(cycle).items():
        item = items()[code]
        if _to_order(item):
            for number, quantity in voice.items():
                if number + LEAD <= last:
                    _add(due, (code, FAMILIES[item.family].plant, segment), number + LEAD, quantity)
            continue
        owed = [voice[number] for number in range(opening + FENCE, last + 1)]
        for site, parts in _split(owed, _shares(cycle, code, segment)).items():
            for number, quantity in enumerate(parts, opening + FENCE):
                _add(due, (code, site, segment), number, quantity)
    return Consensus(due, past_due)


def falling_due(cycle: str) -> dict[tuple[str, int], int]:
    """Pieces by item and month; what is past due falls on the first month."""
    demand = consensus(cycle)
    totals: dict[tuple[str, int], int] = {}
    rows = [(strand, number, q) for strand, months in demand.due.items() for number, q in months.items()]
    for (code, _, _), number, quantity in [*rows, *((s, month(cycle), q) for s, q in demand.past_due.items())]:
        totals[code, number] = totals.get((code, number), 0) + quantity
    return totals


def _voices(cycle: str) -> dict[Series, Monthly]:
    """What is owed beyond the fence by item and segment, before it is split over sites; to order: what is booked."""
    said, orders = _forecast(cycle), _by_series(cycle, _open_lines(cycle))
    early = _by_series(cycle, [r for r in extracts.accepted(cycle) if month_of(r.promised) > as_of(cycle)])
    voices: dict[Series, Monthly] = {}
    for series in {*said, *orders, *_by_series(cycle, extracts.accepted(cycle))}:
        to_order = _to_order(items()[series[0]])
        # A history without segment (an account nobody knows) is not added to a forecast by segment.
        heard = series[1] is not None or not any(code == series[0] for code, _ in said)
        voice = said.get(series) or (_statistical(cycle, series) if heard else {})
        ordered, shipped = ({} if to_order else part.get(series, {}) for part in (orders, early))
        exact = []
        for number in range(month(cycle), month(cycle) + HORIZON):
            gone = max(0, shipped.get(number, 0))
            expected = max(voice.get(number, 0), ordered.get(number, 0) + gone) - gone
            fenced = number < month(cycle) + FENCE and not to_order
            exact.append(0 if fenced else max(expected, 0))
        voices[series] = dict(enumerate(_running(exact), month(cycle)))
    return voices


def _forecast(cycle: str) -> dict[Series, dict[int, Fraction]]:
    """The sales forecast in pieces, without the cell that shows #N/A; rows of unknown items do not get here."""
    said: dict[Series, dict[int, Fraction]] = {}
    for (code, segment, number), quantity in forecast(cycle).items():
        if cycle != LATEST or (code, segment, number) != extracts.error_cell():
            pieces = items()[code].case if uom_of(segment) == "CS" else 1
            said.setdefault((code, segment), {})[number] = Fraction(quantity * pieces)
    return said


def _statistical(cycle: str, series: Series) -> dict[int, Fraction]:
    """The voice of a series that sales says nothing about: only short histories need one here."""
    closed = as_of(cycle)
    lines = [*extracts.accepted(cycle), *_open_lines(cycle)]
    known = _by_series(cycle, [row for row in lines if (row.item, _segment(row, cycle)) == series])
    history = {number: quantity for number, quantity in known.get(series, {}).items() if number <= closed and quantity}
    if items()[series[0]].last < NEVER or not history:
        return {}
    age = closed - min(history) + 1
    assert age < LONG, f"{series} has a long history but no sales forecast"
    averaged = min(age, AVERAGED)
    mean = Fraction(sum(history.get(closed - step, 0) for step in range(averaged)), averaged)
    return dict.fromkeys(range(month(cycle), month(cycle) + HORIZON), max(mean, Fraction(0)))


def _shares(cycle: str, code: str, segment: Segment) -> dict[str, int]:
    """Pieces shipped by site and promised in the last twelve months, at the finest level that has any."""
    family = items()[code].family
    levels = ((code, segment), code, family)
    for level in levels:
        if any(quantity > 0 for quantity in _shipped(cycle).get(level, {}).values()):
            return {site: quantity for site, quantity in _shipped(cycle)[level].items() if quantity > 0}
    return {FAMILIES[family].plant: 1}


@cache
def _shipped(cycle: str) -> dict[Series | str, dict[str, int]]:
    totals: dict[Series | str, dict[str, int]] = {}
    for row in extracts.accepted(cycle):
        if as_of(cycle) - 12 < month_of(row.promised) <= as_of(cycle):
            for level in ((row.item, _segment(row, cycle)), row.item, row.family):
                sites = totals.setdefault(level, {})
                sites[row.site] = sites.get(row.site, 0) + row.base
    return totals


def _split(amounts: Sequence[int], shares: dict[str, int]) -> dict[str, list[int]]:
    """Each site by name takes its share of the running total of what the sites before it left."""
    parts: dict[str, list[int]] = {}
    left, waiting = list(amounts), sum(shares.values())
    for site in sorted(shares):
        parts[site] = _running([quantity * Fraction(shares[site], waiting) for quantity in left])
        left = [have - taken for have, taken in zip(left, parts[site], strict=True)]
        waiting -= shares[site]
    return parts


def _running(amounts: Iterable[Fraction | int]) -> list[int]:
    """Whole numbers whose running total is the rounded running total of `amounts`."""
    wholes: list[int] = []
    total = Fraction(0)
    for amount in amounts:
        total += amount
        wholes.append(half_up(total) - sum(wholes))
    return wholes


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _open_lines(cycle: str) -> list[Line]:
    return [row.line for row in extracts.orders(cycle) if row.accepted]


def _by_series(cycle: str, rows: Iterable[Line]) -> dict[Series, Monthly]:
    totals: dict[Series, Monthly] = {}
    for row in rows:
        months = totals.setdefault((row.item, _segment(row, cycle)), {})
        months[month_of(row.promised)] = months.get(month_of(row.promised), 0) + row.base
    return totals


def _add(due: dict[Strand, Monthly], strand: Strand, number: int, quantity: int) -> None:
    months = due.setdefault(strand, {})
    months[number] = months.get(number, 0) + quantity


def _segment(row: Line, cycle: str) -> Segment:
    """The segment of the account, where the extract names one that exists."""
    stray = cycle == extracts.UNKNOWN_ACCOUNT[0] and row == extracts.stray_line()
    return None if stray else ACCOUNTS[row.account].segment


def _site(row: Line) -> str:
    """The home plant for what is made to order."""
    item = items()[row.item]
    return FAMILIES[item.family].plant if _to_order(item) else row.site


def _to_order(item: Item) -> bool:
    return FAMILIES[item.family].policy == "mto"
