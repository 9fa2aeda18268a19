"""Why records are rejected: one line per failing cell, with its place and its row."""

import polars as pl

from sop_cli.findings.ingest import ERROR_CELL, MISSING, NOT_A_CHOICE, UNREADABLE
from sop_cli.findings.rule import Rule
from sop_cli.schemas.column import Column
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import present, rule_of
from sop_cli.stages.ingest.values.otherperiods import hint_of, is_other_period
from sop_cli.stages.ingest.values.parse import Forms, expected

# One line per failing cell; a record with two of them has two lines.
REJECTS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),  # header in the file; null where the whole record fails
    "value": pl.String(),  # text as it was read; the key, for a duplicate
    "rule": pl.String(),
    "message": pl.String(),
    "hint": pl.String(),
    "record": pl.String(),  # the row as it was read, cells joined by " | "
}

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

# The periods after the last one, which SAP keeps for closing entries: 2025-013, 14/2025.
_PERIOD_LAST, _PERIOD_FIRST = r"^(20\d\d[-/. ]?[Pp]?0?)1[3-6]$", r"^([Pp]?0?)1[3-6]([-/. ]20\d\d)$"


def rejects(judged: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """REJECTS of one page: the cells that reject their record, in the order of the page."""
    failing = judged.filter("rejected")
    if failing.is_empty():
        return pl.DataFrame(schema=REJECTS)
    return _with_place(_failing_cells(failing, page, layout, rules), page, layout, rules)


def _failing_cells(judged: pl.DataFrame, grid: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """LINES of the cells that reject their record, by record and then in the order of the file's columns."""
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
                _message(rules.table.column(name), layout.forms, rules).alias("message"),
                _hint(rules.table.column(name), layout.headers.get(layout.columns.get(name, ""), ""), rules).alias(
                    "hint"
                ),
            )
        )
    found = pl.concat(lines).join(_defects(grid), on=["row", "at"], how="left", maintain_order="left", validate="m:1")
    shown = pl.when(pl.col("rule") == ERROR_CELL.code).then(pl.coalesce("defect", "message"))
    return (
        found.with_columns(message=shown.otherwise("message"))
        .select(*LINES)
        # Where months run across, a key cell that fails would be told once per month.
        .unique(["row", "at", "rule"], keep="first", maintain_order=True)
        .sort("record_no", pl.col("at").str.extract(r"^(\d+)").cast(pl.Int64), nulls_last=False, maintain_order=True)
    )


def _with_place(lines: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """REJECTS of the LINES of one page: with source, file, sheet, header, and the whole row as it was read."""
    cells = [pl.col(name).fill_null("") for name in page.cells.columns if name != "row"]
    rows = page.cells.filter(pl.col("row").is_in(lines["row"].implode()))
    rows = rows.select("row", record=pl.concat_str(cells, separator=" | ").str.strip_chars_end(" |"))
    return (
        lines.sort("record_no", maintain_order=True)
        .join(rows, on="row", how="left", maintain_order="left", validate="m:1")
        .with_columns(
            pl.lit(rules.name).alias("source"),
            pl.lit(page.file).alias("file"),
            pl.lit(page.sheet, pl.String).alias("sheet"),
            pl.col("at").replace_strict(layout.headers, default=None, return_dtype=pl.String).alias("column"),
        )
        .select(*REJECTS)
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
        pl.concat_str(count, fields, pl.lit("more than the header"), separator=" ").alias("message"),
        pl.lit("Put fields that hold the delimiter in quotes, or give the column its header, and export again.").alias(
            "hint"
        ),
    )


def _message(column: Column, forms: Forms, rules: SourceRules) -> pl.Expr:
    code, text = pl.col(rule_of(column.name)), pl.col(as_read(column.name))
    return (
        pl.when(code == MISSING.code)
        .then(pl.lit(f"{column.name} is empty; every record of {rules.table.name} needs one"))
        .when(code == ERROR_CELL.code)
        .then(pl.concat_str(pl.lit("the cell shows "), text.fill_null("nothing")))
        .otherwise(
            pl.concat_str(pl.lit(f"expected {expected(column, forms)}, found '"), text.fill_null(""), pl.lit("'"))
        )
    )


def _hint(column: Column, header: str, rules: SourceRules) -> pl.Expr:
    code = pl.col(rule_of(column.name))
    advice: dict[str, str] = {
        rule.code: _advice(rule, column) for rule in (UNREADABLE, MISSING, NOT_A_CHOICE, ERROR_CELL)
    }
    usual = code.replace_strict(advice)
    if column.kind != "month":
        return usual
    text = pl.col(as_read(column.name))
    last = text.str.replace(_PERIOD_LAST, "${1}12").str.replace(_PERIOD_FIRST, "${1}12$2")
    declared = pl.concat_str(
        pl.lit(f"Periods 13 to 16 are for entries at the year end: declare `values: {{{column.name}: {{"),
        text,
        pl.lit(": "),
        last,
        pl.lit("}}` to count them in the last period, or leave them out by a rule under `exclude`."),
    )
    unread = code == UNREADABLE.code
    closing = pl.when(unread & (last != text)).then(declared)
    return closing.when(unread & is_other_period(text, header, rules)).then(pl.lit(hint_of(rules))).otherwise(usual)


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
