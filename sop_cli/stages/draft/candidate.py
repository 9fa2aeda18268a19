"""What a file could be: one table, with the column each header stands for and the reason for every guess."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

import polars as pl

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.draft import Candidate, Fact, Taken
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.recognised import Recognised
from sop_cli.schemas.spelling import spellings
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.draft import words

_FITS = 0.9  # share of the cells that must be of the column's kind for values to decide
_FEW = 0.5  # below this share a header is not believed
_TEXTS = 200  # different texts of a column that are held against the words of its choices
_LONGEST_LINE = 6  # digits of an order line at most


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
        taken[column.name] = (match.at, Taken(column.name, (header,), "known header" if match.exact else "nearly", why))
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
            taken[fitting[0].name] = (at, Taken(fitting[0].name, (looked.headers[at],), "by its values", text))
    free = [at for at in looked.headers if at not in at_of and all(at != place for place, _ in taken.values())]
    _by_values(looked, table, read, free, taken)
    spoken = names_of(looked)
    constants = _constants(looked, table, taken, {*taken, *(read.across or ())}, spoken)
    own = {*taken, *(read.across or ()), *constants}
    required = [column.name for column in table.columns if column.required and column.default is None]
    missing = tuple(name for name in required if name not in own)
    values, strange = _values(looked, table, taken)
    used = {at for at, _ in taken.values()}
    understood = (len(used) + (len(looked.months) if read.across else 0)) / max(
        1, len(looked.headers) + len(looked.months)
    )
    named = words.speaks_of(spoken, words.TABLES[table.name])
    shares = [_share(looked, at, table.column(name)) for name, (at, _) in taken.items()]
    sound = sum(shares) / len(shares) if shares else 0
    guessed = sum(one.how == "by its values" and one.column in required for _, one in taken.values())
    there = (len(required) - len(missing) - guessed / 2) / len(required)
    score = (0.6 * there + 0.2 * understood + (0.2 if named else 0)) * sound * _uniqueness(looked, table, taken, own)
    if read.across and len(taken) == 1 and not named:
        score *= 0.6  # one code and months say little
    if not named and any(one.how == "by its values" and one.column in table.key for _, one in taken.values()):
        score *= 0.8  # many tables have a column in which no word comes twice
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
        texts = looked.records[at].drop_nulls().unique(maintain_order=True).head(_TEXTS).to_list()
        known = [text for text in texts if words.choice_of(column, text)]
        return len(known) / len(texts) if texts else 1.0
    return 1.0


def _uniqueness(looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]], own: set[str]) -> float:
    """1 where the key makes rows unique, down to a half where every row repeats."""
    key = [taken[name][0] for name in table.key if name in taken]
    across = {name for name in own if name not in taken}
    if table.key == ("order",):  # where it repeats, a line is looked for, or it is told
        return 1.0
    if not key or any(name not in own for name in table.key) or across & {*table.key} or not looked.records.height:
        return 1.0
    filled = looked.records.select(pl.col(key).forward_fill())
    return 0.5 + 0.5 * filled.unique().height / filled.height


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
                taken["line"] = (lines[0], Taken("line", (looked.headers[lines[0]],), "by its values", why))
        own = spellings(name, column.kind == "code")
        fitting.sort(key=lambda at: spellings(looked.headers[at], column.kind == "code") != own)
        if not fitting:
            doubts.append(f"{_listed(looked, places)} are all called like {name}, and none holds {column.kind}s")
            continue
        header = looked.headers[fitting[0]]
        others = [looked.headers[at] for at in places if at != fitting[0]]
        if len(fitting) == 1:
            taken[name] = (
                fitting[0],
                Taken(name, (header,), "by its values", f"by its values, rather than {others[0]!r}"),
            )
            continue
        taken[name] = (fitting[0], Taken(name, (header,), "one of two", f"or {' or '.join(map(repr, others))}? check"))
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
        if column.name in table.key[:1]:
            own = [at for at in left if _is_key(looked, at)][:1]
            if own and table.key[1:] in ((), ("line",)):
                why = "by its values: every row has its own, check"
                taken[column.name] = (own[0], Taken(column.name, (looked.headers[own[0]],), "by its values", why))
            continue
        if column.choices:
            # A single word that happens to be one of ours says nothing.
            fitting = [at for at in left if looked.records[at].n_unique() > 1 and _share(looked, at, column) >= _FITS]
        elif column.kind in ("date", "month"):
            fitting = [at for at in left if looked.looks[at].get(column.kind, 0) >= _FITS]
        else:
            continue
        if len(fitting) == 1:
            what = "that holds its words" if column.choices else f"of {column.kind}s that is left"
            why = f"by its values: the only column {what}, check"
            taken[column.name] = (fitting[0], Taken(column.name, (looked.headers[fitting[0]],), "by its values", why))


def _is_key(looked: Looked, at: str) -> bool:
    """Whether every row has a word of its own below a header; numbers and dates are no names."""
    texts = looked.records[at]
    plain = max((share for kind, share in looked.looks[at].items() if kind != "number"), default=0.0)
    return texts.len() > 0 and not texts.null_count() and texts.n_unique() == texts.len() and plain < _FEW


def _constants(
    looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]], own: set[str], names: list[str]
) -> dict[str, Fact]:
    """What the file does not have and yet says: by the name of its sheet, or because every order has one line."""
    found = {}
    if any(column.name == "line" for column in table.columns) and "line" not in own and "order" in taken:
        texts = looked.records[taken["order"][0]]
        if texts.len() and texts.n_unique() == texts.len():
            found["line"] = Fact("1", "every order has one line: check")
    for column in table.columns:
        if column.required and column.choices and column.name not in own:
            for choice, listed in words.CHOICES.get(column.name, {}).items():
                if choice in column.choices and (name := words.speaks_of(names[:2], listed)):
                    found[column.name] = Fact(choice, f"as {name!r} says")
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
        for text in looked.records[at].drop_nulls().unique(maintain_order=True).head(_TEXTS).to_list():
            ours = words.choice_of(column, text)
            if ours is None:
                strange.append(f"{text!r} is none of {', '.join(column.choices)}, which {name} may be")
            elif text.strip().lower() != ours:
                found.setdefault(name, {})[text] = ours
    return found, strange[:5]


def _filled_down(looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]]) -> tuple[str, ...]:
    """Columns of words whose cells are empty where they repeat: the first is filled, and gaps follow."""
    found: dict[str, pl.Series] = {}  # by column: where its gaps are
    others: dict[str, pl.Series] = {}
    for name, (at, _) in taken.items():
        texts, column = looked.records[at], table.column(name)
        matters = (column.required or name in table.key) and column.kind in ("code", "text")
        if matters and texts.len() and texts[0] is not None and (gaps := texts.null_count()):
            filled = texts.drop_nulls()
            # A word that comes back after others was not merged away.
            once = gaps * 3 >= texts.len() and filled.n_unique() * 10 >= filled.len() * 8
            (found if at in looked.merged or once else others)[name] = texts.is_null()
    # Unless it has its gaps where another column has them: then rows belong together.
    found |= {name: gaps for name, gaps in others.items() if any(not (gaps & ~own).any() for own in found.values())}
    return tuple(name for name in taken if name in found)


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
            whole = Taken(
                "order", (*order.headers, header), "by its values", f"together: {order.headers[0]} alone repeats"
            )
            rest = tuple(one for one in draft.unplaced if one != header)
            kept = tuple(whole if one.column == "order" else one for one in draft.taken)
            return replace(draft, taken=kept, unplaced=rest)
    return replace(draft, doubts=(*draft.doubts, f"{order.headers[0]!r} repeats, though an order is one row here"))


def _listed(looked: Looked, places: tuple[str, ...]) -> str:
    return " and ".join(repr(looked.headers[at]) for at in places)
