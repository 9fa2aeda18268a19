"""Master data: codes nobody knows, and factors without which a number cannot be counted."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from sop_cli.findings.reconcile import (
    MISSING_CONVERSION,
    MISSING_COST,
    MISSING_PRICE,
    MISSING_RATE,
    UNKNOWN_ACCOUNT,
    UNKNOWN_FAMILY,
    UNKNOWN_ITEM,
)
from sop_cli.findings.rule import Rule
from sop_cli.schemas.column import PROVENANCE
from sop_cli.stages.reconcile.breaks import breaks
from sop_cli.stages.reconcile.conform import with_base_factor

PLACE = ["source", "file", "sheet", "row"]


def unknown_items(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """R201: items that an extract names and the item master does not have, one break per table and item."""
    named = [
        tables[name].select(pl.lit(name).alias("table"), "item", *PLACE)
        for name in ("shipments", "orders", "forecast", "stock", "production", "purchases", "costs", "prices",
                     "routings", "aop")
    ]  # fmt: skip
    rows = pl.concat(named, how="vertical").filter(pl.col("item").is_not_null())
    unknown = rows.join(tables["items"].select("item"), on="item", how="anti")
    return _first_of_each(unknown, UNKNOWN_ITEM, ["table", "item"], "{}: item {} is not in the item master")


def unknown_accounts(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """R206: accounts that an extract names and the customer master does not have."""
    named = [tables[name].select(pl.lit(name).alias("table"), "account", *PLACE) for name in ("shipments", "orders")]
    unknown = pl.concat(named, how="vertical").join(tables["customers"].select("account"), on="account", how="anti")
    return _first_of_each(
        unknown, UNKNOWN_ACCOUNT, ["table", "account"], "{}: account {} is not in the customer master"
    )


def unknown_families(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """R207: families of the budget or the ledger that no item of the master belongs to."""
    named = [tables[name].select(pl.lit(name).alias("table"), "family", *PLACE) for name in ("aop", "ledger")]
    rows = pl.concat(named, how="vertical").filter(pl.col("family").is_not_null())
    unknown = rows.join(tables["items"].select("family").unique(), on="family", how="anti")
    return _first_of_each(unknown, UNKNOWN_FAMILY, ["table", "family"], "{}: no item belongs to family {}")


def missing_prices(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """R205: items forecast in a segment that has no price for them."""
    known = tables["forecast"].join(tables["items"].select("item"), on="item", how="semi")
    missing = known.join(tables["prices"].select("item", "segment"), on=["item", "segment"], how="anti")
    return _first_of_each(missing, MISSING_PRICE, ["item", "segment"], "item {} has no price in segment {}")


def missing_costs(lines: pl.LazyFrame) -> pl.DataFrame:
    """R202: items of the master that are shipped or stocked in a month without a standard cost."""
    valued = pl.col("measure").is_in(["cogs", "inventory_value"])
    # Where the unit is not known either, R203 has said so; here the cost alone is missing.
    counted = lines.filter(pl.col("measure").is_in(["units", "inventory_units"]) & pl.col("factor").is_not_null())
    rows = lines.filter(valued & pl.col("factor").is_null() & pl.col("family").is_not_null())
    rows = rows.join(counted.select(*PLACE), on=PLACE, how="semi", nulls_equal=True)
    return _first_of_each(
        rows,
        MISSING_COST,
        ["item"],
        "item {} has no standard cost in a month with shipments or stock; its COGS and stock value are unknown",
    )


def missing_conversions(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """R203: quantities, prices and costs of known items in a unit that nothing converts into their base unit."""
    named = [
        tables[name].select(pl.lit(name).alias("table"), "item", "uom", *PLACE)
        for name in (
            "shipments", "orders", "forecast", "stock", "production", "purchases", "prices", "costs", "aop",
        )
    ]  # fmt: skip
    rows = with_base_factor(pl.concat(named, how="vertical"), tables["items"], tables["conversions"])
    unknown = rows.filter(pl.col("per_uom").is_null() & pl.col("family").is_not_null())
    return _first_of_each(
        unknown,
        MISSING_CONVERSION,
        ["table", "item", "uom"],
        "{}: item {} is given in {}, which cannot be converted",
    )


def missing_rates(tables: Mapping[str, pl.LazyFrame], *, currency: str, as_of: date) -> pl.DataFrame:
    """R204: amounts in a currency without a rate for the month they are converted at."""
    converted_at = {
        "shipments": pl.col("shipped").dt.truncate("1mo"),
        "ledger": pl.col("month"),
        "aop": pl.col("month"),
        "costs": pl.col("valid_from"),
        "orders": pl.lit(as_of),
        "prices": pl.lit(as_of),
        "lever_costs": pl.lit(as_of),
    }
    named = [
        tables[name].select(
            pl.lit(name).alias("table"),
            "currency",
            pl.lit("budget" if name == "aop" else "actual").alias("type"),
            month.alias("month"),
            *PLACE,
        )
        for name, month in converted_at.items()
    ]
    rates = tables["rates"].select("currency", "type", "month")
    rows = (
        pl.concat(named, how="vertical")
        .filter(pl.col("currency") != currency)
        .join(rates, on=["currency", "type", "month"], how="anti")
        .with_columns(month=pl.col("month").dt.strftime("%Y-%m"))
    )
    return _first_of_each(
        rows, MISSING_RATE, ["table", "currency", "month"], "{}: no rate of {} for {}; the amounts are left out"
    )


def left_out(lines: pl.LazyFrame) -> pl.LazyFrame:
    """The lines that cannot be counted because a factor is not known: kept, listed, never added as 0."""
    return lines.filter(pl.col("value").is_null()).select(
        "version", "measure", "month", "item", "family", "site", "segment", "account", "read", *PROVENANCE
    ).sort("source", "file", "sheet", "row", "cell", "measure")  # fmt: skip


def _first_of_each(rows: pl.LazyFrame, rule: Rule, key: list[str], message: str) -> pl.DataFrame:
    """One break per key, placed at its first record; the message ends with how many records share it."""
    grouped = (
        rows.group_by(key)
        .agg(pl.col(*PLACE).sort_by("file", "sheet", "row").first(), records=pl.len())
        .sort(key)
        .collect()
    )
    many = pl.when(pl.col("records") > 1).then(pl.format(" ({} records)", "records")).otherwise(pl.lit(""))
    return breaks(
        rule,
        grouped.with_columns(
            pl.concat_str([pl.lit(rule.code), *key], separator="/", ignore_nulls=True).alias("break"),
            place=pl.concat_str(key, separator=" / ", ignore_nulls=True),
            message=pl.concat_str([pl.format(message, *(pl.col(name).fill_null("(none)") for name in key)), many]),
        ),
    )
