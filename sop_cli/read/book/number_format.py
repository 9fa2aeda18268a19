"""What a number format makes of a number: a date, a duration, or a code, where 123 formatted 00000 means 00123."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

_BETWEEN = frozenset(" -():+!^&'~{}<>=")  # what a format shows as it stands, without quotes
_COLOURS = frozenset(("black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"))
_MOST_DIGITS = 30
_BUILT_IN: Mapping[int, Literal["date", "duration"]] = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), "date"),
    46: "duration",
}


@dataclass(frozen=True)
class CodeFormat:
    """A format of fixed width: each literal is followed by so many digits, e.g. ("SKU-", 4)."""

    pieces: tuple[tuple[str, int], ...]
    zero: bool = True  # a zero is shown like any other number, and has no format of its own

    def shown(self, text: pl.Expr) -> pl.Expr:
        """`text`, the digits of whole numbers, as the format shows them; null where it shows no code."""
        left = sum(count for _, count in self.pieces)
        digits = text.str.zfill(left)
        parts: list[pl.Expr] = []
        for at, (literal, count) in enumerate(self.pieces):
            rest = left - count
            piece = digits.str.slice(-left, count) if at else digits.str.head(-rest) if rest else digits
            parts += [pl.lit(literal), piece] if literal else [piece]
            left = rest
        whole = text.str.contains(r"^[0-9]{1,15}$") if self.zero else text.str.contains(r"^[1-9][0-9]{0,14}$")
        return pl.when(whole).then(pl.concat_str(parts))


Format = CodeFormat | Literal["date", "duration"] | None


def meaning(number: int, code: str | None) -> Format:
    """What the format of that number means; `code` is how the workbook writes it, None for a built-in one.

    None for plain numbers, also with units, currencies and percents. A code has two or more zeros and no other digit
    sign, no decimals and no thousands, and ends in a digit: words after a number are its unit. What stands before or
    between the zeros is part of the code as it is shown.
    """
    if code is None:
        return _BUILT_IN.get(number)
    sections = _sections(code)
    first = sections[0]
    if any(sign == "[h" for sign, _ in first):
        return "duration"
    if any(sign.lower() in "dmyhs" for sign, stands in first if not stands):
        return "date"
    pieces = _pieces(first)
    if pieces is None or not 2 <= sum(count for _, count in pieces) <= _MOST_DIGITS:
        return None
    if any(unicodedata.category(sign) == "Sc" for literal, _ in pieces for sign in literal):
        return None
    return CodeFormat(pieces, zero=len(sections) < 3)


def _sections(code: str) -> list[list[tuple[str, bool]]]:
    """The signs of every section, each with whether it is shown as it stands; "[h" stands for a duration."""
    sections: list[list[tuple[str, bool]]] = [[]]
    signs = iter(code)
    for sign in signs:
        if sign == '"':
            for quoted in iter(lambda: next(signs, '"'), '"'):
                sections[-1].append((quoted, True))
        elif sign == "\\":
            sections[-1].append((next(signs, " "), True))
        elif sign in "_*":  # a blank as wide as the next sign, or filled with it
            next(signs, "")
            sections[-1].append((sign, False))
        elif sign == "[":
            inside = "".join(iter(lambda: next(signs, "]"), "]")).lower()
            if (inside and set(inside) <= {"h"}) or set(inside) <= {"m"} or set(inside) <= {"s"}:
                sections[-1].append(("[h", False))
            elif inside not in _COLOURS and not inside.startswith("$-"):
                sections[-1].append(("[", False))
        elif sign == ";":
            sections.append([])
        else:
            sections[-1].append((sign, sign in _BETWEEN))
    return sections


def _pieces(section: list[tuple[str, bool]]) -> tuple[tuple[str, int], ...] | None:
    pieces: list[tuple[str, int]] = []
    literal, digits = "", 0
    for sign, stands in section:
        if stands:
            if digits:
                pieces.append((literal, digits))
                literal, digits = "", 0
            literal += sign
        elif sign == "0":
            digits += 1
        else:
            return None
    return (*pieces, (literal, digits)) if digits else None
