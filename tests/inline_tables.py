"""Small typed tables written where a test reads them."""

import polars as pl

from sop_cli.schemas.tables import TABLES


def inline(table: str, text: str) -> pl.DataFrame:
    """The canonical `table` from lines of cells separated by blanks, the first line naming columns; `-` is null.

    Columns not named are null, months may be written YYYY-MM, and provenance is `<table>.csv` by line.
    """
    header, *rows = [line.split() for line in text.strip().splitlines()]
    schema = TABLES[table].schema()
    raw = pl.DataFrame(
        [[None if cell == "-" else cell for cell in row] for row in rows], schema=header, orient="row"
    ).cast(pl.String)
    months = [name for name in header if schema[name] == pl.Date]
    raw = raw.with_columns(
        pl.when(pl.col(name).str.len_chars() == 7).then(pl.col(name) + "-01").otherwise(pl.col(name)).alias(name)
        for name in months
    ).with_columns(pl.col(name).str.to_date() for name in months)
    raw = raw.with_columns(
        source=pl.lit(table), file=pl.lit(f"{table}.csv"), row=pl.int_range(2, pl.len() + 2, dtype=pl.Int64)
    )
    return raw.select(
        (pl.col(name) if name in raw.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in schema.items()
    )
