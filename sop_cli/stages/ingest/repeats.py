"""What is said of records that do not count because another one has their key, in the words of their file."""

from collections.abc import Mapping

import polars as pl

from sop_cli.findings.completeness import CONFLICT
from sop_cli.findings.ingest import DUPLICATE
from sop_cli.schemas.column import Table
from sop_cli.stages.ingest.added import ADDED
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.keys import CORRECTED, as_text
from sop_cli.stages.ingest.rejects import REJECTS
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.parse import listed

_PARTS = "If the rows are parts of a whole, such as storage locations or batches, declare `repeats: sum` for the source"
_CONFLICT = (
    f"{_PARTS}; if not, remove the wrong one from the extract, or declare `repeats: last` where later records correct "
    "earlier ones."
)
_RESTATED = (
    "Only rows of one file are added up: where a newer file says the same keys again, keep only the newest under "
    "`files`; where two rows are no parts of a whole, remove the wrong one from the extract."
)
_DUPLICATE = f"{_PARTS}; if not, remove one of the two from the extract."


def repeat_lines(
    repeats: pl.DataFrame, layouts: Mapping[tuple[str, str | None], Layout], rules: SourceRules
) -> list[pl.DataFrame]:
    """REJECTS, file by file, of the records that `repeated` found, no later one corrects and none was added to."""
    left = repeats.filter(~pl.col("verdict").is_in([CORRECTED, ADDED]))
    lines = []
    for (file, sheet), own in left.group_by("file", "sheet", maintain_order=True):
        layout = layouts[str(file), None if sheet is None else str(sheet)]
        headers = {name: layout.headers[at] for name, at in layout.columns.items()}
        lines.append(_lines(own, headers, rules.table, _RESTATED if rules.repeats == "sum" else CONFLICT.do))
    return lines


def _lines(repeats: pl.DataFrame, headers: Mapping[str, str], table: Table, advice: str) -> pl.DataFrame:
    """REJECTS of one file, whose header of each of our columns is in `headers`; others are called as we do.

    `advice` is what to do about a conflict of records that are no parts of a whole.
    """
    conflict = pl.col("verdict") == CONFLICT.code
    names = [headers.get(column.name, column.name) for column in table.columns]
    said = [_part("differs", at).pipe(_named, name) for at, name in enumerate(names)]
    differs = pl.concat_str(said, separator=", ", ignore_nulls=True)
    key = [headers.get(name, name) for name in table.key]
    values = pl.concat_str([pl.col(name).cast(pl.String) for name in table.key], separator=" / ", ignore_nulls=True)
    same = pl.concat_str(
        pl.lit(f"same {listed(key, 'and')} ("), values, pl.lit(") as "), "other", pl.lit(", but here "), differs
    )
    apart = pl.col("apart").list.join(", ")
    beside, divided = pl.when(pl.col("apart").list.len() > 0), pl.when("divided")
    conflicting = pl.when("divided").then(pl.lit(_CONFLICT)).otherwise(pl.lit(advice))
    doubled = pl.when("divided").then(pl.lit(_DUPLICATE)).otherwise(pl.lit(DUPLICATE.do))
    whole = pl.concat_str([as_text(column).fill_null("") for column in table.columns], separator=" | ")
    return repeats.select(
        "source",
        "file",
        "sheet",
        "row",
        column=pl.when(conflict).then(_first(table, [pl.lit(name) for name in names])),
        value=pl.when(conflict).then(_first(table, [_part("texts", at) for at in range(len(names))])).otherwise(values),
        rule="verdict",
        message=pl.when(conflict)
        .then(pl.concat_str(same, divided.then(pl.concat_str(pl.lit("; here stands "), apart)).otherwise(pl.lit(""))))
        .otherwise(
            pl.concat_str(
                pl.lit("same record as "),
                "other",
                beside.then(pl.concat_str(pl.lit(", but for "), apart)).otherwise(pl.lit("")),
            )
        ),
        hint=pl.when(conflict).then(conflicting).otherwise(doubled),
        record=pl.coalesce("record", whole.str.strip_chars_end(" |")),
    ).select(*REJECTS)


def _part(name: str, at: int) -> pl.Expr:
    return pl.col(name).list.get(at, null_on_oob=True)


def _named(difference: pl.Expr, name: str) -> pl.Expr:
    return pl.when(difference.is_not_null()).then(pl.concat_str(pl.lit(f"{name} "), difference))


def _first(table: Table, values: list[pl.Expr]) -> pl.Expr:
    """Of the `values`, one for each column, that of the first column that differs."""
    places = range(len(table.columns))
    return pl.coalesce(pl.when(_part("differs", at).is_not_null()).then(values[at]) for at in places)
