"""Which rows of a file head its table: texts over typed columns, not a title and not a list of particulars."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Literal

from sop_cli.stages.ingest.table.looks import TYPED, Cells, Look, filled, is_line, is_year, look, looks, periods

Confidence = Literal["high", "medium", "low"]
Merged = tuple[tuple[int, int, int, int], ...]

_AHEAD = 25  # rows below a candidate that say what its columns hold
_NEAR = 3  # rows of numbers that say whether such numbers stand in every record
_MOST_ROWS = 5  # that one header spans
_WORDS = 0.5  # what speaks for a row of words over words or codes: no more for one than for the next
_LONG = 60  # letters: a sentence heads no column
_UNIT_WORDS = """
% eur euro usd gbp chf € $ £ keur teur meur t€ k€ m€ pc pcs pce st stk stück piece pieces ea each unit units kg
g t to ton tons tonnes lb lbs l ltr hl m m2 m² m3 m³ cm mm km h hr hrs hour hours min day days week weeks month
months pal pallet pallets ct box boxes cs case cases thousand thousands million millions '000 000s k mio tsd
"""
_UNITS = frozenset(_UNIT_WORDS.split())


@dataclass(frozen=True)
class Row:
    """One row of a grid that is not blank: its true number and its cells."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Header:
    """The rows that head a table, as positions in the rows searched, and how sure that is."""

    rows: tuple[int, ...]  # empty: the file has none
    units: tuple[int, ...]  # rows under the header that only say in what its columns are counted, or are a line
    confidence: Confidence


@dataclass(frozen=True)
class _Evidence:
    texts: int  # cells that are words over a column of numbers, dates, codes
    measures: int  # those of them over numbers and dates; a code may be a word as well
    against: float
    coverage: float  # share of the columns below that the row names
    score: float


def find_header(rows: Sequence[Row], merged: Merged = ()) -> Header:
    """The first rows among `rows` that head a table as substantial as any below them."""
    weights: list[float] = []
    for at, row in enumerate(rows):
        found = evidence(rows, at)
        lone = at + 1 < len(rows) and rows[at + 1].number > row.number + 1
        sound = found.score > 0 and found.coverage >= 0.5 and not _continues(rows, at)
        score = found.score if found.measures else min(found.score, _WORDS)
        weights.append(score * found.coverage * (0.5 if lone else 1) if sound else 0)
    most = max(weights, default=0)
    if most <= 0:
        return Header((), (), "low")
    first = last = next(at for at, weight in enumerate(weights) if weight > most / 2)
    while last + 1 < len(weights) and weights[last + 1] > 0:
        last += 1
    # Of neighbours the one that says most heads the table, of equals the first below the last gap; what stands above
    # it is looked at as part of it.
    gaps = [0, *accumulate(after.number > before.number + 1 for before, after in pairwise(rows))]
    best = max(range(first, last + 1), key=lambda at: (weights[at], gaps[at], -at))
    # Where it stands there before, as on the page before, its table begins there.
    best = next(at for at, row in enumerate(rows) if row.cells == rows[best].cells)
    return around(rows, best, merged)


def around(rows: Sequence[Row], first: int, merged: Merged) -> Header:
    """The header that `first` is part of: group headers above it, further header rows and units below it."""
    found = evidence(rows, first)
    above, below, units = first, first, []
    while above > 0 and first - above < _MOST_ROWS - 1 and _groups(rows, above - 1, first, merged):
        above -= 1
    while below + 1 < len(rows) and below - above < _MOST_ROWS and rows[below + 1].number == rows[below].number + 1:
        reaching = any(rows[above].number <= r[0] <= rows[below].number < r[2] for r in merged)
        if is_line(rows[below + 1].cells) or _are_units(rows[below + 1].cells, rows, below + 1):
            units.append(below + 1)
        elif units or not (reaching or _heads_too(rows, below, above)):
            break
        below += 1
    heads = tuple(at for at in range(above, below + 1) if at not in units)
    sure = found.texts >= 2 and found.against == 0 and found.coverage >= 0.6
    return Header(heads, tuple(units), "high" if sure else "medium" if found.texts else "low")


