"""Which columns of an extract are new, gone or called otherwise since last cycle."""

from difflib import SequenceMatcher

import polars as pl

from sop_cli.findings.completeness import COLUMNS_CHANGED
from sop_cli.findings.finding import findings

_ALIKE = 0.6


def changed_columns(columns: pl.DataFrame, before: pl.DataFrame, cycle: str) -> pl.DataFrame:
    """One finding per source whose headers are not those of `cycle`; both are COLUMNS, and their order is free.

    Months that run across are left aside: they move on by themselves.
    """
    found = []
    for source in columns["source"].unique(maintain_order=True):
        now, then = (_headers(part, source) for part in (columns, before))
        if not then:
            continue
        said, lost = _changes(now, then)
        if said:
            text = f"since {cycle}: {'; '.join(said)}"
            severity = "warning" if lost else "info"
            found.append({"source": source, "place": source, "message": text, "severity": severity})
    return findings(COLUMNS_CHANGED, found)


def _headers(columns: pl.DataFrame, source: str) -> dict[str, tuple[str, str | None]]:
    """Of each header without its case: how it is written, and our column."""
    own = columns.filter(pl.col("source") == source, pl.col("month").is_null())
    return {header.casefold(): (header, ours) for header, ours in own.select("header", "column").rows()}


def _changes(now: dict[str, tuple[str, str | None]], then: dict[str, tuple[str, str | None]]) -> tuple[list[str], bool]:
    """What is to be said, and whether a column that was used is gone."""
    new = {key: now[key] for key in now if key not in then}
    gone = {key: then[key] for key in then if key not in now}
    said: list[str] = []
    for key, (header, ours) in list(gone.items()):
        other = _successor(header, ours, new)
        if other is not None:
            said.append(f"{header!r} is {new[other][0]!r} now" + (f" ({ours})" if ours else ""))
            del gone[key], new[other]
    moved = {key for key in now if key in then and then[key][1] and now[key][1] != then[key][1]}
    said += [f"{now[key][0]!r} was {then[key][1]} and is {now[key][1] or 'not used'} now" for key in sorted(moved)]
    said += [f"{header!r} is gone, which was {ours}" for header, ours in gone.values() if ours]
    unused = [repr(header) for header, ours in gone.values() if not ours]
    said += [f"gone: {', '.join(unused)}"] if unused else []
    said += [f"new: {', '.join(repr(header) for header, _ in new.values())}"] if new else []
    return said, bool(moved) or any(ours for _, ours in gone.values())


def _successor(header: str, ours: str | None, new: dict[str, tuple[str, str | None]]) -> str | None:
    """The new header that feeds the same column, or is written most alike."""
    for key, (_, other) in new.items():
        if ours is not None and other == ours:
            return key
    free = [key for key, (_, other) in new.items() if ours is None and other is None]
    near = [(SequenceMatcher(None, header.casefold(), key).ratio(), key) for key in free]
    best = max(near, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None
