"""Rows of a file looked at once more, to the letter: for what the typed table does not hold of them."""

from collections.abc import Iterable

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import places_of
from sop_cli.stages.ingest.rules import SourceRules

PLACE: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "cell": pl.String(),  # header of the month, where months run across
}
# One line per record.
AGAIN: dict[str, pl.DataType] = {
    **PLACE,
    "record": pl.String(),  # the row as it was read, cells joined by " | "
    "beside": pl.List(pl.String()),  # "Header text" of each cell that the plan does not use
    "texts": pl.List(pl.String()),  # the text of each of our columns, in the order of the table
}


def rows_again(pages: Iterable[Grid], rows: pl.Series, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """AGAIN of the `rows` of one file, found on its `pages`."""
    parts = [pl.DataFrame(schema=AGAIN)]
    for page in pages:
        cells = page.cells.filter(pl.col("row").is_in(rows.implode()))
        if cells.height:
            parts += [_again(cells, page, at, layout, rules) for at in (layout.months if rules.wide else (None,))]
    return pl.concat(parts)


def _again(cells: pl.DataFrame, page: Grid, at: str | None, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """Of all rows of `cells`, for the month in the cell column `at` where months run across."""
    used = {part for place in layout.columns.values() for part in layout.parts(place)} | {*layout.months}
    free = [place for place in layout.headers if place in cells.columns and place not in used]
    beside = [pl.concat_str(pl.lit(f"{layout.headers[place]} "), pl.col(place).str.strip_chars()) for place in free]
    texts = [
        pl.concat_str([pl.col(part).str.strip_chars() for part in layout.parts(places[0])], separator=rules.join)
        if (places := [at] if column.name == rules.wide and at else places_of(column.name, layout, rules))
        else pl.lit(None, pl.String)
        for column in rules.table.columns
    ]
    whole = [pl.col(name).fill_null("") for name in cells.columns if name != "row"]
    none = pl.lit([], pl.List(pl.String()))
    return cells.select(
        source=pl.lit(rules.name),
        file=pl.lit(page.file),
        sheet=pl.lit(page.sheet, pl.String),
        row="row",
        cell=pl.lit(layout.headers[at] if at else None, pl.String),
        record=pl.concat_str(whole, separator=" | ").str.strip_chars_end(" |"),
        beside=pl.concat_list(beside).list.drop_nulls() if beside else none,
        texts=pl.concat_list(texts),
    )
