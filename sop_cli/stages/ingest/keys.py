"""Records that are there twice: found among millions by a fingerprint of their key, then compared to the letter."""

from collections.abc import Callable, Collection, Sequence
from functools import reduce
from operator import add

import polars as pl

from sop_cli.findings.completeness import CONFLICT
from sop_cli.findings.ingest import DUPLICATE
from sop_cli.schemas.column import EXACT, Column, Table
from sop_cli.stages.ingest.added import ADDED, added, parts
from sop_cli.stages.ingest.again import AGAIN, PLACE

CORRECTED = "corrected later"  # the rule under which a record that a later one replaces is excluded


def fingerprints(records: pl.DataFrame, table: Table) -> pl.Series:
    """A number (UInt64) for the key of each record: equal keys have equal ones, and unequal keys hardly ever."""
    return records.select(_print(table)).to_series() if table.key else pl.Series(dtype=pl.UInt64)


def seen_twice(parts: Sequence[pl.Series]) -> pl.Series:
    """The fingerprints that are there more than once, over all pages of a table."""
    every = pl.concat(parts).sort() if parts else pl.Series(dtype=pl.UInt64)
    return every.filter(every == every.shift(-1)).unique()


def repeated(
    records: pl.LazyFrame,
    twice: pl.Series,
    table: Table,
    correcting: Collection[str] = (),
    adding: Collection[str] = (),
    again: Callable[[pl.DataFrame], pl.DataFrame] = lambda suspects: pl.DataFrame(schema=AGAIN),
) -> pl.DataFrame:
    """The records that do not count by themselves because another one has their key, in their order: see `_schema`.

    `records` is the table in its order, `twice` what `seen_twice` found in it, `again` gives AGAIN of records. The
    first of two records counts, unless the later one is of a source that is `correcting`; those of a source that is
    `adding` are added up first. Nulls in a key are equal.
    """
    if twice.is_empty():
        return pl.DataFrame(schema=_schema(table))
    numbered = records.with_row_index("at")
    suspects = numbered.filter(_print(table).is_in(twice.implode())).collect().sort("at").rechunk()
    suspects = suspects.join(again(suspects), on=list(PLACE), how="left", nulls_equal=True, maintain_order="left")
    inner = parts(suspects, table, adding)
    is_inner = pl.col("at").is_in(inner["at"].implode())
    heads = added(suspects.lazy(), inner, table).collect().filter(~is_inner)
    compared = pl.concat([heads, suspects.filter(is_inner)])
    gone = _gone(_judged(heads, table, correcting), inner)
    return _described(gone, suspects, compared, table)


def without_repeats(records: pl.LazyFrame, repeats: pl.DataFrame, table: Table) -> pl.LazyFrame:
    """The table in its order without the `repeats` that `repeated` found, those of them added up that are parts."""
    kept = records.with_row_index("at").filter(~pl.col("at").is_in(repeats["at"].implode()))
    return added(kept, repeats, table).drop("at")


def more(name: str) -> str:
    """The column that holds how much more the record that counts says."""
    return f"{name} more"


def _schema(table: Table) -> dict[str, pl.DataType]:
    numbers = [column.name for column in table.columns if column.kind == "number"]
    return {
        **table.schema(),
        "record": pl.String(),
        "texts": pl.List(pl.String()),
        "at": pl.UInt32(),  # its row in the table
        "verdict": pl.String(),  # the code of a rule, CORRECTED or ADDED
        "into": pl.UInt32(),  # the row that it is added to
        "other": pl.String(),  # place of the record that counts instead
        "differs": pl.List(pl.String()),  # by column: what it says otherwise
        "apart": pl.List(pl.String()),  # what stands in cells that the plan does not use, and not in those of the other
        "divided": pl.Boolean(),  # whether the two could be parts of a whole
        **{more(name): EXACT for name in numbers},
    }


def _print(table: Table) -> pl.Expr:
    """The sum, modulo 2^64, of the hashes of the parts of the key, each with a seed of its own."""
    parts = [pl.col(name).hash(seed) for seed, name in enumerate(table.key)]
    return reduce(add, parts).alias("print")


_MINE, _OTHER = "own ", "other "


