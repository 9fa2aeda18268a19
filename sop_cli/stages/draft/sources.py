"""Files of one kind become one source: with its patterns, its confidence and the reasons for it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sop_cli.schemas.draft import Candidate, Confidence, DraftSource
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.monthnames import in_order, month_open
from sop_cli.schemas.spelling import plainly
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.draft.patterns import patterns

_CERTAIN, _LIKELY, _READ, _NAMED = 0.9, 0.75, 0.5, 0.4  # scores
_MARGIN = 0.15  # by which the second best table must lie behind


def sources(chosen: Sequence[tuple[Looked, Sequence[Candidate]]]) -> list[DraftSource]:
    """The sources, in the order of our tables; those that lack a column last."""
    kinds: dict[tuple[object, ...], list[tuple[Looked, Candidate, Candidate | None]]] = {}
    for looked, found in chosen:
        if found and _worth_saying(found[0]):
            second = found[1] if len(found) > 1 else None
            kinds.setdefault(_kind(looked, found[0]), []).append((looked, found[0], second))
    files = {looked.file for looked, _ in chosen}
    drafted = [_source(members, files - {one.file for one, _, _ in members}) for members in kinds.values()]
    order = list(TABLES)
    drafted.sort(key=lambda source: (not source.active, order.index(source.found.table.name)))
    return _named(drafted)


def _worth_saying(found: Candidate) -> bool:
    """Whether the table is likely; where its file is called so, one of which half is missing is told too."""
    required = [column for column in found.table.columns if column.required]
    key = {one.column for one in found.taken if one.how == "known header"} & {*found.table.key[:1]}
    called_so = bool(found.named and key and len(found.taken) > 1)
    return found.score >= (_NAMED if found.missing else _READ) and (
        called_so or len(found.missing) * 2 <= len(required)
    )


def _kind(looked: Looked, found: Candidate) -> tuple[object, ...]:
    """Files are of one kind where the same headers stand for the same table, whatever months run across."""
    headers = frozenset(plainly(header) for header in looked.headers.values())
    sheet = looked.sheet if not looked.alone else None
    return (
        found.table.name,
        sheet,
        headers,
        tuple((name, fact.value) for name, fact in found.constants.items()),
        found.missing,
    )


def _source(members: Sequence[tuple[Looked, Candidate, Candidate | None]], other_files: Collection[str]) -> DraftSource:
    members = sorted(members, key=lambda one: in_order(one[0].file))
    looked, found, second = members[-1]
    named = patterns([(one, candidate) for one, candidate, _ in members], other_files)
    confidence = _confidence(found, second)
    columns = len([column for column in found.table.columns if column.required])
    there = f"all {columns} required columns" if not found.missing else f"{columns - len(found.missing)} of {columns}"
    reasons = [there + (" found" if not found.missing else " required columns found")]
    if found.named:
        reasons.append(f"{found.named!r} speaks of {found.table.name}")
    if found.guesses:
        reasons.append(f"{found.guesses} not by a known header")
    if second and _rivals(found, second):
        reasons.append(f"could also be {second.table.name}")
    return DraftSource(
        found.table.name,
        named.files,
        looked.sheet if not looked.alone else None,
        found,
        confidence,
        (*reasons, *named.notes),
        not found.missing,
        tuple(one for one, _, _ in members),
        later_counts=named.later_counts,
    )


def _confidence(found: Candidate, second: Candidate | None) -> Confidence:
    if found.missing or (second and _rivals(found, second)) or found.score < _LIKELY:
        return "unsure"
    return "certain" if found.score >= _CERTAIN and not found.guesses and not found.doubts else "likely"


def _rivals(found: Candidate, second: Candidate) -> bool:
    """Whether the second table may be meant as well; not where the first has all its columns and more."""
    columns = [{taken.column for taken in one.taken} for one in (found, second)]
    return not second.missing and found.score - second.score < _MARGIN and not columns[1] < columns[0]


def _named(drafted: Sequence[DraftSource]) -> list[DraftSource]:
    """Each with a name of its own: that of its table, or with the sheet's or the file's where there are several."""
    taken: set[str] = set()
    named = []
    for source in drafted:
        table = source.found.table.name
        same = sum(other.found.table.name == table for other in drafted)
        stem = month_open(source.members[-1].file).rsplit("/", 1)[-1].rsplit(".", 1)[0]
        name = table if same == 1 else f"{table}_{_slug(source.sheet or stem)}"
        at, whole = 2, name
        while whole in taken:
            whole, at = f"{name}_{at}", at + 1
        taken.add(whole)
        named.append(replace(source, name=whole))
    return named


def _slug(text: str) -> str:
    return "_".join("".join(sign if sign.isalnum() else " " for sign in plainly(text)).split()) or "other"
