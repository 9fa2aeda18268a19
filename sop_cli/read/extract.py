"""An extract becomes a grid, whatever kind of file it is."""

from collections.abc import Iterator
from dataclasses import replace

from sop_cli.findings.reading import OTHER_KIND
from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import Extract
from sop_cli.read.how import How as How
from sop_cli.read.parquet import is_parquet, read_parquet
from sop_cli.read.text.text import read_text
from sop_cli.read.unpack import is_workbook
from sop_cli.schemas.grid import Grid, Remark

TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read(extract: Extract, how: How) -> Iterator[Grid]:
    """The pages of `extract`, read as what it is; an ending that says otherwise is a remark.

    SopError if the file cannot be read.
    """
    ending = extract.path.suffix.lower()
    if is_workbook(extract):
        grid = read_workbook(extract, how.sheet, fitting=how.fitting)
        yield _remarked(grid, f"the file is a workbook, though it ends in {ending}") if ending in TEXTS else grid
        return
    if is_parquet(extract):
        yield read_parquet(extract)
        return
    for page, grid in enumerate(read_text(extract, how)):
        odd = page == 0 and ending in WORKBOOKS
        yield _remarked(grid, f"the file is a text, though it ends in {ending}") if odd else grid


def _remarked(grid: Grid, message: str) -> Grid:
    return replace(grid, remarks=(Remark(OTHER_KIND.code, None, None, None, message), *grid.remarks))
