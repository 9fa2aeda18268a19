"""One unit and one currency: quantities into base units, amounts into reporting currency, costs of the month."""

import polars as pl

from sop_cli.schemas.column import EXACT

CASE = "CS"
ONE = pl.lit(1, dtype=EXACT)


def with_base_factor(rows: pl.LazyFrame, items: pl.LazyFrame, factor: str = "per_uom") -> pl.LazyFrame:
    """`rows` (item, uom) plus family, base_uom and `factor`: base units in one uom, null where nobody knows.

    A row without a unit is in the item's base unit. An item that the master does not have keeps its rows:
    its family is null, and only a quantity without a unit, or in eaches, can be converted.
    """
    master = items.select("item", "family", base_uom="uom", case_size="case_size")
    uom, base = pl.col("uom"), pl.col("base_uom").fill_null("EA")
    return (
        rows.drop("family", strict=False)
        .join(master, on="item", how="left", validate="m:1", maintain_order="left")
        .with_columns(
            pl.when(uom.is_null() | (uom == base))
            .then(ONE)
            .when((uom == CASE) & (pl.col("case_size") > pl.lit(0, EXACT)))  # some masters write 0 for "no case"
            .then(pl.col("case_size"))
            .otherwise(None)
            .alias(factor),
            base_uom=base,
        )
        .drop("case_size")
    )


def with_rate(rows: pl.LazyFrame, rates: pl.LazyFrame, currency: str, month: pl.Expr) -> pl.LazyFrame:
    """`rows` (currency) plus `rate`: reporting currency per unit, actual rate of `month`; null where there is none."""
    actual = rates.filter(pl.col("type") == "actual").select("currency", rate_month="month", rate="rate")
    own = pl.col("currency").is_null() | (pl.col("currency") == currency)
    return (
        rows.with_columns(rate_month=month)
        .join(actual, on=["currency", "rate_month"], how="left", validate="m:1", maintain_order="left")
        .with_columns(rate=pl.when(own).then(ONE).otherwise(pl.col("rate")))
        .drop("rate_month")
    )


def with_cost(rows: pl.LazyFrame, costs: pl.LazyFrame, month: str) -> pl.LazyFrame:
    """`rows` (item) plus `cost`: the standard cost per base unit valid in column `month`; null where there is none.

    `costs` is (item, valid_from, cost) as `standard_costs` gives it.
    """
    return (
        rows.sort(month, maintain_order=True)
        .join_asof(
            costs.sort("valid_from", maintain_order=True),
            left_on=month,
            right_on="valid_from",
            by="item",
            strategy="backward",
            check_sortedness=False,
        )
        .drop("valid_from")
    )


def standard_costs(costs: pl.LazyFrame, items: pl.LazyFrame, rates: pl.LazyFrame, currency: str) -> pl.LazyFrame:
    """Standard cost per base unit in reporting currency: item, valid_from, cost; the rate is that of valid_from."""
    priced = with_rate(with_base_factor(costs, items), rates, currency, pl.col("valid_from"))
    cost = pl.col("cost") * pl.col("rate") / pl.col("per_uom")
    return priced.select("item", "valid_from", cost=cost).filter(pl.col("cost").is_not_null())
