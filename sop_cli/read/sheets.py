"""Which sheets a workbook has."""

from dataclasses import dataclass

from sop_cli.errors import SopError
from sop_cli.read.book_opened import opened
from sop_cli.read.files import Extract


@dataclass(frozen=True)
class Sheet:
    """One sheet of cells, as far as a value or an error reaches."""

    name: str
    visible: bool
    rows: int
    columns: int


def sheets(extract: Extract) -> list[Sheet]:
    """The sheets of a workbook in their order, hidden ones too; none where it cannot be read."""
    try:
        with opened(extract) as book:
            read = [book.read(entry) for entry in book.entries]
    except SopError:
        return []
    return [Sheet(each.entry.name, each.entry.visibility == "visible", *each.cells.shape) for each in read]
