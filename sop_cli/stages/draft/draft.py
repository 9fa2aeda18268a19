"""A first config from what was seen of a folder of files: which file is which table, how sure that is, and why."""

from collections.abc import Sequence
from dataclasses import replace

from sop_cli.schemas.draft import Candidate, Closed, Draft, DraftSource, Untold
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.accounts import accounts
from sop_cli.stages.draft.candidate import candidates
from sop_cli.stages.draft.closed import closed
from sop_cli.stages.draft.completed import by_neighbours, by_title
from sop_cli.stages.draft.decimals import with_decimals
from sop_cli.stages.draft.facts import budgets, currency, fiscal_start
from sop_cli.stages.draft.patterns import cycles_in, in_cycles
from sop_cli.stages.draft.sources import sources
from sop_cli.stages.draft.units import with_units

NO_HEADER = "it has no row of headers: put one on top, or name its columns by place, as in `item: column 1`"
_NEAR = 0.3  # below this score a table is not worth naming


def draft(seen: Sequence[Looked]) -> Draft:
    """The draft for the files and sheets `seen`, whose paths are those the config will name."""
    chosen: list[tuple[Looked, list[Candidate]]] = [(looked, candidates(looked)) for looked in seen]
    told = with_units([by_title(source) for source in sources(chosen)])
    happened = closed([source for source in told if source.active or source.found.named])
    told = _of_closed_months(told, happened)
    told = by_neighbours(told, _newest_cycle(told, happened), happened.first if happened else None)
    told = [_with_neighbours(source, seen) for source in with_decimals(told)]
    told.sort(key=lambda source: not source.active)
    within = {(looked.file, looked.sheet) for source in told for looked in source.members}
    rest = [(looked, found) for looked, found in chosen if (looked.file, looked.sheet) not in within]
    active = [source for source in told if source.active]
    cycles = any("{cycle}" in pattern for source in active for pattern in source.files)
    lines, unplaced = accounts(told)
    return Draft(
        tuple(told),
        _together([_untold(looked, found) for looked, found in rest]),
        currency(active),
        fiscal_start(active),
        None if cycles or not happened else happened.cycle,
        lines,
        budgets(active),
        unplaced,
        happened,
    )


def _of_closed_months(told: Sequence[DraftSource], happened: Closed | None) -> list[DraftSource]:
    """Files named for the month of their records, and not for the cycle after it, are read whatever their month."""
    named = [month for source in told if source.active for one in source.members for month in cycles_in(one.file)]
    if not named or happened is None or max(named) >= happened.cycle.value:
        return list(told)
    return [
        replace(
            source,
            files=tuple(pattern.replace("{cycle}", "*") for pattern in source.files),
            reasons=(*source.reasons, "the month in its name is that of its records: files of all months are read"),
        )
        if any("{cycle}" in pattern for pattern in source.files)
        else source
        for source in told
    ]


def _newest_cycle(told: Sequence[DraftSource], happened: Closed | None) -> str | None:
    """The newest cycle that a folder is named for, or that follows what has happened."""
    folders = [month for source in told if source.active for one in source.members for month in cycles_in(one.file)]
    return max([*folders, *([happened.cycle.value] if happened else [])], default=None)


def _with_neighbours(source: DraftSource, seen: Sequence[Looked]) -> DraftSource:
    """Where a column is missing: another file that has it, and the key to find it by."""
    table, own = source.found.table, {looked.file for looked in source.members}
    key = table.key[0] if table.key and table.key[0] not in source.found.missing else None
    said = []
    for name in source.found.missing if key else ():
        if table.column(name).choices:  # a word such as `type` is in many files
            continue
        for looked in seen:
            headers = {match.column: looked.headers[match.at] for match in looked.recognised[table.name].matches}
            if looked.file not in own and name in headers and key in headers:
                place = in_cycles(looked.file)
                said.append(f"{name} stands in {place} as {headers[name]}, by {headers[key]}: export them together")
                break
    return replace(source, reasons=(*source.reasons, *said))


def _untold(looked: Looked, found: Sequence[Candidate]) -> Untold:
    file = in_cycles(looked.file)
    place = f"{file}, sheet {looked.sheet}" if looked.sheet and not looked.alone else file
    if looked.header is None:
        return Untold(place, NO_HEADER)
    known = [one for one in found if any(taken.how == "known header" for taken in one.taken)]
    near = [one for one in known if one.named or (one.score >= _NEAR and len(one.missing) <= len(one.taken))][:2]
    if not near:
        return Untold(place, "no table has such headers: " + _some(list(looked.headers.values())))
    said = [f"{one.table.name} (no {', no '.join(one.missing)})" if one.missing else one.table.name for one in near]
    return Untold(place, f"nearest is {', then '.join(said)}")


def _together(untold: Sequence[Untold]) -> tuple[Untold, ...]:
    """Each file once, and those of which the same is to be said in one line."""
    places: dict[str, dict[str, None]] = {}
    for one in untold:
        places.setdefault(one.why, {})[one.place] = None
    return tuple(Untold(_some(list(found)), why) for why, found in places.items())


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(names[:6]) + more
