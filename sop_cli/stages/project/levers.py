"""What a lever costs where: the price of overtime, spot purchases and fines, most particular scope first."""

import polars as pl

from sop_cli.schemas.column import EXACT


def rated(
    rows: pl.DataFrame, lever_costs: pl.DataFrame, lever: str, bases: tuple[str, ...], *scopes: str
) -> pl.DataFrame:
    """`rows` with the lever's `rate` and `basis`, null where it has none that fits `bases`.

    `scopes` are columns of `rows`, the most particular first; a lever cost without scope holds everywhere else.
    """
    known = lever_costs.filter(pl.col("lever").eq(lever) & pl.col("basis").is_in(bases) & pl.col("cost").is_not_null())
    known = known.select("scope", rate=pl.col("cost").cast(EXACT), basis="basis").sort("scope", "basis", "rate")
    known = known.unique("scope", keep="first", maintain_order=True)
    general = known.filter(pl.col("scope").is_null())
    found = rows.with_columns(
        rate_=pl.lit(general["rate"].first(), dtype=EXACT), basis_=pl.lit(general["basis"].first(), dtype=pl.String)
    )
    for scope in scopes:
        here = known.drop_nulls("scope").select(pl.col("scope").alias(scope), rate_scope="rate", basis_scope="basis")
        found = found.join(here, on=scope, how="left", validate="m:1", maintain_order="left").rename(
            {"rate_scope": f"rate_{scope}", "basis_scope": f"basis_{scope}"}
        )
    ranked = [*scopes, ""]
    return found.with_columns(
        rate=pl.coalesce(f"rate_{scope}" for scope in ranked), basis=pl.coalesce(f"basis_{scope}" for scope in ranked)
    ).drop(f"{name}_{scope}" for name in ("rate", "basis") for scope in ranked)


def per_unit(cost: str = "cost") -> pl.Expr:
    """The rate per unit, of rows rated per unit or in percent of standard cost; null where the cost is not known."""
    percent = pl.col("rate") * pl.col(cost) / pl.lit(100, dtype=EXACT)
    return pl.when(pl.col("basis") == "percent").then(percent).otherwise(pl.col("rate")).cast(EXACT)
