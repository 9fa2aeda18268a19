"""Between tables and arrays: one row per thing, one column per month."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]


def indexed(things: pl.DataFrame) -> pl.DataFrame:
    """The distinct rows of `things`, sorted, with their place `at` in every array about them."""
    distinct = things.unique().sort(things.columns)
    return distinct.with_columns(at=pl.int_range(pl.len(), dtype=pl.Int64))


def grid(rows: pl.DataFrame, index: pl.DataFrame, months: Sequence[date], value: str = "value") -> Floats:
    """`value` of `rows` as an array: a row per row of `index`, a column per month; what is absent is 0.

    Values of one place and month are added up exactly before they become floats, so the order of rows does
    not matter. Rows of other things or months are left out.
    """
    keys = [column for column in index.columns if column != "at"]
    steps = pl.DataFrame(
        {"month": list(months), "step": range(len(months))}, schema={"month": pl.Date, "step": pl.Int64}
    )
    placed = (
        rows.select(*keys, "month", value)
        .join(steps, on="month", validate="m:1")
        .join(index.select(*keys, "at"), on=keys, nulls_equal=True, validate="m:1")
        .group_by("at", "step")
        .agg(pl.col(value).sum().cast(pl.Float64))
    )
    result = np.zeros((index.height, len(months)))
    result[placed["at"].to_numpy(), placed["step"].to_numpy()] = placed[value].to_numpy()
    return result


def column(rows: pl.DataFrame, index: pl.DataFrame, value: str = "value") -> Floats:
    """`value` of `rows` as a vector along `index`, added up exactly; what is absent is 0."""
    keys = [name for name in index.columns if name != "at"]
    placed = (
        rows.join(index, on=keys, nulls_equal=True, validate="m:1")
        .group_by("at")
        .agg(pl.col(value).sum().cast(pl.Float64))
    )
    result = np.zeros(index.height)
    result[placed["at"].to_numpy()] = placed[value].to_numpy()
    return result


def listed(array: Wholes, index: pl.DataFrame, months: Sequence[date], value: str = "value") -> pl.DataFrame:
    """The array as rows again: the columns of `index`, month, `value`; zeros are left out."""
    at, step = np.nonzero(array)
    places = index.drop("at")[at]
    return places.with_columns(
        pl.Series("month", list(months), dtype=pl.Date).gather(step), pl.Series(value, array[at, step], dtype=pl.Int64)
    )


def whole(amounts: Floats) -> Wholes:
    """Whole numbers month by month whose running total is the rounded running total: nothing is lost."""
    return np.diff(np.floor(np.cumsum(amounts, axis=-1) + 0.5), axis=-1, prepend=0).astype(np.int64)


def split(amounts: Wholes, weights: Floats) -> Wholes:
    """Whole `amounts` (thing x month) shared out by `weights` (thing x part), as (thing x part x month).

    The parts of every month add up to its amount and no part is negative: each part in turn takes its
    share of the running total of what the parts before it left. A thing without weights is not shared out.
    """
    parts = np.zeros((amounts.shape[0], weights.shape[1], amounts.shape[1]), dtype=np.int64)
    left = amounts.copy()
    waiting = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
    for part in range(weights.shape[1]):
        share = np.divide(weights[:, part], waiting[:, part], out=np.zeros(len(left)), where=waiting[:, part] > 0)
        parts[:, part] = whole(np.multiply(left, share[:, None], dtype=np.float64))
        left = left - parts[:, part]
    return parts
