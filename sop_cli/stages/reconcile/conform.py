"""One unit and one currency: quantities into base units, amounts into reporting currency, costs of the month."""

from collections.abc import Mapping

import polars as pl

from sop_cli.schemas.column import EXACT

CASE = "CS"
ONE = pl.lit(1, dtype=EXACT)


# Which conversion holds, the closest first: one of the item, else one of all items, each better with its base named.
_CONVERTED_BY = (("item", "uom", "base"), ("item", "uom"), ("uom", "base"), ("uom",))


def with_base_factor(rows: pl.LazyFrame, items: pl.LazyFrame, conversions: pl.LazyFrame) -> pl.LazyFrame:
    """`rows` (item, uom) plus family, base_uom and `per_uom`: base units in one uom, null where nobody knows.

    A row without a unit is in the item's base unit. A conversion of the item comes before its case size, and that
    before conversions of all items. An item that the master does not have keeps its rows: its family is null,
    it is taken to be counted in eaches, and only conversions know more of it.
    """
    master = items.select("item", "family", base="uom", case_size="case_size")
    uom = pl.col("uom")
    rows = (
        rows.drop("family", strict=False)
        .join(master, on="item", how="left", validate="m:1", maintain_order="left")
        .with_columns(base=pl.col("base").fill_null("EA"))
    )
    factors = []
    for keys in _CONVERTED_BY:
        absent = [pl.col(name).is_null() for name in ("item", "base") if name not in keys]
        given = [pl.col(name).is_not_null() for name in keys]
        factors.append("factor by " + " and ".join(keys))
        known = conversions.filter(*absent, *given).select(*keys, pl.col("factor").alias(factors[-1]))
        rows = rows.join(known, on=list(keys), how="left", validate="m:1", maintain_order="left")
    # Some masters write 0 for "no case".
    case = pl.when((uom == CASE) & (pl.col("case_size") > pl.lit(0, EXACT))).then(pl.col("case_size"))
    of_item, of_all = factors[:2], factors[2:]
    per_uom = pl.when(uom.is_null() | (uom == pl.col("base"))).then(ONE)
    return (
        rows.with_columns(per_uom=per_uom.otherwise(pl.coalesce(*of_item, case, *of_all)))
        .drop("case_size", *factors)
        .rename({"base": "base_uom"})
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


def standard_costs(tables: Mapping[str, pl.LazyFrame], currency: str) -> pl.LazyFrame:
    """Standard cost per base unit in reporting currency: item, valid_from, cost; the rate is that of valid_from."""
    costs = with_base_factor(tables["costs"], tables["items"], tables["conversions"])
    priced = with_rate(costs, tables["rates"], currency, pl.col("valid_from"))
    cost = pl.col("cost") * pl.col("rate") / pl.col("per_uom")
    return priced.select("item", "valid_from", cost=cost).filter(pl.col("cost").is_not_null())
