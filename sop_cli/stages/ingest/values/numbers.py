"""Numbers as people write them become exact decimals; what is not one well-formed number becomes null."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import polars as pl

from sop_cli.schemas.column import EXACT

_CODES = (
    "EUR|USD|GBP|CHF|JPY|CNY|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|TRY|INR|KRW|CAD|AUD|NZD|BRL|MXN|ZAR|SGD|HKD|TWD|THB|ILS"
)
_SIGNS = r"(?:US|CA|AU|NZ|HK|[CARS])?\$|€|£|¥|₹|₺|₩|₪|฿|S?Fr\.|kr\.?|zł|Kč|Ft|lei|Rs\.?"
CURRENCY = rf"(?:{_CODES}|{_SIGNS})"
_HUNDRED = pl.lit(100).cast(EXACT)
LARGEST = 10**18  # beyond it a sum could overflow; no plan holds such a number


def number(text: pl.Expr, decimal: str) -> pl.Expr:
    """Decimal(38, 8), rounded half to even; null unless `text` is one well-formed number.

    Understood: thousands groups by the other sign, spaces or apostrophes, Indian ones too; (200), 200-,
    U+2212 and CR for negatives; currency signs and codes; % as a hundredth; exponents.
    """
    return text.map_batches(partial(numbers, decimal=decimal), return_dtype=EXACT, is_elementwise=True)


def numbers(texts: pl.Series, decimal: str) -> pl.Series:
    """The numbers of a whole column: a bare cast, and only what that leaves open is looked at more closely."""
    plain = texts
    if decimal == ",":
        # A point would be taken for a decimal sign by the cast.
        dotted = texts.str.contains(".", literal=True)
        plain = texts.str.replace(",", ".", literal=True)
        plain = plain.set(dotted, None) if dotted.any() else plain
    read = _filled(plain.cast(EXACT, strict=False), texts, partial(_grouped, decimal=decimal))
    read = _filled(read, texts, partial(_closely, decimal=decimal))
    extremes = [abs(number) for number in (read.min(), read.max()) if isinstance(number, Decimal)]
    return read.set(read.abs() >= LARGEST, None) if max(extremes, default=0) >= LARGEST else read


def _filled(read: pl.Series, texts: pl.Series, look: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`read` with what is still null looked at again."""
    if read.null_count() == texts.null_count():
        return read
    left = (read.is_null() & texts.is_not_null()).arg_true()
    return read.scatter(left, look(texts.gather(left)))


def _grouped(texts: pl.Series, decimal: str) -> pl.Series:
    """Plain numbers in groups of three, the most usual of the unusual ways."""
    thousands = "," if decimal == "." else "."
    sound = texts.str.contains(rf"^-?[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d*)?$")
    digits = texts.set(~sound, None).str.replace_all(thousands, "", literal=True)
    return digits.str.replace(decimal, ".", literal=True).cast(EXACT, strict=False)


def _closely(texts: pl.Series, decimal: str) -> pl.Series:
    """Step by step on a frame: as one expression every step would be computed again wherever it is used."""
    thousands = "," if decimal == "." else "."
    d, t = re.escape(decimal), re.escape(thousands)
    groups = "|".join(rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+" for sign in (t, " ", "'"))
    indian = rf"[1-9]\d?(?:{t}\d{{2}})+{t}\d{{3}}"
    unsigned = rf"(?:(?:{groups}|{indian}|\d+)(?:{d}\d*)?|{d}\d+)(?:[eE][-+]?\d{{1,2}})?"
    plain = (
        pl.col("text")
        .str.strip_chars()
        .str.replace_all(r"\s+", " ")
        .str.replace_all("−", "-", literal=True)
        .str.replace_all("’", "'", literal=True)
        .str.replace(rf"(?i)^([-+(]?) ?{CURRENCY} ?", "${1}")
        .str.replace(rf"(?i) ?{CURRENCY}([-)]?)$", "${1}")
        # Debits and credits as a ledger prints them.
        .str.replace(r"(?i)^([\d.,' ]+?) ?DR\.?$", "${1}")
        .str.replace(r"(?i)^([\d.,' ]+?) ?CR\.?$", "-${1}")
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
        .with_columns(value=pl.when(sign).then(-value).otherwise(value))
        .select(pl.when(pl.col("plain").str.contains("%", literal=True)).then(value / _HUNDRED).otherwise(value))
        .to_series()
    )
