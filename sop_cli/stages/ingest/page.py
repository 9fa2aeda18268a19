"""One page of an extract becomes typed records; what cannot be read is listed, and nothing is lost on the way."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.completeness.stale import reach
from sop_cli.stages.ingest.control import controls
from sop_cli.stages.ingest.crosswalk import unlisted
from sop_cli.stages.ingest.currencies import marked
from sop_cli.stages.ingest.damaged import spoilt
from sop_cli.stages.ingest.idle import Met, met
from sop_cli.stages.ingest.records import body, left_outside, records
from sop_cli.stages.ingest.rejects import rejects
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import AFTER_AS_OF, doubtful, judge, typed_records
from sop_cli.stages.ingest.values.numbers import number


@dataclass(frozen=True)
class Taken:
    """What came of one page: its records, and what remains to be said when they have gone to disk."""

    table: pl.DataFrame  # the accepted records: rules.table.schema(), in the order of the page
    late: pl.DataFrame  # the same of those left out as after as-of, where later records correct earlier ones
    rejects: pl.DataFrame  # REJECTS
    controls: pl.DataFrame  # CONTROLS: read = accepted + rejected + excluded, on every line
    reach: pl.DataFrame  # REACH: how far the page comes
    met: tuple[Met, ...]  # what each exclusion rule met
    unlisted: pl.DataFrame  # UNLISTED: codes that no crosswalk has
    spoilt: pl.DataFrame  # SPOILT: codes as a spreadsheet leaves them
    marked: pl.DataFrame  # MARKED: numbers that carry another currency than their record


@dataclass(frozen=True)
class Typed:
    """A page whose cells are read, before anyone asks what is wrong with them."""

    rows: pl.DataFrame  # as `body` gives them
    read: pl.DataFrame  # as `typed_records` gives them
    doubts: tuple[pl.Expr, ...]  # each true for records that something could keep out; none on a clean page


def type_page(page: Grid, begins: int, layout: Layout, rules: SourceRules, as_of: date) -> Typed:
    """The records of `page` from row `begins` on, every cell read; `as_of` is the last closed month."""
    rows = body(page, begins, layout, rules)
    read = typed_records(records(rows, layout, rules), page, layout, rules)
    return Typed(rows, read, tuple(doubtful(read, page, layout, rules, as_of)))


def take(typed: Typed, page: Grid, outside: pl.DataFrame, layout: Layout, rules: SourceRules, as_of: date) -> Taken:
    """What comes of the page when the rows that lie `outside` its table are left out.

    Only records with something about them (an empty or unreadable cell, a wrong sign, a rule that leaves rows out, a
    month not closed) are judged one by one, so a page without such records costs little.
    """
    read = typed.read
    doubts = [*typed.doubts, *([pl.col("row").is_in(outside["row"].implode())] if outside.height else [])]
    doubted = left_outside(read.filter(pl.any_horizontal(doubts)), outside) if doubts else read.clear()
    judged = judge(doubted, page, layout, rules, as_of) if doubts else doubted.with_columns(rejected=pl.lit(False))
    out = judged.filter(pl.col("rejected") | pl.col("excluded").is_not_null())
    accepted = read if out.is_empty() else read.filter(~pl.col("record_no").is_in(out["record_no"].implode()))
    return Taken(
        _complete(accepted, rules.table),
        _complete(_late(out, rules), rules.table),
        rejects(judged, page, layout, rules),
        controls(typed.rows, read, accepted, out, page, layout, rules),
        reach(accepted, out, rules, as_of),
        met(typed.rows, layout, rules),
        unlisted(read, page, layout, rules),
        spoilt(accepted, page, layout, rules),
        marked(accepted, page, layout, rules),
    )


def _late(out: pl.DataFrame, rules: SourceRules) -> pl.DataFrame:
    if rules.repeats != "last" or out.is_empty():
        return out.clear()
    return out.filter(pl.col("excluded") == AFTER_AS_OF).drop_nulls(list(rules.table.key))


def _complete(accepted: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The columns of the table in their order, empty cells with what emptiness means there."""
    meant = [
        pl.col(column.name).fill_null(_default(column))
        for column in table.columns
        if column.default is not None and accepted[column.name].null_count()
    ]
    return accepted.with_columns(meant).select(pl.col(name).cast(kind) for name, kind in table.schema().items())


def _default(column: Column) -> pl.Expr:
    return number(pl.lit(column.default), ".") if column.kind == "number" else pl.lit(column.default)
