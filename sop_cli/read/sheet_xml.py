"""What the reader of workbooks does not tell: error cells and formulas nobody calculated."""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from sop_cli.schemas.grid import Defect

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(.+?)</(?:\w+:)?v>", re.DOTALL)


def sheet_xml(path: Path, sheet: str) -> bytes:
    """The XML of `sheet` in an .xlsx or .xlsm workbook; empty if the workbook's own index does not lead to it."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return b""
        index = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for entry in index.iter():
            if entry.tag.endswith("}sheet") and entry.get("name") == sheet:
                link = next((value for key, value in entry.items() if key.endswith("}id")), None)
                target = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/")
                return archive.read(target) if target in names else b""
    return b""


def sheet_defects(xml: bytes) -> Iterator[Defect]:
    """The cells that hold no value, in the order of the sheet."""
    if b't="e"' not in xml and not _FORMULA.search(xml):
        return
    for cell in _CELL.finditer(xml):
        attributes, content = cell.groups()
        address = _ADDRESS.search(attributes)
        formula, value = _FORMULA.search(content), _VALUE.search(content)
        if address is None:
            continue
        column, row = _column(address[1]) - 1, int(address[2])
        if b't="e"' in attributes:
            text = value[1].decode() if value else "#ERROR"
            yield Defect(row, column, text, f"the cell shows {text}")
        # A formula that gives an empty text stores just that: type "str" and no value.
        elif formula and not value and b't="str"' not in attributes:
            text = "=" + html.unescape((formula[1] or b"").decode())
            yield Defect(row, column, text, f"the formula {text} was never calculated")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
