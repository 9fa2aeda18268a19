"""Rows that add up others: by their words and their place or by arithmetic, kept as control totals."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Literal

import polars as pl

from sop_cli.findings.words import plain
from sop_cli.stages.ingest.table.looks import Cells, Look, filled, look
from sop_cli.stages.ingest.values.numbers import number

# One line per number of a total row; `sum` is what the records between `first` and `last` add up to.
TOTALS: dict[str, pl.DataType] = {
    "row": pl.Int64(),
    "label": pl.String(),
    "column": pl.String(),  # cell column
    "value": pl.String(),  # text as it was read
    "first": pl.Int64(),
    "last": pl.Int64(),
    "sum": pl.Decimal(38, 8),
    "sign": pl.String(),  # the decimal sign that both were read with
    "adds_up": pl.Boolean(),  # null where no number of the row is a sum: then it is no total of this column
}
_WORD = (
    r"(?:(?:grand|overall|general|sub|zwischen|gesamt|end|all|réel|reporting)[\s-]*)?"
    r"(?:totals?|totalen|totaal|totale|totaux|totales|subtotaal|subtotales|sum|summe|summen|gesamt|gesamtsumme|"
    r"ergebnis|suma|somme|som|insgesamt|eindtotaal|result|g\.?\s?ttl\.?|sub-?ttl|ttl|Σ)"
    r"(?:\s+(?:g[eé]n[eé]ra[l]e?|result|general|amount|sum|overall))?"
)
_ALONE = re.compile(rf"\W*{_WORD}\W*", re.IGNORECASE)
_STARS = re.compile(r"\*{1,5}")  # SAP lists mark a total by its level
_START = re.compile(rf"\W*{_WORD}(?=\W)", re.IGNORECASE)
_END = re.compile(rf".*\W{_WORD}\W*", re.IGNORECASE)
# The same for a whole column at once, a little wider; what it lets through is looked at cell by cell.
LABELLED = (
    r"(?i)(?:^\W*(?:grand|overall|general|sub|zwischen|gesamt|end|eind|in)?[\s-]*(?:tota|sum|som|gesamt|ergebnis|result)"
    r"|(?:tota[a-z]*|summe|ergebnis|gesamt|suma)\W*$|\bg?\.? ?(?:sub-?)?ttl\b|Σ)"
)
_BOUNDS = 30  # earlier totals that a span may begin after

Strength = Literal["alone", "part", "none"]


@dataclass(frozen=True)
class Total:
    """One row that adds up others."""

    row: int
    label: str
    values: Mapping[str, str]
    sums: Mapping[str, Decimal]
    adds_up: Mapping[str, bool | None]
    first: int
    last: int
    signs: Mapping[str, str]  # the decimal sign that each was read with

    def wrong(self) -> list[str]:
        """The cell columns that should add up and do not."""
        return [column for column, sound in self.adds_up.items() if sound is False]


@dataclass(frozen=True)
class Keys:
    """What the records of a table always say, from its first rows."""

    always: frozenset[int]  # columns that hold something in nearly every record
    names: frozenset[int]  # those of them that hold no number
    numbers: tuple[int, ...]  # columns of numbers


@dataclass(frozen=True)
class Earlier:
    """The records of earlier pages from one place on, where a total of this page may begin to count."""

    first: int  # their first row
    rows: int
    sums: Mapping[int, Decimal]  # by column, of those that are known


def keys(rows: Sequence[Cells], looks: Mapping[int, Look]) -> Keys:
    """The columns that say what a record is."""
    counts: dict[int, int] = {}
    for cells in rows:
        for column in filled(cells):
            counts[column] = counts.get(column, 0) + 1
    least = min(0.9 * len(rows), len(rows) - 1) if len(rows) > 2 else len(rows)
    always = frozenset(column for column, count in counts.items() if count >= least)
    numbers = tuple(sorted(column for column, found in looks.items() if found == "number"))
    return Keys(always, always.difference(numbers), numbers)


def label(cells: Cells) -> tuple[Strength, int | None]:
    """Whether a cell of the row says that it is a total, alone or as part of a longer text, and which cell."""
    part = None
    for column in filled(cells):
        text = (cells[column] or "").strip()
        if _STARS.fullmatch(text):
            return "alone", column
        if look(text) not in ("text", "month"):
            continue
        if _ALONE.fullmatch(text):
            return "alone", column
        if part is None and len(text) <= 60 and (_START.match(text) or _END.fullmatch(text)):
            part = column
    return ("none", None) if part is None else ("part", part)


class Sums:
    """What the records above any row of a page add up to, totals left out."""

    def __init__(
        self,
        cells: pl.DataFrame,
        start: int,
        places: Sequence[int],
        known: Keys,
        pointed: frozenset[int],
        added: frozenset[int],
        earlier: Sequence[Earlier] | None = (),
    ) -> None:
        """Records begin at `start`; `places` will be asked about; in `pointed` the decimal sign is a point.

        Those `added` add up without a word. `earlier` has what earlier pages hold, the shortest first; None where there
        are some that nobody added up.
        """
        self._earlier = earlier or ()
        self._unknown = earlier is None
        self._cells, self._rows = cells, cells["row"]
        self._known, self._pointed, self._added = known, pointed, added
        self._start = start
        self._places = sorted({start, *places, *(place + 1 for place in places if place + 1 < cells.height)})
        self._left_out: list[int] = []  # places of totals and other rows that are no records, ascending
        self._gone: dict[int, list[Decimal]] = {at: [Decimal(0)] for at in known.numbers}  # what they add up to
        self._totals: list[int] = []

    @cached_property
    def _signs(self) -> dict[int, str]:
        texts = {at: self._cells[str(at)] for at in self._known.numbers}
        return {at: "." if at in self._pointed else decimal_sign(column) for at, column in texts.items()}

    @cached_property
    def _above(self) -> dict[int, dict[int, Decimal]]:
        """What stands above each place, by column; most pages have no total and never ask."""
        above = self._cells.select(
            number(pl.col(str(at)), sign).fill_null(Decimal(0)).cum_sum().shift(1, fill_value=Decimal(0)).alias(str(at))
            for at, sign in self._signs.items()
        )
        return {
            at: dict(zip(self._places, above[str(at)].gather(self._places).to_list(), strict=True))
            for at in self._known.numbers
        }

    def leave_out(self, place: int) -> None:
        """The row at `place` is no record, so it counts in no sum."""
        self._left_out.append(place)

    def judge(self, place: int, cells: Cells, at_end: bool) -> Total | None:
        """The row at `place` as a total, if it is one beyond reasonable doubt."""
        said, at = label(cells)
        own = filled(cells)
        names = self._known.names - {at}
        numbers = [c for c in own if c in self._known.numbers and look(cells[c]) == "number"]
        if not numbers or (said == "none" and names.intersection(own) and place not in self._added):
            return None
        values = {c: v for c in numbers if (v := plain_number(cells[c] or "", self._signs[c])) is not None}
        if not values:
            return None
        if not self._unknown and not self._covered(self._bounds()[-1], place):
            return None  # nothing above it to add up
        emptied = self._known.always.difference(own)
        bare = bool(emptied) and not names.intersection(own)
        begin, matched = self._matching(place, values)
        whole = len(matched) * 2 >= len(values)
        covered = self._covered(begin, place)
        summed = bool(matched) and whole and covered >= 2
        # What stands before the word says of what it is the total; a code may look like a number.
        beside = {c for c in values if at is None or said != "part" or c > at} or set(values)
        surely = summed and beside <= matched and (covered >= 3 or len(matched) > 1)
        if said == "alone":
            sound = bare or summed or (bool(matched) and whole) or (not names and at_end)
        elif said == "part":
            sound = (bare and at == own[0]) or surely
        else:
            # Without a word only a row whose names are all missing, and whose numbers all add up.
            led = min(self._known.names, default=own[0]) < own[0] or place in self._added
            sound = led and surely
        if not sound:
            return None
        if not matched:
            begin = self._bounds()[-1 if said == "alone" and at_end else 0]
        sums = {c: self._sum(begin, place, c) for c in values}
        right = {c for c, v in values.items() if _is(sums[c], v)}
        unsure = bool(matched) or (self._unknown and begin == self._start)
        # Where one column adds up and another does not, the other is a price or a share.
        adds_up = {c: True if c in right else None if unsure or sums[c] is None else False for c in values}
        self._totals.append(place)
        self.leave_out(place)
        return Total(
            int(self._rows[place]),
            (cells[at] or "").strip() if at is not None else "",
            {str(c): cells[c] or "" for c in values},
            {str(c): total for c, total in sums.items() if total is not None},
            {str(c): sound for c, sound in adds_up.items()},
            *self._span(begin, place),
            {str(c): self._signs[c] for c in values},
        )

    def _span(self, begin: int, place: int) -> tuple[int, int]:
        """The rows of the first and the last record from `begin` to before `place`."""
        last = place - 1
        if begin < 0:
            return self._earlier[~begin].first, int(self._rows[place]) - 1
        while begin < last and not self._covered(begin, begin + 1):
            begin += 1
        while last > begin and not self._covered(last, last + 1):
            last -= 1
        return int(self._rows[begin]), int(self._rows[last])

    def _bounds(self) -> list[int]:
        """Where a span of records may begin: after the last total, after earlier ones, at the first record.

        Places on earlier pages are -1, -2 and so on.
        """
        first = [~at for at in range(len(self._earlier))] or [self._start]
        return [place + 1 for place in reversed(self._totals[-_BOUNDS:])] + first

    def _matching(self, place: int, values: Mapping[int, Decimal]) -> tuple[int, set[int]]:
        best, matched = self._bounds()[-1], set[int]()
        for begin in self._bounds():
            if begin >= place:
                continue
            fits = {c for c, v in values.items() if v and _is(self._sum(begin, place, c), v)}
            if len(fits) > len(matched):
                best, matched = begin, fits
        return best, matched

    def _sum(self, begin: int, place: int, column: int) -> Decimal | None:
        if begin < 0:
            before, here = self._earlier[~begin].sums.get(column), self._sum(self._start, place, column)
            return None if before is None or here is None else before + here
        above, gone = self._above[column], self._gone[column]
        for other in self._left_out[len(gone) - 1 :]:
            gone.append(gone[-1] + above[other + 1] - above[other])
        first, last = (bisect_left(self._left_out, at) for at in (begin, place))
        return above[place] - above[begin] - (gone[last] - gone[first])

    def _covered(self, begin: int, place: int) -> int:
        if begin < 0:
            return self._earlier[~begin].rows + self._covered(self._start, place)
        return place - begin - (bisect_left(self._left_out, place) - bisect_left(self._left_out, begin))


def decimal_sign(texts: pl.Series) -> str:
    """The sign that the numbers of a column have before their decimals, as most of them show it."""
    bare = texts.drop_nulls().str.replace_all(r"[^\d.,]", "")
    comma = bare.str.contains(r"^\d[\d.]*,(?:\d{1,2}|\d{4,})$|\.\d{3},").sum()
    point = bare.str.contains(r"^\d[\d,]*\.(?:\d{1,2}|\d{4,})$|,\d{3}\.").sum()
    if comma != point:
        return "," if comma > point else "."
    return (
        ","
        if bare.str.contains(r"^\d{1,3}(?:\.\d{3})+$").sum() > bare.str.contains(r"^\d{1,3}(?:,\d{3})+$").sum()
        else "."
    )


def plain_number(text: str, sign: str) -> Decimal | None:
    """One cell as a number."""
    bare = re.sub(r"[^\d.,+()−-]", "", text).replace("−", "-")
    negative = bare.startswith(("-", "(")) or bare.endswith("-")
    digits = bare.strip("()+-").replace("," if sign == "." else ".", "").replace(sign, ".")
    try:
        return -Decimal(digits) if negative else Decimal(digits)
    except InvalidOperation:
        return None


def styled(value: Decimal, like: str, sign: str) -> str:
    """The number as the file would have it: with the decimal sign `sign`, and with separators where `like` has them."""
    other = {".": ",", ",": "."}[sign]
    text = plain(value) if re.search(rf"\d[{other}'’\s]\d{{3}}", like) else plain(value).replace(",", "")
    return text.translate(str.maketrans(".,", ",.")) if sign == "," else text


def _is(total: Decimal | None, value: Decimal) -> bool:
    return total is not None and abs(total - value) <= _last_digit(value)


def _last_digit(value: Decimal) -> Decimal:
    """What rounding may make of a sum: one of its last decimal, nothing where there are none."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
