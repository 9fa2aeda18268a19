"""Consecutive months as one thing: three bad months in a row are one finding."""

from datetime import date

import polars as pl


def runs(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """`rows` (one per keys and month) with `run`: equal where the months of the same keys follow each other."""
    month = pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month().cast(pl.Int64)
    place = pl.col("month").rank("ordinal").cast(pl.Int64)
    return rows.with_columns(run=(month - place.over(*keys)) if keys else month - place)


def span(first: date, last: date) -> str:
    """How a run of months is written: `2027-03..2027-06`, or `2027-03` alone."""
    return f"{first:%Y-%m}" if first == last else f"{first:%Y-%m}..{last:%Y-%m}"
