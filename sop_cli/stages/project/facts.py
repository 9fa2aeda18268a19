"""What a projection is made of, and what comes out of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import polars as pl


@dataclass(frozen=True)
class Facts:
    """Everything known at the end of the as-of month, in base units and reporting currency.

    Numbers are Decimal(38,8); months are the first day of the month. A missing row means "not known".
    """

    dataset: pl.DataFrame  # the reconciled dataset, columns of schemas.dataset.DATASET
    items: pl.DataFrame  # item, family, policy, supply, site, supplier, uom, target_days, lead_time_months, status
    prices: pl.DataFrame  # item, segment, price
    costs: pl.DataFrame  # item, cost
    capacity: pl.DataFrame  # site, resource, month, regular, overtime: hours
    routings: pl.DataFrame  # item, resource, hours: per base unit
    supplier_limits: pl.DataFrame  # supplier, month, quantity
    lever_costs: pl.DataFrame  # lever, scope, basis, cost
    customers: pl.DataFrame  # account, segment, strategic

    def numbers(self, version: str, measure: str) -> pl.DataFrame:
        """The rows of one measure of one version."""
        return self.dataset.filter(
            pl.col("version").eq(version) & pl.col("measure").eq(measure) & pl.col("value").is_not_null()
        )


@dataclass(frozen=True)
class PlanRules:
    """The rules of the projection, as the config has them."""

    currency: str  # reporting currency
    demand_fence: int  # months in which open orders alone are the demand
    frozen: int  # months in which the plan of record stands
    demand: tuple[str, ...]  # forecast versions, first one present wins
    unmet: Literal["backlog", "lost"]  # make to stock; make to order is always backlog
    holding_percent: Decimal  # yearly, of standard cost
    payables_days: Decimal  # DPO on COGS
    budgets: tuple[str, ...]  # versions held against capacity; the first that has a month gives its fixed cost


@dataclass(frozen=True)
class Projection:
    """The plan: what it promises in units, hours and money, and what it cannot do."""

    dataset: pl.DataFrame  # DATASET-shaped: versions statistical, consensus, projection
    plan: pl.DataFrame  # month, item, family, site: see rollforward.PLAN
    load: pl.DataFrame  # site, resource, month: see capacity.LOAD
    money: pl.DataFrame  # month, family (null: lines that have none): see money.MONEY
    findings: pl.DataFrame
