"""An extract becomes a grid, whatever kind of file it is."""

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.text import read_text
from sop_cli.read.workbook import read_workbook
from sop_cli.schemas.grid import Grid

TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read(extract: Extract, encoding: str, delimiter: str, sheet: str | None) -> Grid:
    """The cells of `extract`: `encoding` and `delimiter` hold for text files, `sheet` for workbooks.

    SopError if the ending of the file is of neither kind, or the file cannot be read.
    """
    ending = extract.path.suffix.lower()
    if ending in TEXTS:
        return read_text(extract, encoding, delimiter)
    if ending in WORKBOOKS:
        return read_workbook(extract, sheet)
    raise SopError(
        f"a file ending in {ending} cannot be read" if ending else "a file without an ending cannot be read",
        hint=f"text files end in {', '.join(TEXTS)}, workbooks in {', '.join(WORKBOOKS)}",
        file=extract.name,
    )
