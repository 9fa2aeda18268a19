"""Which sheet of a workbook holds the table of a source, where nobody says so."""

from collections.abc import Callable, Sequence

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.headers import fit
from sop_cli.stages.ingest.columns.heading import find_declared_table
from sop_cli.stages.ingest.columns.measures import months_across
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.parse import listed


def sheet_of_table(sheets: Sequence[Grid], hidden: Callable[[], Sequence[Grid]], rules: SourceRules) -> Grid:
    """The one of the visible `sheets` whose headers are those of the source's table.

    SopError, naming the sheets, where two fit equally well and where none does; one of the `hidden` ones
    that does is named, and never taken in silence; they are looked at only then.
    """
    scores = [_score(sheet, rules) for sheet in sheets]
    fitting = [sheet for sheet, score in zip(sheets, scores, strict=True) if score == max(scores)]
    fits = max(scores) > (0, 0)
    if fits and len(fitting) == 1:
        return fitting[0]
    behind = [sheet for sheet in hidden() if _score(sheet, rules) > (0, 0)] if not fits else []
    if len(behind) == 1:
        raise SopError(
            f"no visible sheet holds the columns of {rules.table.name}; hidden sheet {behind[0].sheet!r} does",
            hint=f"declare it: `sheet: {behind[0].sheet}`",
            file=sheets[0].file,
        )
    if len(sheets) == 1:
        return sheets[0]
    names = listed([repr(sheet.sheet) for sheet in fitting], "and")
    raise SopError(
        f"sheets {names} both hold the columns of {rules.table.name}"
        if fits
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
    months = months_across({str(at): name for at, name in enumerate(names)}, rules).months
    return here, _fit(names, {names[int(at)] for at in months}, rules)


def _fit(names: Sequence[str], months: set[str], rules: SourceRules) -> float:
    fits = fit(names, rules.table, months.__contains__)
    return fits.score if fits.found else 0.0
