"""Files made to do harm, as small as they can be, and what is to be said about each."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl

Make = Callable[[Path], object]

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {after} "{("&" + before + ";") * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def _bytes(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _overlapping(path: Path) -> None:
    """Thousands of members of an archive that are all the same bytes."""
    packed = _zip({"a.csv": bytes(1 << 20)})
    start = packed.index(b"PK\x01\x02")
    end = packed.index(b"PK\x05\x06")
    entry = packed[start:end]
    many = b"".join(entry.replace(b"a.csv", f"{at:05}".encode()) for at in range(5000))
    closing = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 5000, 5000, len(many), start, 0)
    path.write_bytes(packed[:start] + many + closing)


def _workbook(part: str, change: Callable[[str], str]) -> Make:
    """A workbook of one cell with a part of it changed."""

    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        book.active["A1"] = "item"
        whole = io.BytesIO()
        book.save(whole)
        with zipfile.ZipFile(whole) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
            for name in before.namelist():
                content = before.read(name).decode()
                after.writestr(name, change(content) if name == part else content)

    return make


def _with(old: str, new: str, xml: str) -> str:
    assert old in xml
    return xml.replace(old, new, 1)


def _ods(content: str) -> Make:
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return _bytes(_zip({"mimetype": mimetype, "content.xml": content.encode()}))


_SHEET, _NESTED = "xl/worksheets/sheet1.xml", "<c>" * 300_000

_INLINE = 't="inlineStr"><is><t>item</t></is>'
_DAMAGED = "the workbook is damaged or cut short"

# File: how it is made, and how the refusal begins.
HOSTILE: dict[str, tuple[Make, str]] = {
    "bomb.csv.gz": (_bytes(gzip.compress(bytes(200 << 20), 9)), "the archive of "),
    "bomb.zip": (_bytes(_zip({"a.csv": bytes(200 << 20)})), "the archive of "),
    "archive-in-archive.zip": (_bytes(_zip({"a.zip": _zip({"a.csv": b"a,b\n"})})), "the archive holds another archive"),
    "overlapping.zip": (_overlapping, "the archive holds 5000 files, and which one is the table is not clear"),
    "laughs-in-sheet.xlsx": (
        _workbook(_SHEET, lambda xml: xml.replace("<worksheet", _LAUGHS + "<worksheet", 1)),
        "the workbook declares XML entities",
    ),
    "laughs-in-styles.xlsx": (
        _workbook("xl/styles.xml", lambda xml: xml.replace("<styleSheet", _LAUGHS + "<styleSheet", 1)),
        "the workbook declares XML entities",
    ),
    "laughs.ods": (_ods(f"{_LAUGHS}<x>&i;</x>"), "the workbook "),
    "nested.xlsx": (_workbook(_SHEET, lambda xml: xml.replace("<sheetData>", "<sheetData>" + _NESTED, 1)), "the "),
    "nested.ods": (_ods("<x>" * 300_000), "the workbook "),
    "far.xlsx": (_workbook(_SHEET, lambda xml: xml.replace('r="A1"', 'r="XFD1048576"')), "sheet 'Sheet' reaches to"),
    **{
        f"{name}.xlsx": (
            _workbook(_SHEET, partial(_with, old, new)),
            f"{_DAMAGED} ({why}",
        )
        for name, old, new, why in (
            ("row-beyond-all", '<row r="1"', '<row r="4000000000"', "it has a row '4000000000', which no sheet has"),
            ("row-zero", '<row r="1"', '<row r="0"', "it has a row '0'"),
            ("cell-beyond-all", 'r="A1"', 'r="A4000000000"', "it has a cell A4000000000, which no sheet has"),
            ("cell-zero", 'r="A1"', 'r="A0"', "it has a cell A0"),
            ("text-before-all", _INLINE, 't="s"><v>-1</v>', "a shared text is missing"),
            ("text-beyond-all", _INLINE, 't="s"><v>99999999999</v>', "a shared text is missing"),
        )
    },
    "no-sheet.xlsx": (
        _workbook("xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet1.xml", "sheet9.xml")),
        f"{_DAMAGED} (its sheet 'Sheet' is not in it)",
    ),
    "one-line.csv": (_bytes(b"a,b\n" + b"x" * (70 << 20)), "a line is longer than"),
    "wide.csv": (_bytes(b"," * 3_000_000 + b"\na,b\n"), "a record has 3,000,001 fields"),
    "nothing.csv": (_bytes(bytes(3 << 20)), "this is not a text file"),
    "page.csv": (_bytes(b"<html>" + b"<b>" * 100_000), "this is a web page"),
    "deep.csv": (_bytes(b"[" * 500_000), "this is a JSON document"),
}
