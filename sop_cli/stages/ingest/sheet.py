"""Which sheet of a workbook holds the table of a source, where nobody says so."""

from collections.abc import Sequence

import polars as pl

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.heading import find_declared_table
from sop_cli.stages.ingest.headers import fit
from sop_cli.stages.ingest.parse import listed, month
from sop_cli.stages.ingest.rules import SourceRules


def sheet_of_table(sheets: Sequence[Grid], rules: SourceRules) -> Grid:
    """The one of the visible `sheets` whose headers are those of the source's table.

    SopError, naming the sheets, where two fit equally well and where none does.
    """
    if len(sheets) == 1:
        return sheets[0]
    scores = {at: _score(sheet, rules) for at, sheet in enumerate(sheets)}
    best = max(scores.values())
    fitting = [sheets[at] for at, score in scores.items() if score == best]
    if best > 0 and len(fitting) == 1:
        return fitting[0]
    names = listed([repr(sheet.sheet) for sheet in fitting], "and")
    raise SopError(
        f"sheets {names} both hold the columns of {rules.table.name}"
        if best > 0
        else f"none of the sheets {names} holds the columns of {rules.table.name}",
        hint=f"declare which one it is: `sheet: {fitting[0].sheet}`; `sop peek {sheets[0].file}` shows what is in them",
        file=sheets[0].file,
    )


def _score(sheet: Grid, rules: SourceRules) -> tuple[int, float]:
    """How many declared headers the sheet has, and how well the others fit; (0, 0) where neither says anything."""
    found = find_declared_table(sheet, rules)
    names = [text for text in found.headers.values() if text]
    keys = {" ".join(name.casefold().split()) for name in names}
    declared = [header for given in rules.headers().values() for header in given]
    here = sum(" ".join(header.casefold().split()) in keys for header in declared)
    found_fit = fit(names, rules.table, lambda name: _is_month(name, rules))
    return here, found_fit.score if found_fit.found else 0.0