def _judged(suspects: pl.DataFrame, table: Table, correcting: Collection[str]) -> pl.DataFrame:
    """The suspects that do not count, with `verdict` and `with`, the row of the one that counts instead."""
    at, group = pl.col("at"), list(table.key)
    may = (at == at.min().over(group)) | pl.col("source").is_in(list(correcting))
    before = suspects.with_columns(may=may).with_columns(
        before=pl.when("may").then(at).forward_fill().shift(1).over(group)
    )
    earlier = suspects.select("at", *(pl.col(column.name).alias(_OTHER + column.name) for column in table.columns))
    alike = pl.all_horizontal(pl.col(column.name).eq_missing(pl.col(_OTHER + column.name)) for column in table.columns)
    held = (
        before.join(earlier, left_on="before", right_on="at", how="left", maintain_order="left")
        .with_columns(same=pl.col("before").is_not_null() & alike)
        .select(*before.columns, "same", holds=pl.col("may") & ~pl.col("same"))
    )
    holding = pl.when("holds").then(at)
    return (
        held.with_columns(
            previous=holding.forward_fill().shift(1).over(group), next=holding.backward_fill().shift(-1).over(group)
        )
        .with_columns(
            verdict=pl.when("holds")
            .then(pl.when(pl.col("next").is_not_null()).then(pl.lit(CORRECTED)))
            .when("same")
            .then(pl.lit(DUPLICATE.code))
            .otherwise(pl.lit(CONFLICT.code)),
            **{"with": pl.when("holds").then("next").otherwise("previous")},
        )
        .filter(pl.col("verdict").is_not_null())
    )


def _gone(judged: pl.DataFrame, inner: pl.DataFrame) -> pl.DataFrame:
    """All that do not count: `at`, `verdict`, `with` what counts instead, `into` what they are added to, `as` what is
    compared.

    The parts of a whole share its fate where the whole does not count.
    """
    heads = judged.select("at", "verdict", "with", pl.col("at").alias("as"), into=pl.lit(None, pl.UInt32))
    fate = judged.select("at", fate="verdict", counts="with")
    carried = (
        inner.join(inner.select("at", second="into"), left_on="into", right_on="at", how="left")
        .with_columns(head=pl.coalesce("second", "into"))
        .join(fate, left_on="head", right_on="at", how="left")
    )
    lost = pl.col("fate").is_not_null()
    return pl.concat(
        [
            heads,
            carried.select(
                "at",
                verdict=pl.coalesce("fate", "verdict"),
                **{"with": pl.coalesce("counts", "into"), "as": pl.when(lost).then("head").otherwise("at")},
                into=pl.when(~lost & (pl.col("verdict") == ADDED)).then("into"),
            ).select(*heads.columns),
        ]
    )


def _described(gone: pl.DataFrame, suspects: pl.DataFrame, compared: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The `gone` records with all their columns, and how they differ from those that count instead."""
    names = [column.name for column in table.columns]
    mine = compared.select("at", pl.col(names).name.prefix(_MINE))
    other = compared.select(pl.col("at", "file", "sheet", "row", "beside", *names).name.prefix(_OTHER))
    pairs = (
        gone.join(suspects, on="at", how="left", validate="1:1")
        .join(mine, left_on="as", right_on="at", how="left", validate="m:1")
        .join(other, left_on="with", right_on=f"{_OTHER}at", how="left", validate="m:1")
        .sort("at")
    )
    words = [column for column in table.columns if column.kind != "number"]
    one_file = pl.col("file").eq(pl.col(f"{_OTHER}file")) & pl.col("sheet").eq_missing(pl.col(f"{_OTHER}sheet"))
    alike = pl.all_horizontal(one_file, *(~_differs(column) for column in words))
    nothing = pl.lit([], pl.List(pl.String()))
    apart = pl.col("beside").fill_null(nothing).list.set_difference(pl.col(f"{_OTHER}beside").fill_null(nothing))
    return (
        pairs.with_columns(
            other=pl.concat_str(f"{_OTHER}file", f"{_OTHER}row", separator=":"),
            differs=pl.concat_list([_difference(column) for column in table.columns]),
            apart=apart,
        )
        .with_columns(
            divided=alike & (pl.col("apart").list.len() > 0) & pl.lit(table.additive),
            **{more(column.name): _more(column.name) for column in table.columns if column.kind == "number"},
        )
        .select(*_schema(table))
    )


def _more(name: str) -> pl.Expr:
    """How much more is said instead; of a whole with parts all is told with its head."""
    zero = pl.lit(0, EXACT)
    instead = pl.when(pl.col("as") == pl.col("at")).then(pl.col(_OTHER + name).fill_null(zero)).otherwise(zero)
    return instead - pl.col(name).fill_null(zero)


def _differs(column: Column) -> pl.Expr:
    return pl.col(_MINE + column.name).ne_missing(pl.col(_OTHER + column.name))


def _difference(column: Column) -> pl.Expr:
    said = [as_text(column, side).fill_null("empty") for side in (_MINE, _OTHER)]
    return pl.when(_differs(column)).then(pl.concat_str(said, separator=" instead of "))


def as_text(column: Column, side: str = "") -> pl.Expr:
    """The value of a column as people write it."""
    text = pl.col(side + column.name).cast(pl.String)
    return text.str.strip_chars_end("0").str.strip_chars_end(".") if column.kind == "number" else text
