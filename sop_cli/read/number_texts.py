"""Numbers become texts, shortest, exact and without exponent."""

from decimal import Decimal

import polars as pl

_EXACT = 1e15  # whole numbers below are written as integers


def number_texts(values: pl.Series) -> pl.Series:
    """The text of every number of a Float64 series: 12, 0.1, 0.0000001."""
    value = pl.col("value")
    whole = value.cast(pl.Int64, strict=False)
    text = (
        pl.when((whole == value) & (value.abs() < _EXACT)).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
    )
    texts = values.alias("value").to_frame().select(text.alias("text")).to_series()
    long = texts.str.contains(r"[en]|\.0$").fill_null(False)
    if long.any():  # polars writes these with an exponent
        written = [format(Decimal(repr(number)), "f").removesuffix(".0") for number in values.filter(long)]
        texts = texts.scatter(long.arg_true(), written)
    return texts
