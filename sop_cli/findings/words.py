"""How findings and the pack speak: amounts, months and spans in a sentence."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MILLION, THOUSAND = Decimal(1_000_000), Decimal(1_000)


def amount(value: Decimal, currency: str) -> str:
    """`EUR 1.24 million`, `EUR 312 thousand` or `EUR 940`; the sign is left to the sentence."""
    size = abs(value)
    if size >= MILLION:
        return f"{currency} {_rounded(size / MILLION, 2)} million"
    if size >= THOUSAND:
        return f"{currency} {_rounded(size / THOUSAND, 0)} thousand"
    return f"{currency} {_rounded(size, 0)}"


def quantity(value: Decimal) -> str:
    """`12,340`."""
    return f"{_rounded(value, 0):,}"


def cents(value: Decimal) -> str:
    """`12,345.00`: an amount to the cent."""
    return f"{value:,.2f}"


def plain(value: Decimal) -> str:
    """`1,248` or `0.0125`: every digit that counts, and no other."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value.normalize():,f}"


def counted(count: int, what: str, many: str = "") -> str:
    """`1 month`, `4 months`, `3 families`."""
    return f"{count:,} {what if count == 1 else many or what + 's'}"


def percent(value: Decimal) -> str:
    """`4.2 %`, without sign."""
    return f"{_rounded(abs(value), 1)} %"


def month(value: date) -> str:
    """`2026-11`: the way months are written everywhere in the tool."""
    return value.strftime("%Y-%m")


def span(first: date, last: date) -> str:
    """`2027-03 to 2027-06`, or one month."""
    return month(first) if first == last else f"{month(first)} to {month(last)}"


def named(measure: str) -> str:
    """A measure as people say it: `gross margin`, `EBITDA`."""
    return measure.upper() if measure in ("ebitda", "cogs") else measure.replace("_", " ")


def side(difference: Decimal) -> str:
    """`below` or `above`."""
    return "below" if difference < 0 else "above"


def scale(values: Iterable[Decimal | None]) -> tuple[Decimal, str]:
    """By what the values of an axis are divided so that they can be read, and the word for it: million, thousand."""
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0))
    if largest >= MILLION:
        return MILLION, "million"
    return (THOUSAND, "thousand") if largest >= 10 * THOUSAND else (Decimal(1), "")


def scaled(values: Sequence[Decimal | None], by: Decimal) -> tuple[Decimal | None, ...]:
    """The values of an axis divided by `by`."""
    return tuple(None if value is None else _rounded(value / by, 3) for value in values)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
