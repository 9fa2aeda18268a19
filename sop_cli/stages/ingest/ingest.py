"""Extracts become typed tables; what cannot be read is listed, and nothing is lost on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.finding import all_findings
from sop_cli.schemas.column import Table
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.control import controls
from sop_cli.stages.ingest.idle import idle_exclusions
from sop_cli.stages.ingest.layout import Layout, lay_out
from sop_cli.stages.ingest.parse import number
from sop_cli.stages.ingest.records import body, records
from sop_cli.stages.ingest.rejects import duplicates, failing_cells
from sop_cli.stages.ingest.rules import SourceRules, refuse_contradictions
from sop_cli.stages.ingest.select import judge
from sop_cli.stages.ingest.stale import reach
from sop_cli.stages.ingest.verdicts import verdicts

# One line per failing cell; a record with two of them has two lines.
REJECTS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),  # header in the file; null where the whole record fails
    "value": pl.String(),  # text as it was read; the key, for a duplicate
    "rule": pl.String(),
    "message": pl.String(),
    "hint": pl.String(),
    "record": pl.String(),  # the row as it was read, cells joined by " | "
}


@dataclass(frozen=True)
class Ingested:
    """One source after ingest: its typed table, what was left out, the control totals, the findings."""

    table: pl.DataFrame  # rules.table.schema(), in the order of the files
    rejects: pl.DataFrame  # REJECTS
    controls: pl.DataFrame  # CONTROLS: read = accepted + rejected + excluded, on every line
    findings: pl.DataFrame
    reach: pl.DataFrame  # REACH: how far each file comes, for `stale` to judge over all sources of a table


@dataclass(frozen=True)
class _File:
    grid: Grid
    layout: Layout
    rows: pl.DataFrame
    judged: pl.DataFrame


def ingest(grids: Sequence[Grid], rules: SourceRules, as_of: date, before: pl.DataFrame | None = None) -> Ingested:
    """The files of one source as one typed table with provenance on every row.

    `as_of` is the first day of the last closed month; `before` is what other sources gave of the same table, whose
    keys are taken. Wrong cells are rejects and findings; SopError only
    where a column cannot be found or the rules contradict the table.
    """
    refuse_contradictions(rules)
    if not grids:
        raise SopError(f"source {rules.name} has no files", hint="name at least one under `files`")
    files: list[_File] = []
    for grid in grids:
        files.append(_judged(grid, rules, as_of, sum(file.judged.height for file in files)))
    together = pl.concat([file.judged for file in files], how="diagonal")
    repeated = duplicates(together, rules, before)
    files = [_without(file, repeated) for file in files]
    rejects = pl.concat([_rejects(file, repeated, rules) for file in files])
    totals = pl.concat([controls(file.rows, file.judged, file.grid, file.layout, rules) for file in files])
    judged = pl.concat([file.judged for file in files], how="diagonal")
    found = verdicts(rejects, totals, [file.layout for file in files], rules, as_of)
    idle = idle_exclusions([(file.grid, file.rows, file.layout) for file in files], rules)
    return Ingested(_accepted(judged, rules.table), rejects, totals, all_findings([found, idle]), reach(judged, rules))


def _judged(grid: Grid, rules: SourceRules, as_of: date, before: int) -> _File:
    layout = lay_out(grid, rules)
    rows = body(grid, layout, rules)
    found = records(rows, layout, rules).with_columns(
        pl.lit(rules.name).alias("source"),
        pl.lit(grid.file).alias("file"),
        pl.lit(grid.sheet, pl.String).alias("sheet"),
        (pl.int_range(pl.len(), dtype=pl.Int64) + before).alias("record_no"),
    )
    return _File(grid, layout, rows, judge(found, grid, layout, rules, as_of))


def _without(file: _File, repeated: pl.DataFrame) -> _File:
    rejected = pl.col("rejected") | pl.col("record_no").is_in(repeated["record_no"].to_list())
    return _File(file.grid, file.layout, file.rows, file.judged.with_columns(rejected=rejected))


def _rejects(file: _File, repeated: pl.DataFrame, rules: SourceRules) -> pl.DataFrame:
    own = repeated.filter(pl.col("record_no").is_in(file.judged["record_no"].to_list()))
    lines = pl.concat([failing_cells(file.judged, file.grid, file.layout, rules), own])
    cells = [pl.col(name).fill_null("") for name in file.grid.cells.columns if name != "row"]
    rows = file.grid.cells.filter(pl.col("row").is_in(lines["row"].to_list()))
    rows = rows.select("row", record=pl.concat_str(cells, separator=" | ").str.strip_chars_end(" |"))
    return (
        lines.sort("record_no", maintain_order=True)
        .join(rows, on="row", how="left", maintain_order="left", validate="m:1")
        .with_columns(
            pl.lit(rules.name).alias("source"),
            pl.lit(file.grid.file).alias("file"),
            pl.lit(file.grid.sheet, pl.String).alias("sheet"),
            pl.col("at").replace_strict(file.layout.headers, default=None, return_dtype=pl.String).alias("column"),
        )
        .select(*REJECTS)
    )


def _accepted(judged: pl.DataFrame, table: Table) -> pl.DataFrame:
    defaults = [
        pl.col(column.name).fill_null(number(pl.lit(column.default), "."))
        for column in table.columns
        if column.kind == "number" and column.default is not None
    ]
    accepted = judged.filter(pl.col("excluded").is_null() & ~pl.col("rejected")).sort("record_no")
    return accepted.with_columns(defaults).select(pl.col(name).cast(kind) for name, kind in table.schema().items())
