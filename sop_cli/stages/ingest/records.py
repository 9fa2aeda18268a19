"""The rows below the header become records: one per row, or one per row and month."""

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules
from sop_cli.stages.ingest.table.outside import BLANK
from sop_cli.stages.ingest.values.parse import in_our_words, is_empty

BLANK_ROW = "blank row"
BLANK_CELL = "blank cell"


def as_read(name: str) -> str:
    """The column that keeps the text our column `name` was read from."""
    return f"{name} as read"


def body(page: Grid, begins: int, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """Everything from row `begins` on: `row`, `blank`, `surplus` and the cells, trimmed and filled down.

    `blank` rows hold nothing at all; `surplus` counts the fields of a text record beyond the header.
    """
    cells = [name for name in page.cells.columns if name != "row"]
    beyond = [name for name in cells if int(name) > layout.last] if page.sheet is None else []
    rows = _with_declared_decimal(page, layout, rules)
    if rows.height and rows["row"][0] < begins:
        rows = rows.filter(pl.col("row") >= begins)
    if not page.tidy:
        rows = rows.with_columns(pl.col(cells).str.strip_chars().replace({"": None}))
    full = any(not rows[name].null_count() for name in cells)  # a column without a gap: no row is blank
    rows = rows.with_columns(
        blank=pl.lit(False) if full else pl.all_horizontal(pl.col(cells).is_null()),
        surplus=pl.sum_horizontal(pl.col(beyond).is_not_null().cast(pl.Int64)) if beyond else pl.lit(0, pl.Int64),
    )
    filled = [part for name in rules.fill_down for part in layout.parts(layout.columns[name])]
    rows = rows.with_columns(pl.col(filled).forward_fill()) if filled else rows
    # Without one of its parts a key is not known, rather than the key of another row.
    return rows.with_columns(
        pl.concat_str(parts, separator=rules.join).alias(at) for at, parts in layout.joined.items()
    )


def records(rows: pl.DataFrame, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """The records of a body, in its order.

    Columns: `row`, `excluded` (rule that leaves the record out, or null), `surplus`, for each of our columns in
    the file its text, as `as_read` names it; where months run across `at` (cell column of the value), `cell` (its
    header) and the month, otherwise null.
    """
    rows = rows.with_columns(excluded=_exclusion(layout, rules))
    texts = [pl.col(at).alias(as_read(name)) for name, at in layout.columns.items()]
    kept = ["row", "excluded", "surplus"]
    if rules.wide is None:
        empty = pl.lit(None, pl.String)
        return rows.select(*kept, *texts, at=empty, cell=empty)
    assert rules.month is not None
    named = [as_read(name) for name in layout.columns]
    value = as_read(rules.wide)
    cells = rows.select(*kept, *texts, *layout.months)
    long = cells.unpivot(list(layout.months), index=[*kept, *named], variable_name="at", value_name=value)
    column = rules.table.column(rules.wide)
    blank = is_empty(column, in_our_words(column, pl.col(value), rules))
    return long.with_columns(
        pl.coalesce("excluded", pl.when(blank).then(pl.lit(BLANK_CELL))),
        cell=pl.col("at").replace_strict(layout.headers),
        **{rules.month: pl.col("at").replace_strict(layout.months, return_dtype=pl.Date)},
    ).sort("row", pl.col("at").cast(pl.Int64))


def left_outside(read: pl.DataFrame, outside: pl.DataFrame) -> pl.DataFrame:
    """The records with the reason for which their row is no record of the table, unless a rule names one already."""
    named = outside.filter(pl.col("reason") != BLANK)
    if named.is_empty():
        return read
    reason = pl.col("row").replace_strict(named["row"], named["reason"], default=None, return_dtype=pl.String)
    return read.with_columns(excluded=pl.coalesce("excluded", reason))


def places_of(name: str, layout: Layout, rules: SourceRules) -> list[str]:
    """The cell columns that hold our column `name`: several where months run across."""
    if name == rules.wide:
        return list(layout.months)
    return [layout.columns[name]] if name in layout.columns else []


def falls_under(rule: ExcludeRule, text: pl.Expr) -> pl.Expr:
    """Whether `rule` leaves out a row with this text in its column."""
    lower = text.str.to_lowercase()
    meets = [text.is_null()] if rule.blank else []
    if rule.starts_with is not None:
        meets.append(lower.str.starts_with(rule.starts_with.lower()))
    if rule.words():
        meets.append(lower.is_in([word.lower() for word in rule.words()]))
    if rule.contains is not None:
        meets.append(lower.str.contains(rule.contains.lower(), literal=True))
    met = pl.any_horizontal(meets).fill_null(False) if meets else pl.lit(False)
    return ~met if rule.keep else met


def _with_declared_decimal(grid: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """Numbers of a workbook come with a point; beside texts with a decimal comma they must not be misread."""
    if grid.numeric is None:
        return grid.cells
    numbers = [column.name for column in rules.table.columns if column.kind == "number"]
    comma = [name for name in numbers if layout.forms.of(name).decimal == ","]
    return grid.cells.with_columns(
        pl.when(grid.numeric[at]).then(pl.col(at).str.replace(".", ",", literal=True)).otherwise(pl.col(at)).alias(at)
        for name in comma
        for at in places_of(name, layout, rules)
    )


def _exclusion(layout: Layout, rules: SourceRules) -> pl.Expr:
    named = [
        pl.when(falls_under(rule, pl.col(at))).then(pl.lit(rule.rule))
        for rule, at in zip(rules.exclude, layout.excluding, strict=True)
    ]
    return pl.coalesce(pl.when("blank").then(pl.lit(BLANK_ROW)), *named)
