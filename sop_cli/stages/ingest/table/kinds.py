"""What a column of a file seems to hold, for a person who looks at the file for the first time."""

import polars as pl

from sop_cli.stages.ingest.table.looks import look
from sop_cli.stages.ingest.table.totals import decimal_sign

_SAMPLE = 2_000  # cells that are looked at one by one
_SHARE = 0.95  # of them that must be of one kind


def column_kind(texts: pl.Series, numeric: pl.Series | None = None) -> str:
    """The kind of a column in words: `number, decimal comma`, `date, DD/MM/YYYY`, `code, leading zeros`.

    `numeric` is true where a workbook holds a number rather than a text that looks like one.
    """
    held = texts.drop_nulls()
    if not held.len():
        return "empty"
    looks = held.head(_SAMPLE).map_elements(look, return_dtype=pl.String)
    told = looks.filter(looks != "empty")
    if not told.len():
        return "empty, or a sign for nothing"
    kind, count = told.value_counts(sort=True).row(0)
    mixed = count < _SHARE * told.len()
    if mixed and set(told.unique()) <= {"code", "number"}:
        return "code"
    if mixed or kind == "text":
        return "text" if not mixed or kind in ("text", "code") else f"{kind} and text mixed"
    values = held.filter(held.str.contains(r"\d"))
    if kind == "number":
        stored = numeric is not None and bool(numeric.any())
        return _number(values, stored, texts.filter(~numeric).drop_nulls().len() if numeric is not None else 0)
    if kind == "month" and held.str.contains(r"^\pL\d{1,2}$").all():
        return "code or period"
    return _date(values) if kind == "date" else str(kind)


def shown_order(kind: str, *, day_first: bool) -> str:
    """The kind of a column of dates in two possible orders, with the one that counts."""
    told, _, both = kind.rpartition(", ")
    return f"{told}, {both.rstrip('?').split(' or ')[0 if day_first else 1]}"


def _number(values: pl.Series, stored: bool, as_text: int) -> str:
    plain = values.str.strip_chars()
    if plain.str.contains(r"^0\d+$").any():
        return "code, leading zeros"
    if stored:
        whole = not plain.str.contains(".", literal=True).any()
        kind = "whole number" if whole else "number"
        return f"{kind}, some stored as text" if as_text else kind
    if not plain.str.contains(r"[.,]").any():
        return "whole number"
    both = plain.str.contains(r"^[^.,]*[.,]\d{3}$").sum() == plain.str.contains(r"[.,]").sum()
    if both:
        return "number, 1.234 or 1,234: decimals or thousands?"
    return f"number, decimal {'comma' if decimal_sign(values) == ',' else 'point'}"


def _date(values: pl.Series) -> str:
    plain = values.str.strip_chars()
    if plain.str.contains(r"^\d{1,2}:\d{2}").all():
        return "time of day"
    time = " and time" if plain.str.contains(r"\d[T ]+\d{1,2}:\d{2}").any() else ""
    if plain.str.contains(r"^\d{4}").all():
        sign = plain[0][4]
        return f"date{time}, YYYY{sign}MM{sign}DD"
    parts = plain.str.extract_groups(r"^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{2,4})").struct.unnest().drop_nulls()
    if parts.height < plain.len():
        return f"date{time}, month by name" if not parts.height else f"date{time}, written in several ways"
    first, sign, second, year = parts.get_columns()
    years = "YYYY" if year.str.len_chars().max() == 4 else "YY"
    shown = {order: sign[0].join(order) + sign[0] + years for order in (("DD", "MM"), ("MM", "DD"))}
    days_first, months_first = (bool((part.cast(pl.Int64) > 12).any()) for part in (first, second))
    if days_first and months_first:
        return f"date{time}, days and months in both orders"
    if days_first or (sign == ".").all():
        return f"date{time}, {shown['DD', 'MM']}"
    if months_first:
        return f"date{time}, {shown['MM', 'DD']}"
    return f"date{time}, {shown['DD', 'MM']} or {shown['MM', 'DD']}?"
