"""Findings on single records name the header of the file, as corrections.csv wants it, and not our column."""

import polars as pl

_FILE = ("source", "file", "column")


def in_headers(findings: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """The `findings` with the header for our column where they name a row of a file; `columns` are COLUMNS.

    A column that has several headers there, such as months that run across, stays as we call it.
    """
    one = columns.filter(pl.col("column").is_not_null()).group_by(_FILE, maintain_order=True)
    headers = one.agg(pl.col("header").first(), many=pl.col("header").n_unique()).filter(pl.col("many") == 1)
    named = findings.join(headers, on=_FILE, how="left", nulls_equal=True, maintain_order="left", validate="m:1")
    header = pl.when(pl.col("row").is_not_null()).then("header")
    return named.with_columns(column=pl.coalesce(header, "column")).select(findings.columns)
