"""Records that are there twice: found among millions by a fingerprint of their key, then compared to the letter."""

from collections.abc import Sequence

import polars as pl

from sop_cli.findings.ingest import DUPLICATE
from sop_cli.schemas.column import Column, Table
from sop_cli.stages.ingest.parse import listed
from sop_cli.stages.ingest.rejects import REJECTS


def fingerprints(records: pl.DataFrame, table: Table) -> pl.Series:
    """A number (UInt64) for the key of each record: equal keys have equal ones, and unequal keys hardly ever."""
    return records.select(_print(table)).to_series() if table.key else pl.Series(dtype=pl.UInt64)


def seen_twice(parts: Sequence[pl.Series]) -> pl.Series:
    """The fingerprints that are there more than once, over all pages of a table."""
    every = pl.concat(parts).sort() if parts else pl.Series(dtype=pl.UInt64)
    return every.filter(every == every.shift(-1)).unique()


def repeated(records: pl.LazyFrame, twice: pl.Series, table: Table) -> pl.DataFrame:
    """The records whose key an earlier one already has, with `at`, their row in the table, and `earlier`, its place.

    `records` is the table in its order, `twice` what `seen_twice` found in it. Nulls in a key are equal; the first of
    two records counts.
    """
    kept = {**table.schema(), "at": pl.UInt32(), "earlier": pl.String()}
    if twice.is_empty():
        return pl.DataFrame(schema=kept)
    numbered = records.with_row_index("at")
    suspects = numbered.filter(_print(table).is_in(twice.implode())).collect().sort("at").rechunk()
    first = suspects.with_columns(first=pl.col("at").min().over(table.key))
    places = suspects.select(first="at", earlier=pl.concat_str("file", "row", separator=":"))
    later = first.filter(pl.col("first") < pl.col("at"))
    return later.join(places, on="first", how="left", maintain_order="left", validate="m:1").select(*kept)


def repeat_lines(repeats: pl.DataFrame, table: Table) -> pl.DataFrame:
    """REJECTS of the records that `repeated` found."""
    own = [_text(column).fill_null("") for column in table.columns]
    return repeats.select(
        "source",
        "file",
        "sheet",
        "row",
        column=pl.lit(None, pl.String),
        value=pl.concat_str([pl.col(name).cast(pl.String) for name in table.key], separator=" / ", ignore_nulls=True),
        rule=pl.lit(DUPLICATE.code),
        message=pl.format("same {} as {}", pl.lit(listed(table.key, "and")), "earlier"),
        hint=pl.lit(DUPLICATE.do),
        record=pl.concat_str(own, separator=" | ").str.strip_chars_end(" |"),
    ).select(*REJECTS)


def _print(table: Table) -> pl.Expr:
    """The sum, modulo 2^64, of the hashes of the parts of the key, each with a seed of its own."""
    return pl.sum_horizontal(pl.col(name).hash(seed) for seed, name in enumerate(table.key)).alias("print")


def _text(column: Column) -> pl.Expr:
    text = pl.col(column.name).cast(pl.String)
    return text.str.strip_chars_end("0").str.strip_chars_end(".") if column.kind == "number" else text
