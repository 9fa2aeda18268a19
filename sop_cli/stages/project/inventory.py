"""How much stock there should be, how long it lasts, and what of it lies in the wrong place."""

from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sop_cli.findings.finding import findings
from sop_cli.findings.project import MISPLACED
from sop_cli.findings.words import counted
from sop_cli.schemas.column import EXACT

NOTABLE = Decimal("0.01")  # of a family's stock: less is not worth a lorry, and only for information
MONTH_DAYS = 30.4375  # a twelfth of 365.25


def target_stock(demand: NDArray[np.float64], days: NDArray[np.float64]) -> NDArray[np.int64]:
    """Units that cover the next `days` days of `demand` (cell x month): cell x (as-of, then every month's end).

    Walks months of 30.4375 days, the last one in part. Beyond the horizon the average month of its last year goes on.
    Whole units, a half goes up.
    """
    months = demand.shape[1]
    further = int(np.ceil(days.max(initial=0) / MONTH_DAYS)) + 1
    going_on = np.repeat(demand[:, -12:].mean(axis=1)[:, None], further, axis=1)
    walked = np.concatenate([np.zeros((len(demand), 1)), np.cumsum(np.hstack([demand, going_on]), axis=1)], axis=1)
    reach = np.arange(months + 1)[None, :] + (days / MONTH_DAYS)[:, None]
    full = np.floor(reach).astype(np.int64)
    until = np.take_along_axis(walked, full, axis=1)
    part = np.take_along_axis(walked, np.minimum(full + 1, walked.shape[1] - 1), axis=1) - until
    covered = until + (reach - full) * part - walked[:, : months + 1]
    units: NDArray[np.int64] = np.floor(covered + 0.5).astype(np.int64)
    return units


def days_of_supply(closing: NDArray[np.float64], demand: NDArray[np.float64]) -> NDArray[np.float64]:
    """Forward days of supply (thing x month): days of 30.4375 a month until closing stock is used up.

    Walks the demand of the months after. No stock is 0 days; NaN says that it outlasts the demand of the horizon.
    """
    result = np.where(closing <= 0, 0, np.nan)
    for month in range(closing.shape[1] - 1):
        stock = closing[:, month]
        walked = np.cumsum(demand[:, month + 1 :], axis=1)
        lasts = (walked >= stock[:, None]) & (stock[:, None] > 0)
        used_up = lasts.any(axis=1)
        last = np.argmax(lasts, axis=1)[used_up]
        rows = np.nonzero(used_up)[0]
        in_month = demand[rows, month + 1 + last]
        before = walked[rows, last] - in_month
        result[rows, month] = MONTH_DAYS * (last + (stock[rows] - before) / in_month)
    return result


def misplaced(stock: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    """Findings, one per family, on stock above target at one site while the same item is short at another.

    `stock`: item, family, site, on_hand, target. Misplaced = Σ over items of min(Σ excess, Σ shortage); its worth is
    at standard cost, of the items that have one. Less than NOTABLE of the family's stock is information only.
    """
    over = (pl.col("on_hand") - pl.col("target")).clip(lower_bound=0)
    short = (pl.col("target") - pl.col("on_hand")).clip(lower_bound=0)
    items = (
        stock.group_by("family", "item")
        .agg(over=over.sum(), short=short.sum())
        .with_columns(units=pl.min_horizontal("over", "short").cast(EXACT))
        .filter(pl.col("units") > 0)
        .join(costs.select("item", "cost"), on="item", how="left", validate="m:1")
    )
    families = (
        items.group_by("family")
        .agg(
            pl.col("units").sum(),
            worth=pl.when(pl.col("cost").count() > 0).then((pl.col("units") * pl.col("cost")).sum()).cast(EXACT),
            items=pl.len().cast(pl.Int64),
            unpriced=pl.col("cost").is_null().sum().cast(pl.Int64),
        )
        .sort("worth", "family", descending=[True, False])
    )
    found = stock.join(items.select("family", "item"), on=["family", "item"], how="semi", nulls_equal=True)
    sites = found.group_by("family").agg(
        full=pl.col("site").filter(over > 0).unique().sort(),
        empty=pl.col("site").filter(short > 0).unique().sort(),
    )
    held = stock.group_by("family").agg(on_hand=pl.col("on_hand").sum())
    placed = families.join(sites, on="family", nulls_equal=True, maintain_order="left").join(
        held, on="family", nulls_equal=True, maintain_order="left"
    )
    rows = [
        {
            "place": row["family"],
            "value": f"{row['units']:.0f} units",
            "message": f"{row['units']:,.0f} units of {counted(row['items'], 'item')} lie {_between(row)}"
            + (f"; {row['unpriced']:,} of the items have no standard cost" if row["unpriced"] else ""),
            "worth": row["worth"],
            "severity": MISPLACED.severity if row["units"] >= row["on_hand"] * NOTABLE else "info",
        }
        for row in placed.rows(named=True)
    ]
    return findings(MISPLACED, rows)


def _between(row: dict[str, Any]) -> str:
    if set(row["full"]) & set(row["empty"]):
        return f"above target at one of {', '.join(sorted({*row['full'], *row['empty']}))} while another is short"
    return f"above target at {', '.join(row['full'])} while {', '.join(row['empty'])} is short"
