"""Control totals: for every file, what was read is what was accepted, rejected and excluded."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.added import ADDED
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.keys import CORRECTED
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules

CONTROLS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    # "records", "records excluded: <rule>", "records added to others", or one of our number columns
    "column": pl.String(),
    "read": EXACT,
    "accepted": EXACT,
    "rejected": EXACT,
    "excluded": EXACT,
    "corrected": EXACT,  # cells that corrections.csv replaced; of a number column: how much that moved what is read
}
PLACE = ("source", "file", "sheet")
BY_RULE = "records excluded: "
ADDED_UP = "records added to others"  # with `repeats: sum`; the table holds so many fewer than were accepted


def controls(
    rows: pl.DataFrame,
    read: pl.DataFrame,
    accepted: pl.DataFrame,
    out: pl.DataFrame,
    page: Grid,
    layout: Layout,
    rules: SourceRules,
) -> pl.DataFrame:
    """CONTROLS of one page: records, records by exclusion rule, and the sum of each number column.

    Sums are of every number that can be read, in the units of the plan: after the source's scale, before
    defaults. The number read is counted on the `rows` below the header, the sums on what was `read` of them; where
    they are not what is in the `accepted` records and in those left `out` something was lost, which is an
    AssertionError and never a result.
    """
    width = len(layout.months) if rules.wide else 1
    lines = [_line("records", rows.height * width, accepted.height, out, pl.len())]
    left_out = out["excluded"].drop_nulls().unique().sort().to_list()
    for rule in dict.fromkeys([*(rule.rule for rule in rules.exclude), *left_out]):
        under = out.filter(pl.col("excluded") == rule)
        lines.append(_line(f"{BY_RULE}{rule}", under.height, 0, under, pl.len()))
    for column in rules.table.columns:
        if column.kind == "number" and as_read(column.name) in read.columns:
            name = column.name
            total = read[name].sum()
            lines.append(
                _line(name, total, total if accepted is read else accepted[name].sum(), out, pl.col(name).sum())
            )
    counted = {name: kind for name, kind in CONTROLS.items() if name not in (*PLACE, "corrected")}
    totals = pl.DataFrame(lines, schema=counted, orient="row").with_columns(corrected=pl.lit(0, EXACT))
    lost = totals.filter(pl.col("read") != pl.sum_horizontal("accepted", "rejected", "excluded"))
    if lost.height:
        raise AssertionError(f"{page.file}: read is not accepted + rejected + excluded: {lost.rows()}")
    return totals.select(
        pl.lit(rules.name).alias("source"),
        pl.lit(page.file).alias("file"),
        pl.lit(page.sheet, pl.String).alias("sheet"),
        *totals.columns,
    )


def summed(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """CONTROLS of several pages with one line per file and column: records first, then the rules, then the sums."""
    sums = [pl.col(name).sum() for name, kind in CONTROLS.items() if kind == EXACT]
    column = pl.col("column")
    kind = pl.when(column == "records").then(0).when(column.str.starts_with("records")).then(1).otherwise(2)
    return (
        pl.concat(parts)
        .group_by(*PLACE, "column", maintain_order=True)
        .agg(sums)
        .with_row_index("first")
        .with_columns(pl.col("first").min().over(PLACE))
        .sort("first", kind, maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in CONTROLS.items())
    )


def with_corrected(mended: pl.DataFrame, raw: pl.DataFrame, cells: int) -> pl.DataFrame:
    """CONTROLS of a page in which `cells` cells were corrected, `raw` being those of the page as it was read."""
    before = raw.select("column", before="read")
    number = ~pl.col("column").str.starts_with("records")
    moved_by = pl.when(number).then(pl.col("read") - pl.col("before")).otherwise(pl.lit(0, EXACT))
    return mended.join(before, on="column", how="left", maintain_order="left", validate="m:1").select(
        *(name for name in CONTROLS if name != "corrected"),
        corrected=pl.when(pl.col("column") == "records").then(pl.lit(cells).cast(EXACT)).otherwise(moved_by),
    )


def moved(totals: pl.DataFrame, repeats: pl.DataFrame) -> pl.DataFrame:
    """CONTROLS when accepted records of which there are others are counted as rejected, or excluded as corrected.

    Records that are added to others stay accepted, with their numbers; a line says how many there are.
    """
    parts = repeats.filter(pl.col("verdict") == ADDED)
    repeats = repeats.filter(pl.col("verdict") != ADDED)
    if parts.height:
        totals = summed([totals, _counted(parts, ADDED_UP, "accepted")])
    if repeats.is_empty():
        return totals
    later = repeats.filter(pl.col("verdict") == CORRECTED)
    moved_out = _moved(_moved(totals, repeats.filter(pl.col("verdict") != CORRECTED), "rejected"), later, "excluded")
    return summed([moved_out, _counted(later, BY_RULE + CORRECTED, "excluded")])


def _counted(records: pl.DataFrame, column: str, into: str) -> pl.DataFrame:
    """CONTROLS lines called `column` that count `records` by file, all of them under `into`."""
    count = pl.len().cast(EXACT)
    lines = records.group_by(*PLACE, maintain_order=True).agg(pl.lit(column).alias("column"), read=count, into=count)
    lines = lines.rename({"into": into})
    return lines.select(
        pl.col(name) if name in lines.columns else pl.lit(0, kind).alias(name) for name, kind in CONTROLS.items()
    )


def _moved(totals: pl.DataFrame, gone: pl.DataFrame, into: str) -> pl.DataFrame:
    columns = [name for name, kind in gone.schema.items() if kind == EXACT and name in totals["column"]]
    sums = gone.group_by("file", "sheet").agg(pl.col(columns).sum(), records=pl.len().cast(EXACT))
    long = sums.unpivot(index=["file", "sheet"], variable_name="column", value_name="gone").cast({"gone": EXACT})
    amount = pl.col("gone").fill_null(pl.lit(0, EXACT))
    return (
        totals.join(long, on=["file", "sheet", "column"], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col("accepted") - amount, pl.col(into) + amount)
        .select(pl.col(name).cast(kind) for name, kind in CONTROLS.items())
    )


def _line(
    name: str, read: Decimal | float, accepted: Decimal | float, out: pl.DataFrame, value: pl.Expr
) -> tuple[str | Decimal, ...]:
    parts = (pl.col("rejected"), ~pl.col("rejected"))
    rejected, excluded = (out.filter(part).select(value).item() if out.height else 0 for part in parts)
    return name, *(Decimal(number or 0) for number in (read, accepted, rejected, excluded))
