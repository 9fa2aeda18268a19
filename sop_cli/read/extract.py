"""An extract becomes a grid, whatever kind of file it is."""

from collections.abc import Iterator
from dataclasses import replace

from sop_cli.findings.reading import NO_SHEETS, OTHER_KIND
from sop_cli.findings.rule import Rule
from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import TEXTS, WORKBOOKS, Extract
from sop_cli.read.how import How as How
from sop_cli.read.parquet import is_parquet, read_parquet
from sop_cli.read.text.text import read_text
from sop_cli.read.unpack import is_workbook
from sop_cli.schemas.grid import Grid, Remark


def read(extract: Extract, how: How) -> Iterator[Grid]:
    """The pages of `extract`, read as what it is; an ending that says otherwise is a remark.

    SopError if the file cannot be read.
    """
    ending = extract.path.suffix.lower()
    if is_workbook(extract):
        grid = read_workbook(extract, how.sheet, fitting=how.fitting)
        yield (
            _remarked(grid, OTHER_KIND, f"the file is a workbook, though it ends in {ending}")
            if ending in TEXTS
            else grid
        )
        return
    parquet = is_parquet(extract)
    pages = iter([read_parquet(extract)]) if parquet else read_text(extract, how)
    for page, grid in enumerate(pages):
        if page == 0 and ending in WORKBOOKS:
            grid = _remarked(
                grid, OTHER_KIND, f"the file is {'Parquet' if parquet else 'a text'}, though it ends in {ending}"
            )
        if page == 0 and how.sheet is not None:
            grid = _remarked(grid, NO_SHEETS, f"the file has no sheets, so {how.sheet!r} is not looked for")
        yield grid


def _remarked(grid: Grid, rule: Rule, message: str) -> Grid:
    return replace(grid, remarks=(Remark(rule.code, None, None, None, message), *grid.remarks))
