"""Why the landing is not the budget: price, volume, mix, new, discontinued and cost, with nothing left over."""

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ALL_FAMILIES, NO_FAMILY

SIDE = ("units", "revenue", "cogs", "gross_margin")


def bridge(outlook: pl.LazyFrame, budget: pl.LazyFrame) -> pl.DataFrame:
    """scope, measure, step, value: revenue and gross margin from budget to outlook, for the total and each family.

    With b = budget and a = outlook, item quantity q and price (or unit margin) p, over items on both sides:
    price = Σ q_a (p_a - p_b), volume = (Q_a - Q_b)·P̄b, mix = Σ (q_a - Q_a·q_b/Q_b)(p_b - P̄b), split within and
    between families; items not budgeted are new, items no longer sold discontinued; for the margin
    cost = -Σ q_a (c_a - c_b). The steps are differences of five points from budget to outlook, each rounded
    to the cent, so they add up to the total exactly. Within one family there is no mix between families.

    Where the budget has no items, families take their place, and mix within them shows up as price. Without the
    units of both sides there is no price and no volume to tell apart, and no bridge.
    """
    has_items = budget.select(pl.col("item").is_not_null().any()).collect().item()
    key = pl.coalesce("item", "family") if has_items else pl.col("family")
    sides = _sides(outlook, budget, key).collect()
    if not all((sides[units] != 0).any() for units in ("units_a", "units_b")):
        sides = sides.clear()
    scopes = [
        _steps(sides.with_columns(scope=pl.lit(ALL_FAMILIES))),
        _steps(sides.with_columns(scope=pl.col("family"))),
    ]
    return pl.concat(scopes).sort("scope", "measure", "order").select("scope", "measure", "step", "value")


def _sides(outlook: pl.LazyFrame, budget: pl.LazyFrame, key: pl.Expr) -> pl.LazyFrame:
    """One row per item: family and units, revenue, COGS and margin of both sides, 0 where a side has none."""

    def side(rows: pl.LazyFrame, suffix: str) -> pl.LazyFrame:
        sold = rows.filter(pl.col("measure").is_in(SIDE))
        return sold.group_by(pl.col("family").fill_null(NO_FAMILY), thing=key).agg(
            pl.col("value").filter(pl.col("measure") == measure).sum().alias(measure + suffix) for measure in SIDE
        )

    both = side(outlook, "_a").join(side(budget, "_b"), on=["family", "thing"], how="full", coalesce=True)
    return both.with_columns(pl.selectors.decimal().fill_null(0))


def _steps(sides: pl.DataFrame) -> pl.DataFrame:
    """The steps of every scope for revenue and for gross margin."""
    shared = (pl.col("units_a") != 0) & (pl.col("units_b") != 0)
    rows = sides.with_columns(shared=shared)
    revenue = _points(rows, "revenue")
    gross = _points(rows, "gross_margin")
    return pl.concat([_differences(revenue, "revenue"), _differences(gross, "gross_margin")])


def _points(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """The points between budget and outlook of each scope, to the cent.

    `same`: outlook quantities at budget value per item; `family_mix`: outlook family quantities at the family's
    budget average; `pooled`: the outlook quantity at the budget average. Multiplied before divided, so that an
    average never loses digits.
    """
    shared = rows.filter("shared")

    def pool(keys: list[str], name: str) -> pl.DataFrame:
        sums = shared.group_by(keys).agg(
            pl.col("units_a").sum(), pl.col("units_b").sum(), pl.col(f"{value}_b").sum().alias("at_budget")
        )
        spread = pl.when(pl.col("units_b") != 0).then(
            pl.col("units_a") * pl.col("at_budget") / pl.col("units_b")
        ).otherwise(pl.col("at_budget"))  # fmt: skip
        return sums.with_columns(spread.alias(name)).group_by("scope").agg(pl.col(name).sum())

    def kept(column: str) -> pl.Expr:
        return pl.col(column).filter(pl.col("shared")).sum()

    sold = rows.group_by("scope").agg(
        kept(f"{value}_b").alias("budget_shared"),
        kept(f"{value}_a").alias("outlook_shared"),
        kept("cogs_a").alias("cogs_a"),
        pl.col(f"{value}_a").filter(~pl.col("shared")).sum().alias("new"),
        pl.col(f"{value}_b").filter(~pl.col("shared")).sum().alias("discontinued"),
    )
    points = sold
    for name, keys in (("same", ["family", "thing"]), ("family_mix", ["family"]), ("pooled", [])):
        points = points.join(pool(["scope", *keys], name), on="scope", how="left", validate="1:1")
    # Standard cost of the outlook's quantities at budget cost per unit: what the margin would be but for cost.
    unit_cost = shared.group_by("scope").agg(
        (pl.col("units_a") * pl.col("cogs_b") / pl.col("units_b")).sum().alias("cogs_at_budget")
    )
    points = points.join(unit_cost, on="scope", how="left", validate="1:1")
    return points.with_columns(pl.selectors.decimal().fill_null(0).round(2))


def _differences(points: pl.DataFrame, measure: str) -> pl.DataFrame:
    cost = pl.col("cogs_at_budget") - pl.col("cogs_a") if measure == "gross_margin" else pl.lit(0, dtype=EXACT)
    steps = {
        "price": pl.col("outlook_shared") - pl.col("same") - cost,
        "volume": pl.col("pooled") - pl.col("budget_shared"),
        "mix within families": pl.col("same") - pl.col("family_mix"),
        "mix between families": pl.col("family_mix") - pl.col("pooled"),
        "new": pl.col("new"),
        "discontinued": -pl.col("discontinued"),
        "cost": cost,
    }
    return pl.concat(
        points.select(
            "scope",
            pl.lit(measure).alias("measure"),
            pl.lit(step).alias("step"),
            value.cast(EXACT).alias("value"),
            pl.lit(order).alias("order"),
        )
        for order, (step, value) in enumerate(steps.items())
        if step != "cost" or measure == "gross_margin"
    )
