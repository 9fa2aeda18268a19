"""Which records count: every cell is read and judged, and a record is accepted, rejected or excluded."""

from datetime import date

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.ingest import ERROR_CELL, MISSING, NOT_A_CHOICE, UNREADABLE
from sop_cli.schemas.column import EXACT, KINDS, Column
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.layout import Layout
from sop_cli.stages.ingest.parse import expected, in_our_words, is_empty, typed
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules

AFTER_AS_OF = "after as-of"


def judge(records: pl.DataFrame, grid: Grid, layout: Layout, rules: SourceRules, as_of: date) -> pl.DataFrame:
    """The records with every column of the table typed, and `<column> rule`: the code of what is wrong, or null.

    Numbers are still without their defaults, so that they sum to what the file says. `excluded` now names the
    records after `as_of` too; `rejected` is true where a cell fails or the record has too many fields.
    """
    names = present(layout, rules)
    texts = {name: in_our_words(rules.table.column(name), pl.col(as_read(name)), rules) for name in names}
    read = records.with_columns(
        typed(rules.table.column(name), text, rules).alias(name) for name, text in texts.items()
    ).with_columns(
        _verdict(rules.table.column(name), text, _broken(name, grid, layout)).alias(rule_of(name))
        for name, text in texts.items()
    )
    read = read.with_columns(
        _without_file(column, rules) for column in rules.table.columns if column.name not in read.columns
    )
    read = read.with_columns(
        pl.col(column.name).fill_null(column.default)
        for column in rules.table.columns
        if column.default is not None and column.kind != "number" and column.name in names
    )
    failing = [pl.col(rule_of(name)).is_not_null() for name in names]
    return read.with_columns(
        excluded=pl.coalesce("excluded", pl.when(later_than(as_of, rules)).then(pl.lit(AFTER_AS_OF)))
    ).with_columns(rejected=pl.col("excluded").is_null() & pl.any_horizontal(pl.col("surplus") > 0, *failing))


def later_than(as_of: date, rules: SourceRules) -> pl.Expr:
    """Whether a record is an actual one of a month that is not closed yet."""
    if rules.table.current is None:
        return pl.lit(False)
    return actual(rules) & (pl.col(rules.table.current).dt.truncate("1mo") > as_of)


def actual(rules: SourceRules) -> pl.Expr:
    """Whether a record has happened; what is planned lies in the future by right."""
    has_status = any(column.name == "status" for column in rules.table.columns)
    return pl.col("status") == "actual" if has_status else pl.lit(True)


def present(layout: Layout, rules: SourceRules) -> list[str]:
    """Our columns that the file holds, in the order of the table."""
    wide = [rules.wide] if rules.wide else []
    return [column.name for column in rules.table.columns if column.name in {*layout.columns, *wide}]


def rule_of(name: str) -> str:
    """The column that keeps the code of what is wrong with our column `name`."""
    return f"{name} rule"


def _verdict(column: Column, text: pl.Expr, broken: pl.Expr) -> pl.Expr:
    empty = is_empty(column, text)
    unread = NOT_A_CHOICE if column.choices else UNREADABLE
    return (
        pl.when(broken)
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


def _broken(name: str, grid: Grid, layout: Layout) -> pl.Expr:
    """Whether the cell of column `name` holds no value though it shows something."""
    rows: dict[str, list[int]] = {}
    for defect in grid.defects:
        rows.setdefault(str(defect.column_index), []).append(defect.row)
    if name in layout.columns:
        return pl.col("row").is_in(rows.get(layout.columns[name], []))
    hits = [(pl.col("at") == at) & pl.col("row").is_in(rows[at]) for at in layout.months if at in rows]
    return pl.any_horizontal(hits) if hits else pl.lit(False)


def _without_file(column: Column, rules: SourceRules) -> pl.Expr:
    """A column the file does not have: the constant the config gives, or its default, or null."""
    given = rules.constants.get(column.name, column.default)
    if given is None:
        return pl.lit(None, KINDS[column.kind]).alias(column.name)
    value = pl.select(typed(column, pl.lit(given), rules)).item()
    if value is None:
        raise SopError(
            f"source {rules.name}: the constant {given!r} for {column.name} is not {expected(column, rules)}",
            hint="correct it under `constants` in the config",
        )
    return pl.lit(value, KINDS[column.kind]).alias(column.name)
