"""Extracts on their way to disk: every source of a table is read page by page and its records written as they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.errors import SopError, together
from sop_cli.pipeline.cycle import Cycle
from sop_cli.pipeline.sources import all_rules
from sop_cli.read.files import Extract
from sop_cli.schemas.correction import Correction

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.read.extract import How
    from sop_cli.schemas.grid import Grid
    from sop_cli.stages.ingest.ingest import Ingested, Intake
    from sop_cli.stages.ingest.rules import SourceRules


def take_in(
    cycle: Cycle, folder: Path, found: Mapping[str, list[Extract]], corrections: Sequence[Correction]
) -> tuple[list[Ingested], dict[str, int]]:
    """What came of each source, in the order of the config, and the rows of each table left in `folder`."""
    from sop_cli.stages.ingest.ingest import Intake

    rules, as_of = all_rules(cycle), cycle.calendar.as_of
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
    from sop_cli.read.book.sheets import sheet_names
    from sop_cli.read.extract import read
    from sop_cli.stages.ingest.columns.sheet import sheet_of_table

    def held(names: Sequence[str]) -> list[Grid]:
        found: list[Grid] = []
        for name in names:
            with suppress(SopError):  # an empty sheet holds no table
                found += read(extract, replace(how, sheet=name))
        return found

    visible, hidden = sheet_names(extract) if how.sheet is None else ([], [])
    if len(visible) + len(hidden) < 2 or not (seen := held(visible)):
        return how
    own = sheet_of_table(seen, partial(held, hidden), rules)
    return replace(how, sheet=own.sheet, fitting=True) if len(visible) > 1 else how


def _without_repeats(path: Path, intakes: Mapping[str, Intake]) -> pl.DataFrame:
    """Take the records that do not count, as others have their key, out of the table at `path`; returns them."""
    import polars as pl

    from sop_cli.stages.ingest.keys import repeated, seen_twice, without_repeats
    from sop_cli.stages.ingest.late import superseded

    def again(suspects: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([intake.again(suspects) for intake in intakes.values()])

    table = next(iter(intakes.values())).rules.table
    twice = seen_twice([prints for intake in intakes.values() for prints in intake.prints])
    correcting, adding = (
        [name for name, intake in intakes.items() if intake.rules.repeats == word] for word in ("last", "sum")
    )
    records = pl.scan_parquet(path)
    repeats = repeated(records, twice, table, correcting, adding, again)
    read = [(intake.late, intake.prints) for intake in intakes.values()]
    repeats = pl.concat([repeats, superseded(records, read, repeats, table)])
    if repeats.height:
        fewer = path.with_suffix(".fewer")
        without_repeats(records, repeats, table).sink_parquet(fewer)
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
