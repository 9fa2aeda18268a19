"""How a number reads: thousands, decimals, minus sign, dash; the same in the workbook, the page and the terminal."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from sop_cli.schemas.pack import Format, PackColumn, PackTable, Value

MISSING = "–"
_DECIMALS: dict[Format, int] = {"count": 0, "units": 0, "money": 0, "percent": 1, "hours": 1, "days": 1}
# Words by which a heading already says its unit.
_NAMED: dict[Format, tuple[str, ...]] = {
    "units": ("unit", "("),
    "money": ("(",),
    "hours": ("hour", "("),
    "days": ("day", "("),
}
_CENTS_BELOW = 1000
_SHARED_FROM = 3
_WIDE = Context(prec=76)  # twice the widest exact number: rounding must not fail for size


def known(value: Value) -> Value:
    """`value`, or None where it is not a number that can be shown."""
    return None if isinstance(value, Decimal) and not value.is_finite() else value


def decimals(reads: Format, values: Iterable[Value]) -> int:
    """Decimals of a column of one format: money shows cents where its largest is below 1000."""
    if reads == "money":
        return 2 if _largest(values) < _CENTS_BELOW else 0
    return _DECIMALS.get(reads, 0)


def column_decimals(columns: Sequence[PackColumn], rows: Sequence[Sequence[Value]]) -> tuple[int, ...]:
    """Decimals of each column of a table."""
    return tuple(decimals(column.format, (row[at] for row in rows)) for at, column in enumerate(columns))


def chart_decimals(values: Iterable[Value]) -> int:
    """Decimals of a chart's labels and axis: three digits say enough, and none that all are zero."""
    shown = [value for value in values if isinstance(value, Decimal) and value.is_finite()]
    largest = _largest(shown)
    enough = 0 if largest >= 100 else 1 if largest >= 10 else 2
    return min(enough, max(map(fraction_digits, shown), default=0))


def data_decimals(values: Iterable[Value]) -> int:
    """Decimals of the numbers behind a chart: cents at most."""
    digits = (fraction_digits(value) for value in values if isinstance(value, Decimal) and value.is_finite())
    return min(max(digits, default=0), 2)


def axis_pattern(values: Iterable[Value]) -> str:
    """The spreadsheet's number format of a chart's axis: as many decimals as its ticks need."""
    return "#,##0" if _largest(values) >= _CENTS_BELOW else "General"


def text(value: Value, reads: Format, places: int) -> str:
    """`value` as people read it: 1,234.5, -7, 5.2%, or a dash where it is not known; text stays as it is."""
    value = known(value)
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    if reads == "text":
        return plain(value)
    return grouped(value, places) + ("%" if reads == "percent" else "")


def grouped(value: Decimal, places: int) -> str:
    """A number with thousands separators, rounded half up as a spreadsheet shows it; never "-0"."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    return f"{abs(rounded) if rounded == 0 else rounded:,f}"


def pattern(reads: Format, places: int) -> str:
    """The spreadsheet's number format that reads like `text`."""
    if reads == "text":
        return "General"
    return "#,##0" + ("." + "0" * places if places else "") + ('"%"' if reads == "percent" else "")


def plain(value: Decimal) -> str:
    """A number to the last digit for machines: no separators, no trailing zeros, no exponent."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def fraction_digits(value: Decimal) -> int:
    """Digits after the point that say something."""
    return len(plain(value).partition(".")[2])


def headings(table: PackTable, currency: str) -> tuple[str, tuple[str, ...]]:
    """The table's title and its columns' headings, with the unit of every number.

    Three or more columns of one unit say it once, in the title of the table. Nothing is added where
    a title says its unit already; percent stands at each value.
    """
    title, columns = _clean(table.title), tuple(_clean(column.title) for column in table.columns)
    formats = [column.format for column in table.columns if column.format != "text"]
    if len(formats) >= _SHARED_FROM and len(set(formats)) == 1:
        if not all(_says(column, formats[0], currency) for column in columns):
            title = _with_unit(title, formats[0], currency)
        return title, columns
    # What the title of the table says, its columns need not say again.
    return title, tuple(
        text if _names(title, column.format, currency) else _with_unit(text, column.format, currency)
        for text, column in zip(columns, table.columns, strict=True)
    )


def _with_unit(title: str, reads: Format, currency: str) -> str:
    unit = currency if reads == "money" else reads
    return title if not unit or _says(title, reads, currency) else f"{title} ({unit})".strip()


def _says(title: str, reads: Format, currency: str) -> bool:
    """Whether a title needs no unit: it names it, or the format has none."""
    if reads not in _NAMED:
        return True
    words = (*_NAMED[reads], currency.lower()) if reads == "money" else _NAMED[reads]
    return any(word and word in title.lower() for word in words)


def _names(title: str, reads: Format, currency: str) -> bool:
    """Whether the title of a table ends with the unit of its columns: `Landing by line, EUR`."""
    return bool(currency) and reads == "money" and title.endswith(f", {currency}")


def _clean(title: str) -> str:
    return " ".join(title.split())


def _largest(values: Iterable[Value]) -> Decimal:
    numbers = (abs(value) for value in values if isinstance(value, Decimal) and value.is_finite())
    return max(numbers, default=Decimal(0))
