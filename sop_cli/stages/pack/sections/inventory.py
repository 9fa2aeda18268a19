"""What the stock will be worth, how long it lasts, and the working capital it ties up."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.findings.words import amount, month, named, quantity, scale, scaled
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.dataset import ACTUAL, ALL_FAMILIES, LEDGER, PROJECTION
from sop_cli.schemas.pack import Chart, PackColumn, PackTable, Section, Series
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.figures import THIN, monthly, thin_stock

BACK = 12


def inventory(facts: PackFacts) -> Section:
    """Stock in money back and ahead, by family with days of supply, and working capital by quarter."""
    calendar = facts.calendar
    back = [add_months(calendar.as_of, step) for step in range(1 - BACK, 1)]
    seen = monthly(facts.dataset, ACTUAL, "inventory_value")
    ahead = monthly(facts.projection, PROJECTION, "inventory_value")
    months = [*back, *calendar.months]
    now, end = seen.get(calendar.as_of), ahead.get(calendar.months[-1])
    title = "Stock is not known"
    if now is not None and end is not None:
        word = "rises" if end > now else "falls"
        title = (
            f"Stock {word} from {amount(now, facts.currency)} to {amount(end, facts.currency)} by "
            f"{month(calendar.months[-1])}"
        )
    targets = _targets(facts)
    by, word = scale([*seen.values(), *ahead.values(), *targets.values()])
    chart = Chart(
        name="inventory",
        title=title,
        kind="combo",
        unit=f"{facts.currency} {word}".strip(),
        categories=tuple(month(value) for value in months),
        series=(
            Series("closing stock", scaled([seen.get(value) for value in months], by), "actual", "bar"),
            Series("projected stock", scaled([ahead.get(value) for value in months], by), "projection", "bar"),
            Series("target stock", scaled([targets.get(value) for value in months], by), "target"),
        ),
        alt=f"Month-end stock in {facts.currency} {word}, twelve months back and the horizon ahead. {title}",
    )
    return Section("Inventory and cash", title, _thin(facts), (chart,), (_working_capital(facts), _by_family(facts)))


def _thin(facts: PackFacts) -> tuple[str, ...]:
    thin = thin_stock(facts.plan)
    low = [f"{family} to {quantity(share)} % in {month(when)}" for family, (when, share) in thin.items()]
    return (f"Stock falls below {THIN} % of target: {', '.join(low)}.",) if low else ()


def _targets(facts: PackFacts) -> dict[date, Decimal]:
    valued = facts.plan.join(facts.costs, on="item", how="inner", validate="m:1")
    return dict(valued.group_by("month").agg((pl.col("target") * pl.col("cost")).sum()).rows())


def _by_family(facts: PackFacts) -> PackTable:
    """Stock of each family now and at the end of the fiscal year, and how many days of demand it covers."""
    valued = facts.plan.join(facts.costs, on="item", how="left", validate="m:1").with_columns(
        stock=pl.col("closing") * pl.col("cost"), goal=pl.col("target") * pl.col("cost")
    )
    first, calendar = facts.calendar.months[0], facts.calendar
    year_end = min(calendar.fiscal_months(calendar.fiscal_year(calendar.as_of))[-1], calendar.months[-1])

    def at(when: date, name: str, column: str) -> pl.DataFrame:
        return valued.filter(pl.col("month") == when).group_by("family").agg(pl.col(column).sum().alias(name))

    now = facts.dataset.filter(
        (pl.col("version") == ACTUAL)
        & (pl.col("measure") == "inventory_value")
        & (pl.col("month") == calendar.as_of)
    ).group_by("family").agg(pl.col("value").sum().alias("now"))  # fmt: skip
    rows = (
        now.join(at(first, "goal", "goal"), on="family", how="left")
        .join(at(year_end, "then", "stock"), on="family", how="left")
        .with_columns(over=pl.col("now") - pl.col("goal"))
        .sort("now", "family", descending=[True, False])
    )
    table = rows.select("family", "now", "goal", "over", "then").rows()
    sums = tuple(rows.select(pl.col("now", "goal", "over", "then").sum()).row(0))
    heads = (f"Stock {month(calendar.as_of)}", f"Target {month(first)}", "Over target", f"Stock {month(year_end)}")
    return PackTable(
        f"Stock by family, {facts.currency}",
        (PackColumn("Family"), *(PackColumn(head, "money") for head in heads)),
        (*table, (ALL_FAMILIES, *sums)),
        total=True,
    )


def _working_capital(facts: PackFacts) -> PackTable:
    """Inventory, receivables and payables at as-of and at the end of each third month of the horizon."""
    lines = ("inventory_value", "receivables", "payables", "working_capital")
    calendar = facts.calendar
    ledger = {line: monthly(facts.dataset, LEDGER, line).get(calendar.as_of) for line in lines[:3]}
    known = [value for value in ledger.values() if value is not None]
    opening: dict[str, Decimal | None] = dict(ledger)
    opening["working_capital"] = known[0] + known[1] - known[2] if len(known) == len(ledger) else None
    projected = {line: monthly(facts.projection, PROJECTION, line) for line in lines}
    shown = calendar.months[2::3]
    return PackTable(
        f"Working capital, {facts.currency}",
        (PackColumn("Line"), *(PackColumn(month(when), "money") for when in (calendar.as_of, *shown))),
        tuple((named(line), opening[line], *(projected[line].get(when) for when in shown)) for line in lines),
        total=True,
    )
