"""A first config from what was seen of a folder of files: which file is which table, how sure that is, and why."""

from collections.abc import Sequence

from sop_cli.schemas.draft import Candidate, Draft, Untold
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.accounts import accounts
from sop_cli.stages.draft.candidate import candidates
from sop_cli.stages.draft.facts import budgets, currency, fiscal_start, next_cycle
from sop_cli.stages.draft.patterns import in_cycles
from sop_cli.stages.draft.sources import sources

_NEAR = 0.3  # below this score a table is not worth naming


def draft(seen: Sequence[Looked]) -> Draft:
    """The draft for the files and sheets `seen`, whose paths are those the config will name."""
    chosen: list[tuple[Looked, list[Candidate]]] = [(looked, candidates(looked)) for looked in seen]
    told = sources(chosen)
    within = {(looked.file, looked.sheet) for source in told for looked in source.members}
    rest = [(looked, found) for looked, found in chosen if (looked.file, looked.sheet) not in within]
    active = [source for source in told if source.active]
    cycles = any("{cycle}" in pattern for source in active for pattern in source.files)
    return Draft(
        tuple(told),
        tuple(dict.fromkeys(_untold(looked, found) for looked, found in rest)),
        currency(active),
        fiscal_start(active),
        None if cycles else next_cycle(active),
        accounts(active),
        budgets(active),
    )


def _untold(looked: Looked, found: Sequence[Candidate]) -> Untold:
    file = in_cycles(looked.file)
    place = f"{file}, sheet {looked.sheet}" if looked.sheet and not looked.alone else file
    if looked.header is None:
        return Untold(place, "no header was found: give every column one")
    known = [one for one in found if any(taken.how == "known header" for taken in one.taken)]
    near = [one for one in known if one.score >= _NEAR and len(one.missing) <= len(one.taken)][:2]
    if not near:
        return Untold(place, "no table has such headers: " + _some(list(looked.headers.values())))
    said = [f"{one.table.name} (no {', no '.join(one.missing)})" if one.missing else one.table.name for one in near]
    return Untold(place, f"nearest is {', then '.join(said)}")


def _some(headers: Sequence[str]) -> str:
    more = f" and {len(headers) - 6} more" if len(headers) > 6 else ""
    return ", ".join(headers[:6]) + more
