"""ingest: extracts -> typed tables, rejects, control totals."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.document import Location
from sop_cli.config.sources import Source
from sop_cli.errors import SopError, together
from sop_cli.findings.words import counted
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.leave import counts, leave_tables
from sop_cli.read.files import Extract, locate
from sop_cli.workspace.hashing import file_hashes
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.stages.ingest.ingest import Ingested
    from sop_cli.stages.ingest.rules import SourceRules


def ingest_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step("ingest", "reading the extracts", lambda: _inputs(cycle), lambda folder: _work(cycle, folder))


def find_extracts(cycle: Cycle) -> dict[str, list[Extract]]:
    """The files of every source; SopError naming all that are not there."""
    found: dict[str, list[Extract]] = {}
    problems: list[SopError] = []
    for name, source in cycle.loaded.config.sources.items():
        try:
            found[name] = locate(cycle.loaded.base, source.files, cycle.folder.name)
        except SopError as problem:
            if str(problem) not in map(str, problems):  # several sources may share a workbook
                problems.append(problem)
    if problems:
        raise together(problems)
    return found


def _inputs(cycle: Cycle) -> dict[str, str]:
    files = [extract.path for extracts in find_extracts(cycle).values() for extract in extracts]
    return file_hashes(files, cycle.loaded.base) | cycle.loaded.part_hashes("sources")


def _work(cycle: Cycle, folder: Path) -> StepResult:
    import polars as pl

    from sop_cli.findings.finding import all_findings
    from sop_cli.findings.ingest import NO_ROWS, STALE
    from sop_cli.stages.ingest.stale import stale

    tables, done = _read(cycle)
    rejects = pl.concat([result.rejects for result in done], how="vertical")
    controls = pl.concat([result.controls for result in done], how="vertical")
    old = stale(pl.concat([result.reach for result in done], how="vertical"), cycle.calendar.as_of)
    findings = all_findings([old, *(result.findings for result in done)])
    rows = leave_tables(
        folder,
        tables | {"rejects": rejects, "controls": controls, "findings": findings},
        readable=("rejects", "controls", "findings"),
    )
    records = controls.filter(pl.col("column") == "records")
    # Without this cycle's records, or without any, the stages that follow would plan with too little.
    lacking = findings.filter(pl.col("code").is_in([STALE.code, NO_ROWS.code]) & (pl.col("severity") == "error"))
    read_count, rejected = (int(records[column].sum()) for column in ("read", "rejected"))
    return StepResult(
        summary=f"{counted(read_count, 'record')} from {counted(records.height, 'file or sheet', 'files or sheets')}, "
        f"{rejected:,} rejected",
        gate="stopped" if lacking.height else "passed",
        findings=counts(findings),
        blocks=tuple(lacking.select(pl.format("{} {}: {}", "code", "file", "message")).to_series()),
        rows=rows,
        figures={"records_read": read_count, "records_rejected": rejected},
    )


def _read(cycle: Cycle) -> tuple[dict[str, pl.DataFrame], list[Ingested]]:
    """The typed table of every canonical one that has a source, and what came of each source, in their order."""
    import polars as pl

    from sop_cli.read.extract import How, read
    from sop_cli.stages.ingest.ingest import ingest

    rules = _all_rules(cycle)
    tables: dict[str, pl.DataFrame] = {}
    done: list[Ingested] = []
    problems: list[SopError] = []
    for name, extracts in find_extracts(cycle).items():
        source, table = cycle.loaded.config.sources[name], rules[name].table.name
        try:
            how = How(encoding=source.encoding, delimiter=source.delimiter, sheet=source.sheet)
            grids = [grid for extract in extracts for grid in read(extract, how)]
            done.append(ingest(grids, rules[name], cycle.calendar.as_of, tables.get(table)))
        except SopError as problem:
            problems.append(problem)
        else:
            before = [tables[table]] if table in tables else []
            tables[table] = pl.concat([*before, done[-1].table], how="vertical")
    if problems:
        raise together(problems)
    return tables, done


def _all_rules(cycle: Cycle) -> dict[str, SourceRules]:
    """The rules of every source; SopError with the line of the config for each that its table does not allow."""
    from sop_cli.schemas.tables import TABLES
    from sop_cli.stages.ingest.rules import contradictions

    rules: dict[str, SourceRules] = {}
    mistakes: list[tuple[Location, str]] = []
    for name, source in cycle.loaded.config.sources.items():
        table, place = source.table or name, ("sources", name)
        if table not in TABLES:
            near = get_close_matches(table, TABLES, 1)
            meant = f"did you mean {near[0]}?" if near else f"say `table:` with one of {', '.join(TABLES)}"
            mistakes.append(((*place, "table"), f"sources.{name}: there is no table called {table!r}; {meant}"))
            continue
        rules[name] = _rules(name, source)
        mistakes += [
            ((*place, *found.place), f"sources.{name}: {found.message}; {found.hint}")
            for found in contradictions(rules[name])
        ]
    if mistakes:
        raise cycle.loaded.refuse(mistakes)
    return rules


def _rules(name: str, source: Source) -> SourceRules:
    """The config's words for one source as the stage's plain arguments."""
    from sop_cli.schemas.tables import TABLES
    from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules

    return SourceRules(
        name=name,
        table=TABLES[source.table or name],
        header=source.header,
        decimal=source.decimal,
        dates=source.dates,
        months=source.months,
        columns=source.columns,
        constants=source.constants,
        values=source.values,
        wide=source.wide,
        fill_down=tuple(source.fill_down),
        scale=source.scale,
        exclude=tuple(ExcludeRule(**exclude.model_dump()) for exclude in source.exclude),
    )
