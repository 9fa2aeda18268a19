"""Records of one file with the same key that are parts of a whole, such as storage locations, are added up."""

from collections.abc import Collection, Sequence

import polars as pl

from sop_cli.findings.completeness import ADDED_UP
from sop_cli.findings.finding import findings
from sop_cli.findings.ingest import DUPLICATE
from sop_cli.findings.words import counted, plain
from sop_cli.schemas.column import EXACT, Table
from sop_cli.stages.ingest.rules import SourceRules

ADDED = "added up"  # the verdict on a record whose numbers are counted in another one


def parts(suspects: pl.DataFrame, table: Table, adding: Collection[str]) -> pl.DataFrame:
    """Which `suspects` of sources that are `adding` go into an earlier one: `at`, `into`, `verdict`, their numbers.

    Parts are alike in all but their numbers and in what the plan does not use; the row that is the same to the letter
    is there twice and no part.
    """
    own = suspects.filter(pl.col("source").is_in(list(adding)))
    words = ["file", "sheet", *(column.name for column in table.columns if column.kind != "number")]
    numbers = [column.name for column in table.columns if column.kind == "number"]
    apart = pl.col("beside").list.join("\n").fill_null("")
    same = own.with_columns(first=pl.col("at").min().over([*words, *numbers, apart]))
    duplicates = same.filter(pl.col("at") != pl.col("first")).select(
        "at", *numbers, into="first", verdict=pl.lit(DUPLICATE.code)
    )
    once = same.filter(pl.col("at") == pl.col("first")).with_columns(first=pl.col("at").min().over(words))
    into = once.filter(pl.col("at") != pl.col("first")).select("at", *numbers, into="first", verdict=pl.lit(ADDED))
    return pl.concat([duplicates, into])


def added(records: pl.LazyFrame, gone: pl.DataFrame, table: Table) -> pl.LazyFrame:
    """`records` with `at`, where each has in its numbers those of the `gone` records that are ADDED to it."""
    names = [column.name for column in table.columns if column.kind == "number"]
    into = gone.filter(pl.col("verdict") == ADDED)
    if into.is_empty():
        return records
    sums = into.group_by(at=pl.col("into")).agg(
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(f"{name} added") for name in names
    )
    whole = records.join(sums.lazy(), on="at", how="left", maintain_order="left", validate="m:1")
    nothing = pl.lit(0, EXACT)
    return whole.with_columns(
        pl.when(pl.col(f"{name} added").is_not_null())
        .then(pl.col(name).fill_null(nothing) + pl.col(f"{name} added"))
        .otherwise(name)
        .cast(EXACT)
        .alias(name)
        for name in names
    ).drop(f"{name} added" for name in names)


def added_up(repeats: pl.DataFrame, rules: SourceRules) -> pl.DataFrame:
    """The findings on records of a source that were added up, file by file: how many, into how many, the first."""
    into = repeats.filter(pl.col("verdict") == ADDED)
    found = []
    for (file, sheet), gone in into.group_by("file", "sheet", maintain_order=True):
        wholes, first = gone["into"].n_unique(), gone.row(0, named=True)
        beside = f", such as {', '.join(first['apart'])}" if first["apart"] else ""
        text = (
            f"{counted(gone.height, 'record')} added to {counted(wholes, 'other', 'others')} with the same key"
            f"{beside}; the first to {first['other']}" + _moves(gone, rules)
        )
        found.append({"source": rules.name, "file": file, "sheet": sheet, "row": first["row"], "message": text})
    return findings(ADDED_UP, found)


def _moves(gone: pl.DataFrame, rules: SourceRules) -> str:
    numbers: Sequence[str] = [column.name for column in rules.table.columns if column.kind == "number"]
    sums = zip(numbers, gone.select(numbers).sum().row(0), strict=True)
    return "".join(f"; {name} {plain(total)} in all" for name, total in sums if total)
