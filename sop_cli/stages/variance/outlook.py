"""The outlook: actuals for closed months, the projection for the others, beside the budget."""

from datetime import date

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, LEDGER, PROJECTION

REACTIVE = ("overtime", "expedite", "fines", "spot")


def _parts(reactive: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """What each compared measure is made of, and with which sign."""
    cost = dict.fromkeys(reactive, -1)
    return {
        "units": {"units": 1},
        "revenue": {"revenue": 1},
        "cogs": {"cogs": 1},
        "gross_margin": {"revenue": 1, "cogs": -1},
        "reactive_cost": dict.fromkeys(reactive, 1),
        "fixed_cost": {"fixed_cost": 1},
        "ebitda": {"revenue": 1, "cogs": -1, **cost, "fixed_cost": -1},
    }


SEEN = _parts(REACTIVE)  # ledger and projection have the lines of reactive cost
PLANNED = _parts(("reactive_cost",))  # a budget has their sum
COSTS = ("cogs", "reactive_cost", "fixed_cost")  # up is unfavourable
SOLD = ("units", "revenue", "cogs")  # counted from shipments; the other parts come from the ledger


def outlook(dataset: pl.LazyFrame, projection: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """month, item, family, measure, value: a month up to `as_of` is actual only, a later one projected only."""
    closed, part = pl.col("month") <= as_of, pl.col("measure")
    actual = dataset.filter(closed & (pl.col("version") == ACTUAL) & part.is_in(SOLD))
    ledger = dataset.filter(closed & (pl.col("version") == LEDGER) & ~part.is_in(SOLD))
    projected = projection.filter(~closed & (pl.col("version") == PROJECTION))
    return _measures(pl.concat([_levels(rows) for rows in (actual, ledger, projected)]), SEEN)


def budget(dataset: pl.LazyFrame, version: str) -> pl.LazyFrame:
    """month, item, family, measure, value of one budget version."""
    return _measures(_levels(dataset.filter(pl.col("version") == version)), PLANNED)


def _levels(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.select("month", "item", "family", "measure", "value")


def _measures(rows: pl.LazyFrame, recipes: dict[str, dict[str, int]]) -> pl.LazyFrame:
    """Parts added up to the compared measures; a measure that lacks a part it cannot do without is absent, not 0.

    Only the lines of reactive cost may be missing: a line nobody books has not come up. Revenue of an item in a
    month that has no COGS has no margin either: it is left out of gross margin and EBITDA, not taken in full.
    """
    recipe = pl.LazyFrame(
        [(measure, part, sign) for measure, parts in recipes.items() for part, sign in parts.items()],
        schema={"compared": pl.String, "measure": pl.String, "sign": pl.Int64},
        orient="row",
    ).with_columns(pl.col("sign").cast(EXACT))
    needed = recipe.filter(~pl.col("measure").is_in([*REACTIVE, "reactive_cost"]))
    unknown = needed.join(rows.select("measure").unique(), on="measure", how="anti").select("compared").unique()
    levels = ["month", "item", "family"]
    costed = rows.filter(pl.col("measure") == "cogs").select(levels).unique().with_columns(costed=pl.lit(True))
    rows = rows.join(costed, on=levels, how="left", nulls_equal=True, validate="m:1")
    flattering = (
        pl.col("compared").is_in(["gross_margin", "ebitda"])
        & (pl.col("measure") == "revenue")
        & pl.col("costed").is_null()
    )
    return (
        rows.join(recipe.join(unknown, on="compared", how="anti"), on="measure", how="inner")
        .filter(~flattering)
        .group_by("month", "item", "family", measure="compared")
        .agg((pl.col("value") * pl.col("sign")).sum().alias("value"))
    )
