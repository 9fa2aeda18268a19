"""How the config names the files of one source: `{cycle}` for the month of the cycle, `*` for several files."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sop_cli.schemas.draft import Candidate
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.monthnames import in_order, month_open
from sop_cli.stages.draft.beside import Keyed, Member, keyed, keys, placed_beside
from sop_cli.stages.draft.columns import texts_of

_CYCLE = re.compile(r"(?<!\d)20\d\d-(?:0[1-9]|1[0-2])(?!-?\d)")
_SAME = 0.1  # share of a file's records that stand in the next one too, before it is a later issue of the same
_COMPARED = 500  # records

_ALL = "every file holds other records, so all are read"
_FOLDER = "keep each in a folder called 2026-11 and write {cycle}"


@dataclass(frozen=True)
class Patterns:
    """How the files of a source are named, and what is to be said about it."""

    files: tuple[str, ...]
    notes: tuple[str, ...]
    later_counts: bool = False  # files may be read that say different things of one record


def patterns(members: Sequence[Member], others: Collection[str] = ()) -> Patterns:
    """The patterns of the files that are to be read, which mean none of the `others`."""
    shapes: dict[str, list[Member]] = {}
    for member in sorted(members, key=lambda one: in_order(one[0].file)):
        shapes.setdefault(_shape(member[0].file), []).append(member)
    found: list[str] = []
    notes: list[str] = []
    later_counts = False
    read: list[Keyed] = []
    # Those of the cycles first: what stands in them need not be read again from elsewhere.
    for shape, own in sorted(shapes.items(), key=lambda one: "{cycle}" not in one[0]):
        pattern, note = _pattern(shape, own)
        meant = _meant_of(own, pattern)
        beside = placed_beside(meant, read)
        notes += beside.notes
        if beside.left_out:
            continue
        strange = [file for file in others if meant_by(file, pattern)]
        if strange and "*" in pattern:
            pattern, note = _literal(own[-1][0].file), f"with * for its month it would mean {strange[0]} too"
        later_counts |= "*" in pattern and "{cycle}" not in pattern and bool(own[-1][1].table.key)
        later_counts |= beside.later_counts
        found.insert(0 if beside.first else len(found), pattern)
        notes += [note] if note else []
        read += map(keyed, meant)
    found = [one for one in found if not any(one != other and meant_by(one, other) for other in found)]
    return Patterns(tuple(sorted(found, key=lambda pattern: "{cycle}" in pattern)), tuple(notes), later_counts)


def _meant_of(own: Sequence[Member], pattern: str) -> Sequence[Member]:
    """Those of the files of one shape that a run reads: of one cycle, or the newest, or all."""
    if "*" not in pattern:
        return own[-1:]
    folder = own[-1][0].file.rpartition("/")[0]
    return [one for one in own if "{cycle}" not in pattern or one[0].file.rpartition("/")[0] == folder]


def meant_by(file: str, pattern: str) -> bool:
    """Whether a pattern with `*` means the file, of whatever cycle."""
    if "*" not in pattern:
        return False
    cycle = r"(?:\{cycle\}|20\d\d-\d\d)"
    parts = [re.escape(part).replace(re.escape("{cycle}"), cycle) for part in pattern.split("*")]
    return re.fullmatch("[^/]*".join(parts), file) is not None


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
    """What files have in common that differ in their cycle, in the month in their name, or else in numbers."""
    named = month_open(in_cycles(file))
    return named if named != file else re.sub(r"\d+", "#", file)


def _pattern(shape: str, own: Sequence[Member]) -> tuple[str, str | None]:
    files = [looked.file for looked, _ in own]
    if "{cycle}" in shape:
        folder = files[-1].rpartition("/")[0]
        beside = [member for member in own if member[0].file.rpartition("/")[0] == folder]
        if len(beside) < len(own):
            return (shape.replace("{cycle}", "*"), _ALL) if _slices(own) else (shape, None)
        if len(own) == 1 or _slices(own):
            return shape, _ALL if len(own) > 1 else None
        return _literal(files[-1]), _newest(files)
    if len(own) > 1:
        return (_starred(files) if "*" not in shape else shape, _ALL) if _slices(own) else (files[-1], _newest(files))
    if "*" not in shape:
        return files[0], None
    if not own[0][1].table.key and _months_in(*own[0]) != 1:
        return files[0], f"it holds several months, and next month's would hold them again: {_FOLDER}"
    kept = own[0][1].table.current is not None
    return shape, "the month in its name is left open, so that next month's file is read too" + (
        "" if kept else f"; what stands only in an older file counts as well, so check: better {_FOLDER}"
    )


def _literal(file: str) -> str:
    """The file by its own name, in the folder of whatever cycle."""
    folder, slash, name = file.rpartition("/")
    return named if "*" not in (named := in_cycles(file)) else f"{in_cycles(folder)}{slash}{name}"


def _newest(files: Sequence[str]) -> str:
    return f"the newest of {len(files)} that look alike; name the next one here, or {_FOLDER}"


def _months_in(looked: Looked, candidate: Candidate) -> int:
    """How many months the records of a file are of, as they are written; days count as many."""
    if candidate.across:
        return len(looked.months)
    return len(set(texts_of(candidate, looked, candidate.table.current or "month")))


def _slices(own: Sequence[Member]) -> bool:
    """Whether the files go on from each other, rather than being issues of the same."""
    return own[-1][1].table.current is not None and not _repeats(own[-2], own[-1])


def _repeats(older: Member, newer: Member) -> bool:
    """Whether most records of one file stand in another one too."""
    months = [set(member[0].months.values()) for member in (older, newer)]
    if months[0] and len(months[0] & months[1]) * 2 < len(months[0]):
        return False
    texts = [keys(member) for member in (older, newer)]
    if older[0].file == newer[0].file or set(texts[0].columns) != set(texts[1].columns) or not texts[0].height:
        return False
    first = texts[0].head(_COMPARED)
    common = first.join(texts[1].select(first.columns).unique(), on=first.columns, how="semi", nulls_equal=True)
    return common.height >= first.height * _SAME


def _starred(files: Sequence[str]) -> str:
    """The files with `*` for the numbers in which they differ."""
    parts = [re.split(r"(\d+)", file) for file in files]
    return "".join(column[0] if len(set(column)) == 1 else "*" for column in zip(*parts, strict=True))
