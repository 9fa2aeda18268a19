"""What is to be said about how headers were taken: by likeness, as months, or without the unit beside them."""

from collections.abc import Mapping

import polars as pl

from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.mapping import ACROSS, LIKENESS, UNIT_BESIDE
from sop_cli.schemas.column import Table
from sop_cli.schemas.recognised import Match
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.rules import SourceRules

Place = tuple[str, str | None]


def mapped(
    layouts: Mapping[Place, Layout], rules_of: Mapping[Place, SourceRules], declared: SourceRules
) -> pl.DataFrame:
    """The findings of one source; `rules_of` is what held for each file, `declared` what the config says."""
    likeness, across, units = [], [], []
    for (file, sheet), layout in layouts.items():
        place: dict[str, str | None] = {"source": declared.name, "file": file, "sheet": sheet}
        rules = rules_of[file, sheet]
        for match in layout.recognised:
            if not match.exact:
                likeness.append(place | _likeness(match, layout.headers[match.at], rules.table))
            if match.unit and (lacking := _lacking(match, layout, rules)):
                units.append(place | _unit(match, layout.headers[match.at], lacking))
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


def _unit(match: Match, header: str, lacking: str) -> dict[str, str | None]:
    return {
        "column": header,
        "value": match.unit,
        "message": f"{header!r} names {match.unit}, but no column of the file is the {lacking}",
        "hint": f"Declare `constants: {{{lacking}: {match.unit}}}`, in the words of the plan; nothing, if they are "
        f"{'base units' if lacking == 'uom' else 'in the reporting currency'}.",
    }


def _lacking(match: Match, layout: Layout, rules: SourceRules) -> str | None:
    """Our column that would say the unit, where neither the file nor the config gives it."""
    said = [name for name in ("uom", "currency") if name in rules.table.column(match.column).unit]
    there = {*layout.columns, *rules.constants, *(column.name for column in rules.table.columns if column.default)}
    own = {column.name for column in rules.table.columns}
    return next((name for name in said if name in own and name not in there), None)


def _across(layout: Layout, wide: str) -> dict[str, str | None]:
    first, last = min(layout.months.values()), max(layout.months.values())
    return {
        "column": layout.headers[next(iter(layout.months))],
        "message": f"{len(layout.months)} headers are months, {first:%Y-%m} to {last:%Y-%m}: "
        f"what stands below them is taken for {wide}",
        "hint": f"Declare `wide: {wide}` to settle it.",
    }
