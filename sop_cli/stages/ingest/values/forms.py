"""How each column of a file is written, found out from all its cells together where the config does not say."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from sop_cli.findings.values import ROUNDED, UNCLEAR_ORDER
from sop_cli.schemas.column import Column
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.clues import Around
from sop_cli.stages.ingest.values.days import day
from sop_cli.stages.ingest.values.decimals import decimal_signs, rounded
from sop_cli.stages.ingest.values.monthforms import month_form, year_in
from sop_cli.stages.ingest.values.orders import Reading, order
from sop_cli.stages.ingest.values.parse import Form, Forms, in_our_words
from sop_cli.stages.ingest.values.patterns import EXCEL, EXCEL_1904, dates_of, is_day_first
from sop_cli.stages.ingest.values.percents import percents_told
from sop_cli.stages.ingest.values.scalewords import scales_told
from sop_cli.stages.ingest.values.swapped import swapped
from sop_cli.stages.ingest.values.told import Told
from sop_cli.stages.ingest.values.uncertain import two_ways, unclear
from sop_cli.stages.ingest.values.yearcolumns import one_year, told_of_year, year_column

_SCALES = ""  # what is told of no column in particular
_PERCENT = " %"  # behind the name of a column: what is told of its percent signs
_FAR = 10  # years from the as-of month beyond which a date is strange


@dataclass(frozen=True)
class Written:
    """The cells of one page that forms are decided from."""

    file: str
    sheet: str | None
    cells: pl.DataFrame  # `row` and cell columns: the rows below the header
    columns: Mapping[str, Sequence[str]]  # our column: its cell columns, several where months run across
    headers: Mapping[str, str]  # cell column: header in the file
    beside: Sequence[str] = ()  # what stands above the table, and the names of sheet and file
    numeric: pl.DataFrame | None = None  # as in the grid, for the same rows as `cells`
    delimiter: str | None = None  # of a text file
    since_1904: bool = False  # whether the workbook counts days from 1904
    unused: Sequence[str] = ()  # cell columns that nothing is mapped to
    units: Mapping[str, str] = field(default_factory=dict)  # cell column: what a row of units below its header says

    def header(self, name: str) -> str:
        """The header of our column `name`, the first of several."""
        return self.headers[self.columns[name][0]]

    def spare(self, *, numeric: bool = True) -> Mapping[str, pl.Series]:
        """The cells of the columns that nothing is mapped to, by header; with the numbers of a workbook, or without."""
        return {self.headers[at]: self.cells[at] if numeric else _not_numeric(at, self) for at in self.unused}


@dataclass(frozen=True)
class _Found:
    form: Form
    told: Sequence[Told]
    guess: bool


def decide(written: Written, rules: SourceRules, as_of: date, before: Forms | None = None) -> Forms:
    """The form of every number, date and month column of a file, and what is to be told about it.

    What the config declares is taken as it is. Otherwise one form is chosen for a column as a whole, the one that
    fits most of its cells; `as_of` is the first day of the last closed month. `before` is what earlier pages of the
    file gave: it stands, but for columns that had no cells there, and for guesses that this page proves or refutes.
    """
    before = before or Forms()
    present = [column for column in rules.table.columns if column.name in written.columns]
    left = [column for column in present if column.name not in before.known or column.name in before.guessed]
    found = {
        **_numbers([column for column in left if column.kind == "number"], written, rules, before),
        **_dates([column for column in left if column.kind == "date"], written, rules, as_of, before),
        **_months([column for column in left if column.kind == "month"], written, rules, as_of),
    }
    found = {name: one for name, one in found.items() if not (name in before.guessed and one.guess)}
    known = {**before.known, **{name: one.form for name, one in found.items()}}
    guessed = (before.guessed - found.keys()) | {name for name, one in found.items() if one.guess}
    told = {**before.told, **{name: _placed(one.told, written) for name, one in found.items()}}
    for column in present:
        if column.kind == "number" and not any(one.rule is ROUNDED for one in told.get(column.name, ())):
            sign = known.get(column.name, Form()).decimal
            more = rounded(_texts(column, written, rules), written.header(column.name), sign)
            told[column.name] = (*told.get(column.name, ()), *_placed(more, written))
        if column.kind == "number" and not told.get(column.name + _PERCENT):
            told[column.name + _PERCENT] = _placed(_percents(column, written, known), written)
    told.setdefault(_SCALES, tuple(scales_told(written.columns, written.headers, written.units, written.beside, rules)))
    return Forms(known, frozenset(guessed), told)


def _texts(column: Column, written: Written, rules: SourceRules) -> pl.Series:
    """The texts of a column; numbers of a workbook are no texts, unless they may be days."""
    parts = []
    for at in written.columns[column.name]:
        texts = _not_numeric(at, written) if column.kind == "number" else written.cells[at]
        parts.append(texts.alias("text"))
    texts = pl.concat(parts) if len(parts) > 1 else parts[0]
    if column.name in rules.values:
        return texts.to_frame().select(in_our_words(column, pl.col("text"), rules)).to_series()
    return texts


def _percents(column: Column, written: Written, known: Mapping[str, Form]) -> list[Told]:
    places = written.columns[column.name]
    if not any(written.cells[at].str.contains("%", literal=True).any() for at in places):
        return []
    texts = pl.concat([written.cells[at].alias("text").drop_nulls() for at in places])
    sign = known.get(column.name, Form()).decimal
    return [*percents_told(texts, written.header(column.name), sign, column.unit)]


def _numbers(columns: Sequence[Column], written: Written, rules: SourceRules, before: Forms) -> Mapping[str, _Found]:
    if rules.decimal is not None:
        return {column.name: _Found(Form(decimal=rules.decimal), (), guess=False) for column in columns}
    kinds = {column.name: column.kind for column in rules.table.columns}
    settled = {
        form.decimal for name, form in before.known.items() if kinds[name] == "number" and name not in before.guessed
    }
    texts = {column.name: _texts(column, written, rules) for column in columns}
    strict = [column.name for column in columns if column.required]
    around = Around(
        written.spare(numeric=False),
        tuple(
            written.cells[at]
            for name, places in written.columns.items()
            if kinds[name] in ("date", "month")
            for at in places
        )
        + tuple(written.cells[at] for at in written.unused),
        written.delimiter,
    )
    signs = decimal_signs(texts, {name: written.header(name) for name in texts}, around, settled, strict)
    return {name: _Found(Form(decimal=sign.sign), sign.told, sign.guess) for name, sign in signs.items()}


def _not_numeric(at: str, written: Written) -> pl.Series:
    """The texts of a cell column; numbers of a workbook are no texts."""
    texts = written.cells[at]
    return texts if written.numeric is None else texts.set(written.numeric[at], None)


def _dates(
    columns: Sequence[Column], written: Written, rules: SourceRules, as_of: date, before: Forms
) -> Mapping[str, _Found]:
    if rules.dates is not None:
        return {
            column.name: _Found(Form(dates=rules.dates), _swapped(column, written, rules, rules.dates), guess=False)
            for column in columns
        }
    seen = {
        column.name: found
        for column in columns
        if (found := order(_texts(column, written, rules), lambda text: _patterns(text, written), day))
    }
    proven = [found.best[0].pattern for found in seen.values() if not found.tied]
    proven += [form.dates for name, form in before.known.items() if name not in before.guessed]
    orders = {is_day_first(pattern) for pattern in proven} - {None}
    forms = {}
    for name, found in seen.items():
        reading, why = _chosen(found.best, orders, as_of, actual=name == rules.table.current)
        header = written.header(name)
        told = [unclear(found.best, reading, header, why, "dates")] if why else []
        told += two_ways(found, reading, header)
        told += _swapped(rules.table.column(name), written, rules, reading.pattern)
        forms[name] = _Found(Form(dates=reading.pattern), told, guess=found.tied and not orders)
    return forms


def _months(columns: Sequence[Column], written: Written, rules: SourceRules, as_of: date) -> Mapping[str, _Found]:
    forms = {}
    for column in columns:
        texts = _texts(column, written, rules)
        header = written.header(column.name)
        year = year_column(written.spare())
        beside = written.beside if year is None or _agree(year, written) else ()
        form, told = month_form(texts, header, rules, beside, as_of, since_1904=written.since_1904)
        if form is not None:
            told = [*told, *_swapped(column, written, rules, form.months)]
        if year is not None and rules.year is None and rules.months is None:
            parts = rules.headers().get(column.name, (header,))
            told = told_of_year(told, texts, header, parts, column.name, year)
        form = form or (Form() if told else None)
        if form is not None:
            guess = any(one.rule is UNCLEAR_ORDER for one in told)
            forms[column.name] = _Found(form, told, guess)
    return forms


def _agree(year: str, written: Written) -> bool:
    """Whether the column headed `year` holds no other year than the one that stands beside the table."""
    beside = year_in(written.beside)
    return beside is not None and beside[0] == one_year(written.spare()[year])


def _swapped(column: Column, written: Written, rules: SourceRules, pattern: str) -> list[Told]:
    """What is to be told of the real dates of a workbook; a text file has none."""
    if written.sheet is None:
        return []
    return [*swapped(_texts(column, written, rules), pattern, written.header(column.name))]


def _placed(told: Sequence[Told], written: Written) -> tuple[Told, ...]:
    return tuple(replace(one, row=_row(one, written)) for one in told)


def _patterns(text: str, written: Written) -> list[str]:
    found = dates_of(text)
    return [EXCEL_1904] if found == [EXCEL] and written.since_1904 else found


def _chosen(
    readings: Sequence[Reading], orders: set[bool | None], as_of: date, *, actual: bool
) -> tuple[Reading, str | None]:
    """The reading that counts, and why, where that is a guess."""
    # Where the year could stand first or last, one of the two makes 2003 of the third day of 2026.
    near = [reading for reading in readings if not _strange(reading, as_of, actual=False)]
    if near and len({reading.pattern.startswith("%y") for reading in readings}) > 1:
        readings = near
    if len(readings) == 1:
        return readings[0], None
    if len(orders) == 1:
        for reading in readings:
            if is_day_first(reading.pattern) in orders:
                return reading, None
    strange = [_strange(reading, as_of, actual=actual) for reading in readings]
    best = min(strange)
    if strange.count(best) == 1:
        what = f"lie after {as_of:%Y-%m}, the last closed month" if actual else f"lie far from {as_of:%Y-%m}"
        return readings[strange.index(best)], f"because read otherwise more dates would {what}"
    return readings[0], "because most of the world writes the day first"


def _strange(reading: Reading, as_of: date, *, actual: bool) -> int:
    """Cells whose date would be one that nobody expects: not yet past where it must be, or many years away."""
    closed = as_of.replace(day=monthrange(as_of.year, as_of.month)[1])
    far = (pl.col("day").dt.year() - as_of.year).abs() > _FAR
    wrong = far | (pl.col("day") > closed) if actual else far
    return int(reading.days.select(pl.col("times").filter(wrong).sum()).item())


def _row(one: Told, written: Written) -> int | None:
    """The first row whose cell of the column is what is told about."""
    places = [at for at, header in written.headers.items() if header == one.column and at in written.cells.columns]
    if one.value is None or not places:
        return one.row
    found = written.cells.filter(pl.any_horizontal(pl.col(at) == one.value for at in places))["row"]
    return int(found[0]) if found.len() else one.row
