"""Tables on disk: Parquet for the next stage, CSV for people; the same table always gives the same file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from sop_cli.schemas.correction import RUNS

_GROUP = 1 << 18  # rows of a row group: what a later reader holds at a time
# Columns whose dates are months.
_MONTHS = frozenset(("month", "first", "last", "first_seen", "waived_until", "valid_from", "newest"))


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write `frame` to `path` with its exact types, rows in the order given."""
    frame.write_parquet(path)


def write_pages(pages: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], path: Path) -> int:
    """Write the frames one after the other as one Parquet file; returns the number of rows.

    Each is written while the next one is made, and none is kept. What making one of them raises comes out as it is.
    """
    failed: list[Exception] = []
    rows = 0

    def give(*_: object) -> Iterator[pl.DataFrame]:
        nonlocal rows
        try:
            for page in pages:
                rows += page.height
                yield page
        except Exception as problem:
            failed.append(problem)

    # Quick to write and read again: no statistics, by which no stage skips rows, and a light compression.
    register_io_source(give, schema=pl.Schema(schema)).sink_parquet(
        path, row_group_size=_GROUP, statistics=False, compression="lz4"
    )
    if failed:
        raise failed[0]
    return rows


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write `frame` to `path` as UTF-8 with a header and LF line ends, rows in the order given.

    Exact numbers keep every digit but no trailing zeros; dates are ISO, months YYYY-MM. Text a spreadsheet would run
    gets an apostrophe in front.
    """
    columns = [_readable(name, kind) for name, kind in frame.schema.items()]
    frame.select(columns).write_csv(path, line_terminator="\n")


def _readable(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Decimal):
        digits = column.cast(pl.String)
        return digits.str.strip_chars_end("0").str.strip_chars_end(".") if kind.scale else digits
    if isinstance(kind, pl.Date):
        return column.dt.strftime("%Y-%m") if name in _MONTHS else column
    if isinstance(kind, pl.String | pl.Enum | pl.Categorical):
        words = column.cast(pl.String)
        return pl.when(words.str.contains(f"^{RUNS}")).then(pl.lit("'") + words).otherwise(words).alias(name)
    return column
