"""The sources of the config: where their files are, and what is said about how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sop_cli.config.document import Location
from sop_cli.config.model import Config
from sop_cli.config.sources import Source
from sop_cli.errors import SopError, together
from sop_cli.pipeline.cycle import Cycle
from sop_cli.read.files import Extract, locate

if TYPE_CHECKING:
    from sop_cli.stages.ingest.rules import SourceRules


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


def crosswalk_files(cycle: Cycle) -> list[Extract]:
    """The files that the crosswalks of all sources are in."""
    return [_crosswalk_file(cycle, name, column) for name, column in _crosswalks(cycle)]


def all_rules(cycle: Cycle) -> dict[str, SourceRules]:
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
        rules[name] = _rules(name, source, cycle.loaded.config)
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
    place = ("sources", name, "crosswalk", column)
    try:
        found = locate(cycle.loaded.base, [pattern], cycle.folder.name)
    except SopError as problem:
        text = f"sources.{name}: the crosswalk of {column} cannot be read, {problem.file}: {problem.message}"
        raise cycle.loaded.refuse([(place, text)]) from None
    if len(found) > 1:
        text = f"sources.{name}: {len(found)} files are meant by {pattern!r}, a crosswalk is one"
        raise cycle.loaded.refuse([(place, text)])
    return found[0]


def _with_crosswalks(cycle: Cycle, name: str, rules: SourceRules) -> SourceRules:
    from sop_cli.read.extract import How, read
    from sop_cli.stages.ingest.crosswalk import crosswalk

    columns = cycle.loaded.config.sources[name].crosswalk
    return replace(
        rules,
        crosswalk={column: crosswalk(read(_crosswalk_file(cycle, name, column), How())) for column in columns},
    )


def _rules(name: str, source: Source, config: Config) -> SourceRules:
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
        fiscal_start=config.fiscal_year_start,
        currency=config.currency,
        columns=source.columns,
        constants=source.constants,
        values=source.values,
        wide=source.wide,
        fill_down=tuple(source.fill_down),
        scale=source.scale,
        turn_sign=source.turn_sign,
        exclude=(
            *(ExcludeRule(**exclude.model_dump()) for exclude in source.exclude),
            *(ExcludeRule(**keep.model_dump() | {"rule": keep.name, "keep": True}) for keep in source.keep),
        ),
        join=source.join,
        crosswalk={column: {} for column in source.crosswalk},
        repeats=source.repeats,
    )