def evidence(rows: Sequence[Row], at: int) -> _Evidence:
    """How much speaks for the row at `at` heading those below it."""
    cells, below = rows[at].cells, _below(rows, at)
    own = filled(cells)
    if not own:
        return _Evidence(0, 0, 0, 0, 0)
    names = [(cells[column] or "").strip() for column in own]
    if not below:  # nothing but this row: names, or a record?
        plain = len(own) > 1 and all(_is_name(name) for name in names) and len(set(names)) == len(names)
        return _Evidence(0, 0, 0, 1, _WORDS if plain else 0)
    kinds, common = looks_of(below), _common(below)
    across = _heading_periods(cells, below)
    if common <= set(own) and all(look(name) == "number" and not is_year(name) for name in names):
        across = set()  # a row of nothing but numbers, as all others
    texts, measures, codes, against = 0, 0, 0.0, 0.0
    runs = 0  # bare numbers that run across, as those of a record may by chance
    if names[0].startswith("#"):
        # a line of comment among others, or an empty one
        against += not names[0].strip("# ") or any((text or "").startswith("#") for text in below[0])
    for column, name in zip(own, names, strict=True):
        here, there = look(name), kinds.get(column)
        if name.endswith((":", "：")) and len(own) < 4:
            against += 0.5
        if there in TYPED:
            if here == "text" or (column in across and here != there) or (column in across and there == "number"):
                texts += 1
                measures += there != "code"
                runs += here == there and not is_year(name)
            elif here == there:
                against += 1
            elif here == "code":
                codes += 1
        elif there == "text":
            if any(row[column] == cells[column] for row in below):
                against += 0.5
            elif here == "code":
                codes += 0.5 if name[:2].isalpha() else 0  # field1, var2
            elif here in TYPED and column not in across:
                against += 0.5
    coverage = len(common.intersection(own)) / max(len(common), 1)
    score = texts - runs / 2 + codes / 2 - against
    if TYPED.isdisjoint(kinds.values()):
        # Words over words: only a row of short, different names above all others is taken for a header.
        named = all(_is_name(name) or column in across for column, name in zip(own, names, strict=True)) and len(
            set(names)
        ) == len(names)
        score = _WORDS - against if named and coverage >= 0.8 else 0
    return _Evidence(texts, measures, against, coverage, score)


def _below(rows: Sequence[Row], at: int) -> list[Cells]:
    """The next rows, to the first gap: behind it there may be another table."""
    below: list[Cells] = []
    for place in range(at + 1, min(at + 1 + _AHEAD, len(rows))):
        if len(below) > 1 and rows[place].number > rows[place - 1].number + 1:
            break
        if rows[place].cells != rows[at].cells:
            below.append(rows[place].cells)
    return below


def looks_of(rows: Sequence[Cells], share: float = 0.6, but: int = 0) -> dict[int, Look]:
    """What each column of `rows` looks like, by at least `share` of its cells and `but` so many; else it is text."""
    seen = Counter(chain.from_iterable(map(looks, rows)))
    most: dict[int, tuple[int, Look]] = {}
    totals: Counter[int] = Counter()
    for (column, found), count in seen.items():
        totals[column] += count
        if column not in most or count > most[column][0]:
            most[column] = count, found
    return {
        column: found if count + but >= share * totals[column] else "text" for column, (count, found) in most.items()
    }


def merged_names(rows: Sequence[Row], columns: Sequence[int], merged: Merged) -> dict[int, str]:
    """The text over each column: the header rows from top to bottom, joined with a space.

    What heads a group of columns counts for all of them: where a workbook merges its cell, or where the names
    below it are months or come again under the next group.
    """
    parts: dict[int, list[str]] = {column: [] for column in columns}
    for place, row in enumerate(rows):
        child = rows[place + 1].cells if place + 1 < len(rows) else None
        spread = _spread(row, child, columns, merged)
        for column in columns:
            if text := spread.get(column):
                parts[column].append(text)
    return {column: " ".join(texts) for column, texts in parts.items()}


