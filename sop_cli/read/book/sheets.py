"""Which sheets a workbook has."""

from dataclasses import dataclass

from sop_cli.errors import SopError
from sop_cli.read.book.book import Visibility
from sop_cli.read.book.book_opened import opened
from sop_cli.read.files import Extract
from sop_cli.read.unpack import is_workbook


@dataclass(frozen=True)
class Sheet:
    """One sheet of cells, as far as a value or an error reaches."""

    name: str
    visibility: Visibility
    rows: int
    columns: int


def sheet_names(extract: Extract) -> tuple[list[str], list[str]]:
    """The names of the sheets that are visible, and of those that are hidden; none for what is no workbook."""
    if not is_workbook(extract):
        return [], []
    with opened(extract) as book:
        seen = {entry.name: entry.visibility == "visible" for entry in book.entries}
    return [name for name, visible in seen.items() if visible], [name for name, visible in seen.items() if not visible]


def sheets(extract: Extract) -> list[Sheet]:
    """The sheets of a workbook in their order, hidden ones too; none where it cannot be read."""
    try:
        with opened(extract) as book:
            read = [book.read(entry) for entry in book.entries]
    except SopError:
        return []
    return [Sheet(each.entry.name, each.entry.visibility, *each.cells.shape) for each in read]
