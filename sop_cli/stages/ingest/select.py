"""Which records count: every cell is read and judged, and a record is accepted, rejected or excluded."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.ingest import DUPLICATE, ERROR_CELL, MISSING, NOT_A_CHOICE, UNREADABLE
from sop_cli.findings.rule import Rule
from sop_cli.schemas.column import KINDS, Column
from sop_cli.stages.ingest.grid import Grid
from sop_cli.stages.ingest.layout import Layout
from sop_cli.stages.ingest.parse import is_empty, typed
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules

AFTER_AS_OF = "after as-of"
_EXAMPLE = date(2026, 11, 30)  # shows in messages how the config says dates are written

# One line per failing cell, before it gets its place in a file.
LINES: dict[str, pl.DataType] = {
    "record_no": pl.Int64(),
    "row": pl.Int64(),
    "at": pl.String(),  # cell column; null where the whole record fails
    "value": pl.String(),
    "rule": pl.String(),
    "message": pl.String(),
    "hint": pl.String(),
}


def judge(records: pl.DataFrame, grid: Grid, layout: Layout, rules: SourceRules, as_of: date) -> pl.DataFrame:
    """The records with every column of the table typed, and `<column> rule`: the code of what is wrong, or null.

    Numbers are still without their defaults, so that they sum to what the file says. `excluded` now names the
    records after `as_of` too; `rejected` is true where a cell fails or the record has too many fields.
    """
    present = _present(layout, rules)
    texts = {name: pl.col(as_read(name)) for name in present}
    read = records.with_columns(
        typed(rules.table.column(name), text, rules).alias(name) for name, text in texts.items()
    ).with_columns(
        _verdict(rules.table.column(name), text, _broken(name, grid, layout)).alias(_rule(name))
        for name, text in texts.items()
    )
    read = read.with_columns(
        _without_file(column, rules) for column in rules.table.columns if column.name not in read.columns
    )
    read = read.with_columns(
        pl.col(column.name).fill_null(column.default)
        for column in rules.table.columns
        if column.default is not None and column.kind != "number" and column.name in present
    )
    failing = [pl.col(_rule(name)).is_not_null() for name in present]
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


def failing_cells(judged: pl.DataFrame, grid: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """LINES of the cells that reject their record, by record and then in the order of the file's columns."""
    judged = judged.filter("rejected")
    if judged.is_empty():
        return pl.DataFrame(schema=LINES)
    lines = [_surplus_lines(judged)]
    for name in _present(layout, rules):
        place = pl.col("at") if name == rules.wide else pl.lit(layout.columns.get(name), pl.String)
        lines.append(
            judged.filter(pl.col(_rule(name)).is_not_null()).select(
                "record_no",
                "row",
                place.alias("at"),
                pl.col(as_read(name)).alias("value"),
                pl.col(_rule(name)).alias("rule"),
                _message(rules.table.column(name), rules).alias("message"),
                _hint(rules.table.column(name)).alias("hint"),
            )
        )
    found = pl.concat(lines).join(_defects(grid), on=["row", "at"], how="left", maintain_order="left", validate="m:1")
    shown = pl.when(pl.col("rule") == ERROR_CELL.code).then(pl.coalesce("defect", "message"))
    return (
        found.with_columns(message=shown.otherwise("message"))
        .select(*LINES)
        # Where months run across, a key cell that fails would be told once per month.
        .unique(["row", "at", "rule"], keep="first", maintain_order=True)
        .sort("record_no", pl.col("at").cast(pl.Int64), nulls_last=False, maintain_order=True)
    )


