"""Control totals: for every file, what was read is what was accepted, rejected and excluded."""

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.layout import Layout
from sop_cli.stages.ingest.parse import in_our_words, typed
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules

CONTROLS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "column": pl.String(),  # "records", "records excluded: <rule>", or one of our number columns
    "read": EXACT,
    "accepted": EXACT,
    "rejected": EXACT,
    "excluded": EXACT,
}


def controls(rows: pl.DataFrame, judged: pl.DataFrame, grid: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """CONTROLS of one file: records, records by exclusion rule, and the sum of each number column.

    Sums are of every number that can be read, in the units of the plan: after the source's scale, before
    defaults. `read` is taken from the `rows` below the header, the rest from the `judged` records; where they
    do not agree something was lost, which is an AssertionError and never a result.
    """
    width = len(layout.months) if rules.wide else 1
    lines = [_line("records", pl.Series([rows.height * width]), pl.lit(1), judged)]
    left_out = judged["excluded"].drop_nulls().unique().sort().to_list()
    for rule in dict.fromkeys([*(rule.rule for rule in rules.exclude), *left_out]):
        under = judged.filter(pl.col("excluded") == rule)
        lines.append(_line(f"records excluded: {rule}", pl.Series([under.height]), pl.lit(1), under))
    for column in rules.table.columns:
        places = list(layout.months) if column.name == rules.wide else [layout.columns.get(column.name, "")] * width
        if column.kind == "number" and as_read(column.name) in judged.columns:
            cells = pl.DataFrame({"text": pl.concat([rows[at] for at in places])})
            text = in_our_words(column, pl.col("text"), rules)
            read = cells.select(typed(column, text, rules).sum()).to_series()
            lines.append(_line(column.name, read, pl.col(column.name), judged))
    totals = pl.concat(lines)
    lost = totals.filter(pl.col("read") != pl.sum_horizontal("accepted", "rejected", "excluded"))
    if lost.height:
        raise AssertionError(f"{grid.file}: read is not accepted + rejected + excluded: {lost.rows()}")
    return totals.select(
        pl.lit(rules.name).alias("source"),
        pl.lit(grid.file).alias("file"),
        pl.lit(grid.sheet, pl.String).alias("sheet"),
        *totals.columns,
    )


def _line(name: str, read: pl.Series, value: pl.Expr, judged: pl.DataFrame) -> pl.DataFrame:
    excluded, rejected = pl.col("excluded").is_not_null(), pl.col("rejected")
    return judged.select(
        pl.lit(name).alias("column"),
        pl.lit(read).first().cast(EXACT).alias("read"),
        accepted=_sum(value, ~excluded & ~rejected),
        rejected=_sum(value, rejected),
        excluded=_sum(value, excluded),
    )


def _sum(value: pl.Expr, where: pl.Expr) -> pl.Expr:
    return pl.when(where).then(value).sum().cast(EXACT)
