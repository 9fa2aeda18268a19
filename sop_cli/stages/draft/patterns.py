"""How the config names the files of one source: `{cycle}` for the month of the cycle, `*` for several files."""

import re
from collections.abc import Sequence

import polars as pl

from sop_cli.schemas.draft import Candidate
from sop_cli.schemas.looked import Looked

_CYCLE = re.compile(r"(?<!\d)20\d\d-(?:0[1-9]|1[0-2])(?!-?\d)")
_DAY = re.compile(r"(?<!\d)20\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?(?:[-_]?\d{4,6})?(?!\d)")
_SAME = 0.1  # share of a file's records that stand in the next one too, before it is a later issue of the same
_COMPARED = 500  # records

Member = tuple[Looked, Candidate]


def patterns(members: Sequence[Member]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patterns of the files that are to be read, and what is to be said about those that are not."""
    shapes: dict[str, list[Member]] = {}
    for member in sorted(members, key=lambda one: one[0].file):
        shapes.setdefault(_shape(member[0].file), []).append(member)
    found: list[str] = []
    notes: list[str] = []
    # Those of the cycles first: what stands in them need not be read again from elsewhere.
    newest: Member | None = None
    for shape, own in sorted(shapes.items(), key=lambda one: "{cycle}" not in one[0]):
        if newest is not None and _repeats(own[-1], newest):
            notes.append(f"{own[-1][0].file} is left out: its records are in {newest[0].file} too")
            continue
        pattern, note = _pattern(shape, own)
        found.append(pattern)
        notes += [note] if note else []
        newest = newest or own[-1]
    found = [one for one in found if not any(one != other and _meant_by(one, other) for other in found)]
    return tuple(sorted(found, key=lambda pattern: "{cycle}" in pattern)), tuple(notes)


def _meant_by(file: str, pattern: str) -> bool:
    return "*" in pattern and re.fullmatch("[^/]*".join(map(re.escape, pattern.split("*"))), file) is not None


def in_cycles(file: str) -> str:
    """The file with `{cycle}` for the one month that its path names; in the folder of a cycle `*` for any other."""
    folder, slash, name = file.rpartition("/")
    if len(set(_CYCLE.findall(file))) > 1 and len(set(_CYCLE.findall(folder))) == 1:
        return f"{_CYCLE.sub('{cycle}', folder)}{slash}{_CYCLE.sub('*', name)}"
    return _CYCLE.sub("{cycle}", file) if len(set(_CYCLE.findall(file))) == 1 else file


def cycles_in(file: str) -> list[str]:
    """The months its path names."""
    return _CYCLE.findall(file)


def _shape(file: str) -> str:
    named = in_cycles(file)
    return named if named != file else re.sub(r"\d+", "#", file)


def _pattern(shape: str, own: Sequence[Member]) -> tuple[str, str | None]:
    files = [looked.file for looked, _ in own]
    if "{cycle}" in shape:
        if len(own) > 1 and _slices(own):
            return shape.replace("{cycle}", "*"), "every file holds other records, so all are read"
        return _undated(shape), None
    if len(own) == 1:
        return files[0], None
    if _slices(own):
        return _starred(files), "every file holds other records, so all are read"
    return (
        files[-1],
        f"the newest of {len(files)} that look alike; name the next one here, or keep it in a folder "
        "called 2026-11 and write {cycle}",
    )


def _undated(shape: str) -> str:
    """A file in the folder of its cycle with `*` for the day it was exported on: the next one has another."""
    folder, slash, name = shape.rpartition("/")
    return f"{folder}{slash}{_DAY.sub('*', name)}" if "{cycle}" in folder else shape


def _slices(own: Sequence[Member]) -> bool:
    """Whether the files go on from each other, rather than being issues of the same."""
    return own[-1][1].table.current is not None and not _repeats(own[-2], own[-1])


def _repeats(older: Member, newer: Member) -> bool:
    """Whether most records of one file stand in another one too."""
    months = [set(member[0].months.values()) for member in (older, newer)]
    if months[0] and len(months[0] & months[1]) * 2 < len(months[0]):
        return False
    texts = [_keys(*member) for member in (older, newer)]
    if older[0].file == newer[0].file or set(texts[0].columns) != set(texts[1].columns) or not texts[0].height:
        return False
    first = texts[0].head(_COMPARED)
    common = first.join(texts[1].select(first.columns).unique(), on=first.columns, how="semi", nulls_equal=True)
    return common.height >= first.height * _SAME


def _keys(looked: Looked, candidate: Candidate) -> pl.DataFrame:
    """The texts of what makes a record unique, or of all that is known of it."""
    places = {header: at for at, header in looked.headers.items()}
    columns = {one.column: one.headers for one in candidate.taken}
    key = [name for name in candidate.table.key if name in columns] or list(columns)
    filled = [places[header] for name in candidate.fill_down for header in columns[name]]
    return looked.records.with_columns(pl.col(filled).forward_fill()).select(
        pl.concat_str([places[header] for header in columns[name]], separator="-", ignore_nulls=True).alias(name)
        for name in key
    )


def _starred(files: Sequence[str]) -> str:
    """The files with `*` for the numbers in which they differ."""
    parts = [re.split(r"(\d+)", file) for file in files]
    return "".join(column[0] if len(set(column)) == 1 else "*" for column in zip(*parts, strict=True))