def _continues(rows: Sequence[Row], at: int) -> bool:
    """Whether the rows above are of the same kind as those below, so that this one is among them."""
    kinds = looks_of(_below(rows, at))
    typed = {column for column, found in kinds.items() if found in TYPED}
    for row in rows[max(0, at - 3) : at]:
        looks = {column: look(row.cells[column]) for column in typed.intersection(filled(row.cells))}
        same = sum(here == kinds[column] for column, here in looks.items())
        # Particulars such as `Interval, 0.01` hold a number too, but words where the records hold none.
        words = sum(here == "text" for here in looks.values())
        if same >= max(1, len(typed) / 2, words + 1) and not periods(row.cells):
            return True
    own = len(filled(rows[at].cells))
    if own == 1 and at > 0 and max(len(filled(row.cells)) for row in rows[at - 1 : at + 2]) == 1:
        return True  # in one column a title and a record look alike
    if not typed and at > 0 and len(filled(rows[at - 1].cells)) >= own:
        return True
    # A block of rows as wide as this one right above it is a table, not a title.
    above = 0
    while above < at and rows[at - above - 1].number == rows[at - above].number - 1:
        above += 1
    return sum(len(filled(row.cells)) * 2 >= own for row in rows[at - above : at]) > _MOST_ROWS


def _heading_periods(cells: Cells, below: Sequence[Cells]) -> set[int]:
    """The periods that run across a row; numbers only where no such numbers run across most of the next rows too."""
    near = [(row, periods(row)) for row in below[:_NEAR]]
    found = set()
    for column in periods(cells):
        year = is_year(cells[column])
        again = sum(column in runs and is_year(row[column]) == year for row, runs in near)
        if look(cells[column]) != "number" or again * 2 <= len(near):
            found.add(column)
    return found


def _common(rows: Sequence[Cells]) -> set[int]:
    counts = Counter(chain.from_iterable(map(filled, rows)))
    return {column for column, count in counts.items() if count >= len(rows) / 2}


def _groups(rows: Sequence[Row], at: int, leaf: int, merged: Merged) -> bool:
    """Whether the row at `at` groups the header cells below it, rather than being a title."""
    row, child = rows[at], rows[at + 1]
    if child.number != row.number + 1:
        return False
    own, under = filled(row.cells), filled(child.cells)
    names = [(row.cells[column] or "").strip() for column in own]
    across = periods(row.cells)
    if any(name.endswith((":", "：")) or len(name) > _LONG for name in names):
        return False
    if any(look(row.cells[column]) != "text" and column not in across for column in own) and len(own) < 2:
        return False
    held = {column for record in _below(rows, leaf) for column in filled(record)}
    if len(set(own) - held) > len(own) / 3:
        return False  # it goes on where the table has ended: particulars side by side
    full = len(own) > 2 and set(own) >= set(under)
    if not full and any(look(row.cells[column]) in ("code", "date") and column not in across for column in own):
        return False
    if not full and any("=" in name or ": " in name for name in names):
        return False
    spans = [r for r in merged if r[0] == row.number and r[3] > r[1] and r[1] in own]
    # Names merged downwards stand above the leaf and are columns all the same.
    reaching = {r[1] for r in merged if r[0] < rows[leaf].number <= r[2]}
    table = sorted({*filled(rows[leaf].cells), *reaching})
    whole = len(table) > 2 and any(r[1] <= table[0] and r[3] >= table[-1] for r in spans)
    if spans and not whole:
        return True
    if whole or not own:
        return False
    if len(own) == 1:  # over the months it stands for, and not where a title stands
        across = _heading_periods(child.cells, [row.cells for row in rows[leaf + 1 : leaf + 1 + _NEAR]])
        return own[0] > table[0] and own[0] == min(across, default=-1) and own[0] in periods(child.cells)
    if own == under and [row.cells[column] for column in own] == [child.cells[column] for column in own]:
        return True
    if own[0] == 0 and len(own) == 2 and own[1] == 1 and len(under) > 3 and not _repeats(child.cells, under):
        return False  # "Plant", "Hamburg" over a wide table: particulars
    return len(own) > 2 or bool(across) or _repeats(child.cells, under) or bool(periods(child.cells))


