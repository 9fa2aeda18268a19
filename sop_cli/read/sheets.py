"""Which sheets a workbook has."""

from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sop_cli.read.files import Extract


@dataclass(frozen=True)
class Sheet:
    """One sheet of cells, as far as a value reaches."""

    name: str
    visible: bool
    rows: int
    columns: int


def sheets(extract: Extract) -> list[Sheet]:
    """The sheets of a workbook in their order, hidden ones too; none where it cannot be read."""
    try:
        with CalamineWorkbook.from_path(str(extract.path)) as workbook:
            found = []
            for about in workbook.sheets_metadata:
                if about.typ == SheetTypeEnum.WorkSheet:
                    row, column = workbook.get_sheet_by_name(about.name).end or (-1, -1)
                    found.append(Sheet(about.name, about.visible == SheetVisibleEnum.Visible, row + 1, column + 1))
            return found
    except (CalamineError, PasswordError, OSError):
        return []
