"""Records of months that are not closed yet which correct earlier ones: those count no more where they stood."""

from collections.abc import Iterator, Sequence

import polars as pl

from sop_cli.schemas.column import EXACT, Table
from sop_cli.stages.ingest.keys import CORRECTED, fingerprints, more

Read = tuple[Sequence[pl.DataFrame], Sequence[pl.Series]]  # of one source: what `placed` gives, fingerprints accepted


def placed(late: pl.DataFrame, accepted: pl.DataFrame, before: int) -> pl.DataFrame:
    """The `late` records of a page with `after`: how many accepted ones of the source stand before each.

    `accepted` are those of the page, `before` is the number of those on earlier pages.
    """
    rows = accepted["row"].sort()
    return late.with_columns(after=before + rows.search_sorted(late["row"], "left").cast(pl.Int64))


def superseded(records: pl.LazyFrame, sources: Sequence[Read], repeats: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The records of a table that a later one moves into a month not closed yet, as `repeated` gives its own.

    `records` is the table in its order, in which the `sources` follow one another; `repeats` is what `repeated` found
    in it, and those stay what they are, as does what has others added to it.
    """
    pages = list(_of_table(sources))
    if not pages:
        return repeats.clear()
    late = pl.concat(pages).unique(list(table.key), keep="last", maintain_order=True)
    prints = fingerprints(late, table)
    if not any(part.is_in(prints.implode()).any() for _, parts in sources for part in parts):
        return repeats.clear()
    other = pl.concat_str("file", pl.col("row").cast(pl.String), separator=":")
    newer = late.select(*table.key, "after", other=other).lazy()
    found = records.with_row_index("at").join(newer, on=list(table.key), how="inner", maintain_order="left")
    known = pl.concat([repeats["at"], repeats["into"].drop_nulls()])
    gone = found.filter(pl.col("at") < pl.col("after"), ~pl.col("at").is_in(known.implode())).collect()
    numbers = [column.name for column in table.columns if column.kind == "number"]
    zero = pl.lit(0, EXACT)
    described = gone.with_columns(
        verdict=pl.lit(CORRECTED),
        divided=pl.lit(False),
        **{more(name): -pl.col(name).fill_null(zero) for name in numbers},
    )
    return described.select(
        (pl.col(name) if name in described.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in repeats.schema.items()
    )


def _of_table(sources: Sequence[Read]) -> Iterator[pl.DataFrame]:
    """The late records of all sources, `after` counted over the whole table."""
    before = 0
    for own, parts in sources:
        yield from (page.with_columns(pl.col("after") + before) for page in own)
        before += sum(map(len, parts))
