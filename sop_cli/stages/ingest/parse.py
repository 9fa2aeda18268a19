"""Text becomes numbers, dates, months, codes and words; what cannot be read becomes null."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import polars as pl

from sop_cli.schemas.column import EXACT, Column
from sop_cli.stages.ingest.monthnames import has_name, in_english
from sop_cli.stages.ingest.rules import SourceRules

_NOTHING = ("-", "–", "—", "−", "n/a", "na", "null")  # what people write for "no value"
_CURRENCY = r"(?:EUR|USD|GBP|CHF|€|\$|£)"
_HUNDRED = pl.lit(100).cast(EXACT)
_LARGEST = 10**18  # beyond it a sum could overflow; no plan holds such a number
_EXAMPLE = date(2026, 11, 30)  # shows in messages how the config says dates are written
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)  # "26" read as the year 26 is no date


def typed(column: Column, text: pl.Expr, rules: SourceRules) -> pl.Expr:
    """`text` as the kind of `column` has it, null where it is empty or cannot be read.

    Numbers are Decimal(38, 8), multiplied by the source's scale; words that have choices come in
    lower case, and null if they are none of them.
    """
    if column.kind == "number":
        return number(text, rules.decimal) * pl.lit(rules.scale.get(column.name, 1)).cast(EXACT)
    if column.kind == "date":
        return day(text, rules.dates)
    if column.kind == "month":
        return month(text, rules.months)
    if column.choices:
        return text.str.to_lowercase().replace_strict(column.choices, column.choices, default=None)
    return text


def in_our_words(column: Column, text: pl.Expr, rules: SourceRules) -> pl.Expr:
    """`text` as the source's `values` or `crosswalk` has it; otherwise as it is.

    `values` are found trimmed and without case, the codes of a crosswalk to the letter.
    """
    ours = {theirs.strip().lower(): word for theirs, word in rules.values.get(column.name, {}).items()}
    if codes := rules.crosswalk.get(column.name):
        text = text.replace_strict(codes, default=text, return_dtype=pl.String)
    if not ours:
        return text
    return text.str.strip_chars().str.to_lowercase().replace_strict(ours, default=text, return_dtype=pl.String)


def is_empty(column: Column, text: pl.Expr) -> pl.Expr:
    """Whether the cell holds no value; a code or a text may well read NA."""
    if column.kind in ("code", "text"):
        return text.is_null()
    return text.is_null() | text.str.to_lowercase().is_in(_NOTHING)


def expected(column: Column, rules: SourceRules) -> str:
    """What a cell of `column` should hold, in words; dates by example."""
    if column.kind == "number":
        kind = {"positive": "a number above 0", "not negative": "a number of 0 or more"}.get(column.sign, "a number")
        return f"{kind} with decimal {'point' if rules.decimal == '.' else 'comma'}"
    if column.kind == "date":
        return f"a date such as {_EXAMPLE.strftime(rules.dates)}"
    if column.kind == "month":
        return f"a month such as {_EXAMPLE.strftime(rules.months)}"
    return listed(column.choices, "or") if column.choices else f"a {column.name}"


def listed(names: Sequence[str], last: str) -> str:
    """`names` as one says them: "a, b and c"."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)


def number(text: pl.Expr, decimal: str) -> pl.Expr:
    """Decimal(38, 8), rounded half to even; null unless `text` is one well-formed number.

    Understood: thousands groups by the other sign, spaces or apostrophes; (200), 200- and U+2212 for
    negatives; currency signs and codes; % as a hundredth; exponents.
    """
    return text.map_batches(partial(_numbers, decimal=decimal), return_dtype=EXACT, is_elementwise=True)


def day(text: pl.Expr, written: str) -> pl.Expr:
    """Date, as `written` for strptime or as ISO has it; a time of day is dropped from ISO."""
    iso = text.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$").str.to_date("%Y-%m-%d", strict=False)
    return _sane(pl.coalesce(_as_written(text, written, lambda found: found), iso))


def month(text: pl.Expr, written: str) -> pl.Expr:
    """First day of the month, as `written` for strptime or as an ISO month or date has it."""
    iso = pl.when(text.str.contains(r"^\d{4}-\d{2}$")).then(text + "-01").otherwise(text)
    # strptime needs a day; where the months are written without one, the first is added.
    first = "" if re.search("%[deDFjxcs]", written) else " 01"
    given = _as_written(text, written + first.replace("01", "%d"), lambda found: found + first)
    return _sane(pl.coalesce(given, day(iso, "%Y-%m-%d"))).dt.truncate("1mo")


def _numbers(texts: pl.Series, decimal: str) -> pl.Series:
    """Step by step on a frame: as one expression every step would be computed again wherever it is used."""
    d, t = re.escape(decimal), re.escape("," if decimal == "." else ".")
    groups = "|".join(rf"\d{{1,3}}(?:{sign}\d{{3}})+" for sign in (t, " ", "'"))
    unsigned = rf"(?:(?:{groups}|\d+)(?:{d}\d*)?|{d}\d+)(?:[eE][-+]?\d{{1,2}})?"
    plain = (
        pl.col("text")
        .str.strip_chars()
        .str.replace_all(r"\s+", " ")
        .str.replace_all("−", "-", literal=True)
        .str.replace_all("’", "'", literal=True)
        .str.replace(rf"(?i)^([-+(]?) ?{_CURRENCY} ?", "${1}")
        .str.replace(rf"(?i) ?{_CURRENCY}([-)]?)$", "${1}")
    )
    bare, sign = pl.col("bare"), pl.col("bare").str.contains(r"^[-(]|-$")
    digits = bare.str.strip_chars("()+- ").str.replace_all(rf"[{t}' ]", "").str.replace(decimal, ".", literal=True)
    value = pl.col("value")
    return (
        pl.DataFrame({"text": texts})
        .with_columns(plain=plain)
        .with_columns(bare=pl.col("plain").str.replace(r" ?%(\)?)$", "${1}"))
        .with_columns(sound=bare.str.contains(rf"^(?:\({unsigned}\)|[-+]? ?{unsigned}|{unsigned} ?-)$"))
        .with_columns(value=pl.when("sound").then(digits).cast(EXACT, strict=False))
        .with_columns(value=pl.when(value < pl.lit(_LARGEST).cast(EXACT)).then(value))
        .with_columns(value=pl.when(sign).then(-value).otherwise(value))
        .select(pl.when(pl.col("plain").str.contains("%", literal=True)).then(value / _HUNDRED).otherwise(value))
        .to_series()
    )


def _as_written(text: pl.Expr, written: str, complete: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    found = complete(in_english(text, written).str.strip_chars() if has_name(written) else text.str.strip_chars())
    parsed = found.str.to_date(written, strict=False)
    if re.search("%[A-Za-z]%[A-Za-z]", written):  # without signs between them, 2026113 could be two dates
        return pl.when(parsed.dt.to_string(written).str.to_lowercase() == found.str.to_lowercase()).then(parsed)
    return parsed


def _sane(found: pl.Expr) -> pl.Expr:
    return pl.when(found.is_between(_EARLIEST, _LATEST)).then(found)
