"""Which records count: every cell is read, and a record is accepted, rejected or excluded."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.ingest import ERROR_CELL, MISSING, NOT_A_CHOICE, UNREADABLE
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.column import EXACT, KINDS, Column, Table
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.turned import turned
from sop_cli.stages.ingest.values.parse import Form, Forms, expected, in_our_words, is_empty, is_error, typed

AFTER_AS_OF = "after as-of"


def typed_records(records: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """The records with every column of the table typed, their place, and `record_no`, their number on the page.

    Empty cells are still without their defaults, so that numbers sum to what the file says.
    """
    names = present(layout, rules)
    read = records.with_columns(
        typed(_column(name, rules), _text(name, rules), layout.forms.of(name), rules).alias(name) for name in names
    )
    whole = read.with_columns(
        *(_without_file(column, rules) for column in rules.table.columns if column.name not in read.columns),
        record_no=pl.int_range(pl.len(), dtype=pl.Int64),
        source=pl.lit(rules.name),
        file=pl.lit(page.file),
        sheet=pl.lit(page.sheet, pl.String),
    )
    numbers = [name for name in names if _column(name, rules).kind == "number"]
    return whole.with_columns(turned(name, rules) for name in numbers)


def doubtful(read: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules, as_of: date) -> Iterator[pl.Expr]:
    """A condition for each thing that some record of the page may have about it and that could keep it out.

    Counts and extremes of whole columns decide which there are, so that a clean page is not looked at row by row.
    """
    if read["excluded"].null_count() < read.height:
        yield pl.col("excluded").is_not_null()
    if read["surplus"].max():
        yield pl.col("surplus") > 0
    for name in present(layout, rules):
        column, text = _column(name, rules), read[as_read(name)]
        if column.required and text.null_count():
            yield pl.col(as_read(name)).is_null()
        if read[name].null_count() > text.null_count():
            yield pl.col(name).is_null() & pl.col(as_read(name)).is_not_null()
        if column.sign != "any":
            yield _wrong_sign(column)
    if page.defects:
        yield pl.col("row").is_in([defect.row for defect in page.defects])
    if rules.table.current is not None:
        newest = read[rules.table.current].max()
        if isinstance(newest, date) and newest >= add_months(as_of, 1):
            yield later_than(as_of, rules)


def judge(read: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules, as_of: date) -> pl.DataFrame:
    """The records with `<column> rule`: the code of what is wrong, or null.

    `excluded` now names the records after `as_of` too; `rejected` is true where a cell fails or the record has too
    many fields.
    """
    names = present(layout, rules)
    judged = read.with_columns(
        _verdict(_column(name, rules), _text(name, rules), _broken(name, page, layout)).alias(rule_of(name))
        for name in names
    )
    failing = [pl.col(rule_of(name)).is_not_null() for name in names]
    return judged.with_columns(
        excluded=pl.coalesce("excluded", pl.when(later_than(as_of, rules)).then(pl.lit(AFTER_AS_OF)))
    ).with_columns(rejected=pl.col("excluded").is_null() & pl.any_horizontal(pl.col("surplus") > 0, *failing))


def later_than(as_of: date, rules: SourceRules) -> pl.Expr:
    """Whether a record is an actual one of a month that is not closed yet."""
    if rules.table.current is None:
        return pl.lit(False)
    return actual(rules.table) & (pl.col(rules.table.current) >= add_months(as_of, 1))


def has_plans(table: Table) -> bool:
    """Whether the table says of each record if it has happened or is planned."""
    return any(column.name == "status" for column in table.columns)


def actual(table: Table) -> pl.Expr:
    """Whether a record has happened; what is planned lies in the future by right."""
    return pl.col("status") == "actual" if has_plans(table) else pl.lit(True)


def present(layout: Layout, rules: SourceRules) -> list[str]:
    """Our columns that the file holds, in the order of the table."""
    wide = [rules.wide] if rules.wide else []
    return [column.name for column in rules.table.columns if column.name in {*layout.columns, *wide}]


def rule_of(name: str) -> str:
    """The column that keeps the code of what is wrong with our column `name`."""
    return f"{name} rule"


def _column(name: str, rules: SourceRules) -> Column:
    return rules.table.column(name)


def _text(name: str, rules: SourceRules) -> pl.Expr:
    return in_our_words(_column(name, rules), pl.col(as_read(name)), rules)


def _verdict(column: Column, text: pl.Expr, broken: pl.Expr) -> pl.Expr:
    empty = is_empty(column, text)
    unread = NOT_A_CHOICE if column.choices else UNREADABLE
    return (
        pl.when(broken | is_error(text))
        .then(pl.lit(ERROR_CELL.code))
        .when(empty & pl.lit(column.required))
        .then(pl.lit(MISSING.code))
        .when(~empty & (pl.col(column.name).is_null() | _wrong_sign(column)))
        .then(pl.lit(unread.code))
    )


def _wrong_sign(column: Column) -> pl.Expr:
    zero = pl.lit(0, EXACT)
    wrong = {"positive": pl.col(column.name) <= zero, "not negative": pl.col(column.name) < zero}
    return wrong.get(column.sign, pl.lit(False))


def _broken(name: str, page: Grid, layout: Layout) -> pl.Expr:
    """Whether the cell of column `name` holds no value though it shows something."""
    rows: dict[str, list[int]] = {}
    for defect in page.defects:
        rows.setdefault(str(defect.column_index), []).append(defect.row)
    if name in layout.columns:
        return pl.col("row").is_in([row for at in layout.parts(layout.columns[name]) for row in rows.get(at, [])])
    hits = [(pl.col("at") == at) & pl.col("row").is_in(rows[at]) for at in layout.months if at in rows]
    return pl.any_horizontal(hits) if hits else pl.lit(False)


def _without_file(column: Column, rules: SourceRules) -> pl.Expr:
    """A column the file does not have: the constant the config gives, or its default, or null."""
    given = rules.constants.get(column.name, column.default)
    if given is None:
        return pl.lit(None, KINDS[column.kind]).alias(column.name)
    value = pl.select(typed(column, pl.lit(given), Form(), rules)).item()
    if value is None:
        in_config = Forms({column.name: Form()})
        raise SopError(
            f"source {rules.name}: the constant {given!r} for {column.name} is not {expected(column, in_config)}",
            hint="correct it under `constants` in the config",
        )
    return pl.lit(value, KINDS[column.kind]).alias(column.name)
