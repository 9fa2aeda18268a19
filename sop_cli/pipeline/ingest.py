"""ingest: extracts -> typed tables, rejects, control totals."""

from __future__ import annotations

from collections.abc import Mapping
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.corrections import NAME as CORRECTIONS
from sop_cli.config.corrections import load_corrections
from sop_cli.findings.words import counted
from sop_cli.pipeline.completeness import checks, completeness, on_disk
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.intake import take_in
from sop_cli.pipeline.leave import counts, leave_tables
from sop_cli.pipeline.sources import crosswalk_files, find_extracts
from sop_cli.workspace.hashing import file_hashes
from sop_cli.workspace.step import Inputs, Step, StepResult

if TYPE_CHECKING:
    import polars as pl


def ingest_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step("ingest", "reading the extracts", lambda: _inputs(cycle), lambda f, inputs: _work(cycle, f, inputs))


def _inputs(cycle: Cycle) -> dict[str, str]:
    files = [extract.path for extracts in find_extracts(cycle).values() for extract in extracts]
    files += [extract.path for extract in crosswalk_files(cycle)]
    return (
        file_hashes([*files, cycle.loaded.registers / CORRECTIONS], cycle.loaded.base)
        | cycle.loaded.part_hashes("sources", "fiscal_year_start", "currency", "checks", "completeness", "ledger")
        | cycle.last_inputs("ingest")
    )


def _work(cycle: Cycle, folder: Path, inputs: Inputs) -> StepResult:
    import polars as pl

    from sop_cli.findings.finding import all_findings
    from sop_cli.stages.ingest.checks import checked
    from sop_cli.stages.ingest.completeness.stale import stale
    from sop_cli.stages.ingest.mend import corrected_cells, correction_findings, merged

    found = find_extracts(cycle)
    corrections = load_corrections(cycle.loaded.registers)
    done, rows = take_in(cycle, folder, found, corrections)
    rejects, controls, reach, files, columns = (
        pl.concat([getattr(result, part) for result in done], how="vertical")
        for part in ("rejects", "controls", "reach", "files", "columns")
    )
    extracts = [extract for own in found.values() for extract in own]
    files = on_disk(files, extracts, inputs(), cycle.loaded.base)
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
