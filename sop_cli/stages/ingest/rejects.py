"""Why records are rejected: one line per failing cell, and one per record that is there twice."""

import polars as pl

from sop_cli.findings.ingest import DUPLICATE, ERROR_CELL, MISSING, NOT_A_CHOICE, UNREADABLE
from sop_cli.findings.rule import Rule
from sop_cli.schemas.column import Column
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.layout import Layout
from sop_cli.stages.ingest.parse import expected, listed
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import present, rule_of

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


def failing_cells(judged: pl.DataFrame, grid: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """LINES of the cells that reject their record, by record and then in the order of the file's columns."""
    judged = judged.filter("rejected")
    if judged.is_empty():
        return pl.DataFrame(schema=LINES)
    lines = [_surplus_lines(judged)]
    for name in present(layout, rules):
        place = pl.col("at") if name == rules.wide else pl.lit(layout.columns.get(name), pl.String)
        lines.append(
            judged.filter(pl.col(rule_of(name)).is_not_null()).select(
                "record_no",
                "row",
                place.alias("at"),
                pl.col(as_read(name)).alias("value"),
                pl.col(rule_of(name)).alias("rule"),
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


def duplicates(judged: pl.DataFrame, rules: SourceRules, before: pl.DataFrame | None = None) -> pl.DataFrame:
    """LINES of the records whose key an earlier accepted one already has; nulls in a key are equal.

    `before` is what other sources of the same table have given.
    """
    key = list(rules.table.key)
    if not key:
        return pl.DataFrame(schema=LINES)
    sound = judged.filter(pl.col("excluded").is_null() & ~pl.col("rejected"))
    sound = sound.with_columns(first=pl.col("record_no").min().over(key))
    place = pl.format("{}:{}", "file", "row")
    places = sound.select(first="record_no", place=place)
    taken = sound.clear() if before is None else before
    sound = sound.join(
        taken.select(*key, taken=place), on=key, how="left", nulls_equal=True, maintain_order="left", validate="m:1"
    )
    later = sound.filter((pl.col("first") < pl.col("record_no")) | pl.col("taken").is_not_null())
    values = pl.concat_str([pl.col(name).cast(pl.String) for name in key], separator=" / ", ignore_nulls=True)
    return (
        later.join(places, on="first", how="left", maintain_order="left", validate="m:1")
        .select(
            "record_no",
            "row",
            "at",
            values.alias("value"),
            pl.lit(DUPLICATE.code).alias("rule"),
            pl.format("same {} as {}", pl.lit(listed(key, "and")), pl.coalesce("taken", "place")).alias("message"),
            pl.lit(DUPLICATE.do).alias("hint"),
        )
        .sort("record_no")
    )


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
    code, text = pl.col(rule_of(column.name)), pl.col(as_read(column.name))
    return (
        pl.when(code == MISSING.code)
        .then(pl.lit(f"{column.name} is empty; every record of {rules.table.name} needs one"))
        .when(code == ERROR_CELL.code)
        .then(pl.format("the cell shows {}", text.fill_null("nothing")))
        .otherwise(pl.format("expected {}, found '{}'", pl.lit(expected(column, rules)), text.fill_null("")))
    )


def _hint(column: Column) -> pl.Expr:
    code = pl.col(rule_of(column.name))
    advice: dict[str, str] = {
        rule.code: _advice(rule, column) for rule in (UNREADABLE, MISSING, NOT_A_CHOICE, ERROR_CELL)
    }
    return code.replace_strict(advice)


def _advice(rule: Rule, column: Column) -> str:
    if rule is NOT_A_CHOICE and column.choices:
        choices = ", ".join(column.choices)
        return f"Correct the word in the extract, or map it under `values` in the config; allowed: {choices}."
    return rule.do


def _defects(grid: Grid) -> pl.DataFrame:
    return pl.DataFrame(
        [(defect.row, str(defect.column_index), defect.message) for defect in grid.defects],
        schema={"row": pl.Int64, "at": pl.String, "defect": pl.String},
        orient="row",
    )
