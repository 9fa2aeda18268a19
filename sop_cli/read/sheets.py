"""The sheets of a workbook that can be seen, for whoever looks through one without knowing its tables."""

import zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sop_cli.read.extract import WORKBOOKS
from sop_cli.read.files import Extract


def sheets(extract: Extract) -> list[str | None]:
    """The names of the visible worksheets; a single None for a text file, and where the workbook cannot be opened."""
    if extract.path.suffix.lower() not in WORKBOOKS:
        return [None]
    try:
        with CalamineWorkbook.from_path(str(extract.path)) as workbook:
            seen = workbook.sheets_metadata
    except (CalamineError, PasswordError, zipfile.BadZipFile, OSError):
        return [None]
    visible = SheetVisibleEnum.Visible
    return [about.name for about in seen if about.typ == SheetTypeEnum.WorkSheet and about.visible == visible]
