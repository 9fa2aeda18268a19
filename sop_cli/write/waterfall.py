"""Where the bars of a bridge begin and end."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sop_cli.schemas.pack import Chart
from sop_cli.write import numbers


@dataclass(frozen=True)
class Bar:
    """One bar: from the level before to the level after; a total starts at zero."""

    category: str
    kind: Literal["total", "up", "down"]
    start: Decimal
    end: Decimal
    label: str  # what it is worth; steps carry their sign

    @property
    def low(self) -> Decimal:
        """The lower edge."""
        return min(self.start, self.end)

    @property
    def high(self) -> Decimal:
        """The upper edge."""
        return max(self.start, self.end)


def bars(chart: Chart) -> tuple[Bar, ...]:
    """The bars of a bridge, in order; a step that is not known moves nothing and is labelled with a dash."""
    values = tuple(value if value is None or value.is_finite() else None for value in chart.series[0].values)
    places = numbers.chart_decimals(values[1:-1] or values)
    level, zero, drawn = Decimal(0), Decimal(0), []
    for at, (category, value) in enumerate(zip(chart.categories, values, strict=True)):
        worth = value if value is not None else zero
        if at in (0, len(values) - 1):
            drawn.append(Bar(category, "total", zero, worth, numbers.text(value, "units", places)))
            level = worth
        else:
            drawn.append(Bar(category, "down" if worth < 0 else "up", level, level + worth, _signed(value, places)))
            level += worth
    return tuple(drawn)


def floor(drawn: tuple[Bar, ...]) -> Decimal:
    """Where the axis of a bridge begins.

    Zero, unless every level lies so far above it that the steps could not be seen; then a round
    number below the lowest level, which the axis title must state.
    """
    levels = [bar.end for bar in drawn]
    lowest, highest = min(levels, default=Decimal(0)), max(levels, default=Decimal(0))
    spread = highest - lowest
    if spread <= 0 or lowest <= 2 * spread:
        return Decimal(0)
    unit = Decimal(10) ** spread.adjusted()
    return (lowest - spread) // unit * unit


def axis_title(unit: str, starts: Decimal) -> str:
    """The unit, and where the axis begins if that is not zero."""
    said = f"axis starts at {numbers.grouped(starts, numbers.fraction_digits(starts))}" if starts else ""
    return f"{unit} ({said})" if said and unit else said or unit


def _signed(value: Decimal | None, places: int) -> str:
    shown = numbers.text(value, "units", places)
    return f"+{shown}" if value is not None and value > 0 else shown
