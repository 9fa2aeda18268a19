"""Numbers become texts, shortest, exact and without exponent."""

from decimal import Decimal

import polars as pl

_LARGE, _SMALL = 1e15, 1e-3  # whole numbers below are written as integers; polars may write others with an exponent


def number_texts(values: pl.Series) -> pl.Series:
    """The text of every number of a Float64 series: 12, 0.1, 0.0000001."""
    value = pl.col("value")
    size, whole = value.abs(), value.cast(pl.Int64, strict=False)
    text = pl.when((whole == value) & (size < _LARGE)).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
    unusual = (size >= _LARGE) | ((size < _SMALL) & (value != 0))
    done = values.alias("value").to_frame().select(text.alias("text"), unusual.fill_null(False).alias("unusual"))
    texts, places = done["text"], done["unusual"]
    if places.any():
        written = [format(Decimal(repr(number)), "f").removesuffix(".0") for number in values.filter(places)]
        texts = texts.scatter(places.arg_true(), written)
    return texts
