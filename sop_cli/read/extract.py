"""An extract becomes a grid, whatever kind of file it is."""

from collections.abc import Iterator

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.how import How as How
from sop_cli.read.text import read_text
from sop_cli.read.workbook import read_workbook
from sop_cli.schemas.grid import Grid

TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read(extract: Extract, how: How) -> Iterator[Grid]:
    """The pages of `extract`.

    SopError if the ending of the file is of neither kind, or the file cannot be read.
    """
    ending = extract.path.suffix.lower()
    if ending in TEXTS:
        yield from read_text(extract, how)
    elif ending in WORKBOOKS:
        yield read_workbook(extract, how.sheet)
    else:
        raise SopError(
            f"a file ending in {ending} cannot be read" if ending else "a file without an ending cannot be read",
            hint=f"text files end in {', '.join(TEXTS)}, workbooks in {', '.join(WORKBOOKS)}",
            file=extract.name,
        )
