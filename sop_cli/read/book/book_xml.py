"""Workbooks of kind .xlsx and .xlsm: their index, their styles, their sheets."""

import posixpath
from collections.abc import Mapping
from functools import cached_property
from xml.etree.ElementTree import Element

from sop_cli.read.book.book import Contents, DamagedError, Entry, Visibility, spelled
from sop_cli.read.book.number_format import Format, meaning
from sop_cli.read.book.package import Package
from sop_cli.read.book.safe_xml import local, tree
from sop_cli.read.book.shared_strings import shared_strings
from sop_cli.read.book.sheet_texts import Styles, sheet_contents
from sop_cli.read.book.sheet_walk import walk_sheet
from sop_cli.read.book.sheet_xml import cut_sheet

_WORKBOOK = "xl/workbook.xml"  # where it is unless the archive says otherwise
_TRUE = ("1", "true")
_VISIBILITY: Mapping[str, Visibility] = {"hidden": "hidden", "veryHidden": "very hidden"}


class XmlBook:
    """A workbook whose sheets are XML."""

    def __init__(self, package: Package) -> None:
        self._package = package
        start = [part for kind, part in linked(package, "").values() if kind == "officeDocument"]
        workbook = start[0] if start else _WORKBOOK
        self._links = linked(package, workbook)
        index = tree(package.read(workbook))
        found = [self._entry(entry) for entry in index.iter() if local(entry.tag) == "sheet"]
        self.entries = tuple(entry for entry in found if entry)
        about = next((entry for entry in index.iter() if local(entry.tag) == "workbookPr"), None)
        self.since_1904 = about is not None and about.get("date1904") in _TRUE
        counting = (entry for entry in index.iter() if local(entry.tag) == "calcPr")
        self._left_to_count = any(entry.get("fullCalcOnLoad") in _TRUE for entry in counting)

    def read(self, entry: Entry) -> Contents:
        """One sheet, cut by search if it is written as usual, else parsed; DamagedError where it is not there."""
        if spelled(entry.part) not in self._package.names:
            raise DamagedError(f"its sheet {entry.name!r} is not in it")
        xml = self._package.read(entry.part)
        records, marks = cut_sheet(xml) or walk_sheet(xml)
        return sheet_contents(entry, records, marks, self._styles)

    @cached_property
    def _styles(self) -> Styles:
        strings = shared_strings(self._linked("sharedStrings"))
        return Styles(strings, self._formats(self._linked("styles")), self.since_1904, self._left_to_count)

    def _linked(self, wanted: str) -> bytes:
        """The part of that kind; empty if the workbook has none."""
        return next((self._package.read(part) for kind, part in self._links.values() if kind == wanted), b"")

    @staticmethod
    def _formats(xml: bytes) -> Mapping[int, Format]:
        root = tree(xml) if xml else Element("styles")
        written = [entry for entry in root.iter() if local(entry.tag) == "numFmt"]
        codes = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in written}
        used = [style.get("numFmtId", "0") for table in root if local(table.tag) == "cellXfs" for style in table]
        found = {
            style: meaning(int(number), codes.get(number)) for style, number in enumerate(used) if number.isdecimal()
        }
        return {style: meant for style, meant in found.items() if meant}

    def _entry(self, sheet: Element) -> Entry | None:
        identity = next((value for key, value in sheet.items() if local(key) == "id" and key != "id"), "")
        kind, part = self._links.get(identity, ("", ""))
        if kind not in ("worksheet", ""):  # charts and macros are no cells; a sheet without a part is one that is lost
            return None
        return Entry(sheet.get("name", ""), _VISIBILITY.get(sheet.get("state", ""), "visible"), part)


def linked(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the name of the parts that `part` refers to, by what it calls them."""
    folder, _, file = part.rpartition("/")
    links = package.read(f"{folder}/_rels/{file}.rels")
    return {
        link.get("Id", ""): (
            link.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
        )
        for link in (tree(links) if links else ())
    }