def duplicates(judged: pl.DataFrame, rules: SourceRules) -> pl.DataFrame:
    """LINES of the records whose key an earlier accepted one already has; nulls in a key are equal."""
    key = list(rules.table.key)
    if not key:
        return pl.DataFrame(schema=LINES)
    sound = judged.filter(pl.col("excluded").is_null() & ~pl.col("rejected"))
    sound = sound.with_columns(first=pl.col("record_no").min().over(key))
    places = sound.select(first="record_no", place=pl.format("{}:{}", "file", "row"))
    later = sound.filter(pl.col("first") < pl.col("record_no"))
    values = pl.concat_str([pl.col(name).cast(pl.String) for name in key], separator=" / ", ignore_nulls=True)
    return (
        later.join(places, on="first", how="left", maintain_order="left", validate="m:1")
        .select(
            "record_no",
            "row",
            "at",
            values.alias("value"),
            pl.lit(DUPLICATE.code).alias("rule"),
            pl.format("same {} as {}", pl.lit(_listed(key, "and")), pl.col("place")).alias("message"),
            pl.lit(DUPLICATE.do).alias("hint"),
        )
        .sort("record_no")
    )


def _listed(names: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)


def _present(layout: Layout, rules: SourceRules) -> list[str]:
    wide = [rules.wide] if rules.wide else []
    return [column.name for column in rules.table.columns if column.name in {*layout.columns, *wide}]


def _rule(name: str) -> str:
    return f"{name} rule"


def _verdict(column: Column, text: pl.Expr, broken: pl.Expr) -> pl.Expr:
    empty = is_empty(column, text)
    unread = NOT_A_CHOICE if column.choices else UNREADABLE
    return (
        pl.when(broken)
        .then(pl.lit(ERROR_CELL.code))
        .when(empty & pl.lit(column.required))
        .then(pl.lit(MISSING.code))
        .when(~empty & pl.col(column.name).is_null())
        .then(pl.lit(unread.code))
    )


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
            f"source {rules.name}: the constant {given!r} for {column.name} is not {_expected(column, rules)}",
            hint="correct it under `constants` in the config",
        )
    return pl.lit(value, KINDS[column.kind]).alias(column.name)


def _surplus_lines(judged: pl.DataFrame) -> pl.DataFrame:
    count = pl.col("surplus")
    fields = pl.when(count == 1).then(pl.lit("field")).otherwise(pl.lit("fields"))
    return judged.filter(count > 0).select(
        "record_no",
        "row",
        pl.lit(None, pl.String).alias("at"),
        pl.lit(None, pl.String).alias("value"),
        pl.lit(UNREADABLE.code).alias("rule"),
        pl.format("{} {} more than the header", count, fields).alias("message"),
        pl.lit("Put fields that hold the delimiter in quotes, or give the column its header, and export again.").alias(
            "hint"
        ),
    )


def _message(column: Column, rules: SourceRules) -> pl.Expr:
    code, text = pl.col(_rule(column.name)), pl.col(as_read(column.name))
    return (
        pl.when(code == MISSING.code)
        .then(pl.lit(f"{column.name} is empty; every record of {rules.table.name} needs one"))
        .when(code == ERROR_CELL.code)
        .then(pl.format("the cell shows {}", text.fill_null("nothing")))
        .otherwise(pl.format("expected {}, found '{}'", pl.lit(_expected(column, rules)), text.fill_null("")))
    )


def _expected(column: Column, rules: SourceRules) -> str:
    if column.kind == "number":
        return f"a number with decimal {'point' if rules.decimal == '.' else 'comma'}"
    if column.kind == "date":
        return f"a date such as {_EXAMPLE.strftime(rules.dates)}"
    if column.kind == "month":
        return f"a month such as {_EXAMPLE.strftime(rules.months)}"
    return _listed(column.choices, "or") if column.choices else f"a {column.name}"


def _hint(column: Column) -> pl.Expr:
    code = pl.col(_rule(column.name))
    advice: dict[str, str] = {
        rule.code: _advice(rule, column) for rule in (UNREADABLE, MISSING, NOT_A_CHOICE, ERROR_CELL)
    }
    return code.replace_strict(advice)


def _advice(rule: Rule, column: Column) -> str:
    if rule is NOT_A_CHOICE and column.choices:
        return f"Correct the word in the extract; allowed: {', '.join(column.choices)}."
    return rule.do


def _defects(grid: Grid) -> pl.DataFrame:
    return pl.DataFrame(
        [(defect.row, str(defect.column_index), defect.message) for defect in grid.defects],
        schema={"row": pl.Int64, "at": pl.String, "defect": pl.String},
        orient="row",
    )
