"""Workbooks of kind .xls, .xlsb and .ods: values from a library, the rest from their own records."""

import struct
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from sop_cli.read.book.book import Contents, DamagedError, Entry, Visibility, refuse_too_large
from sop_cli.read.book.book_xml import linked
from sop_cli.read.book.calamine_texts import Beside, calamine_contents
from sop_cli.read.book.ole import stream
from sop_cli.read.book.package import Package
from sop_cli.read.book.sheet_ods import sheets_beside
from sop_cli.read.book.sheet_xls import Records
from sop_cli.read.book.sheet_xlsb import number_formats, sheet_beside, sheet_links, since_1904, without_other_sheets

_WORKBOOK, _STYLES = "xl/workbook.bin", "xl/styles.bin"
_BROKEN = (struct.error, IndexError)  # records that are cut short


class OldBook:
    """A workbook as Excel wrote it until 2003."""

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        try:
            if stream(raw, "encryptedpackage"):
                raise PasswordError
            records = stream(raw, "workbook", "book")
            self._records = Records(records or b"")
        except _BROKEN as problem:
            raise DamagedError(f"a record is cut short: {problem}") from None
        if records is None:
            raise DamagedError("no sheets are in it; perhaps another program's document")
        with path.open("rb") as file:
            self._workbook = CalamineWorkbook.from_filelike(file)
        self.entries = _entries(self._workbook)
        self.since_1904 = self._records.since_1904

    def read(self, entry: Entry) -> Contents:
        """One sheet."""
        values = self._workbook.get_sheet_by_name(entry.name)
        try:
            beside = self._records.beside(int(entry.part))
        except _BROKEN as problem:
            raise DamagedError(f"a record is cut short: {problem}") from None
        corners = values.merged_cell_ranges or []
        merged = ((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in corners)
        beside.marks = replace(beside.marks, merged=tuple(merged))
        return calamine_contents(entry, values, beside)


class BinaryBook:
    """A workbook of kind .xlsb."""

    def __init__(self, package: Package) -> None:
        self._package = package
        links = linked(package, _WORKBOOK)
        try:
            sheets = [
                (name, state, links.get(link, ("", ""))) for name, state, link in sheet_links(package.read(_WORKBOOK))
            ]
            self.since_1904 = since_1904(package.read(_WORKBOOK))
            self._formats = number_formats(package.read(_STYLES))
        except _BROKEN as problem:
            raise DamagedError(f"a record is cut short: {problem}") from None
        self.entries = tuple(Entry(name, state, part) for name, state, (kind, part) in sheets if kind == "worksheet")

    def read(self, entry: Entry) -> Contents:
        """One sheet, from an archive that holds this one alone."""
        try:
            beside = sheet_beside(self._package.read(entry.part), self._formats)
        except _BROKEN as problem:
            raise DamagedError(f"a record is cut short: {problem}") from None
        refuse_too_large(entry.name, beside.rows, beside.columns)
        fixed = ("[content_types].xml", "_rels/.rels", _WORKBOOK, "xl/_rels/workbook.bin.rels", _STYLES)
        # The library refuses a workbook with sheets of macros, which it does not know.
        index = without_other_sheets(self._package.read(_WORKBOOK), [one.name for one in self.entries])
        archive = self._package.stored([*fixed, "xl/sharedstrings.bin", entry.part], {_WORKBOOK: index})
        with CalamineWorkbook.from_filelike(archive) as workbook:
            return calamine_contents(entry, workbook.get_sheet_by_name(entry.name), beside)


class OpenBook:
    """A workbook of kind .ods."""

    since_1904 = False  # its days are written out

    def __init__(self, package: Package) -> None:
        if b"encryption-data" in package.read("meta-inf/manifest.xml"):
            raise PasswordError
        self._beside = sheets_beside(package.read("content.xml"), package.read("styles.xml"))
        parts = ("mimetype", "meta-inf/manifest.xml", "content.xml", "styles.xml", "settings.xml")
        self._workbook = CalamineWorkbook.from_filelike(package.stored(parts))
        self.entries = _entries(self._workbook)

    def read(self, entry: Entry) -> Contents:
        """One sheet."""
        beside = self._beside[int(entry.part)] if int(entry.part) < len(self._beside) else Beside()
        return calamine_contents(entry, self._workbook.get_sheet_by_name(entry.name), beside)


def _entries(workbook: CalamineWorkbook) -> tuple[Entry, ...]:
    """The sheets of cells; their part is the number they have among all sheets."""
    return tuple(
        Entry(about.name, _visibility(about), str(number))
        for number, about in enumerate(workbook.sheets_metadata)
        if about.typ == SheetTypeEnum.WorkSheet
    )


def _visibility(about: SheetMetadata) -> Visibility:
    if about.visible == SheetVisibleEnum.Visible:
        return "visible"
    return "hidden" if about.visible == SheetVisibleEnum.Hidden else "very hidden"
