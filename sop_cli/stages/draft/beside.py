"""Files that hold records of one table beside each other: copies, corrections and additions of one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sop_cli.findings.words import counted
from sop_cli.schemas.draft import Candidate
from sop_cli.schemas.looked import Looked

_MANY = 0.1  # share of the records of a file without a key that another one holds too, before it would count twice
_TOLD = 3  # files of which it is said what they have in common

Member = tuple[Looked, Candidate]


@dataclass(frozen=True)
class Beside:
    """What becomes of files beside those that are read already."""

    left_out: bool = False
    later_counts: bool = False  # of two records with one key that of the later file
    first: bool = False  # they are read before the others, which are additions to them
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keyed:
    """A file with the keys of its records."""

    member: Member
    keys: pl.DataFrame  # each once


def keyed(member: Member) -> Keyed:
    """The file, for others to be placed beside it."""
    return Keyed(member, keys(member).unique(maintain_order=True))


def placed_beside(own: Sequence[Member], read: Sequence[Keyed]) -> Beside:
    """Files are left out only where all their records stand in files that are read, in all their cells.

    Where only some have the key of a record there, all are read and the later one counts. A table without a key would
    count such records twice: there the files are left out, with a word about it.
    """
    pairs = [pair for one in own for pair in _common(one, read)]
    copies = {pair.own[0].file: pair for pair in pairs if _is_copy(pair)}
    if len(copies) == len(own):
        files = ((file, pair.other[0].file) for file, pair in copies.items())
        return Beside(
            left_out=True, notes=_some([f"{a} is left out: all its records are in {b} too" for a, b in files])
        )
    if not pairs:
        return Beside()
    if not own[-1][1].table.key:
        twice = any(pair.records >= pair.own[0].records.height * _MANY for pair in pairs)
        what = "and would count twice, so it is left out" if twice else "and count twice"
        return Beside(
            left_out=twice, notes=_some([f"check: {_counted(pair, 'found in')} too, {what}" for pair in pairs])
        )
    # A name that says more than another one is that of the addition, wherever it stands in the alphabet.
    first = all(_stem(pair.own) in _stem(pair.other) for pair in pairs)
    later = [(pair.other if first else pair.own)[0].file for pair in pairs]
    key = f"with the {' and '.join(keys(own[-1]).columns)} of one in"
    said = [
        f"check: {_counted(pair, key)}; both files are read, and of these records those of {file} count"
        for pair, file in zip(pairs, later, strict=True)
    ]
    return Beside(later_counts=True, first=first, notes=_some(said))


def keys(member: Member) -> pl.DataFrame:
    """The texts of what makes a record unique, or of all that is known of it."""
    looked, candidate = member
    places = {header: at for at, header in looked.headers.items()}
    columns = {one.column: one.headers for one in candidate.taken}
    key = [name for name in candidate.table.key if name in columns] or list(columns)
    filled = [places[header] for name in candidate.fill_down for header in columns[name]]
    return looked.records.with_columns(pl.col(filled).forward_fill()).select(
        pl.concat_str([places[header] for header in columns[name]], separator="-", ignore_nulls=True).alias(name)
        for name in key
    )


@dataclass(frozen=True)
class _Pair:
    own: Member
    other: Member
    records: int  # of its own that have the key of one of the other


def _common(own: Member, read: Sequence[Keyed]) -> Iterator[_Pair]:
    """The files with which `own` has records in common, and the same months where they run across."""
    mine = keys(own).with_row_index("mine")
    names = mine.columns[1:]
    theirs = [
        other.keys.select(pl.lit(at, pl.UInt32).alias("at"), *names)
        for at, other in enumerate(read)
        if set(other.keys.columns) == set(names)
    ]
    if not theirs:
        return
    both = mine.join(pl.concat(theirs), on=names, how="inner", nulls_equal=True)
    months = set(own[0].months.values())
    for at, count in both.group_by("at").agg(pl.col("mine").n_unique()).sort("at").rows():
        other = read[at].member
        if not months or months & set(other[0].months.values()):
            yield _Pair(own, other, count)


def _is_copy(pair: _Pair) -> bool:
    """Whether every record stands in the other file too, in all its cells.

    Of files too long to be looked at as a whole that is known only where the two are alike from end to end.
    """
    own, other = pair.own[0], pair.other[0]
    mine, theirs = _cells(own), _cells(other)
    if set(mine.columns) - set(theirs.columns):
        return False
    if not (_is_whole(own) and _is_whole(other)) and list(own.rows) != list(other.rows):
        return False
    return mine.join(theirs.select(mine.columns), on=mine.columns, how="anti", nulls_equal=True).is_empty()


def _is_whole(looked: Looked) -> bool:
    """Whether all records of the file were looked at, and not its first and last ones alone."""
    return not looked.rows or looked.rows[-1] - looked.rows[0] + 1 == len(looked.rows)


def _cells(looked: Looked) -> pl.DataFrame:
    """All that was seen of the records, by header."""
    places = {header: at for at, header in (*looked.headers.items(), *looked.months.items())}
    return looked.records.select(pl.col(at).alias(header) for header, at in places.items())


def _counted(pair: _Pair, how: str) -> str:
    return f"{counted(pair.records, 'record')} of {pair.own[0].file} {how} {pair.other[0].file}"


def _stem(member: Member) -> str:
    return member[0].file.rpartition("/")[2].rpartition(".")[0].lower()


def _some(lines: list[str]) -> tuple[str, ...]:
    more = [f"and {len(lines) - _TOLD} more like these"] if len(lines) > _TOLD else []
    return (*lines[:_TOLD], *more)
