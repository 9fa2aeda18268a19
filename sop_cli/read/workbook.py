"""Workbooks: every cell of one sheet as text, at the row and column the sheet shows."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sop_cli.errors import SopError
from sop_cli.read.files import Extract
from sop_cli.read.sheet_xml import sheet_defects, sheet_xml
from sop_cli.schemas.grid import Defect, Grid

_LARGEST = 1 << 30  # bytes of a workbook once unpacked
_MOST_CELLS = 50_000_000

Cell = str | int | float | bool | date | datetime | time | timedelta


def read_workbook(extract: Extract, sheet: str | None) -> Grid:
    """The cells of `sheet`, by default the first visible one, as text.

    Numbers are written shortest and without exponent, dates as YYYY-MM-DD, booleans TRUE and FALSE.
    Error cells and formulas without a stored value are defects, and stand in the grid as they show
    themselves; only .xlsx and .xlsm tell them from blanks. SopError if the file is no workbook, has a
    password, is larger than 1 GiB unpacked, or has no such sheet.
    """
    _refuse_large(extract)
    try:
        with CalamineWorkbook.from_path(str(extract.path)) as workbook:
            name = _chosen(workbook, sheet, extract)
            xml = sheet_xml(extract.path, name) if extract.path.suffix.lower() in (".xlsx", ".xlsm") else b""
            defects = tuple(sheet_defects(xml))
            rows = _rows(workbook.get_sheet_by_name(name), defects, extract)
    except PasswordError:
        raise SopError(
            "the workbook is protected by a password", hint="save a copy without password", file=extract.name
        ) from None
    except (CalamineError, zipfile.BadZipFile, OSError) as problem:
        raise _unreadable(extract, str(problem)) from None
    if not rows:
        raise SopError(f"sheet {name!r} is empty", hint="export it again, or declare `sheet`", file=extract.name)
    return _grid(extract, name, rows, defects)


def _refuse_large(extract: Extract) -> None:
    if not zipfile.is_zipfile(extract.path):
        return
    with zipfile.ZipFile(extract.path) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > _LARGEST:
        raise SopError(
            f"the workbook unpacks to {size / _LARGEST:.1f} GiB, at most 1 GiB is read",
            hint="export the table as CSV",
            file=extract.name,
        )


def _chosen(workbook: CalamineWorkbook, sheet: str | None, extract: Extract) -> str:
    tables = [about for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
    if sheet is None:
        visible = next((about.name for about in tables if about.visible == SheetVisibleEnum.Visible), None)
        if visible is None:
            raise SopError("the workbook has no visible sheet", hint="declare `sheet`", file=extract.name)
        return visible
    if all(about.name != sheet for about in tables):
        raise SopError(
            f"there is no sheet {sheet!r}",
            hint=f"sheets: {', '.join(about.name for about in tables)}; declare one of them as `sheet`",
            file=extract.name,
        )
    return sheet


def _rows(sheet: CalamineSheet, defects: Sequence[Defect], extract: Extract) -> list[list[Cell]]:
    """Every row from the first of the sheet, all equally wide, as far as a value or a defect reaches."""
    last_row, last_column = sheet.end or (-1, -1)
    height = max([last_row + 1, *(defect.row for defect in defects)])
    width = max([last_column + 1, *(defect.column_index + 1 for defect in defects)])
    if height * width > _MOST_CELLS:  # a stray cell far out, and every cell before it would be made
        raise SopError(
            f"sheet {sheet.name!r} reaches to row {height:,}, column {width:,}: {height * width:,} cells",
            hint=f"delete stray cells far from the table, or export it as CSV; at most {_MOST_CELLS:,} cells are read",
            file=extract.name,
        )
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False) if sheet.end else []
    rows = [row + [""] * (width - len(row)) for row in rows] if width > last_column + 1 else rows
    return rows + [[""] * width for _ in range(height - len(rows))]


def _unreadable(extract: Extract, reason: str) -> SopError:
    start = extract.path.read_bytes()[:1024]
    message, hint = "the file is empty", "export it again"
    if start.startswith(b"PK"):
        message = "the workbook is damaged or cut short"
        hint = "copy or download it again, or open it in a spreadsheet program and save it as .xlsx"
    elif start and b"\0" not in start:
        message = "this is a text file that is named like a workbook"
        hint = "name it .csv here and under `files` in the config, or save it as .xlsx from a spreadsheet program"
    elif start:
        message = f"this is not a workbook that can be read ({reason})"
        hint = "open it in a spreadsheet program and save it as .xlsx; a password also causes this"
    return SopError(message, hint=hint, file=extract.name)


def _grid(extract: Extract, name: str, rows: Sequence[Sequence[Cell]], defects: tuple[Defect, ...]) -> Grid:
    columns = list(zip(*rows, strict=True))
    texts = [[_text(cell) for cell in column] for column in columns]
    for defect in defects:
        texts[defect.column_index][defect.row - 1] = defect.text
    numeric = [[type(cell) in (float, int) for cell in column] for column in columns]
    row = pl.int_range(1, len(rows) + 1, dtype=pl.Int64, eager=True).alias("row")
    return Grid(
        extract.name,
        name,
        pl.DataFrame([row, *(pl.Series(str(at), text, dtype=pl.String) for at, text in enumerate(texts))]),
        defects,
        pl.DataFrame([pl.Series(str(at), mask, dtype=pl.Boolean) for at, mask in enumerate(numeric)]),
    )


def _text(cell: Cell) -> str | None:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, timedelta):
        return f"{cell // timedelta(hours=1)}:{cell // timedelta(minutes=1) % 60:02}"
    return str(cell) if isinstance(cell, int) else cell.isoformat()
