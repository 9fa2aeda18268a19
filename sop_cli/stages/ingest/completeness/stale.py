"""Whether what a table was given reaches the last closed month, judged over all its sources."""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from sop_cli.findings.completeness import FUTURE
from sop_cli.findings.finding import findings
from sop_cli.findings.ingest import STALE
from sop_cli.findings.words import counted
from sop_cli.schemas.calendar import add_months
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import AFTER_AS_OF, actual, has_plans

# One line per file that holds records, in the order they were read.
REACH: dict[str, pl.DataType] = {
    "table": pl.String(),
    "column": pl.String(),  # the one that must reach the last closed month
    "source": pl.String(),
    "file": pl.String(),
    "sound": pl.Int64(),  # records that are not rejected
    "newest": pl.Date(),  # month of the newest actual record, rejected ones included; null where there is none
    "at_newest": pl.Int64(),  # actual records of that month
    "newest_row": pl.Int64(),  # the first of them
    "future": pl.Int64(),  # actual records dated after the month in which the cycle is held
    "future_row": pl.Int64(),  # the first of them
}
_SHOWN = 6  # files that are named one by one


def reach(accepted: pl.DataFrame, out: pl.DataFrame, rules: SourceRules, as_of: date) -> pl.DataFrame:
    """REACH of one page, of its `accepted` records and those left `out`; empty where its table need not reach a month.

    A record that is left out because its month is not closed is a sound one of that month.
    """
    current = rules.table.current
    late = out.filter(pl.col("excluded").is_null() | (pl.col("excluded") == AFTER_AS_OF))
    if current is None or not accepted.height + late.height:
        return pl.DataFrame(schema=REACH)
    # Of millions of records that have all happened no copy is made.
    happened = [
        part.filter(actual(rules.table)) if has_plans(rules.table) else part for part in (accepted, late) if part.height
    ]
    dates = pl.concat([part.select(current, "row") for part in happened])
    newest = dates.select(pl.col(current).max().dt.truncate("1mo")).item()
    at_newest = dates.filter(pl.col(current) >= newest)["row"] if newest else dates["row"].clear()
    future = late.filter(actual(rules.table), pl.col(current) >= add_months(as_of, 2))
    place = accepted if accepted.height else late
    line = {
        "table": rules.table.name,
        "column": current,
        "source": rules.name,
        "file": place["file"][0],
        "sound": accepted.height + late.filter(~pl.col("rejected")).height,
        "newest": newest,
        "at_newest": at_newest.len(),
        "newest_row": at_newest.min(),
        "future": future.height,
        "future_row": future["row"].min(),
    }
    return pl.DataFrame([line], schema=REACH)


def by_file(pages: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """REACH of several pages with one line per file."""
    place = ["table", "column", "source", "file"]
    ends = pl.col("newest") == pl.col("newest").max()
    lines = (
        pl.concat(pages)
        .group_by(place, maintain_order=True)
        .agg(
            pl.col("sound", "future").sum(),
            pl.col("newest").max(),
            pl.col("at_newest").filter(ends).sum(),
            pl.col("newest_row").filter(ends).min(),
            pl.col("future_row").min(),
        )
    )
    return lines.select(pl.col(name).cast(kind) for name, kind in REACH.items())


def stale(reached: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The findings on tables of which no source's REACH comes to `as_of`, the first day of the last closed month."""
    return findings(STALE, list(_stale(reached, as_of)))


def ahead(reached: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The findings on files of whose records some are actual though they lie in the future."""
    lines = [
        {
            "source": row["source"],
            "file": row["file"],
            "row": row["future_row"],
            "column": row["column"],
            "message": f"{counted(row['future'], 'actual record')} dated after {add_months(as_of, 1):%Y-%m}, the month "
            f"of the cycle, up to {row['newest']:%Y-%m}; this is the first",
        }
        for row in reached.filter(pl.col("future") > 0).iter_rows(named=True)
    ]
    return findings(FUTURE, lines)


def _stale(reached: pl.DataFrame, as_of: date) -> Iterator[dict[str, object]]:
    for (column, table), files in reached.group_by("column", "table", maintain_order=True):
        if files["sound"].sum() == 0:  # there is nothing that could be old; I302 says so
            continue
        newest = files.select(pl.col("newest").max()).item()
        if newest is not None and newest >= as_of:
            continue
        found = "there is none that is actual" if newest is None else f"the newest is {newest:%Y-%m}"
        last = (files if newest is None else files.filter(pl.col("newest") == newest)).row(-1, named=True)
        names = files["file"].unique(maintain_order=True).to_list()
        if len(names) > _SHOWN:
            names = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]
        alone = newest is not None and last["at_newest"] == 1
        yield {
            "source": last["source"],
            "file": last["file"],
            "row": last["newest_row"] if alone else None,
            "column": str(column),
            "message": f"expected {column} to reach {as_of:%Y-%m}, the last closed month; {found}"
            + (f"; looked in {', '.join(names)}" if len(names) > 1 else "")
            + _from_1904(newest, as_of)
            + _only_one_reaches(reached.filter(pl.col("table") != table, pl.col("newest") >= as_of)),
        }


def _from_1904(newest: date | None, as_of: date) -> str:
    """What to declare where days that a workbook counts from 1904 would reach the month: they lie four years apart."""
    if newest is None or add_months(newest, 48) != as_of:
        return ""
    return "; if its days are numbers that count from 1904, declare `dates: excel-1904`"


def _only_one_reaches(others: pl.DataFrame) -> str:
    """The record to look at where it alone says that the month is closed, among the tables that reach it."""
    if others["at_newest"].sum() != 1:
        return ""
    one = others.row(0, named=True)
    return (
        f"; of the other tables only one record comes that far: {one['file']}:{one['newest_row']} with {one['column']} "
        f"in {one['newest']:%Y-%m}; is it mistyped, and the cycle too late?"
    )
