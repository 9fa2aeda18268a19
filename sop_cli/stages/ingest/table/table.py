"""Where in a file its table lies: header, records, and every row that is neither, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.reading import TOO_FEW_FIELDS, TOO_MANY_FIELDS
from sop_cli.schemas.grid import Grid, Remark
from sop_cli.stages.ingest.table.header import Confidence, Header, Row, find_header, looks_of, merged_names
from sop_cli.stages.ingest.table.looks import TYPED, Cells, Look, filled, is_line, look
from sop_cli.stages.ingest.table.outside import ANOTHER, BLANK, LINE, TITLE, UNITS, Known, Outside, rows_outside
from sop_cli.stages.ingest.table.remarks import header_remarks, row_remarks
from sop_cli.stages.ingest.table.totals import TOTALS, Earlier, Total, keys, label

OUTSIDE: dict[str, pl.DataType] = {"row": pl.Int64(), "reason": pl.String()}

_WIDTHS = (TOO_FEW_FIELDS.code, TOO_MANY_FIELDS.code)
_SEARCHED = 200  # rows that are not blank among which the header is looked for
_SAMPLE = 30_000  # cells looked at to learn what the columns hold


@dataclass(frozen=True)
class Found:
    """Where the table of a page lies. Rows are numbered as in the file, cell columns named as in the grid."""

    header_rows: tuple[int, ...]  # empty: the file has no header
    headers: dict[str, str]  # every cell column of the table: the text over it, joined where there are several
    first_row: int | None  # None: no records
    last_row: int | None
    outside: pl.DataFrame  # OUTSIDE: every row of the page that is no record, and why
    totals: pl.DataFrame  # TOTALS: what the file itself says its records add up to
    confidence: Confidence
    remarks: tuple[Remark, ...]
    known: Known  # what the table is made of, for the pages that follow
    ended: bool = False  # another table has begun: the pages that follow hold no records of this one

    @property
    def begins(self) -> int:
        """The first row that could be a record: below the header, or below the titles of a file without one."""
        return self.header_rows[-1] + 1 if self.header_rows else self.first_row or 1

    def clean(self, page: Grid) -> "Found":
        """The same on a `page` of the file that holds nothing but records."""
        rows = page.cells["row"]
        first, last = (int(rows[0]), int(rows[-1])) if rows.len() else (None, None)
        return replace(
            self,
            first_row=first,
            last_row=last,
            outside=self.outside.clear(),
            totals=self.totals.clear(),
            remarks=(),
        )

    def told(self, grid: Grid) -> tuple[Remark, ...]:
        """What the reader and the search for the table remarked; that a title has few fields is nothing to say."""
        outside = {*self.outside["row"].to_list(), *self.header_rows}
        read = (one for one in grid.remarks if one.code not in _WIDTHS or one.row not in outside)
        return (*read, *self.remarks)

    @property
    def columns(self) -> list[str]:
        """The cell columns of the table, from left to right."""
        return list(self.headers)

    def records(self, grid: Grid) -> pl.DataFrame:
        """`row` and all cell columns of the records of `grid`, those beyond the table too."""
        if self.first_row is None or self.last_row is None:
            return grid.cells.clear()
        inside = pl.col("row").is_between(self.first_row, self.last_row)
        return grid.cells.filter(inside & ~pl.col("row").is_in(self.outside["row"].to_list()))


def find_table(grid: Grid, header: int | Sequence[int] | None = None) -> Found:
    """Where the table of `grid` lies, the first page of its file.

    `header` declares the row or rows of the header, an empty sequence that there is none; SopError if nothing is
    there. What is doubtful is said in `confidence` and `remarks`.
    """
    sample = _sample(grid)
    head = _declared(sample, grid, header) if header is not None else find_header(sample[:_SEARCHED], grid.merged)
    first = _first_record(sample, head)
    body = _body(sample[first:])
    usual = median(len(filled(cells)) for cells in body) if body else 0
    body = [cells for cells in body if len(filled(cells)) * 2 > usual] or body
    looks = looks_of(body)
    outer = sample[: head.rows[0] if head.rows else first]
    known = Known(
        headers=tuple(sample[at].cells for at in head.rows),
        units=tuple(sample[at].cells for at in head.units),
        titles=tuple(row.cells for row in outer),
        looks=looks,
        sure={at: here for at, here in looks_of(body, 0.95, but=1).items() if here in TYPED},
        keys=keys([cells for cells in body if label(cells)[0] == "none"] or body, looks),
        usual=int(usual),
    )
    start = _place(grid, sample[first].number) if first < len(sample) else grid.cells.height
    out = rows_outside(grid, start, known)
    reasons = {row.number: LINE if is_line(row.cells) else TITLE for row in outer}
    reasons |= {row.number: LINE if is_line(row.cells) else UNITS for row in (sample[at] for at in head.units)}
    reasons |= {row.number: ANOTHER for row in _another_above(outer)}
    heads = tuple(sample[at].number for at in head.rows)
    found = _found(grid, start, out, known, reasons, heads)
    names = _names(grid, found, [sample[at] for at in head.rows])
    found = replace(
        found, headers=names, confidence="low" if _buried(outer, names) and header is None else head.confidence
    )
    return replace(found, remarks=(*header_remarks(grid, found, header is not None), *row_remarks(grid, found, out)))


def carry_on(grid: Grid, found: Found, earlier: Sequence[Earlier] | None = None) -> Found:
    """Where the table lies on a page of the same file that follows the one it was found on.

    `earlier` is what the records of the pages before add up to; without it totals that count them are not judged.
    """
    if found.ended:
        rest = dict.fromkeys(grid.cells["row"].to_list(), ANOTHER)
        return replace(found, first_row=None, last_row=None, outside=_frame(rest), totals=_totals(()), remarks=())
    out = rows_outside(grid, 0, found.known, earlier)
    page = _found(grid, 0, out, found.known, {}, found.header_rows)
    page = replace(page, headers=found.headers, confidence=found.confidence)
    return replace(page, remarks=row_remarks(grid, page, out))


def _sample(grid: Grid) -> list[Row]:
    """The first rows of the page that are not blank."""
    most = max(40, _SAMPLE // max(1, grid.cells.width))
    held = pl.any_horizontal(pl.exclude("row").is_not_null())
    rows = [Row(int(line[0]), line[1:]) for line in grid.cells.filter(held).head(most).iter_rows()]
    return [row for row in rows if filled(row.cells)]


def _declared(sample: Sequence[Row], grid: Grid, header: int | Sequence[int]) -> Header:
    wanted = [header] if isinstance(header, int) else sorted(header)
    places = {row.number: at for at, row in enumerate(sample)}
    for number in wanted:
        if number not in places:
            start = f"the first row that holds anything is {sample[0].number}; " if sample else ""
            raise SopError(
                f"row {number} should be the header, but nothing is there",
                hint=f"{start}declare its row as `header`",
                file=grid.file,
                line=number,
            )
    return Header(tuple(places[number] for number in wanted), (), "high")


def _first_record(sample: Sequence[Row], head: Header) -> int:
    """The place in the sample of the first record: below the header, or below the titles of a file without one."""
    if head.rows:
        return max(*head.rows, *head.units, -1) + 1
    plain = [row for row in sample if not _is_comment(row)] or sample
    usual = median(len(filled(row.cells)) for row in plain) if plain else 0
    first = next((row for row in plain if len(filled(row.cells)) * 2 > usual), None)
    return sample.index(first) if first else 0


def _is_comment(row: Row) -> bool:
    own = filled(row.cells)
    return bool(own) and (row.cells[own[0]] or "").startswith("#")


def _body(rows: Sequence[Row]) -> list[Cells]:
    """The first records, to the gap behind which a row of words begins something else."""
    body: list[Cells] = []
    looks: dict[int, Look] = {}
    for at, row in enumerate(rows):
        if body and row.number > rows[at - 1].number + 1:  # a record of several lines leaves a gap, too
            looks = looks_of(body) if len(body) <= _SEARCHED or not looks else looks
            if any(_is_strange(other.cells, looks) for other in rows[at : at + 2]):
                break
        body.append(row.cells)
    return body


def _is_strange(cells: Cells, looks: Mapping[int, Look]) -> bool:
    """Words where the records hold numbers, dates or codes, and none of these anywhere."""
    own = filled(cells)
    seen = {at: look(cells[at]) for at in own}
    words = any(here == "text" and looks.get(at) in TYPED for at, here in seen.items())
    return len(own) > 1 and words and TYPED.isdisjoint(seen.values())


def _place(grid: Grid, number: int) -> int:
    return int(grid.cells["row"].search_sorted(number))


def _another_above(outer: Sequence[Row]) -> Sequence[Row]:
    """The rows of a smaller table above the header; particulars such as `Plant, P1` are none."""
    head = find_header(outer)
    if not head.rows or head.confidence == "low":
        return ()
    width = len(filled(outer[head.rows[-1]].cells))
    below = [row.cells for row in outer[head.rows[-1] + 1 :] if len(filled(row.cells)) == width]
    even = TYPED.intersection(looks_of(below, 1).values())
    return outer[head.rows[0] :] if width > 1 and len(below) > (1 if width > 2 else 2) and even else ()


def _buried(outer: Sequence[Row], names: Mapping[str, str]) -> bool:
    """Whether so many rows as wide as the table stand above its header that they may be records."""
    return len(names) > 1 and sum(len(filled(row.cells)) * 2 >= len(names) for row in outer) > 5


def _found(
    grid: Grid, start: int, out: Outside, known: Known, reasons: dict[int, str], heads: tuple[int, ...]
) -> Found:
    numbers = grid.cells["row"]
    reasons = dict(reasons) | {int(numbers[place]): reason for place, reason in out.reasons.items()}
    above = grid.cells.head(start).filter(~pl.col("row").is_in([*reasons, *heads]))
    reasons |= dict.fromkeys(above["row"].to_list(), BLANK)
    inside = grid.cells.slice(start).select("row").filter(~pl.col("row").is_in(list(reasons)))["row"]
    return Found(
        header_rows=heads,
        headers={},
        first_row=int(inside[0]) if inside.len() else None,
        last_row=int(inside[-1]) if inside.len() else None,
        outside=_frame(reasons),
        totals=_totals(out.totals),
        confidence="low",
        remarks=(),
        known=known,
        ended=out.ended,
    )


def _frame(reasons: dict[int, str]) -> pl.DataFrame:
    return pl.DataFrame(sorted(reasons.items()), schema=OUTSIDE, orient="row")


def _totals(totals: Sequence[Total]) -> pl.DataFrame:
    lines = [
        (one.row, one.label, at, text, one.first, one.last, one.sums.get(at), one.signs[at], one.adds_up[at])
        for one in totals
        for at, text in one.values.items()
    ]
    return pl.DataFrame(lines, schema=TOTALS, orient="row")


def _names(grid: Grid, found: Found, heads: Sequence[Row]) -> dict[str, str]:
    """The columns of the table with the texts over them: from the first that holds anything to the last.

    What only some records have beyond the last header of a text file is no column; in a sheet it is one.
    """
    records = found.records(grid).drop("row")
    counts = records.select(pl.all().is_not_null().sum()).row(0) if records.width else ()
    named = {column for row in heads for column in filled(row.cells)}
    least = 1 if grid.sheet is not None or not named else max(1, records.height / 2)
    last = max(named, default=-1)
    held = named | {at for at, count in enumerate(counts) if count >= (least if at > last else 1)}
    columns = list(range(min(held), max(held) + 1)) if held else []
    texts = merged_names(heads, columns, grid.merged)
    return {str(at): texts[at] for at in columns}
