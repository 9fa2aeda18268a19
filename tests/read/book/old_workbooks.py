"""The smallest workbooks of the kinds that no library here writes: .xls, .xlsb and .ods, byte by byte."""

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

Record = tuple[int, bytes]


def write_xls(path: Path, cells: Iterable[Record], formats: Iterable[str] = (), since_1904: bool = False) -> None:
    """A workbook of one sheet called Data. Cell style 0 is General, style 1 the first of `formats`, and so on."""
    codes = list(formats)
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0x0600)
    begin: list[Record] = [(0x0809, bof), (0x0042, struct.pack("<H", 1200)), (0x0022, struct.pack("<H", since_1904))]
    begin += [(0x041E, struct.pack("<HHB", 164 + at, len(code), 0) + code.encode()) for at, code in enumerate(codes)]
    begin += [(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, *range(164, 164 + len(codes)))]
    sheet = _biff([(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0x0600)), *cells, (0x000A, b"")])
    index_size = 4 + 4 + 2 + 2 + len("Data")
    start = len(_biff(begin)) + index_size + 4
    index = struct.pack("<IBBBB", start, 0, 0, len("Data"), 0) + b"Data"
    stream = _biff([*begin, (0x0085, index), (0x000A, b"")]) + sheet
    path.write_bytes(_ole("Workbook", stream.ljust(4096, b"\0")))


def xls_number(row: int, column: int, value: float, style: int = 0) -> Record:
    return 0x0203, struct.pack("<HHHd", row - 1, column, style, value)


def xls_short_number(row: int, column: int, whole: int, style: int = 0, hundredths: bool = False) -> Record:
    return 0x027E, struct.pack("<HHHi", row - 1, column, style, whole << 2 | 2 | hundredths)


def xls_short_numbers(row: int, column: int, *wholes: int, style: int = 0) -> Record:
    body = b"".join(struct.pack("<Hi", style, whole << 2 | 2) for whole in wholes)
    return 0x00BD, struct.pack("<HH", row - 1, column) + body + struct.pack("<H", column + len(wholes) - 1)


def xls_text(row: int, column: int, text: str) -> Record:
    return 0x0204, struct.pack("<HHHHB", row - 1, column, 0, len(text), 0) + text.encode("latin-1")


def xls_error(row: int, column: int, code: int) -> Record:
    return 0x0205, struct.pack("<HHHBB", row - 1, column, 0, code, 1)


def xls_formula_error(row: int, column: int, code: int) -> Record:
    return 0x0006, struct.pack("<HHHBBBBBBHHIH", row - 1, column, 0, 2, 0, code, 0, 0, 0, 0xFFFF, 0, 0, 0)


def xls_formula_of_nothing(row: int, column: int, parts: bytes) -> Record:
    """A formula of these parts with the empty text behind it: its value, or what nobody has calculated yet."""
    return 0x0006, struct.pack("<HHHQHIH", row - 1, column, 0, 0xFFFF000000000003, 0, 0, len(parts)) + parts


def xls_hidden_row(row: int) -> Record:
    return 0x0208, struct.pack("<HHHHHHHH", row - 1, 0, 5, 255, 0, 0, 0x20, 0)


def xls_hidden_columns(first: int, last: int) -> Record:
    return 0x007D, struct.pack("<HHHHHH", first, last, 2048, 0, 1, 0)


def write_xlsb(
    path: Path,
    cells: Iterable[Record],
    formats: Iterable[str] = (),
    macros: bool = False,
    since_1904: bool = False,
) -> None:
    """The same as .xlsb: `cells` are the records of the sheet's data; before it may stand a sheet of macros."""
    codes = list(formats)
    styles: list[Record] = [(615, struct.pack("<I", len(codes)))]
    styles += [(44, struct.pack("<H", 164 + at) + _wide(code)) for at, code in enumerate(codes)]
    styles += [(616, b""), (617, struct.pack("<I", 1 + len(codes)))]
    styles += [(47, struct.pack("<HH12x", 0, number)) for number in (0, *range(164, 164 + len(codes)))] + [(618, b"")]
    names = [*([("rId9", "Macro1")] if macros else []), ("rId1", "Data")]
    listed = [(156, struct.pack("<II", 0, at) + _wide(link) + _wide(name)) for at, (link, name) in enumerate(names, 1)]
    sheets: list[Record] = [(143, b""), *listed, (144, b"")]
    book: list[Record] = [(131, b""), (153, struct.pack("<III", since_1904, 0, 0)), *sheets, (132, b"")]
    area = struct.pack("<IIII", 0, 9, 0, 9)
    sheet: list[Record] = [(129, b""), (148, area), (145, b""), *cells, (146, b""), (130, b"")]
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", _xlsb(book))
        archive.writestr("xl/styles.bin", _xlsb([(278, b""), *styles, (279, b"")]))
        archive.writestr("xl/worksheets/sheet1.bin", _xlsb(sheet))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{kinds}/worksheet" Target="worksheets/sheet1.bin"/>'
            f'<Relationship Id="rId9" Type="{kinds}/xlMacrosheet" Target="macrosheets/sheet1.bin"/>'
            f'<Relationship Id="rId2" Type="{kinds}/styles" Target="styles.bin"/></Relationships>',
        )
        archive.writestr("xl/macrosheets/sheet1.bin", _xlsb(sheet))


def xlsb_row(row: int, hidden: bool = False) -> Record:
    return 0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, 0x10 if hidden else 0, 0, 0)


def xlsb_number(column: int, value: float, style: int = 0) -> Record:
    return 5, struct.pack("<IId", column, style, value)


def xlsb_text(column: int, text: str) -> Record:
    return 6, struct.pack("<II", column, 0) + _wide(text)


def xlsb_error(column: int, code: int) -> Record:
    return 3, struct.pack("<IIB", column, 0, code)


def write_ods(path: Path, table: str, styles: str = "") -> None:
    """A workbook of one sheet called Data whose columns and rows are `table`."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        )
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")


def _biff(records: Iterable[Record]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def _xlsb(records: Iterable[Record]) -> bytes:
    written = b""
    for kind, body in records:
        number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = bytes([len(body)]) if len(body) < 0x80 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
        written += number + size + body
    return written


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _ole(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, in sectors of 512 bytes: the table, the directory, then the stream."""
    sectors = -(-len(stream) // 512)
    links = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *links, *([0xFFFFFFFF] * (128 - len(links))))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(stream))
    return header + table + directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    ends = struct.pack("<HBBIII", len(wide) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return wide.ljust(64, b"\0") + ends + bytes(36) + struct.pack("<IQ", start, size)
