"""Numbers by quarter or week are placed in months: divided exactly, so that the parts add up to what the file says."""

from collections.abc import Sequence

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.values import SPREAD
from sop_cli.findings.words import counted
from sop_cli.schemas.column import EXACT, Table
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.patterns import Span, is_fiscal

# Only what flows can be divided over time; a stock, a rate or a balance cannot. Where a month may have one
# record only, two weeks that share it cannot be placed.
_DIVIDED: dict[str, tuple[str, tuple[Span, ...]]] = {
    "forecast": ("quantity", ("month", "quarter", "week")),
    "capacity": ("hours", ("month", "quarter", "week")),
    "supplier_limits": ("quantity", ("month", "quarter")),
    "aop": ("value", ("month", "quarter")),
}
# Measures of `aop` that are levels: a quarter's is that of its last month.
_LEVELS = ("inventory_value",)
_OF_THE_CALENDAR = "; they are quarters of the calendar, fiscal ones are written FY26-Q3"
_WAYS = {"quarter": "evenly over its three months", "week": "over months by its days"}


def spans(table: Table) -> tuple[Span, ...]:
    """What one value of the table's month column may cover."""
    return _DIVIDED[table.name][1] if table.name in _DIVIDED else ("month",)


def spread(records: pl.DataFrame, table: Table, month: str, span: Span) -> pl.DataFrame:
    """One record per month that each record covers, in the order of the records and then of the months.

    Column `month` holds the first day of the period, and of the month afterwards; the number of the table is
    divided (a quarter evenly, a week by its days), what does not come out even goes to the last month, and all
    else, the place in the file too, stands on every part. A level stays whole, in the last month of its quarter.
    """
    if span == "month" or records.is_empty():
        return records
    number = _DIVIDED[table.name][0]
    parts = _quarter(records, number, month) if span == "quarter" else _week(records, number, month)
    return pl.concat(parts).sort("record no", "part").drop("record no", "part")


def spread_told(records: int, form: Form, source: str, file: str, sheet: str | None) -> pl.DataFrame:
    """The finding that so many records of a file were spread; none where there were none."""
    if form.span == "month" or not records:
        return findings(SPREAD, [])
    text = f"{counted(records, 'record')} by {form.span}, each spread {_WAYS[form.span]}; the parts add up to it"
    if form.span == "quarter" and form.fiscal_start != 1:
        text += "; they are fiscal quarters" if is_fiscal(form.months) else _OF_THE_CALENDAR
    return findings(SPREAD, [{"source": source, "file": file, "sheet": sheet, "message": text}])


def _quarter(records: pl.DataFrame, number: str, month: str) -> list[pl.DataFrame]:
    numbered = records.with_row_index("record no")
    level = pl.col("measure").is_in(_LEVELS) if "measure" in records.columns else pl.lit(False)
    third = (pl.col(number) / _whole(3)).cast(EXACT)
    shares = [third, third, pl.col(number) - third - third]
    parts = [
        _part(numbered.filter(~level), number, share, month, pl.col(month).dt.offset_by(f"{step}mo"), step)
        for step, share in enumerate(shares)
    ]
    return [*parts, _part(numbered.filter(level), number, pl.col(number), month, pl.col(month).dt.offset_by("2mo"), 2)]


def _week(records: pl.DataFrame, number: str, month: str) -> list[pl.DataFrame]:
    numbered = records.with_row_index("record no")
    first = pl.col(month)
    days = ((first.dt.month_end() - first).dt.total_days() + 1).clip(upper_bound=7)
    begun = (pl.col(number) * days.cast(EXACT) / _whole(7)).cast(EXACT)
    shared = numbered.filter(days < 7)
    return [
        _part(numbered.filter(days == 7), number, pl.col(number), month, first, 0),
        _part(shared, number, begun, month, first, 0),
        _part(shared, number, pl.col(number) - begun, month, first.dt.offset_by("6d"), 1),
    ]


def _part(records: pl.DataFrame, number: str, share: pl.Expr, month: str, begins: pl.Expr, part: int) -> pl.DataFrame:
    columns: Sequence[pl.Expr] = (share.cast(EXACT).alias(number), begins.dt.truncate("1mo").alias(month))
    return records.with_columns(*columns, pl.lit(part).alias("part"))


def _whole(count: int) -> pl.Expr:
    return pl.lit(count).cast(EXACT)
