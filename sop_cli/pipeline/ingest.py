"""ingest: extracts -> typed tables, rejects, control totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.corrections import NAME as CORRECTIONS
from sop_cli.config.corrections import load_corrections
from sop_cli.config.document import Location
from sop_cli.config.sources import Source
from sop_cli.errors import SopError, together
from sop_cli.findings.words import counted
from sop_cli.pipeline.completeness import checks, completeness, on_disk
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.leave import counts, leave_tables
from sop_cli.read.files import Extract, locate
from sop_cli.schemas.correction import Correction
from sop_cli.workspace.hashing import file_hashes
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.read.extract import How
    from sop_cli.schemas.grid import Grid
    from sop_cli.stages.ingest.ingest import Ingested, Intake
    from sop_cli.stages.ingest.rules import SourceRules


def ingest_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    hashes: dict[str, str] = {}  # of the files as they were when the run began: those that the manifest holds

    def inputs() -> dict[str, str]:
        hashes.clear()
        hashes.update(_inputs(cycle))
        return dict(hashes)

    return Step("ingest", "reading the extracts", inputs, lambda folder: _work(cycle, folder, hashes))


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
    return (
        file_hashes([*files, cycle.loaded.registers / CORRECTIONS], cycle.loaded.base)
        | cycle.loaded.part_hashes("sources", "fiscal_year_start", "checks", "completeness")
        | cycle.last_inputs("ingest")
    )


def _work(cycle: Cycle, folder: Path, hashes: Mapping[str, str]) -> StepResult:
    import polars as pl

    from sop_cli.findings.finding import all_findings
    from sop_cli.stages.ingest.checks import checked
    from sop_cli.stages.ingest.mend import corrected_cells, correction_findings, merged
    from sop_cli.stages.ingest.stale import stale

    found = find_extracts(cycle)
    corrections = load_corrections(cycle.loaded.registers)
    done, rows = _read(cycle, folder, found, corrections)
    rejects, controls, reach, files, columns = (
        pl.concat([getattr(result, part) for result in done], how="vertical")
        for part in ("rejects", "controls", "reach", "files", "columns")
    )
    extracts = [extract for own in found.values() for extract in own]
    files = on_disk(files, extracts, hashes, cycle.loaded.base)
    outcomes = merged([result.corrections for result in done])
    register = relpath(cycle.loaded.registers / CORRECTIONS, cycle.loaded.base).replace("\\", "/")
    findings = all_findings(
        [
            stale(reach, cycle.calendar.as_of),
            *(result.findings for result in done),
            correction_findings(corrections, outcomes, [extract.name for extract in extracts], register),
            completeness(cycle, folder, controls, files, columns, reach),
        ]
    )
    findings = checked(findings, rejects, controls, checks(cycle))
    tables = {"rejects": rejects, "controls": controls, "findings": findings, "files": files, "columns": columns}
    tables["corrected"] = corrected_cells(outcomes)
    rows |= leave_tables(folder, tables, readable=tuple(tables))
    return _result(controls, findings, rows)


def _result(controls: pl.DataFrame, findings: pl.DataFrame, rows: Mapping[str, int]) -> StepResult:
    import polars as pl

    from sop_cli.findings.completeness import SHORT
    from sop_cli.findings.ingest import NO_ROWS, STALE
    from sop_cli.write.controls import control_summary

    records = controls.filter(pl.col("column") == "records")
    errors = findings.filter(pl.col("severity") == "error")
    # Without this cycle's records, or without most of them, the stages that follow would plan with too little.
    lacking = errors.filter(pl.col("code").is_in([STALE.code, NO_ROWS.code, SHORT.code]))
    read, accepted, rejected = (int(records[column].sum()) for column in ("read", "accepted", "rejected"))
    return StepResult(
        summary=f"{counted(read, 'record')} from {counted(records.height, 'file or sheet', 'files or sheets')}, "
        f"{rejected:,} rejected",
        gate="stopped" if lacking.height else "failed" if errors.height else "passed",
        findings=counts(findings),
        blocks=tuple(
            " ".join(part for part in (code, f"{file or source or ''}:", message) if part != ":")
            for code, file, source, message in errors.select("code", "file", "source", "message").rows()
        ),
        rows=rows,
        figures={"records_read": read, "records_accepted": accepted, "records_rejected": rejected},
        answer=control_summary(controls),
    )


def _read(
    cycle: Cycle, folder: Path, found: Mapping[str, list[Extract]], corrections: Sequence[Correction]
) -> tuple[list[Ingested], dict[str, int]]:
    """What came of each source, in the order of the config, and the rows of each table left in `folder`."""
    from sop_cli.stages.ingest.ingest import Intake

    rules, as_of = _all_rules(cycle), cycle.calendar.as_of
    intakes: dict[str, dict[str, Intake]] = {}  # by table and source
    for name in cycle.loaded.config.sources:
        intakes.setdefault(rules[name].table.name, {})[name] = Intake(rules[name], as_of, corrections)
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
                    again = partial(read, extract, _with_sheet(extract, how, intake.rules))
                    for page in again():
                        yield intake.take(page, again)
            except SopError as problem:
                problems.append(problem)

    table = next(iter(intakes.values())).rules.table
    return write_pages(pages(), table.schema(), path)


def _with_sheet(extract: Extract, how: How, rules: SourceRules) -> How:
    """`how`, with the sheet that holds the table where a workbook has several and none is declared."""
    from sop_cli.read.extract import read
    from sop_cli.read.sheets import visible_sheets
    from sop_cli.stages.ingest.sheet import sheet_of_table

    if how.sheet is not None or len(names := visible_sheets(extract)) < 2:
        return how
    held: list[Grid] = []
    for name in names:
        with suppress(SopError):  # an empty sheet holds no table
            held += read(extract, replace(how, sheet=name))
    return replace(how, sheet=sheet_of_table(held, rules).sheet, fitting=True) if held else how


def _without_repeats(path: Path, intakes: Mapping[str, Intake]) -> pl.DataFrame:
    """Take the records that do not count, as others have their key, out of the table at `path`; returns them."""
    import polars as pl

    from sop_cli.stages.ingest.keys import repeated, seen_twice

    table = next(iter(intakes.values())).rules.table
    twice = seen_twice([prints for intake in intakes.values() for prints in intake.prints])
    correcting = [name for name, intake in intakes.items() if intake.rules.repeats == "last"]
    repeats = repeated(pl.scan_parquet(path), twice, table, correcting)
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
        repeats=source.repeats,
    )
