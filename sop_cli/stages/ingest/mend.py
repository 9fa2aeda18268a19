"""Corrections are applied to exactly the cells they name, as long as these still hold what was corrected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from sop_cli.findings.completeness import CORRECTED_BY_HAND, IDLE_CORRECTION
from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.words import counted
from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout

APPLIED = ""
# One line per correction that was applied.
CORRECTED_CELLS: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "corrected": pl.String(),
    "who": pl.String(),
    "why": pl.String(),
}
_SHOWN = 3  # corrected cells of a file that are told one by one


@dataclass(frozen=True)
class Mended:
    """A page with its corrections, and for each of them that concerns it APPLIED or why it was not."""

    page: Grid
    outcomes: Mapping[Correction, str]

    @property
    def cells(self) -> int:
        """How many cells were corrected."""
        return sum(outcome == APPLIED for outcome in self.outcomes.values())


def mend(page: Grid, layout: Layout, begins: int, corrections: Sequence[Correction]) -> Mended:
    """The `page` with those of the `corrections` that name one of its cells, where its records can begin."""
    wanted = [one for one in corrections if (one.file, one.sheet) == (page.file, page.sheet) and one.row >= begins]
    if not wanted:
        return Mended(page, {})
    there = page.cells.filter(pl.col("row").is_in([one.row for one in wanted]))
    held = {row["row"]: row for row in there.iter_rows(named=True)}
    outcomes: dict[Correction, str] = {}
    cells: dict[str, dict[int, str]] = {}  # by cell column and row
    for one in wanted:
        if one.row not in held:
            continue
        places = _places(layout, " ".join(one.column.split()))
        outcomes[one] = _refused(one, places, held[one.row])
        if outcomes[one] == APPLIED:
            cells.setdefault(places[0], {})[one.row] = one.corrected
    return Mended(_with_cells(page, cells), outcomes)


def merged(parts: Sequence[Mapping[Correction, str]]) -> dict[Correction, str]:
    """The outcomes over all sources: a correction that one of several readers of a file applied was applied."""
    outcomes: dict[Correction, str] = {}
    for one, outcome in (pair for part in parts for pair in part.items()):
        outcomes[one] = APPLIED if APPLIED in (outcome, outcomes.get(one)) else outcome
    return outcomes


def correction_findings(
    corrections: Sequence[Correction], outcomes: Mapping[Correction, str], files: Sequence[str], register: str
) -> pl.DataFrame:
    """What became of the `corrections` that the file `register` holds, `files` being those that were read."""
    idle = []
    for one in corrections:
        reason = outcomes.get(one, f"{one.file} has no such row below its header")
        if reason != APPLIED and one.file in files:
            idle.append({"row": one.line, "column": one.column, "value": one.value, "message": reason})
    elsewhere = sorted({one.file for one in corrections if one.file not in files})
    if elsewhere:
        count = sum(one.file in elsewhere for one in corrections)
        text = f"{counted(count, 'correction')} of files that this cycle does not read: {', '.join(elsewhere)}"
        idle.append({"row": None, "column": None, "value": None, "message": text})
    told = findings(IDLE_CORRECTION, [{"file": register, **line} for line in idle]).with_columns(
        severity=pl.when(pl.col("row").is_null()).then(pl.lit("info")).otherwise("severity").cast(_SEVERITY)
    )
    return all_findings([told, findings(CORRECTED_BY_HAND, list(_applied(outcomes)))])


def corrected_cells(outcomes: Mapping[Correction, str]) -> pl.DataFrame:
    """CORRECTED_CELLS, by place."""
    lines = [vars(one) for one, outcome in outcomes.items() if outcome == APPLIED]
    return pl.DataFrame(lines, schema=CORRECTED_CELLS).sort("file", "sheet", "row", "column")


_SEVERITY = findings(IDLE_CORRECTION, []).schema["severity"]


def _applied(outcomes: Mapping[Correction, str]) -> list[dict[str, str | None]]:
    by_file: dict[tuple[str, str | None], list[Correction]] = {}
    for one, outcome in outcomes.items():
        if outcome == APPLIED:
            by_file.setdefault((one.file, one.sheet), []).append(one)
    lines: list[dict[str, str | None]] = []
    for (file, sheet), done in by_file.items():
        by = ", ".join(f"{who} ({count})" for who, count in Counter(one.who for one in done).items())
        first = [f"line {one.row}, {one.column}: {one.corrected!r} for {_shown(one.value)}" for one in done[:_SHOWN]]
        rest = [f"{len(done) - _SHOWN} more"] if len(done) > _SHOWN else []
        text = f"{counted(len(done), 'cell')} corrected by {by}: {'; '.join([*first, *rest])}"
        lines.append({"file": file, "sheet": sheet, "message": text})
    return lines


def _places(layout: Layout, header: str) -> list[str]:
    """The cell columns headed so; one that is put together from others has no cells of its own."""
    return [at for at, name in layout.headers.items() if name == header and at not in layout.joined]


def _refused(one: Correction, places: Sequence[str], held: Mapping[str, str | None]) -> str:
    """Why the correction does not count, or APPLIED."""
    if len(places) != 1:
        many = f"{len(places)} columns of {one.file} are" if places else f"no column of {one.file} is"
        return f"{many} headed {one.column!r}"
    now = (held[places[0]] or "").strip() or None
    if now != one.value:
        return f"line {one.row} of {one.file} now holds {_shown(now)} there, not {_shown(one.value)}"
    return APPLIED


def _with_cells(page: Grid, cells: Mapping[str, Mapping[int, str]]) -> Grid:
    if not cells:
        return page
    row, rows = page.cells["row"], pl.col("row")
    mended = [
        pl.when(rows.is_in(list(texts))).then(rows.replace_strict(texts, default=None)).otherwise(pl.col(at)).alias(at)
        for at, texts in cells.items()
    ]
    numeric = page.numeric
    if numeric is not None:  # a correction is written as the texts of the file are
        numeric = numeric.with_columns(numeric[at] & ~row.is_in(list(texts)) for at, texts in cells.items())
    defects = [defect for defect in page.defects if defect.row not in cells.get(str(defect.column_index), {})]
    return replace(page, cells=page.cells.with_columns(mended), numeric=numeric, defects=tuple(defects), tidy=False)


def _shown(value: str | None) -> str:
    return "nothing" if value is None else repr(value)
