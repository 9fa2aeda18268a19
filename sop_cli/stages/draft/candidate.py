"""What a file could be: one table, with the column each header stands for and the reason for every guess."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

import polars as pl

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.draft import Candidate, Fact, Taken
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.recognised import Match, Recognised
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.draft import words
from sop_cli.stages.draft.given import constants_of, filled_down, scale_of, values_of
from sop_cli.stages.draft.guessed import by_values, counted_in_units, settle_rivals
from sop_cli.stages.draft.holds import FEW, FITS, TEXTS, is_line, share_of
from sop_cli.stages.draft.sides import with_sides_told
from sop_cli.stages.draft.yearperiod import with_month_of_two


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
    strange_words: dict[str, Match] = {}
    for match in read.matches:
        header, column = looked.headers[match.at], table.column(match.column)
        share = share_of(looked, match.at, column)
        if share < FEW:
            doubts.append(_unbelieved(looked, match.at, column))
            strange_words |= {column.name: match} if column.choices else {}
            continue
        why = f"known header {match.known!r}" if match.exact else f"nearly {match.known!r}, check"
        taken[column.name] = (match.at, Taken(column.name, (header,), "known header" if match.exact else "nearly", why))
    settle_rivals(looked, table, read, taken, doubts)
    counted_in_units(looked, table, read, taken)
    open_columns = [
        column for column in table.columns if column.name not in taken and column.name not in (read.across or ())
    ]
    for at, names in read.doubtful.items():
        fitting = [column for column in open_columns if column.name in names and share_of(looked, at, column) >= FITS]
        if len(fitting) > 1:  # a text may be any kind of text, a number is more
            fitting = [column for column in fitting if column.kind in ("number", "date", "month")]
        if len(fitting) == 1 and fitting[0].name not in taken:
            text = f"by its values; the header could also be {' or '.join(n for n in names if n != fitting[0].name)}"
            taken[fitting[0].name] = (at, Taken(fitting[0].name, (looked.headers[at],), "by its values", text))
    free = [at for at in looked.headers if at not in at_of and all(at != place for place, _ in taken.values())]
    by_values(looked, table, read, free, taken)
    spoken = names_of(looked)
    constants = constants_of(looked, table, taken, {*taken, *(read.across or ())}, spoken)
    own = {*taken, *(read.across or ()), *constants}
    required = [column.name for column in table.columns if column.required and column.default is None]
    missing = tuple(name for name in required if name not in own)
    values, strange = values_of(looked, table, taken)
    used = {at for at, _ in taken.values()}
    understood = (len(used) + (len(looked.months) if read.across else 0)) / max(
        1, len(looked.headers) + len(looked.months)
    )
    named = words.speaks_of(spoken, words.TABLES[table.name])
    shares = [share_of(looked, at, table.column(name)) for name, (at, _) in taken.items()]
    sound = sum(shares) / len(shares) if shares else 0
    guessed = sum(one.how == "by its values" and one.column in required for _, one in taken.values())
    there = (len(required) - len(missing) - guessed / 2) / len(required)
    score = (0.6 * there + 0.2 * understood + (0.2 if named else 0)) * sound * _uniqueness(looked, table, taken, own)
    if read.across and len(taken) == 1 and not named:
        score *= 0.6  # one code and months say little
    if not named and any(one.how == "by its values" and one.column in table.key for _, one in taken.values()):
        score *= 0.8  # many tables have a column in which no word comes twice
    scale, told = scale_of(looked, table, taken, read.across, constants)
    draft = Candidate(
        table,
        round(score, 4),
        tuple(taken[column.name][1] for column in table.columns if column.name in taken),
        across=read.across,
        constants=constants,
        values=values,
        scale=scale,
        fill_down=filled_down(looked, table, taken),
        missing=missing,
        unplaced=tuple(header for at, header in looked.headers.items() if at not in used),
        months=_months_of(looked) if read.across else None,
        doubts=(*doubts, *strange, *told, *_other_measures(looked, read)),
        named=named,
    )
    draft = _with_unmapped(draft, looked, strange_words)
    return with_sides_told(with_month_of_two(_with_whole_key(draft, looked, taken), looked), looked)


def _with_unmapped(draft: Candidate, looked: Looked, strange: Mapping[str, Match]) -> Candidate:
    """A required column that is missing only because its words are not ours has its header and lacks the words."""
    for name in draft.missing:
        if match := strange.get(name):
            header = looked.headers[match.at]
            texts = looked.records[match.at].drop_nulls().unique(maintain_order=True).head(TEXTS).to_list()
            taken = Taken(name, (header,), "known header" if match.exact else "nearly", f"known header {match.known!r}")
            unplaced = tuple(other for other in draft.unplaced if other != header)
            known = {text: words.choice_of(draft.table.column(name), text) for text in texts}
            unmapped = {**draft.unmapped, name: known}
            draft = replace(draft, taken=(*draft.taken, taken), unplaced=unplaced, unmapped=unmapped)
    return draft


def _months_of(looked: Looked) -> Fact | None:
    """The months of one measure, where several stand beside them."""
    if len(looked.measures) < 2:
        return None
    measure, pattern = next(iter(looked.measures.items()))
    return Fact(pattern, f"those headed {measure}")


def _other_measures(looked: Looked, read: Recognised) -> list[str]:
    others = list(looked.measures.items())[1:] if read.across else []
    return [f'months run across for {name} too: if needed, a source with `months: "{how}"`' for name, how in others]


def _unbelieved(looked: Looked, at: str, column: Column) -> str:
    """Why a header is not taken for the column it is called like; ingest, which is asked nothing, takes it."""
    header = looked.headers[at]
    if not column.choices:
        return f"{header!r} is called like {column.name}, but holds no {column.kind}s"
    texts = looked.records[at].drop_nulls().unique(maintain_order=True).head(3).to_list()
    return (
        f"{header!r} is called like {column.name}, but {', '.join(map(repr, texts))} are none of "
        f"{', '.join(column.choices)}: say under `values` which is which"
    )


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
        may_be = place != at and header in draft.unplaced and is_line(looked, place)
        if may_be and pair.to_series().n_unique() == looked.records.height:
            whole = Taken(
                "order", (*order.headers, header), "by its values", f"together: {order.headers[0]} alone repeats"
            )
            rest = tuple(one for one in draft.unplaced if one != header)
            kept = tuple(whole if one.column == "order" else one for one in draft.taken)
            return replace(draft, taken=kept, unplaced=rest)
    return replace(draft, doubts=(*draft.doubts, f"{order.headers[0]!r} repeats, though an order is one row here"))
