"""The statistical voice: what demand would be if the past simply went on.

One series per item and segment. History is demand by promised month: what was shipped, plus the open orders that
were promised in a closed month and are still owed (they are demand, though nobody shipped them). A series starts
with its first month of demand.

- 24 months or more: seasonal naive with damped drift. Month h repeats the same month of the last twelve, times
  1 + g·(φ + φ² + … + φ^k), where g is the growth of the last twelve months over the twelve before (held between
  −50 % and +50 %), k the year ahead (h = 1..12 is year 1) and φ = 0.5: half of last year's growth is believed for
  the next year, a quarter more for the year after.
- Less: moving average of the last six months, or of as many as there are, carried flat.
- No history, or a discontinued item: no value at all, rather than 0.

Negative months (returns) count in the history; a forecast is never below 0. The forecast is in whole units whose
running total is the rounded running total of the method.

For make-to-order items a forecast means bookings. A booking of month t is due a lead time later, so the voice for
bookings of t is the forecast of demand for t + lead time.
"""

from datetime import date

import numpy as np
import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months, months_between
from sop_cli.schemas.dataset import ACTUAL, ORDERS
from sop_cli.stages.project.facts import Facts
from sop_cli.stages.project.grid import Floats, grid, indexed, listed, whole

SEASON = 12
AVERAGED = 6
DAMPING = 0.5
GROWTH = (-0.5, 0.5)


def baseline(facts: Facts, calendar: Calendar) -> pl.DataFrame:
    """The statistical forecast: item, segment, month, value (whole units), over the horizon.

    A series that has a history has a value in every month, if only 0; a series without one has no rows.
    """
    history = _history(facts, calendar)
    if history.height == 0:
        return pl.DataFrame(schema={"item": pl.String, "segment": pl.String, "month": pl.Date, "value": pl.Int64})
    series = indexed(history.select("item", "segment"))
    first: date = history["month"].min()  # type: ignore[assignment]
    closed = [add_months(first, step) for step in range(months_between(first, calendar.as_of) + 1)]
    lead = series.join(leads(facts.items), on="item", how="left", validate="m:1").sort("at")["lead"].to_numpy()
    forecast = forecast_series(grid(history, series, closed), calendar.horizon + int(lead.max()))
    due = lead[:, None] + np.arange(calendar.horizon)[None, :]
    values = whole(np.take_along_axis(forecast, due, axis=1))
    # listed() leaves zeros out; shifted by one they survive, and a voice that says 0 has spoken.
    return listed(values + 1, series, calendar.months).with_columns(pl.col("value") - 1)


def forecast_series(history: Floats, ahead: int) -> Floats:
    """The next `ahead` months of every series (row) of `history`, whose last column is the last closed month."""
    months = history.shape[1]
    started = np.argmax(history != 0, axis=1)
    age = np.where((history != 0).any(axis=1), months - started, 0)
    recent = np.arange(months)[None, :] >= (months - np.minimum(age, AVERAGED))[:, None]
    average = (history * recent).sum(axis=1) / np.maximum(np.minimum(age, AVERAGED), 1)
    result = np.repeat(average[:, None], ahead, axis=1)
    if months >= 2 * SEASON:
        last, before = history[:, -SEASON:], history[:, -2 * SEASON : -SEASON].sum(axis=1)
        growth = np.divide(last.sum(axis=1), before, out=np.ones(len(history)), where=before > 0) - 1
        step = np.arange(ahead)
        believed = np.cumsum(DAMPING ** np.arange(1, ahead // SEASON + 2))[step // SEASON]
        seasonal = last[:, step % SEASON] * (1 + np.clip(growth, *GROWTH)[:, None] * believed[None, :])
        result = np.where((age >= 2 * SEASON)[:, None], seasonal, result)
    floored: Floats = np.maximum(result, 0)
    return floored


def leads(items: pl.DataFrame) -> pl.DataFrame:
    """item, lead: whole months from booking to due date; 0 for what is made to stock."""
    months = pl.col("lead_time_months").cast(pl.Float64).fill_null(0).round().cast(pl.Int64).clip(lower_bound=0)
    return items.select("item", lead=pl.when(pl.col("policy") == "mto").then(months).otherwise(0))


def _history(facts: Facts, calendar: Calendar) -> pl.DataFrame:
    planned = facts.items.filter(pl.col("status").ne_missing("discontinued")).select("item")
    closed = pl.col("month") <= calendar.as_of
    return pl.concat(
        facts.numbers(version, "demand").filter(closed).select("item", "segment", "month", "value")
        for version in (ACTUAL, ORDERS)
    ).join(planned, on="item", how="semi")
