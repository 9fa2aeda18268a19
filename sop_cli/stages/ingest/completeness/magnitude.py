"""Whether two figures that should be alike lie about 100 or 1000 apart."""

import math
from decimal import Decimal

import polars as pl

from sop_cli.findings.words import plain

FACTORS = (100, 1000)
NEAR = 0.1  # decades a single value may lie off the exact factor
LOOSE = 0.3  # the same for averages of many, which move by themselves


def off_by(value: float, usual: float, near: float = LOOSE) -> str:
    """ "1000 times", "1/100 of", or "" where the two lie neither about 100 nor 1000 apart; "67 times" as it is then."""
    if not value or not usual or (value < 0) != (usual < 0):
        return ""
    decades = math.log10(value / usual)
    for factor in FACTORS:
        size = math.log10(factor)
        if abs(abs(decades) - size) <= near:
            times = factor if abs(abs(decades) - size) <= NEAR else round(10 ** abs(decades))
            return f"{times} times" if decades > 0 else f"1/{times} of"
    return ""


def rough(value: float) -> str:
    """A figure to four digits, as people write it: `67,360`, `0.0125`."""
    return plain(Decimal(f"{value:.4g}"))


def is_off(ratio: pl.Expr, near: float = NEAR) -> pl.Expr:
    """Whether `ratio` is about 100, 1000, or one of their inverses."""
    decades = ratio.log10().abs()
    return pl.any_horizontal((decades - math.log10(factor)).abs() <= near for factor in FACTORS)
