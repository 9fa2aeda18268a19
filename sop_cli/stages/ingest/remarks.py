"""What a person should know about how the table of a file was found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from sop_cli.findings.reading import (
    ANOTHER_TABLE,
    DOUBTFUL_HEADER,
    HEADER_ROWS,
    MISFIT,
    NO_HEADER,
    PERHAPS_TOTAL,
    ROWS_OUTSIDE,
    SURPLUS_CELLS,
    WRONG_TOTAL,
)
from sop_cli.findings.words import counted, plain
from sop_cli.schemas.grid import Grid, Remark
from sop_cli.stages.ingest.looks import look
from sop_cli.stages.ingest.outside import ANOTHER, BLANK, Outside
from sop_cli.stages.ingest.parse import listed

if TYPE_CHECKING:
    from sop_cli.stages.ingest.table import Found

_MOST = 20  # records of one kind that are remarked on one by one
_CLOSELY = 200_000  # records of a page that are looked at one by one; what is wrong beyond, ingest rejects
# What a cell of each look shows at first sight; what does not is looked at more closely.
_USUAL = {
    "number": r"^[-+−(\s€$£]*[\d.,]+[)%\s-]*$",
    "date": r"^\d+[-/.:]\d+(?:[-/.]\d+)?$",
    "month": r"^\d{4}-\d\d$",
    "code": r"^\pL\S*\d\S*$",
}


def header_remarks(found: Found, declared: bool) -> tuple[Remark, ...]:
    """Doubts about the header; none where it was declared."""
    if declared:
        return ()
    rows = found.header_rows
    if not rows:
        message = "no row reads like a header; every row is taken for a record"
        return (Remark(NO_HEADER.code, found.first_row, None, None, message),) if found.first_row else ()
    names = " | ".join(text for text in found.headers.values() if text)
    told = []
    if len(rows) > 1:
        where = listed([str(row) for row in rows], "and")
        told.append(Remark(HEADER_ROWS.code, rows[0], None, names, f"rows {where} are the header together"))
    if found.confidence == "low":
        message = "this row is taken for the header, but it could be a record as well"
        told.append(Remark(DOUBTFUL_HEADER.code, rows[-1], None, names, message))
    return tuple(told)


def row_remarks(grid: Grid, found: Found, out: Outside) -> tuple[Remark, ...]:
    """Doubts about the rows of a page: what was left out, what was kept though it looks odd."""
    return (
        *_another(found),
        *_left_out(found),
        *_wrong_totals(out),
        *_perhaps_totals(grid, out),
        *_surplus(grid, found),
        *_misfits(grid, found),
    )


def _another(found: Found) -> list[Remark]:
    rows = found.outside.filter(pl.col("reason") == ANOTHER)["row"].to_list()
    runs: list[tuple[int, int]] = []
    blank = set(found.outside.filter(pl.col("reason") == BLANK)["row"].to_list())
    for row in rows:
        if runs and all(between in blank for between in range(runs[-1][1] + 1, row)):
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return [
        Remark(ANOTHER_TABLE.code, first, None, None, f"rows {first} to {last} are another table, which is not read")
        for first, last in runs
    ]


def _left_out(found: Found) -> list[Remark]:
    reasons = Counter(found.outside.filter(~pl.col("reason").is_in([BLANK, ANOTHER]))["reason"].to_list())
    if not reasons:
        return []
    first = found.outside.filter(~pl.col("reason").is_in([BLANK, ANOTHER]))["row"][0]
    what = listed([f"{count:,} {reason}" for reason, count in reasons.items()], "and")
    count = sum(reasons.values())
    message = f"{counted(count, 'row')} {'is' if count == 1 else 'are'} left out: {what}"
    return [Remark(ROWS_OUTSIDE.code, first, None, None, message)]


def _wrong_totals(out: Outside) -> list[Remark]:
    told = []
    for total in out.totals:
        for column in total.wrong():
            span = f"row {total.first}" if total.first == total.last else f"rows {total.first} to {total.last}"
            message = f"{total.label or 'the total'} says {total.values[column]}, but {span} add up to "
            told.append(
                Remark(
                    WRONG_TOTAL.code,
                    total.row,
                    int(column),
                    total.values[column],
                    message + plain(total.sums[column]),
                )
            )
    return told


def _perhaps_totals(grid: Grid, out: Outside) -> list[Remark]:
    told = []
    for place in out.doubtful[:_MOST]:
        row, *cells = grid.cells.row(place)
        record = " | ".join(text or "" for text in cells).strip(" |")
        told.append(Remark(PERHAPS_TOTAL.code, row, None, record, "this row says total, but is read as a record"))
    return told


def _surplus(grid: Grid, found: Found) -> list[Remark]:
    """Records of a text file with cells beyond the last column of the table."""
    if grid.sheet is not None or not found.headers:
        return []
    beyond = [at for at in grid.cells.columns if at != "row" and int(at) > int(found.columns[-1])]
    if not beyond:
        return []
    wide = found.records(grid).filter(pl.any_horizontal(pl.col(at).is_not_null() for at in beyond))
    return [
        Remark(
            SURPLUS_CELLS.code,
            line["row"],
            int(next(at for at in beyond if line[at] is not None)),
            next(line[at] for at in beyond if line[at] is not None),
            f"the record has cells beyond the {counted(len(found.headers), 'column')} of the table",
        )
        for line in wide.head(_MOST).iter_rows(named=True)
    ]


def _misfits(grid: Grid, found: Found) -> list[Remark]:
    """Records whose cells are not what nearly all others hold: shifted, or written differently."""
    typed = {str(at): found.known.looks[at] for at in found.known.sure if str(at) in found.headers}
    records = found.records(grid)
    if not typed or records.height > _CLOSELY:
        return []
    odd = [~pl.col(at).str.contains(_USUAL[here]) for at, here in typed.items()]
    told = []
    for line in records.filter(pl.any_horizontal(odd).fill_null(False)).iter_rows(named=True):
        seen = {at: here for at in typed if (here := look(line[at])) != "empty"}
        wrong = [at for at, here in seen.items() if here != typed[at]]
        if wrong and len(wrong) >= min(2, len(typed)) and len(wrong) * 2 >= len(seen):
            holds = "cell does not hold" if len(wrong) == 1 else "cells do not hold"
            message = f"{len(wrong)} {holds} what the other records hold there; the first should be a {typed[wrong[0]]}"
            told.append(Remark(MISFIT.code, line["row"], int(wrong[0]), line[wrong[0]], message))
    return told[:_MOST]
