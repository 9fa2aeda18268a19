"""Which divergences are worth the executives' time: percent AND floor, at every level tested."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from sop_cli.findings.finding import FINDING_COLUMNS
from sop_cli.findings.rule import Rule
from sop_cli.findings.variance import ESCALATE, LANDING, MATERIAL, OFFSETS, PRICE_LEAK
from sop_cli.findings.words import amount, named, percent, side, span
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ALL_FAMILIES
from sop_cli.schemas.register import aged

FLAGGED = ("revenue", "gross_margin", "ebitda")

FLAG: dict[str, pl.DataType] = {
    "flag": pl.String(),  # landing/F03/revenue: the same in every cycle
    **FINDING_COLUMNS,
    "level": pl.String(),  # landing, months, offsets, year to date
    "family": pl.String(),
    "measure": pl.String(),
    "budget": EXACT,
    "outlook": EXACT,
    "difference": EXACT,
    "percent": EXACT,
}
REGISTER: dict[str, pl.DataType] = FLAG | {
    "owner": pl.String(),
    "status": pl.String(),  # new or continuing
    "first_seen": pl.Date(),
    "age": pl.Int64(),
}


@dataclass(frozen=True)
class Thresholds:
    """Percents are of the budget, the floor is money."""

    percent: Decimal
    floor: Decimal
    escalate_percent: Decimal
    landing_percent: Decimal

    def exceeded(self, percent: Decimal) -> pl.Expr:
        """True where |difference| reaches the floor and the percent; against a budget of 0 the floor alone decides."""
        beyond = pl.col("percent").is_null() | (pl.col("percent").abs() >= pl.lit(percent, dtype=EXACT))
        return (
            pl.col("difference").is_not_null()
            & (pl.col("difference").abs() >= pl.lit(self.floor, dtype=EXACT))
            & beyond
        )


def flags(
    months: pl.DataFrame, landing: pl.DataFrame, sold: pl.DataFrame, thresholds: Thresholds, currency: str
) -> pl.DataFrame:
    """Every material divergence, columns FLAG: families and total at landing, families year to date and by
    runs of months, families that cancel out, price leaks. `sold` is the bridge of the actuals to date."""
    return pl.concat(
        [
            _landing(landing, thresholds, currency),
            _families(landing, thresholds, currency),
            _to_date(landing, thresholds, currency),
            _runs(months, thresholds, currency),
            _offsets(landing, thresholds, currency),
            _price_leaks(sold, landing, thresholds, currency),
        ]
    )


def register(
    flags: pl.DataFrame, *, cycle: date, owners: Mapping[str, str], previous: pl.DataFrame | None
) -> pl.DataFrame:
    """The flags with owner and age, columns REGISTER; `previous` is the last cycle's register.

    `owners` maps a flag code to a role, "" to whoever owns the rest.
    """
    return (
        aged(flags, "flag", previous, cycle)
        .with_columns(
            status=pl.when(pl.col("seen_before")).then(pl.lit("continuing")).otherwise(pl.lit("new")),
            owner=pl.col("code").replace_strict(dict(owners), default=owners[""], return_dtype=pl.String()),
        )
        .select(*REGISTER)
        .sort(pl.col("worth"), "flag", descending=[True, False], nulls_last=True)
    )


def _landing(landing: pl.DataFrame, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    rows = landing.filter(
        (pl.col("family") == ALL_FAMILIES)
        & pl.col("measure").is_in(FLAGGED)
        & thresholds.exceeded(thresholds.landing_percent)
    )
    return _flags(LANDING, rows, "landing", currency)


def _families(landing: pl.DataFrame, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    rows = landing.filter(
        (pl.col("family") != ALL_FAMILIES)
        & pl.col("measure").is_in(FLAGGED[:2])
        & thresholds.exceeded(thresholds.percent)
    )
    return _by_response(rows, "landing", thresholds, currency)


def _to_date(landing: pl.DataFrame, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    """Families whose closed months together are material: a projection back on budget does not hide them."""
    difference = pl.col("to_date") - pl.col("budget_to_date")
    rows = (
        landing.filter(
            (pl.col("family") != ALL_FAMILIES) & pl.col("measure").is_in(FLAGGED[:2]) & pl.col("budget").is_not_null()
        )
        .with_columns(outlook="to_date", budget="budget_to_date", difference=difference)
        .with_columns(
            percent=pl.when(pl.col("budget") != 0).then(pl.col("difference") * 100 / pl.col("budget").abs()).cast(EXACT)
        )
        .filter(thresholds.exceeded(thresholds.percent))
    )
    return _by_response(rows, "year to date", thresholds, currency)


def _runs(months: pl.DataFrame, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    """Projected months in which a family's revenue is material; consecutive ones of one sign are one flag."""
    key = ["family", "measure"]
    material = months.filter(
        (pl.col("family") != ALL_FAMILIES)
        & (pl.col("measure") == "revenue")
        & (pl.col("basis") == "projection")
        & thresholds.exceeded(thresholds.percent)
    ).with_columns(
        number=pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month().cast(pl.Int64),
        up=pl.col("difference") > 0,
    )
    starts = (pl.col("number").diff() != 1) | (pl.col("up") != pl.col("up").shift(1))
    runs = (
        material.sort(*key, "number")
        .with_columns(run=starts.fill_null(True).cum_sum().over(key, order_by="number"))
        .group_by(*key, "run")
        .agg(
            pl.col("month").min().alias("first"),
            pl.col("month").max().alias("last"),
            pl.col("budget", "outlook", "difference").sum(),
        )
        .with_columns(
            percent=pl.when(pl.col("budget") != 0).then(pl.col("difference") * 100 / pl.col("budget").abs()).cast(EXACT)
        )
        .sort(*key, "first")
    )
    return _by_response(runs, "months", thresholds, currency)


