"""What is to be said about how headers were taken: by likeness, as months, or without the unit they name."""

from collections.abc import Iterator, Mapping

import polars as pl

from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.mapping import ACROSS, LIKENESS, UNIT_BESIDE
from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.currencies import meant_by
from sop_cli.schemas.recognised import Match
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.columns.units import units_below, units_of
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found

Place = tuple[str, str | None]


def mapped(
    layouts: Mapping[Place, Layout],
    tables: Mapping[Place, Found],
    rules_of: Mapping[Place, SourceRules],
    declared: SourceRules,
) -> pl.DataFrame:
    """The findings of one source; `rules_of` is what held for each file, `declared` what the config says."""
    likeness, across, units = [], [], []
    for (file, sheet), layout in layouts.items():
        place: dict[str, str | None] = {"source": declared.name, "file": file, "sheet": sheet}
        rules = rules_of[file, sheet]
        for match in layout.recognised:
            likeness += [] if match.exact else [place | _likeness(match, layout.headers[match.at], rules.table)]
        units += [place | told for told in _units(layout, tables[file, sheet], rules)]
        if rules.wide is not None and declared.wide is None:
            across.append(place | _across(layout, rules.wide))
    return all_findings([findings(LIKENESS, likeness), findings(UNIT_BESIDE, units), findings(ACROSS, across)])


def _likeness(match: Match, header: str, table: Table) -> dict[str, str | None]:
    return {
        "severity": "warning" if table.column(match.column).required else "info",
        "column": header,
        "message": f"{header!r} is taken for {match.column}: it is nearly {match.known!r}",
        "hint": f"if it is, declare `columns: {{{match.column}: {header}}}`; if not, name the right header there.",
    }


def _units(layout: Layout, found: Found, rules: SourceRules) -> Iterator[dict[str, str | None]]:
    """The units and currencies that headers of numbers, or the row below them, name and nothing else says."""
    for column in rules.table.columns:
        places = [*layout.months][:1] if column.name == rules.wide else [layout.columns.get(column.name, "")]
        for at in places if column.kind == "number" and places[0] else ():
            header, below = layout.headers[at], units_below(found, at)
            for lacking, unit in units_of(header, below).items():
                if _counts(lacking, unit, column, layout, rules):
                    yield _unit(header, unit, lacking, beside=lacking in units_of(header))


def _unit(header: str, unit: str, lacking: str, *, beside: bool) -> dict[str, str | None]:
    named = meant_by(unit)[0] if lacking == "currency" else unit
    who = f"{header!r} names {unit}" if beside else f"{unit} stands below {header!r}"
    return {
        "column": header,
        "value": unit,
        "message": f"{who}, but no column of the file is the {lacking}",
        "hint": f"Declare `constants: {{{lacking}: {named}}}`, in the words of the plan; nothing, if they are "
        f"{'base units' if lacking == 'uom' else 'in the reporting currency'}.",
    }


def _counts(lacking: str, unit: str, column: Column, layout: Layout, rules: SourceRules) -> bool:
    """Whether our column `lacking` would say the unit of the number, and neither the file nor the config gives it."""
    if lacking in {*layout.columns, *rules.constants} or not rules.table.is_unit_of(lacking, column):
        return False
    return lacking != "currency" or rules.currency not in meant_by(unit)


def _across(layout: Layout, wide: str) -> dict[str, str | None]:
    first, last = min(layout.months.values()), max(layout.months.values())
    return {
        "column": layout.headers[next(iter(layout.months))],
        "message": f"{len(layout.months)} headers are months, {first:%Y-%m} to {last:%Y-%m}: "
        f"what stands below them is taken for {wide}",
        "hint": f"Declare `wide: {wide}` to settle it.",
    }
