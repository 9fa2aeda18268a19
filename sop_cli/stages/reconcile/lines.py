"""Every number of the extracts at plan grain, one line per source row and measure, with where it came from."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from sop_cli.schemas.column import EXACT, PROVENANCE
from sop_cli.schemas.dataset import ACTUAL, CAPACITY, GRAIN, LEDGER, MEASURES, ORDERS, RECORD, SALES
from sop_cli.stages.reconcile.conform import ONE, standard_costs, with_base_factor, with_cost, with_rate

# value = read x factor: what the extract says, and what turns it into base units or reporting currency.
LINES: dict[str, pl.DataType] = GRAIN | {
    "read": EXACT,
    "factor": EXACT,
    "value": EXACT,
    "unit": pl.String(),
    **PROVENANCE,
}

Tables = Mapping[str, pl.LazyFrame]


def lines(tables: Tables, *, currency: str, as_of: date, accounts: Mapping[str, Sequence[str]]) -> pl.LazyFrame:
    """All lines of all tables, columns LINES; `value` is null where a factor is not known.

    `tables` holds a frame for every canonical table, empty where there is no extract. `accounts` maps a
    ledger line (revenue, cogs, ...) to its account codes. Open orders are valued at the rate of `as_of`.
    """
    costs = standard_costs(tables, currency)
    parts = [
        *_shipments(tables, costs, currency),
        *_orders(tables, currency, as_of),
        _forecast(tables),
        *_stock(tables, costs),
        _receipts(tables, "production", pl.coalesce("to_site", "site")),
        _receipts(tables, "purchases", pl.col("site")),
        _ledger(tables, currency, accounts),
        _aop(tables, currency),
        _capacity(tables),
    ]
    return pl.concat([_line(part, currency) for part in parts], how="vertical")


def _line(part: pl.LazyFrame, currency: str) -> pl.LazyFrame:
    """A part in the shape of LINES: levels it does not have are null, the unit follows the measure."""
    names = part.collect_schema().names()
    missing = [pl.lit(None).alias(name) for name in ("item", "family", "site", "segment", "account", "base_uom")]
    part = part.with_columns(column for column in missing if column.meta.output_name() not in names)
    money = [measure.name for measure in MEASURES.values() if measure.unit == "money"]
    hours = [measure.name for measure in MEASURES.values() if measure.unit == "hours"]
    unit = (
        pl.when(pl.col("measure").is_in(money))
        .then(pl.lit(currency))
        .when(pl.col("measure").is_in(hours))
        .then(pl.lit("h"))
        .otherwise(pl.col("base_uom").cast(pl.String))
    )
    shaped = part.with_columns(value=pl.col("read") * pl.col("factor"), unit=unit)
    return shaped.select(pl.col(name).cast(kind) for name, kind in LINES.items())


def _as(measure: str, version: str, month: pl.Expr, read: str, factor: pl.Expr) -> list[pl.Expr]:
    return [
        pl.lit(version).alias("version"),
        pl.lit(measure).alias("measure"),
        month.alias("month"),
        pl.col(read).alias("read"),
        factor.alias("factor"),
    ]


def _month(column: str) -> pl.Expr:
    return pl.col(column).dt.truncate("1mo")


def _shipments(tables: Tables, costs: pl.LazyFrame, currency: str) -> list[pl.LazyFrame]:
    rows = tables["shipments"].with_columns(month=_month("shipped"))
    rows = with_segment(with_base_factor(rows, tables["items"], tables["conversions"]), tables["customers"])
    rows = with_cost(with_rate(rows, tables["rates"], currency, pl.col("month")), costs, "month")
    per_uom, month = pl.col("per_uom"), pl.col("month")
    return [
        rows.with_columns(_as("units", ACTUAL, month, "quantity", per_uom)),
        rows.with_columns(_as("demand", ACTUAL, _month("promised"), "quantity", per_uom)),
        rows.with_columns(_as("revenue", ACTUAL, month, "amount", pl.col("rate"))),
        rows.with_columns(_as("cogs", ACTUAL, month, "quantity", per_uom * pl.col("cost"))),
    ]


def _orders(tables: Tables, currency: str, as_of: date) -> list[pl.LazyFrame]:
    rows = with_segment(with_base_factor(tables["orders"], tables["items"], tables["conversions"]), tables["customers"])
    rows = with_rate(rows, tables["rates"], currency, pl.lit(as_of))
    return [
        rows.with_columns(_as("demand", ORDERS, _month("promised"), "quantity", pl.col("per_uom"))),
        rows.filter(pl.col("amount").is_not_null()).with_columns(
            _as("revenue", ORDERS, _month("promised"), "amount", pl.col("rate"))
        ),
    ]


def _forecast(tables: Tables) -> pl.LazyFrame:
    """What is made to order is forecast as bookings, everything else as demand."""
    order = tables["items"].filter(pl.col("policy") == "mto").select("item", booked=pl.lit("bookings"))
    rows = with_base_factor(tables["forecast"], tables["items"], tables["conversions"]).join(
        order, on="item", how="left", validate="m:1"
    )
    measure = pl.col("booked").fill_null("demand")
    return rows.with_columns(_as("demand", SALES, pl.col("month"), "quantity", pl.col("per_uom"))).with_columns(
        measure=measure
    )


def _stock(tables: Tables, costs: pl.LazyFrame) -> list[pl.LazyFrame]:
    rows = with_cost(with_base_factor(tables["stock"], tables["items"], tables["conversions"]), costs, "month")
    per_uom, month = pl.col("per_uom"), pl.col("month")
    return [
        rows.with_columns(_as("inventory_units", ACTUAL, month, "quantity", per_uom)),
        rows.with_columns(_as("inventory_value", ACTUAL, month, "quantity", per_uom * pl.col("cost"))),
    ]


def _receipts(tables: Tables, measure: str, site: pl.Expr) -> pl.LazyFrame:
    rows = with_base_factor(tables[measure], tables["items"], tables["conversions"]).with_columns(site=site)
    version = pl.when(pl.col("status") == "actual").then(pl.lit(ACTUAL)).otherwise(pl.lit(RECORD))
    return rows.with_columns(_as(measure, ACTUAL, _month("date"), "quantity", pl.col("per_uom"))).with_columns(
        version=version
    )


def _ledger(tables: Tables, currency: str, accounts: Mapping[str, Sequence[str]]) -> pl.LazyFrame:
    chart = pl.LazyFrame(
        [(account, line) for line, codes in accounts.items() for account in codes],
        schema={"gl_account": pl.String, "measure": pl.String},
        orient="row",
    )
    rows = tables["ledger"].join(chart, on="gl_account", how="inner", validate="m:1", maintain_order="left")
    rows = with_rate(rows, tables["rates"], currency, pl.col("month"))
    return rows.with_columns(version=pl.lit(LEDGER), read=pl.col("amount"), factor=pl.col("rate"))


def _aop(tables: Tables, currency: str) -> pl.LazyFrame:
    # A budget by item takes its family from the item master; a budget by family keeps its own.
    rows = tables["aop"].rename({"family": "budget_family"})
    rows = with_base_factor(rows, tables["items"], tables["conversions"])
    budget = tables["rates"].filter(pl.col("type") == "budget").with_columns(type=pl.lit("actual"))
    rows = with_rate(rows, budget, currency, pl.col("month"))
    factor = pl.when(pl.col("measure") == "units").then(pl.col("per_uom")).otherwise(pl.col("rate"))
    return rows.with_columns(family=pl.coalesce("family", "budget_family"), read=pl.col("value"), factor=factor)


def _capacity(tables: Tables) -> pl.LazyFrame:
    rows = tables["capacity"].filter(pl.col("measure") == "regular")
    return rows.with_columns(_as("capacity_hours", CAPACITY, pl.col("month"), "hours", ONE))


def with_segment(rows: pl.LazyFrame, customers: pl.LazyFrame) -> pl.LazyFrame:
    """`rows` (account) plus the account's segment; null where the customer master does not have it."""
    master = customers.select("account", "segment")
    return rows.join(master, on="account", how="left", validate="m:1", maintain_order="left")
