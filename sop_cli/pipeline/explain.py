"""explain: a rule, a measure's formula, a break, or a number down to file, sheet and row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from io import StringIO
from typing import TYPE_CHECKING

from sop_cli.errors import SopError
from sop_cli.findings.words import counted, month, plain
from sop_cli.pipeline.cycle import Cycle
from sop_cli.workspace.outcome import Answer
from sop_cli.workspace.step import Json

if TYPE_CHECKING:
    import polars as pl

    from sop_cli.stages.explain.trace import Trace

SHOWN = 20
HINT = (
    "a rule: sop explain R101; a measure: sop explain revenue; a break: sop explain R101/F03/2026-08; "
    "a number: sop explain revenue version=actual month=2026-10 family=F03"
)


def explain_term(terms: Sequence[str]) -> Answer | None:
    """The meaning of a rule code or a measure; None if the terms name a break or a number of a cycle."""
    from sop_cli.findings.rules import RULES
    from sop_cli.schemas.dataset import MEASURES

    if len(terms) != 1 or "/" in terms[0] or "=" in terms[0]:
        return None
    term = terms[0]
    if rule := RULES.get(term.upper()):
        text = (
            f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.means}\n\n"
            f"why it matters: {rule.matters}\nwhat to do: {rule.do}"
        )
        return Answer(text, {"code": rule.code, "name": rule.name, "severity": rule.severity, "means": rule.means,
                             "matters": rule.matters, "do": rule.do})  # fmt: skip
    if measure := MEASURES.get(term.lower().replace(" ", "_")):
        text = f"{measure.name} ({measure.unit})\n\n{measure.formula}"
        return Answer(text, {"measure": measure.name, "unit": measure.unit, "formula": measure.formula})
    near = get_close_matches(term, [*RULES, *MEASURES], 1, 0.5)
    raise SopError(f"nothing here is called {term!r}" + (f"; did you mean {near[0]}?" if near else ""), hint=HINT)


def explain_number(cycle: Cycle, terms: Sequence[str]) -> Answer:
    """A break or a number of the dataset, with the rows that add up to it."""
    _must_have(cycle, "reconcile")
    if len(terms) == 1 and "/" in terms[0]:
        return _flag(cycle, terms[0]) or _break(cycle, terms[0])
    return _number(cycle, terms)


def _must_have(cycle: Cycle, stage: str) -> None:
    if cycle.folder.manifest(stage) is None:
        raise SopError(f"cycle {cycle.folder.name} has no {stage} results to explain", hint=f"run sop {stage} first")


def _flag(cycle: Cycle, flag_id: str) -> Answer | None:
    """A flag of the variance: actuals to date, projection and budget of its months; None if it is no flag."""
    from sop_cli.schemas.dataset import ACTUAL, ALL_FAMILIES, LEDGER, PROJECTION
    from sop_cli.stages.explain.trace import trace
    from sop_cli.stages.variance.outlook import PLANNED, SEEN, SOLD

    if cycle.folder.manifest("variance") is None:
        return None
    flags = {row["flag"]: row for row in cycle.table("variance", "flags").to_dicts()}
    if flag_id not in flags:
        return None
    row, calendar = flags[flag_id], cycle.calendar
    year = calendar.fiscal_months(calendar.fiscal_year(calendar.as_of))
    first, last = row["first"] or year[0], row["last"] or (calendar.as_of if "year to date" in flag_id else year[-1])
    place = {} if row["family"] == ALL_FAMILIES else {"family": row["family"]}
    lines, projection = cycle.table("reconcile", "lines"), cycle.table("project", "projection")
    traces = []
    for part in SEEN.get(row["measure"], {}):
        version = ACTUAL if part in SOLD else LEDGER
        closed = (first, min(last, calendar.as_of))
        traces.append(trace(lines, f"{part} to date", {**place, "version": version, "measure": part}, closed))
        ahead = (max(first, calendar.cycle), last)
        traces.append(trace(projection, f"{part} to go", {**place, "version": PROJECTION, "measure": part}, ahead))
    approved = {**place, "version": cycle.loaded.config.budget.approved}
    traces += [
        trace(lines, f"{part} budget", {**approved, "measure": part}, (first, last))
        for part in PLANNED.get(row["measure"], {})
    ]
    found = _corrected(cycle, [part for part in traces if part.rows.height])
    head = f"{flag_id} ({row['code']}, {row['status']}, {counted(row['age'], 'cycle')})\n{row['message']}"
    text = "\n\n".join([head, *(_shown(part) for part in found)])
    return Answer(text, {"flag": flag_id, "message": row["message"], "traces": [_figures(part) for part in found]})


def _break(cycle: Cycle, break_id: str) -> Answer:
    from sop_cli.stages.explain.trace import trace_break

    breaks = cycle.table("reconcile", "breaks")
    known = {row["break"]: row for row in breaks.to_dicts()}
    if break_id not in known:
        near = get_close_matches(break_id, known, 1, 0.5)
        raise SopError(
            f"cycle {cycle.folder.name} has no break {break_id}" + (f"; did you mean {near[0]}?" if near else ""),
            hint="the breaks are in 2-reconciled/breaks.csv",
        )
    row = known[break_id]
    traces = _corrected(cycle, trace_break(cycle.table("reconcile", "lines"), break_id))
    place = f"{row['file']}:{row['row']}: " if row["file"] else ""
    head = f"{break_id} ({row['severity']}, {row['status']}, {counted(row['age'], 'cycle')})\n{place}{row['message']}"
    text = "\n\n".join([head, *(_shown(part) for part in traces)])
    return Answer(text, {"break": break_id, "message": row["message"], "traces": [_figures(part) for part in traces]})


def _number(cycle: Cycle, terms: Sequence[str]) -> Answer:
    from sop_cli.schemas.dataset import ACTUAL, CONSENSUS, LEDGER, MEASURES, PROJECTION, STATISTICAL
    from sop_cli.stages.explain.trace import trace
    from sop_cli.stages.variance.outlook import PLANNED, SEEN

    filters, months = _filters(terms)
    measure = filters.pop("measure")
    lines = cycle.table("reconcile", "lines")
    version = filters.setdefault("version", _usual_version(lines, measure, months))
    if version not in lines["version"].unique():
        _must_have(cycle, "project")
        lines = cycle.table("project", "projection")
    seen = version in (ACTUAL, LEDGER, PROJECTION)
    signs = (SEEN if seen else PLANNED).get(measure, {measure: 1})
    traces = _corrected(cycle, [trace(lines, part, {**filters, "measure": part}, months) for part in signs])
    found = [(part, sign) for part, sign in zip(traces, signs.values(), strict=True) if part.rows.height]
    if not found:
        known = {*cycle.table("reconcile", "lines")["version"].unique(), STATISTICAL, CONSENSUS, PROJECTION}
        versions = ", ".join(sorted(known))
        raise SopError(f"no {measure} of {' '.join(terms[1:]) or version}", hint=f"versions here: {versions}")
    value = sum((part.value * sign for part, sign in found), Decimal())
    formula = MEASURES[measure].formula if measure in MEASURES else ""
    head = f"{measure} ({', '.join(terms[1:]) or version}) = {plain(value)} {found[0][0].unit}\n{formula}"
    text = "\n\n".join([head, *(_shown(part) for part, _ in found)])
    return Answer(text, {"measure": measure, "value": str(value), "traces": [_figures(part) for part, _ in found]})


def _corrected(cycle: Cycle, traces: Sequence[Trace]) -> list[Trace]:
    """The traces with what was corrected by hand in their rows."""
    from sop_cli.stages.explain.trace import with_corrections

    if not (cycle.folder.stage("ingest") / "corrected.parquet").is_file():  # left by an earlier version
        return list(traces)
    cells = cycle.table("ingest", "corrected")
    return [with_corrections(part, cells) for part in traces]


def _usual_version(lines: pl.DataFrame, measure: str, months: tuple[date, date] | None) -> str:
    """Which version is meant where none is named: what was, in shipments or in the ledger, else what is planned."""
    import polars as pl

    from sop_cli.schemas.dataset import ACTUAL, LEDGER, PROJECTION
    from sop_cli.stages.variance.outlook import SEEN

    rows = lines.filter(pl.col("measure").is_in(list(SEEN.get(measure, {measure: 1}))))
    if months is not None:
        rows = rows.filter(pl.col("month").is_between(*months))
    there = set(rows["version"].unique())
    return next((version for version in (ACTUAL, LEDGER) if version in there), PROJECTION)


def _filters(terms: Sequence[str]) -> tuple[dict[str, str], tuple[date, date] | None]:
    """`revenue month=2026-04..2026-10 family=F03` as filters by name and a span of months."""
    from sop_cli.schemas.calendar import month_of
    from sop_cli.schemas.dataset import GRAIN, MEASURES

    filters: dict[str, str] = {}
    months = None
    for place, term in enumerate(terms):
        name, equals, value = term.partition("=") if place or "=" in term else ("measure", "=", term)
        if not equals or name not in GRAIN:
            raise SopError(f"{term!r} is not understood", hint=f"name=value, with a name of {', '.join(GRAIN)}")
        if name == "month":
            first, _, last = value.partition("..")
            try:
                months = (month_of(first), month_of(last or first))
            except ValueError:
                raise SopError(f"{value!r} is no month", hint="month=2026-10 or month=2026-04..2026-10") from None
        else:
            filters[name] = value
    if filters.get("measure") not in MEASURES:
        near = get_close_matches(filters.get("measure", ""), MEASURES, 1, 0.5)
        raise SopError(
            f"no measure is called {filters.get('measure', '')!r}" + (f"; did you mean {near[0]}?" if near else ""),
            hint=HINT,
        )
    return filters, months


def _shown(part: Trace) -> str:
    """One trace as text: its title and sum, then its rows, the first of them where they are many."""
    from sop_cli.schemas.pack import PackColumn
    from sop_cli.write.terminal import print_table

    names = [name for name in part.rows.columns if part.rows[name].null_count() < part.rows.height]
    table = StringIO()
    cells = [[_cell(value) for value in row] for row in part.rows.select(names).head(SHOWN).rows()]
    print_table(cells, [PackColumn(name) for name in names], table)
    rows = [f"  {line}" for line in table.getvalue().splitlines()]
    more = part.rows.height - SHOWN
    rest = [f"  ... and {more:,} more rows; all of them with --format json"] if more > 0 else []
    head = f"{part.title}: {plain(part.value)} {part.unit} from {counted(part.rows.height, 'row')}"
    return "\n".join(line.rstrip() for line in [head, *rows, *rest])


def _figures(part: Trace) -> Json:
    rows: list[Json] = [
        {name: str(value) if isinstance(value, Decimal) else _cell(value) for name, value in row.items()}
        for row in part.rows.to_dicts()
    ]
    return {"title": part.title, "value": str(part.value), "unit": part.unit, "rows": rows}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return month(value) if isinstance(value, date) else str(value)
