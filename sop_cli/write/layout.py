"""How wide and how high text gets on a sheet, so that nothing is cut off or shown as ####."""

from collections.abc import Sequence

from sop_cli.schemas.pack import PackTable
from sop_cli.write import numbers

PAGE = 980  # px that fill a landscape A4 page at full size
_FILLER = 84
_NARROWEST, _WIDEST = 62, 330
PADDING = 20
_FILTER_BUTTON = 20
_LONG = 10
_NARROW = frozenset("ijltfrI.,:;'|!()[]- ")
_SLIM = frozenset("cksvxyzJ")
_BROAD = frozenset("mwMW%@&ABCDEFGHKLNOPQRSTUVXYZ–")


def pixels(text: str, size: float = 10, bold: bool = False) -> float:
    """Width of `text` in px, a little on the safe side."""
    width = sum(map(_letter, text))
    return width * size / 10 * (1.09 if bold else 1.0)


def lines(text: str, width: float, size: float = 10, bold: bool = False) -> int:
    """How many lines `text` takes when wrapped to `width` px."""
    return sum(_paragraph(part, width, size, bold) for part in text.split("\n"))


def points(line_count: int, size: float = 10) -> float:
    """Height of a row with so many lines, in points; a spreadsheet allows 409."""
    return min(line_count * size * 1.32 + 4, 409)


def is_long(table: PackTable) -> bool:
    """Whether a table is long enough to want a filter."""
    return len(table.rows) - table.total > _LONG


def column_widths(tables: Sequence[PackTable], currency: str) -> tuple[int, ...]:
    """Width in px of each column of a sheet: wide enough for every table, and together for a page."""
    widths: list[int] = []
    for table in tables:
        for at, width in enumerate(_table_widths(table, currency)):
            if at < len(widths):
                widths[at] = max(widths[at], width)
            else:
                widths.append(width)
    while sum(widths) < PAGE - _FILLER // 2 or len(widths) < 2:
        widths.append(_FILLER)
    return tuple(widths)


def _table_widths(table: PackTable, currency: str) -> list[int]:
    places = numbers.column_decimals(table.columns, table.rows)
    widths = []
    _, titles = numbers.headings(table, currency)
    for at, column in enumerate(table.columns):
        needed = _heading_width(titles[at])
        for row in table.rows:
            text = numbers.text(row[at], column.format, places[at])
            wraps = isinstance(row[at], str)
            needed = max(needed, min(pixels(text, bold=True), _WIDEST) if wraps else pixels(text, bold=True))
        button = _FILTER_BUTTON if is_long(table) else 0
        widths.append(max(round(needed) + PADDING + button, _NARROWEST))
    return widths


def _heading_width(title: str) -> float:
    """Wide enough for the longest word, and for the title on two lines."""
    width = max((pixels(word, bold=True) for word in title.split()), default=0.0)
    while width < _WIDEST and lines(title, width, bold=True) > 2:
        width += 10
    return min(width, _WIDEST)


def _paragraph(text: str, width: float, size: float, bold: bool) -> int:
    count, used = 1, 0.0
    space = pixels(" ", size, bold)
    for word in text.split():
        length = pixels(word, size, bold)
        if used and used + space + length > width:
            count, used = count + 1, 0.0
        if length > width:
            broken = int(length // width)
            count, used = count + broken, length - broken * width
        else:
            used += length + (space if used else 0)
    return count


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 4.4
    if letter in _SLIM:
        return 6.9
    if letter in _BROAD:
        return 10.0
    return 14.0 if ord(letter) > 0x2E80 else 7.5
