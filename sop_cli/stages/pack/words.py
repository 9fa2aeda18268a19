"""How the pack speaks: amounts, months and spans in a sentence."""

from collections.abc import Sequence
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


def percent(value: Decimal) -> str:
    """`4.2 %`, without sign."""
    return f"{_rounded(abs(value), 1)} %"


def month(value: date) -> str:
    """`2026-11`: the way months are written everywhere in the tool."""
    return value.strftime("%Y-%m")


def span(first: date, last: date) -> str:
    """`2027-03 to 2027-06`, or one month."""
    return month(first) if first == last else f"{month(first)} to {month(last)}"


def side(difference: Decimal) -> str:
    """`below` or `above`."""
    return "below" if difference < 0 else "above"


def millions(values: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    """Amounts in millions, for an axis."""
    return tuple(None if value is None else _rounded(value / MILLION, 3) for value in values)


def thousands(values: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    """Quantities in thousands, for an axis."""
    return tuple(None if value is None else _rounded(value / THOUSAND, 3) for value in values)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
