"""What ingest holds the extracts against: last cycle, their own history, and what the config calls serious."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.config.checks import Checks as GivenChecks
from sop_cli.config.checks import condition
from sop_cli.pipeline.cycle import Cycle, read_table
from sop_cli.read.files import Extract

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.stages.ingest.checks import Check, Checks, Limit
    from sop_cli.stages.ingest.completeness.last import LastCycle


def completeness(cycle: Cycle, folder: Path, controls: pl.DataFrame, files: pl.DataFrame, columns: pl.DataFrame,
                 reach: pl.DataFrame) -> pl.DataFrame:  # fmt: skip
    """The findings on whether the tables in `folder` are all there and can be right."""
    import polars as pl

    from sop_cli.findings.finding import all_findings
    from sop_cli.schemas.tables import TABLES
    from sop_cli.stages.ingest.completeness.credits import credit_findings, sums_below_zero
    from sop_cli.stages.ingest.completeness.headers import in_headers
    from sop_cli.stages.ingest.completeness.last import Shortness, against_last, wrong_months
    from sop_cli.stages.ingest.completeness.months import month_findings
    from sop_cli.stages.ingest.completeness.scale import scale_findings, sources_off
    from sop_cli.stages.ingest.completeness.stale import ahead
    from sop_cli.stages.ingest.turned import idle_signs

    accounts = cycle.loaded.config.ledger.model_dump()
    signs = {name: next(iter(own.scale.values()), 1) for name, own in cycle.loaded.config.sources.items()}
    given, as_of = cycle.loaded.config.completeness, cycle.calendar.as_of
    fed = {name: source.table or name for name, source in cycle.loaded.config.sources.items()}
    scales = {name: source.scale for name, source in cycle.loaded.config.sources.items()}
    tabled = files.with_columns(table=pl.col("source").replace_strict(fed, return_dtype=pl.String))
    found = [ahead(reach, as_of), wrong_months(tabled, cycle.folder.name, as_of)]
    found.append(sums_below_zero(controls, {source: TABLES[name] for source, name in fed.items()}, scales))
    last = _last(cycle)
    if last is not None:
        shortness = Shortness(given.short_percent, given.short_error_percent)
        found.append(against_last(controls, files, columns, last, shortness, as_of, fed))
        found.append(sources_off(controls, last.controls, last.name))
    for source, given_for in cycle.loaded.config.sources.items():
        if given_for.turn_sign:
            records = pl.scan_parquet(folder / f"{fed[source]}.parquet")
            found.append(idle_signs(records, source, given_for.turn_sign))
    for name in dict.fromkeys(fed.values()):
        records = pl.scan_parquet(folder / f"{name}.parquet")
        found.append(month_findings(records, TABLES[name], as_of, given.half_month_percent))
        found.append(scale_findings(records, TABLES[name], _before(cycle, name)))
        found.append(credit_findings(records, TABLES[name], accounts, signs))
    return in_headers(all_findings(found), columns)


def on_disk(files: pl.DataFrame, extracts: Sequence[Extract], hashes: Mapping[str, str], base: Path) -> pl.DataFrame:
    """FILES with the size and the SHA-256 of every file; `hashes` has them by path, as the manifest does."""
    import polars as pl

    known = {extract.name: extract for extract in extracts}
    sizes = {name: extract.path.stat().st_size for name, extract in known.items()}
    sums = {name: hashes[relpath(extract.path, base).replace("\\", "/")] for name, extract in known.items()}
    return files.with_columns(
        bytes=pl.col("file").replace_strict(sizes, return_dtype=pl.Int64),
        sha256=pl.col("file").replace_strict(sums, return_dtype=pl.String),
    )


def checks(cycle: Cycle) -> Checks:
    """The config's severities as the stage's plain arguments."""
    from sop_cli.stages.ingest.checks import Checks

    config = cycle.loaded.config
    return Checks(_checks(config.checks), {name: _checks(source.checks) for name, source in config.sources.items()})


def _checks(given: GivenChecks) -> dict[str, Check]:
    from sop_cli.stages.ingest.checks import Check

    return {code: Check(check.severity, _limit(check.warn_if), _limit(check.error_if)) for code, check in given.items()}


def _limit(text: str | None) -> Limit | None:
    from sop_cli.stages.ingest.checks import Limit

    if text is None:
        return None
    inclusive, number, percent = condition(text)
    return Limit(Decimal(number), percent, inclusive)


def _last(cycle: Cycle) -> LastCycle | None:
    from sop_cli.stages.ingest.completeness.last import LastCycle

    last = cycle.last("ingest")
    if last is None or not (last.stage("ingest") / "columns.parquet").is_file():  # left by an earlier version
        return None
    return LastCycle(last.name, *(read_table(last, "ingest", name) for name in ("controls", "files", "columns")))


def _before(cycle: Cycle, table: str) -> pl.LazyFrame | None:
    """The table as last cycle left it; None where it did not have one."""
    import polars as pl

    last = cycle.last("ingest")
    path = last.stage("ingest") / f"{table}.parquet" if last else None
    return pl.scan_parquet(path) if path is not None and path.is_file() else None
