"""Records that are there twice: found among millions by a fingerprint of their key, then compared to the letter."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add

import polars as pl

from sop_cli.findings.completeness import CONFLICT
from sop_cli.findings.ingest import DUPLICATE
from sop_cli.schemas.column import EXACT, Column, Table
from sop_cli.stages.ingest.rejects import REJECTS
from sop_cli.stages.ingest.values.parse import listed

CORRECTED = "corrected later"  # the rule under which a record that a later one replaces is excluded


def fingerprints(records: pl.DataFrame, table: Table) -> pl.Series:
    """A number (UInt64) for the key of each record: equal keys have equal ones, and unequal keys hardly ever."""
    return records.select(_print(table)).to_series() if table.key else pl.Series(dtype=pl.UInt64)


def seen_twice(parts: Sequence[pl.Series]) -> pl.Series:
    """The fingerprints that are there more than once, over all pages of a table."""
    every = pl.concat(parts).sort() if parts else pl.Series(dtype=pl.UInt64)
    return every.filter(every == every.shift(-1)).unique()


def repeated(records: pl.LazyFrame, twice: pl.Series, table: Table, correcting: Collection[str] = ()) -> pl.DataFrame:
    """The records that do not count because another one has their key, in their order.

    `records` is the table in its order, `twice` what `seen_twice` found in it. The first of two records counts, unless
    the later one is of a source that is `correcting`. Nulls in a key are equal. Beside its columns each record has
    `at`, its row in the table; `verdict`, the code of a rule or CORRECTED; `other`, the place of the record that
    counts instead; `differs`, what that one says otherwise; and for each number how much `more` it says.
    """
    numbers = [column.name for column in table.columns if column.kind == "number"]
    words = {"verdict": pl.String(), "other": pl.String(), "differs": pl.String()}
    kept = {**table.schema(), "at": pl.UInt32(), **words, **{more(name): EXACT for name in numbers}}
    if twice.is_empty():
        return pl.DataFrame(schema=kept)
    numbered = records.with_row_index("at")
    suspects = numbered.filter(_print(table).is_in(twice.implode())).collect().sort("at").rechunk()
    judged = _judged(suspects, table, correcting)
    others = suspects.select(pl.all().name.prefix(_OTHER))
    pairs = judged.join(others, left_on="with", right_on=f"{_OTHER}at", how="left", maintain_order="left")
    zero = pl.lit(0, EXACT)
    return pairs.with_columns(
        (pl.col(_OTHER + name).fill_null(zero) - pl.col(name).fill_null(zero)).alias(more(name)) for name in numbers
    ).select(
        *table.schema(),
        "at",
        "verdict",
        other=pl.concat_str(f"{_OTHER}file", f"{_OTHER}row", separator=":"),
        differs=pl.concat_str([_difference(column) for column in table.columns], separator=", ", ignore_nulls=True),
        **{more(name): pl.col(more(name)) for name in numbers},
    )


def more(name: str) -> str:
    """The column that holds how much more the record that counts says."""
    return f"{name} more"


def repeat_lines(repeats: pl.DataFrame, table: Table) -> pl.DataFrame:
    """REJECTS of the records that `repeated` found and no later one corrects."""
    own = [_text(column).fill_null("") for column in table.columns]
    conflict = pl.col("verdict") == CONFLICT.code
    same = pl.format("same {} as {}, but here {}", pl.lit(listed(table.key, "and")), "other", "differs")
    return (
        repeats.filter(pl.col("verdict") != CORRECTED)
        .select(
            "source",
            "file",
            "sheet",
            "row",
            column=pl.lit(None, pl.String),
            value=pl.concat_str(
                [pl.col(name).cast(pl.String) for name in table.key], separator=" / ", ignore_nulls=True
            ),
            rule="verdict",
            message=pl.when(conflict).then(same).otherwise(pl.format("same record as {}", "other")),
            hint=pl.when(conflict).then(pl.lit(CONFLICT.do)).otherwise(pl.lit(DUPLICATE.do)),
            record=pl.concat_str(own, separator=" | ").str.strip_chars_end(" |"),
        )
        .select(*REJECTS)
    )


def _print(table: Table) -> pl.Expr:
    """The sum, modulo 2^64, of the hashes of the parts of the key, each with a seed of its own."""
    parts = [pl.col(name).hash(seed) for seed, name in enumerate(table.key)]
    return reduce(add, parts).alias("print")


_OTHER = "other "


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


def _difference(column: Column) -> pl.Expr:
    own, other = _text(column), _text(column, _OTHER)
    differ = pl.col(column.name).ne_missing(pl.col(_OTHER + column.name))
    said = pl.format("{} {} instead of {}", pl.lit(column.name), own.fill_null("empty"), other.fill_null("empty"))
    return pl.when(differ).then(said)


def _text(column: Column, side: str = "") -> pl.Expr:
    text = pl.col(side + column.name).cast(pl.String)
    return text.str.strip_chars_end("0").str.strip_chars_end(".") if column.kind == "number" else text
