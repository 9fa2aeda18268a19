"""The table of a page when it is known which one it should be: the names its header must hold lead to it."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from sop_cli.findings.table import DOUBTFUL_HEADER, HEADER_ROWS
from sop_cli.schemas.grid import Grid, Remark
from sop_cli.stages.ingest.columns.headers import known_as, stands_in
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found, find_table

_SEARCHED = 200  # rows that are not blank among which the header is looked for
_FEWEST = 2  # names by which a row is known to be the header


def find_declared_table(page: Grid, rules: SourceRules) -> Found:
    """Where the table of the source lies in the first page of a file.

    What the page alone tells is kept unless another row holds more of the names that the config declares or the table
    knows. SopError where the declared header is not there.
    """
    found = find_table(page, rules.header)
    if rules.header is not None:
        return found
    names = [text for text in found.headers.values() if text]
    taken = _known(names, rules) if found.header_rows else 0
    if taken < max(_FEWEST, len(names) // 2) or len(found.header_rows) > 1:
        held = page.cells.filter(pl.any_horizontal(pl.exclude("row").is_not_null())).head(_SEARCHED)
        known = {int(row): _known([text for text in texts if text], rules) for row, *texts in held.iter_rows()}
        best = max(known, key=lambda row: (known[row], -row), default=0)
        if known.get(best, 0) >= _FEWEST and known[best] > taken:
            return find_table(page, best)
    if len(found.header_rows) == 1 and taken < len(names) and (both := _with_next_row(page, found, taken, rules)):
        return both
    if taken >= _FEWEST:  # names that the table knows are no guess
        sure = tuple(remark for remark in found.remarks if remark.code != DOUBTFUL_HEADER.code)
        return replace(found, confidence="high", remarks=sure)
    return found


def _with_next_row(page: Grid, found: Found, taken: int, rules: SourceRules) -> Found | None:
    """The table with the row below its header as part of it, where both together hold more names than `taken`."""
    head = found.header_rows[0]
    lines = page.cells.filter(pl.col("row").is_in([head, head + 1])).drop("row").rows()
    if len(lines) < 2 or not any(lines[1]):
        return None
    joined = [" ".join(text for text in texts if text) for texts in zip(*lines, strict=True)]
    if _known([name for name in joined if name], rules) <= taken:
        return None
    both = find_table(page, (head, head + 1))
    shown = " | ".join(text for text in both.headers.values() if text)
    message = f"rows {head} and {head + 1} are the header together"
    return replace(both, remarks=(Remark(HEADER_ROWS.code, head, None, shown, message), *both.remarks))


def _known(names: Sequence[str], rules: SourceRules) -> int:
    """How many of the names are headers that the config declares or that stand for a column of the table."""
    declared = {" ".join(header.casefold().split()) for given in rules.headers().values() for header in given}
    wanted = [column for column in rules.table.columns if column.name not in rules.columns]
    return sum(
        " ".join(name.casefold().split()) in declared or bool(known_as(name, wanted) or stands_in(name, wanted))
        for name in names
    )
