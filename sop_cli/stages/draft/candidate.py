"""What a file could be: one table, with the column each header stands for and the reason for every guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import polars as pl

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.recognised import Recognised
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.draft import words

BY_HEADER, NEARLY, BY_VALUES, ONE_OF_TWO = "known header", "nearly", "by its values", "one of two"
_FITS = 0.9  # share of the cells that must be of the column's kind for values to decide
_FEW = 0.5  # below this share a header is not believed
_LONGEST_LINE = 6  # digits of an order line at most


@dataclass(frozen=True)
class Taken:
    """One of our columns and the headers it is read from."""

    column: str
    headers: tuple[str, ...]
    how: str  # BY_HEADER, NEARLY, BY_VALUES, ONE_OF_TWO
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A table that a file could be, and how."""

    table: Table
    score: float
    taken: tuple[Taken, ...]
    across: tuple[str, str] | None = None  # our month and our number, where months run across
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # required columns
    unplaced: tuple[str, ...] = ()  # headers
    doubts: tuple[str, ...] = ()
    named: str | None = None  # the name of file or sheet that speaks of the table

    @property
    def guesses(self) -> int:
        """Columns taken otherwise than by a known header."""
        return sum(taken.how != BY_HEADER for taken in self.taken)


def candidates(looked: Looked) -> list[Candidate]:
    """The tables the file could be, the likeliest first; those of which nothing is there are left out."""
    found = [_candidate(looked, TABLES[name], read) for name, read in looked.recognised.items()]
    return sorted((one for one in found if one.taken), key=lambda one: -one.score)


def names_of(looked: Looked) -> list[str]:
    """The names that may say what a file is: those of its sheet and of the file, then of its folder."""
    path = PurePosixPath(looked.file)
    return [*([looked.sheet] if looked.sheet else []), path.stem, path.parent.name]


def _candidate(looked: Looked, table: Table, read: Recognised) -> Candidate:
    at_of = {match.at: match for match in read.matches}
    taken: dict[str, tuple[str, Taken]] = {}
    doubts: list[str] = []
    for match in read.matches:
        header, column = looked.headers[match.at], table.column(match.column)
        share = _share(looked, match.at, column)
        if share < _FEW:
            doubts.append(f"{header!r} is called like {column.name}, but holds no {column.kind}s")
            continue
        why = f"known header {match.known!r}" if match.exact else f"nearly {match.known!r}, check"
        taken[column.name] = (match.at, Taken(column.name, (header,), BY_HEADER if match.exact else NEARLY, why))
    _settle_rivals(looked, table, read, taken, doubts)
    open_columns = [
        column for column in table.columns if column.name not in taken and column.name not in (read.across or ())
    ]
    for at, names in read.doubtful.items():
        fitting = [column for column in open_columns if column.name in names and _share(looked, at, column) >= _FITS]
        if len(fitting) > 1:  # a text may be any kind of text, a number is more
            fitting = [column for column in fitting if column.kind in ("number", "date", "month")]
        if len(fitting) == 1 and fitting[0].name not in taken:
            text = f"by its values; the header could also be {' or '.join(n for n in names if n != fitting[0].name)}"
            taken[fitting[0].name] = (at, Taken(fitting[0].name, (looked.headers[at],), BY_VALUES, text))
    free = [at for at in looked.headers if at not in at_of and all(at != place for place, _ in taken.values())]
    _by_values(looked, table, read, free, taken)
    names = names_of(looked)
    constants = _constants(table, {*taken, *(read.across or ())}, names)
    own = {*taken, *(read.across or ()), *constants}
    required = [column.name for column in table.columns if column.required and column.default is None]
    missing = tuple(name for name in required if name not in own)
    values, strange = _values(looked, table, taken)
    used = {at for at, _ in taken.values()}
    understood = (len(used) + (len(looked.months) if read.across else 0)) / max(
        1, len(looked.headers) + len(looked.months)
    )
    named = words.speaks_of(names, words.TABLES[table.name])
    shares = [_share(looked, at, table.column(name)) for name, (at, _) in taken.items()]
    sound = sum(shares) / len(shares) if shares else 0
    there = (len(required) - len(missing)) / len(required)
    score = (0.6 * there + 0.2 * understood + (0.2 if named else 0)) * sound
    draft = Candidate(
        table,
        round(score, 4),
        tuple(taken[column.name][1] for column in table.columns if column.name in taken),
        read.across,
        constants,
        values,
        _filled_down(looked, table, taken),
        missing,
        tuple(header for at, header in looked.headers.items() if at not in used),
        (*doubts, *strange),
        named,
    )
    return _with_whole_key(draft, looked, taken)


def _share(looked: Looked, at: str, column: Column) -> float:
    """Share of the cells below a header that could be of the column's kind; 1 where there are none."""
    if column.kind in ("number", "date", "month"):
        return looked.looks[at].get(column.kind, 1.0) if looked.looks[at] else 1.0
    if column.choices and looked.records.height:
        texts = looked.records[at].drop_nulls().unique().to_list()
        known = [text for text in texts if words.choice_of(column, text)]
        return len(known) / len(texts) if texts else 1.0
    return 1.0


