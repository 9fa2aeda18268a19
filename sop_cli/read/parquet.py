"""Parquet files: every value as text, exact, as if the columns stood on a sheet with their names in row 1."""

from collections.abc import Mapping

import polars as pl

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.number_texts import number_texts
from sop_cli.schemas.grid import Grid

_MAGIC = b"PAR1"
_MOST_CELLS = 300_000_000


def is_parquet(extract: Extract) -> bool:
    """Whether `extract` is a Parquet file, judged by what it holds and not by its name."""
    with extract.path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def read_parquet(extract: Extract) -> Grid:
    """The values of a Parquet file as text: row 1 are the column names, the first record is row 2.

    Numbers are written shortest and without exponent, decimals with all their places, dates as YYYY-MM-DD and with
    the time of day behind a T where it is not midnight, booleans TRUE and FALSE. SopError for a damaged file, and for
    columns of lists, records or bytes.
    """
    try:
        schema = pl.read_parquet_schema(extract.path)
        rows = pl.scan_parquet(extract.path).select(pl.len()).collect().item()
        _refuse(extract, schema, rows)
        values = pl.read_parquet(extract.path, glob=False)
    except (pl.exceptions.PolarsError, OSError) as problem:
        reason = " ".join(str(problem).split())[:120]
        hint = "copy or download it again"
        raise SopError(f"the Parquet file is damaged or cut short ({reason})", hint=hint, file=extract.name) from None
    cells = [pl.concat([pl.Series([column.name]), _texts(column)]) for column in values]
    numeric = [pl.concat([pl.Series([False]), _numbers(column)]) for column in values]
    row = pl.int_range(1, values.height + 2, dtype=pl.Int64, eager=True).alias("row")
    # One piece each: the header is joined to the records, and a file has its columns in pieces of its own.
    return Grid(
        extract.name,
        None,
        pl.DataFrame([row, *(text.set(text == "", None).alias(str(at)) for at, text in enumerate(cells))]).rechunk(),
        numeric=pl.DataFrame([mask.alias(str(at)) for at, mask in enumerate(numeric)]).rechunk(),
    )


def _refuse(extract: Extract, schema: Mapping[str, pl.DataType], rows: int) -> None:
    if not schema:
        raise SopError("the Parquet file has no columns", hint="export it again", file=extract.name)
    if rows * len(schema) > _MOST_CELLS:
        raise SopError(
            f"the Parquet file has {rows:,} records of {len(schema):,} columns",
            hint=f"at most {_MOST_CELLS:,} values are read: export fewer columns, or fewer months to a file",
            file=extract.name,
        )
    for name, kind in schema.items():
        if kind.is_nested() or kind in (pl.Binary, pl.Object):
            raise SopError(
                f"column {name!r} holds {_what(kind)}, not single values",
                hint="export it without that column, or with one column for each value",
                file=extract.name,
            )


def _what(kind: pl.DataType) -> str:
    return "bytes" if kind == pl.Binary else "records" if kind == pl.Struct else "lists"


def _numbers(column: pl.Series) -> pl.Series:
    return (
        column.is_not_null()
        if column.dtype.is_numeric()
        else pl.repeat(False, column.len(), dtype=pl.Boolean, eager=True)
    )


def _texts(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if kind == pl.Float32:  # its own shortest digits, not those of the double it would become
        return number_texts(column.cast(pl.String).cast(pl.Float64))
    if kind == pl.Float64:
        return number_texts(column)
    if kind == pl.Boolean:
        return column.replace_strict({True: "TRUE", False: "FALSE"}, default=None, return_dtype=pl.String)
    if kind in (pl.Datetime, pl.Time, pl.Duration):
        text = column.dt.to_string("iso:strict")
        text = text.str.replace(r"(\.[0-9]*?)0+($|[+-])", "$1$2").str.replace(r"\.($|[+-])", "$1")
        return text.str.strip_suffix("T00:00:00")
    return column.cast(pl.String)
