"""ingest: extracts -> typed tables, rejects, control totals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.sources import Source
from sop_cli.errors import SopError
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.leave import counts, leave_tables, many
from sop_cli.read.files import Extract, locate
from sop_cli.workspace.hashing import file_hashes
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    from sop_cli.stages.ingest.rules import SourceRules


def ingest_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step("ingest", "reading the extracts", lambda: _inputs(cycle), lambda folder: _work(cycle, folder))


def _extracts(cycle: Cycle, source: Source) -> list[Extract]:
    return locate(cycle.loaded.base, source.files, cycle.folder.name)


def _inputs(cycle: Cycle) -> dict[str, str]:
    files = [extract.path for source in cycle.loaded.config.sources.values() for extract in _extracts(cycle, source)]
    return file_hashes(files, cycle.loaded.base) | cycle.loaded.part_hashes("sources")


def _work(cycle: Cycle, folder: Path) -> StepResult:
    import polars as pl

    from sop_cli.findings.finding import all_findings
    from sop_cli.findings.ingest import STALE
    from sop_cli.read.extract import read
    from sop_cli.stages.ingest.ingest import Ingested, ingest

    parts: dict[str, list[pl.DataFrame]] = {}
    done: list[Ingested] = []
    for name, source in cycle.loaded.config.sources.items():
        rules = _rules(name, source)
        grids = [read(extract, source.encoding, source.delimiter, source.sheet) for extract in _extracts(cycle, source)]
        done.append(ingest(grids, rules, cycle.calendar.as_of))
        parts.setdefault(rules.table.name, []).append(done[-1].table)
    tables = {name: pl.concat(frames, how="vertical") for name, frames in parts.items()}
    rejects = pl.concat([result.rejects for result in done], how="vertical")
    controls = pl.concat([result.controls for result in done], how="vertical")
    findings = all_findings([result.findings for result in done])
    rows = leave_tables(
        folder,
        tables | {"rejects": rejects, "controls": controls, "findings": findings},
        readable=("rejects", "controls", "findings"),
    )
    records = controls.filter(pl.col("column") == "records")
    stale = findings.filter(pl.col("code") == STALE.code)
    read_count, rejected = (int(records[column].sum()) for column in ("read", "rejected"))
    return StepResult(
        summary=f"{many(read_count, 'record')} from {many(records.height, 'file or sheet')}, {rejected:,} rejected",
        gate="stopped" if stale.height else "passed",
        findings=counts(findings),
        blocks=tuple(stale["message"]),
        rows=rows,
        figures={"records_read": read_count, "records_rejected": rejected},
    )


def _rules(name: str, source: Source) -> SourceRules:
    """The config's words for one source as the stage's plain arguments."""
    from sop_cli.schemas.tables import TABLES
    from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules

    table = source.table or name
    if table not in TABLES:
        raise SopError(
            f"source {name}: there is no table called {table}",
            hint=f"say `table:` with one of {', '.join(TABLES)}",
        )
    return SourceRules(
        name=name,
        table=TABLES[table],
        header=source.header,
        decimal=source.decimal,
        dates=source.dates,
        months=source.months,
        columns=source.columns,
        constants=source.constants,
        wide=source.wide,
        fill_down=tuple(source.fill_down),
        scale=source.scale,
        exclude=tuple(ExcludeRule(**exclude.model_dump()) for exclude in source.exclude),
    )