def _settle_rivals(
    looked: Looked, table: Table, read: Recognised, taken: dict[str, tuple[str, Taken]], doubts: list[str]
) -> None:
    """Of several headers that could be one column the one whose values fit; a line where an item is looked for."""
    for name, places in read.rivals.items():
        column = table.column(name)
        fitting = [at for at in places if _share(looked, at, column) >= _FITS]
        lines = [at for at in fitting if _is_line(looked, at)]
        if name == "item" and lines and len(lines) < len(fitting):
            fitting = [at for at in fitting if at not in lines]
            if "line" not in taken and any(one.name == "line" for one in table.columns):
                why = "by its values: short numbers that repeat from order to order"
                taken["line"] = (lines[0], Taken("line", (looked.headers[lines[0]],), BY_VALUES, why))
        if not fitting:
            doubts.append(f"{_listed(looked, places)} are all called like {name}, and none holds {column.kind}s")
            continue
        header = looked.headers[fitting[0]]
        others = [looked.headers[at] for at in places if at != fitting[0]]
        if len(fitting) == 1:
            taken[name] = (fitting[0], Taken(name, (header,), BY_VALUES, f"by its values, rather than {others[0]!r}"))
            continue
        taken[name] = (fitting[0], Taken(name, (header,), ONE_OF_TWO, f"or {' or '.join(map(repr, others))}? check"))
        doubts.append(f"{_listed(looked, places)} could all be {name}")


def _is_line(looked: Looked, at: str) -> bool:
    texts = looked.records[at].drop_nulls()
    once = texts.unique()
    short = all(text.isdigit() and len(text.lstrip("0")) <= _LONGEST_LINE for text in once.to_list())
    return texts.len() > 0 and short and once.len() * 2 <= max(2, texts.len())


def _by_values(
    looked: Looked, table: Table, read: Recognised, free: list[str], taken: dict[str, tuple[str, Taken]]
) -> None:
    """Columns no header is known for: the only one of its kind that is left, or the one that holds its words."""
    for column in table.columns:
        if not column.required or column.name in taken or column.name in (read.across or ()):
            continue
        left = [at for at in free if all(at != place for place, _ in taken.values())]
        if column.choices:
            fitting = [at for at in left if looked.looks[at] and _share(looked, at, column) >= _FITS]
        elif column.kind in ("date", "month"):
            fitting = [at for at in left if looked.looks[at].get(column.kind, 0) >= _FITS]
        else:
            continue
        if len(fitting) == 1:
            what = "that holds its words" if column.choices else f"of {column.kind}s that is left"
            why = f"by its values: the only column {what}, check"
            taken[column.name] = (fitting[0], Taken(column.name, (looked.headers[fitting[0]],), BY_VALUES, why))


def _constants(table: Table, own: set[str], names: list[str]) -> dict[str, str]:
    """Words that the name of sheet or file gives for a column that the file does not have."""
    found = {}
    for column in table.columns:
        if column.required and column.choices and column.name not in own:
            for choice, listed in words.CHOICES.get(column.name, {}).items():
                if choice in column.choices and words.speaks_of(names[:2], listed):
                    found[column.name] = choice
                    break
    return found


def _values(
    looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Our words for theirs, and what is said about those that are not known."""
    found: dict[str, dict[str, str]] = {}
    strange = []
    for name, (at, _) in taken.items():
        column = table.column(name)
        if not column.choices:
            continue
        for text in looked.records[at].drop_nulls().unique(maintain_order=True).to_list():
            ours = words.choice_of(column, text)
            if ours is None:
                strange.append(f"{text!r} is none of {', '.join(column.choices)}, which {name} may be")
            elif text.strip().lower() != ours:
                found.setdefault(name, {})[text] = ours
    return found, strange[:5]


def _filled_down(looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]]) -> tuple[str, ...]:
    """Columns of words whose cells are empty where they repeat: the first is filled, and gaps follow."""
    found = []
    for name, (at, _) in taken.items():
        texts, column = looked.records[at], table.column(name)
        gaps = texts.null_count()
        if column.required and column.kind in ("code", "text") and texts.len() and texts[0] is not None and gaps:
            filled = texts.drop_nulls()
            # A word that comes back after others was not merged away.
            if gaps * 3 >= texts.len() and filled.n_unique() * 10 >= filled.len() * 8:
                found.append(name)
    return tuple(found)


def _with_whole_key(draft: Candidate, looked: Looked, taken: Mapping[str, tuple[str, Taken]]) -> Candidate:
    """An order number that repeats is the key only together with its line."""
    table = draft.table
    if table.key != ("order",) or "order" not in taken:
        return draft
    at, order = taken["order"]
    if looked.records[at].drop_nulls().n_unique() == looked.records[at].drop_nulls().len():
        return draft
    for place, header in looked.headers.items():
        pair = looked.records.select(pl.concat_str(at, place, separator="-"))
        is_line = place != at and header in draft.unplaced and _is_line(looked, place)
        if is_line and pair.to_series().n_unique() == looked.records.height:
            whole = Taken("order", (*order.headers, header), BY_VALUES, f"together: {order.headers[0]} alone repeats")
            rest = tuple(one for one in draft.unplaced if one != header)
            kept = tuple(whole if one.column == "order" else one for one in draft.taken)
            return replace(draft, taken=kept, unplaced=rest)
    return replace(draft, doubts=(*draft.doubts, f"{order.headers[0]!r} repeats, though an order is one row here"))


def _listed(looked: Looked, places: tuple[str, ...]) -> str:
    return " and ".join(repr(looked.headers[at]) for at in places)
