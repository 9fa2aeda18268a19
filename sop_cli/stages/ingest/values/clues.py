"""What else in a file tells its decimal sign, where the numbers of a column allow both."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from sop_cli.stages.ingest.values.numbers import numbers

_SAMPLE = 1_000  # different texts of a column nothing uses that are looked at
_MOSTLY = 0.8  # of them are numbers, so the column is one of numbers
_DOTTED_DAY = r"^\d{1,2}\.\d{1,2}\.\d{2,4}(?:\s|$)"
_DOTTED_MONTH = r"^\d{1,2}\.(?:19|20)\d\d$"
_GROUPED = r"^[-+(]?[1-9]\d{0,2}([.,])\d{3}[-)]?$"
_SHORT, _WHOLE = r"^[-+(]?\d{1,3}[-)]?$", r"^[-+(]?\d{4,}[-)]?$"
_DELIMITERS = {";": ",", ",": "."}  # a comma between fields leaves the point, a semicolon is chosen where it is taken


@dataclass(frozen=True)
class Around:
    """What stands in a file beside the column in question: cell columns by header, and the delimiter of a text file."""

    unused: Mapping[str, pl.Series] = field(default_factory=dict)  # that nothing is mapped to
    days: tuple[pl.Series, ...] = ()  # of dates and months
    delimiter: str | None = None


@dataclass(frozen=True)
class Clue:
    """A decimal sign, and why it should be that of the column."""

    sign: str
    why: str


def beside(around: Around) -> Clue | None:
    """The sign that the unused columns of numbers prove; None where they prove none, or both."""
    proofs: dict[str, str] = {}
    for header, texts in around.unused.items():
        once = texts.drop_nulls().unique(maintain_order=True).head(_SAMPLE)
        once = once.filter(~once.str.contains(_DOTTED_MONTH))
        point, comma = (numbers(once, sign) for sign in (".", ","))
        if once.is_empty() or (point.is_not_null() | comma.is_not_null()).mean() < _MOSTLY:  # type: ignore[operator]
            continue
        for sign, only in ((".", point.is_not_null() & comma.is_null()), (",", comma.is_not_null() & point.is_null())):
            if only.any():
                proofs.setdefault(sign, f"because '{header}' beside it has '{once.filter(only)[0]}'")
    return Clue(*next(iter(proofs.items()))) if len(proofs) == 1 else None


def hints(texts: pl.Series, around: Around) -> list[Clue]:
    """What speaks for one sign without proving it, the strongest first."""
    found = [_shape(texts), _dates(around), _delimiter(around)]
    return [clue for clue in found if clue]


def _shape(texts: pl.Series) -> Clue | None:
    """Numbers below a thousand without a sign, those above with one before their last three digits.

    Decimals that end in three digits every time would not be left away in other cells of the column.
    """
    grouped = texts.str.extract(_GROUPED)
    signs = texts.filter(grouped.is_not_null()).unique()
    sign = grouped.drop_nulls().unique()
    if sign.len() != 1 or signs.len() < 2 or not texts.str.contains(_SHORT).any() or texts.str.contains(_WHOLE).any():
        return None
    short = texts.filter(texts.str.contains(_SHORT))[0]
    return Clue("," if sign[0] == "." else ".", f"because numbers below a thousand, such as '{short}', have no sign")


def _dates(around: Around) -> Clue | None:
    """Who writes days with dots has the comma for decimals."""
    for texts in around.days:
        dotted = texts.filter(texts.str.contains(_DOTTED_DAY))
        if dotted.len() * 2 > texts.len() - texts.null_count():
            return Clue(",", f"because dates are written as '{dotted[0]}'")
    return None


def _delimiter(around: Around) -> Clue | None:
    sign = _DELIMITERS.get(around.delimiter or "")
    return Clue(sign, f"because fields are separated by '{around.delimiter}'") if sign else None
