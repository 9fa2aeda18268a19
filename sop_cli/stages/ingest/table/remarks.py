"""What a person should know about how the table of a file was found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from sop_cli.findings.table import (
    ANOTHER_TABLE,
    DOUBTFUL_HEADER,
    HEADER_ROWS,
    HEADER_WIDTH,
    MISFIT,
    NO_HEADER,
    PERHAPS_TOTAL,
    ROWS_OUTSIDE,
    WRONG_TOTAL,
)
from sop_cli.findings.words import counted
from sop_cli.schemas.grid import Grid, Remark
from sop_cli.stages.ingest.table.looks import look
from sop_cli.stages.ingest.table.outside import ANOTHER, BLANK, REPEATED, Outside
from sop_cli.stages.ingest.table.totals import styled
from sop_cli.stages.ingest.values.parse import listed

if TYPE_CHECKING:
    from sop_cli.stages.ingest.table.table import Found

_MOST = 20  # records of one kind that are remarked on one by one
_CLOSELY = 20_000  # records of a page that are looked at one by one; what is wrong beyond, ingest rejects
# What a cell of each look shows at first sight; what does not is looked at more closely.
_USUAL = {
    "number": r"^[-+−(\s€$£]*[\d.,]+[)%\s-]*$",
    "date": r"^\d+[-/.:]\d+(?:[-/.]\d+)?$",
    "month": r"^\d{4}-\d\d$",
    "code": r"^\pL\S*\d\S*$",
}


def header_remarks(grid: Grid, found: Found, declared: bool) -> tuple[Remark, ...]:
    """Doubts about the header; where it was declared only about its width."""
    rows = found.header_rows
    if declared:
        return tuple(_width(grid, found))
    if not rows:
        message = "no row reads like a header; every row is taken for a record"
        return (Remark(NO_HEADER.code, found.first_row, None, None, message),) if found.first_row else ()
    names = " | ".join(text for text in found.headers.values() if text)
    told = []
    if len(rows) > 1:
        where = listed([str(row) for row in rows], "and")
        told.append(Remark(HEADER_ROWS.code, rows[0], None, names, f"rows {where} are the header together"))
        if _is_full(grid, found):
            message = f"row {rows[-1]} is taken for part of the header, but it could be a record as well"
            told.append(Remark(DOUBTFUL_HEADER.code, rows[-1], None, names, message))
    if found.confidence == "low":
        message = "this row is taken for the header, but it could be a record as well"
        told.append(Remark(DOUBTFUL_HEADER.code, rows[-1], None, names, message))
    return (*told, *_width(grid, found))


def _is_full(grid: Grid, found: Found) -> bool:
    """Whether the last row of the header fills every column of the table, and none of its cells is merged."""
    rows = found.header_rows
    if any(top <= rows[-1] <= bottom for top, _, bottom, _ in grid.merged):
        return False
    lines = grid.cells.filter(pl.col("row").is_in([rows[0], rows[-1]])).select(found.columns).rows()
    return all(all(text and text.strip() for text in line) for line in (lines[0], lines[-1]))


def row_remarks(grid: Grid, found: Found, out: Outside) -> tuple[Remark, ...]:
    """Doubts about the rows of a page: what was left out, what was kept though it looks odd."""
    return (
        *_another(found),
        *_left_out(found),
        *_wrong_totals(out),
        *_perhaps_totals(grid, out),
        *_misfits(grid, found),
    )


def _width(grid: Grid, found: Found) -> list[Remark]:
    """Whether the last row of the header has as many fields as most records."""
    if grid.fields is None or not found.header_rows or found.first_row is None:
        return []
    inside = grid.cells["row"].is_in(found.records(grid)["row"].to_list())
    usual = grid.fields.filter(inside).mode().to_list()
    row = found.header_rows[-1]
    own = int(grid.fields.filter(grid.cells["row"] == row)[0])
    if own in usual:
        return []
    return [
        Remark(
            HEADER_WIDTH.code,
            row,
            None,
            None,
            f"the header has {counted(own, 'field')}, most records have {max(usual)}",
        )
    ]


def _another(found: Found) -> list[Remark]:
    rows = found.outside.filter(pl.col("reason") == ANOTHER)["row"].to_list()
    runs: list[tuple[int, int]] = []
    blank = set(found.outside.filter(pl.col("reason") == BLANK)["row"].to_list())
    for row in rows:
        if runs and all(between in blank for between in range(runs[-1][1] + 1, row)):
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    told = [
        Remark(
            ANOTHER_TABLE.code, first, None, None, f"rows {first:,} to {last:,} are another table, which is not read"
        )
        for first, last in runs
    ]
    if again := found.outside.filter(pl.col("reason") == REPEATED)["row"].to_list():
        more = f" and {counted(len(again) - 1, 'more row')}" if again[1:] else ""
        message = f"the header stands again in row {again[0]:,}{more}; what is below is read as more of the same table"
        told.append(Remark(ANOTHER_TABLE.code, again[0], None, None, message, "info"))
    return told


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
            span = f"row {total.first:,}" if total.first == total.last else f"rows {total.first:,} to {total.last:,}"
            message = f"{total.label or 'the total'} says {total.values[column]}, but {span} add up to "
            told.append(
                Remark(
                    WRONG_TOTAL.code,
                    total.row,
                    int(column),
                    total.values[column],
                    message + styled(total.sums[column], total.values[column], total.signs[column]),
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


def _misfits(grid: Grid, found: Found) -> list[Remark]:
    """Records whose cells are not what nearly all others hold: shifted, or written differently."""
    typed = {str(at): here for at, here in found.known.sure.items() if str(at) in found.headers}
    records = found.records(grid)
    if not typed or records.height > _CLOSELY:
        return []
    odd = [~pl.col(at).str.contains(_USUAL[here]) for at, here in typed.items()]
    told = []
    for line in records.filter(pl.any_horizontal(odd).fill_null(False)).iter_rows(named=True):
        seen = {at: here for at in typed if (here := look(line[at])) != "empty"}
        wrong = [at for at, here in seen.items() if here != typed[at]]
        # Codes are of any make: X-77 among numbers, D1 among P1 that could be periods.
        if len(wrong) > 1 and len(wrong) * 2 >= len(seen) and any(seen[at] != "code" for at in wrong):
            message = f"{len(wrong)} cells do not hold what the other records hold there"
            message += f"; the first should be a {typed[wrong[0]]}"
            told.append(Remark(MISFIT.code, line["row"], int(wrong[0]), line[wrong[0]], message))
    return told[:_MOST]
