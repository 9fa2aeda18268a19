"""ingest: extracts -> typed tables, rejects, control totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
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

    from sop_cli.stages.ingest.ingest import Ingested, Intake
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
    files += [_crosswalk_file(cycle, name, column).path for name, column in _crosswalks(cycle)]
    return file_hashes(files, cycle.loaded.base) | cycle.loaded.part_hashes("sources", "fiscal_year_start")


def _work(cycle: Cycle, folder: Path) -> StepResult:
    import polars as pl

    from sop_cli.findings.finding import all_findings
    from sop_cli.findings.ingest import NO_ROWS, STALE
    from sop_cli.stages.ingest.stale import stale

    done, rows = _read(cycle, folder)
    rejects = pl.concat([result.rejects for result in done], how="vertical")
    controls = pl.concat([result.controls for result in done], how="vertical")
    old = stale(pl.concat([result.reach for result in done], how="vertical"), cycle.calendar.as_of)
    findings = all_findings([old, *(result.findings for result in done)])
    rows |= leave_tables(
        folder,
        {"rejects": rejects, "controls": controls, "findings": findings},
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


def _read(cycle: Cycle, folder: Path) -> tuple[list[Ingested], dict[str, int]]:
    """What came of each source, in the order of the config, and the rows of each table left in `folder`."""
    from sop_cli.stages.ingest.ingest import Intake

    rules, as_of = _all_rules(cycle), cycle.calendar.as_of
    intakes: dict[str, dict[str, Intake]] = {}  # by table and source
    for name in cycle.loaded.config.sources:
        intakes.setdefault(rules[name].table.name, {})[name] = Intake(rules[name], as_of)
    found = find_extracts(cycle)
    problems: list[SopError] = []
    done: dict[str, Ingested] = {}
    rows: dict[str, int] = {}
    for table, own in intakes.items():
        path = folder / f"{table}.parquet"
        rows[path.name] = _fill(path, own, cycle, found, problems)
        if not problems:
            repeats = _without_repeats(path, own)
            rows[path.name] -= repeats.height
            rows[path.name] += _spread(path, own)
            done |= {name: intake.settle(repeats) for name, intake in own.items()}
    if problems:
        raise together(problems)
    return [done[name] for name in found], rows


def _fill(
    path: Path,
    intakes: Mapping[str, Intake],
    cycle: Cycle,
    found: Mapping[str, list[Extract]],
    problems: list[SopError],
) -> int:
    """Write what the sources of one table hold, page by page; a source that cannot be read is added to `problems`."""
    from sop_cli.read.extract import How, read
    from sop_cli.write.tables import write_pages

    def pages() -> Iterator[pl.DataFrame]:
        for name, intake in intakes.items():
            source = cycle.loaded.config.sources[name]
            how = How(source.encoding, source.delimiter, source.quote, source.escape, source.sheet)
            try:
                for extract in found[name]:
                    again = partial(read, extract, how)
                    for page in again():
                        yield intake.take(page, again)
            except SopError as problem:
                problems.append(problem)

    table = next(iter(intakes.values())).rules.table
    return write_pages(pages(), table.schema(), path)


def _without_repeats(path: Path, intakes: Mapping[str, Intake]) -> pl.DataFrame:
    """Take the records whose key is there before out of the table at `path`; returns them."""
    import polars as pl

    from sop_cli.stages.ingest.keys import repeated, seen_twice

    table = next(iter(intakes.values())).rules.table
    twice = seen_twice([prints for intake in intakes.values() for prints in intake.prints])
    repeats = repeated(pl.scan_parquet(path), twice, table)
    if repeats.height:
        kept = pl.scan_parquet(path).with_row_index("at").filter(~pl.col("at").is_in(repeats["at"].implode()))
        fewer = path.with_suffix(".fewer")
        kept.drop("at").sink_parquet(fewer)
        fewer.replace(path)
    return repeats


def _spread(path: Path, intakes: Mapping[str, Intake]) -> int:
    """Place what the table at `path` holds by quarter or week in months; returns how many records that makes more."""
    import polars as pl

    if not any(intake.spreads for intake in intakes.values()):
        return 0
    records = pl.read_parquet(path)
    spread = pl.concat([own.spread(records.filter(pl.col("source") == name)) for name, own in intakes.items()])
    spread.write_parquet(path)
    return spread.height - records.height


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
        rules[name] = _rules(name, source, cycle.loaded.config.fiscal_year_start)
        mistakes += [
            ((*place, *found.place), f"sources.{name}: {found.message}; {found.hint}")
            for found in contradictions(rules[name])
        ]
    if mistakes:
        raise cycle.loaded.refuse(mistakes)
    return {name: _with_crosswalks(cycle, name, own) for name, own in rules.items()}


def _crosswalks(cycle: Cycle) -> Iterator[tuple[str, str]]:
    """Source and our column of every crosswalk."""
    for name, source in cycle.loaded.config.sources.items():
        for column in source.crosswalk:
            yield name, column


def _crosswalk_file(cycle: Cycle, name: str, column: str) -> Extract:
    pattern = cycle.loaded.config.sources[name].crosswalk[column]
    found = locate(cycle.loaded.base, [pattern], cycle.folder.name)
    if len(found) > 1:
        text = f"sources.{name}: {len(found)} files are meant by {pattern!r}, a crosswalk is one"
        raise cycle.loaded.refuse([(("sources", name, "crosswalk", column), text)])
    return found[0]


def _with_crosswalks(cycle: Cycle, name: str, rules: SourceRules) -> SourceRules:
    from sop_cli.read.extract import How, read
    from sop_cli.stages.ingest.crosswalk import crosswalk

    columns = cycle.loaded.config.sources[name].crosswalk
    return replace(
        rules,
        crosswalk={column: crosswalk(read(_crosswalk_file(cycle, name, column), How())) for column in columns},
    )


def _rules(name: str, source: Source, fiscal_start: int) -> SourceRules:
    """The config's words for one source as the stage's plain arguments; its crosswalks are still to be read."""
    from sop_cli.schemas.tables import TABLES
    from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules

    return SourceRules(
        name=name,
        table=TABLES[source.table or name],
        header=None if source.header is None else tuple(row for row in source.header if row),
        decimal=source.decimal,
        dates=source.dates,
        months=source.months,
        year=source.year,
        fiscal_start=fiscal_start,
        columns=source.columns,
        constants=source.constants,
        values=source.values,
        wide=source.wide,
        fill_down=tuple(source.fill_down),
        scale=source.scale,
        exclude=(
            *(ExcludeRule(**exclude.model_dump()) for exclude in source.exclude),
            *(ExcludeRule(**keep.model_dump() | {"rule": keep.name, "keep": True}) for keep in source.keep),
        ),
        join=source.join,
        crosswalk={column: {} for column in source.crosswalk},
    )