def _repeats(cells: Cells, columns: Sequence[int]) -> bool:
    names = [(cells[column] or "").strip().lower() for column in columns]
    return len(set(names)) < len(names)


def _heads_too(rows: Sequence[Row], above: int, top: int) -> bool:
    """Whether the row after `above` is one more header row and no record."""
    at = above + 1
    cells, own = rows[at].cells, filled(rows[at].cells)
    if cells == rows[above].cells:
        return len(own) > 1
    below = _below(rows, at)
    kinds = looks_of(below)
    # A record may say `open` where others have a code; but it has the cell that all of them begin with.
    whole = bool(own) and own[0] == min(_common(below), default=own[0])
    typed = {column for column, found in kinds.items() if found in TYPED and (found != "code" or not whole)}
    if len(rows) < at + 3 or len(own) < 2 or (_repeats(cells, own) and own == filled(rows[above].cells)):
        return False  # too little below it to tell, or names that would head two columns each
    across = _heading_periods(cells, below)
    words = [
        c for c in own if c in typed and (look(cells[c]) == "text" or (c in across and look(cells[c]) != kinds[c]))
    ]
    # Numbers that run across, below names of their own, are the first record.
    names = merged_names(rows[top:at], own, ()).values()
    named = all(names) and len(set(names)) == len(own)
    run = [c for c in own if c in typed and c in across and kinds[c] == "number" and not (named and whole)]
    words = sorted({*words, *run})
    others = [c for c in own if look(cells[c]) in TYPED and c not in words]
    if others or any(len(cells[c] or "") > _LONG for c in own):
        return False
    if any(row[c] == cells[c] for c in own if kinds.get(c) == "text" for row in below):
        return False  # what records say again is no name
    # A lone remark in a number column is a record's; a header row speaks for a good part of the columns.
    return len(words) >= max(2, 0.3 * len(typed))


def _are_units(cells: Cells, rows: Sequence[Row], at: int) -> bool:
    names = _lower(cells)
    known = all(_is_unit(name) for name in names)
    return (
        bool(names) and known and not all(_is_unit(name) for row in rows[at + 1 : at + 2] for name in _lower(row.cells))
    )


def _is_unit(name: str) -> bool:
    """`kg`, `[pcs]`, `in EUR`, `per month`, `EUR/pc`."""
    bare = name.strip("()[] .").removeprefix("in ").removeprefix("per ")
    return all(part.strip() in _UNITS for part in bare.split("/"))


def _lower(cells: Cells) -> list[str]:
    return [(cells[column] or "").strip().lower() for column in filled(cells)]


def _is_name(name: str) -> bool:
    plain = not name.endswith((":", "：")) and "://" not in name and "@" not in name
    return 0 < len(name) <= 40 and plain and look(name) in ("text", "month")


def _spread(row: Row, child: Cells | None, columns: Sequence[int], merged: Merged) -> dict[int, str]:
    """The texts of a header row by column, those of groups over every column of the group."""
    texts = {c: " ".join((row.cells[c] or "").split()) for c in columns if c < len(row.cells) and row.cells[c]}
    out = dict(texts)
    for top, left, _, right in merged:
        if top == row.number and left in texts:
            out |= {c: texts[left] for c in columns if left < c <= right and c not in texts}
    # Who merges cells of a row merges all of its groups.
    if child is None or any(top == row.number and right > left for top, left, _, right in merged):
        return out
    across = periods(child)
    counts: Mapping[str, int] = Counter(_lower(child))
    group = ""
    for c in columns:
        under = (child[c] or "").strip() if c < len(child) else ""
        if c in texts:
            group = texts[c] if under else ""
        elif group and under and (c in across or counts[under.lower()] > 1):
            out[c] = group
        else:
            group = ""
    return out
