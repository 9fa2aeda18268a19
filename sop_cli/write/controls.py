"""The control totals at a glance: per source what was read, and what became of it."""

from decimal import Decimal
from io import StringIO

import polars as pl

from sop_cli.schemas.pack import PackColumn, Value
from sop_cli.write.terminal import print_table

_WIDTH = 80
_COUNTS = ("read", "accepted", "rejected", "excluded")


def control_summary(controls: pl.DataFrame) -> str:
    """A table of the records of every source, with a line for all of them; cells corrected by hand where there are."""
    records = controls.filter(pl.col("column") == "records")
    by_source = records.group_by("source", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("files"), pl.col(*_COUNTS, "corrected").sum()
    )
    every = by_source.select(pl.lit("all").alias("source"), pl.exclude("source").sum())
    shown = ["files", *_COUNTS, *(["corrected"] if every["corrected"].item() else [])]
    columns = [PackColumn("source"), *(PackColumn(name, "count") for name in shown)]
    rows: list[list[Value]] = [
        [row["source"], *(Decimal(row[name]) for name in shown)]
        for row in [*by_source.iter_rows(named=True), *every.iter_rows(named=True)]
    ]
    table = StringIO()
    print_table(rows, columns, table, width=_WIDTH)
    return table.getvalue().rstrip()