def _offsets(landing: pl.DataFrame, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    """Measures whose total is not material while families of both signs are."""
    families = landing.filter((pl.col("family") != ALL_FAMILIES) & thresholds.exceeded(thresholds.percent))
    both = families.group_by("measure").agg(
        pl.col("difference").min().alias("down"), pl.col("difference").max().alias("up")
    ).filter((pl.col("down") < 0) & (pl.col("up") > 0))  # fmt: skip
    hidden = landing.filter(
        (pl.col("family") == ALL_FAMILIES)
        & pl.col("measure").is_in(FLAGGED[:2])
        & ~thresholds.exceeded(thresholds.percent)
        & pl.col("difference").is_not_null()
    ).join(both.select("measure"), on="measure", how="semi")
    return _flags(OFFSETS, hidden, "offsets", currency)


def _price_leaks(sold: pl.DataFrame, landing: pl.DataFrame, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    """Families whose sales to date lost at least the floor through price; the percent is of what was sold.

    What was sold is held against the price the whole year was budgeted at, so there must be a budget of the whole year.
    """
    price = sold.filter(
        (pl.col("measure") == "revenue") & (pl.col("step") == "price") & (pl.col("scope") != ALL_FAMILIES)
    ).select(family="scope", measure=pl.lit("revenue"), difference="value")
    rows = (
        landing.filter(pl.col("budget").is_not_null())
        .drop("difference", "percent", "budget", "outlook")
        .join(price, on=["family", "measure"], how="inner", validate="1:1")
        .filter(pl.col("difference") <= pl.lit(-thresholds.floor, dtype=EXACT))
        .with_columns(outlook=pl.col("to_date"), budget=pl.col("to_date") - pl.col("difference"))
        .with_columns(
            percent=pl.when(pl.col("budget") != 0)
            .then(pl.col("difference") * 100 / pl.col("budget").abs())
            .cast(EXACT),
            measure=pl.lit("price"),
        )
    )
    return _flags(PRICE_LEAK, rows, "year to date", currency)


def _by_response(rows: pl.DataFrame, level: str, thresholds: Thresholds, currency: str) -> pl.DataFrame:
    beyond = thresholds.exceeded(thresholds.escalate_percent)
    return pl.concat(
        [
            _flags(ESCALATE, rows.filter(beyond), level, currency),
            _flags(MATERIAL, rows.filter(~beyond), level, currency),
        ]
    )


def _flags(rule: Rule, rows: pl.DataFrame, level: str, currency: str) -> pl.DataFrame:
    """`rows` (family, measure, budget, outlook, difference, percent, and first, last for months) as FLAG."""
    ends = [pl.col("last").dt.strftime("to-%Y-%m")] if "first" in rows.columns else []
    placed = rows.with_columns(
        # The response may change from cycle to cycle and a run may start later: it is still the same divergence.
        pl.concat_str([pl.lit(level), "family", "measure", *ends], separator="/").alias("flag"),
        pl.Series("place", [_place(row, level) for row in rows.to_dicts()], dtype=pl.String),
        pl.Series("message", [_message(row, level, currency) for row in rows.to_dicts()], dtype=pl.String),
        code=pl.lit(rule.code),
        severity=pl.lit(rule.severity),
        hint=pl.lit(rule.do),
        worth=pl.col("difference").abs(),
        level=pl.lit(level),
    )
    return placed.select(
        (pl.col(name) if name in placed.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in FLAG.items()
    )


def _when(row: Mapping[str, Any], level: str) -> str:
    if row.get("first"):
        return f"in {span(row['first'], row['last'])}"
    return level if level == "year to date" else "at landing"


def _place(row: Mapping[str, Any], level: str) -> str:
    return f"{row['family']} / {span(row['first'], row['last']) if row.get('first') else level}"


def _message(row: Mapping[str, Any], level: str, currency: str) -> str:
    share = "against a budget of 0" if row["percent"] is None else f"({percent(row['percent'])})"
    text = (
        f"{row['family']}: {named(row['measure'])} {_when(row, level)} "
        f"{amount(row['difference'], currency)} {side(row['difference'])} budget {share}"
    )
    return f"{text}, while families diverge both ways" if level == "offsets" else text
