"""Files written where a test reads them, looked at as `sop init --from` looks at them."""

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.looked import Looked
from sop_cli.stages.ingest.columns.looked import look_at


def looked(text: str, file: str = "x.csv", sheet: str | None = None) -> Looked:
    """What is seen of a file with these lines of cells, separated by semicolons."""
    return look_at(grid(text, file, sheet), alone=sheet is None)


def grid(text: str, file: str = "x.csv", sheet: str | None = None) -> Grid:
    """The page of a file with these lines of cells, separated by semicolons."""
    rows = [line.strip().split(";") for line in text.strip().splitlines()]
    width = max(map(len, rows))
    cells = [[cell.strip() or None for cell in row] + [None] * (width - len(row)) for row in rows]
    columns = {str(at): pl.Series([row[at] for row in cells], dtype=pl.String) for at in range(width)}
    frame = pl.DataFrame({"row": pl.int_range(1, len(rows) + 1, dtype=pl.Int64, eager=True), **columns})
    return Grid(file, sheet, frame)
