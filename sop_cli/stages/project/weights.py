"""What the supply plan weighs against each other, per unit: holding, being late, buying spot.

Weights steer, they are not booked: projected money is computed from the plan, exactly, elsewhere. Per item:

- holding: standard cost x holding percent / 12 a month;
- below target stock: 1.5 x holding a month, so that filling up is worth while but no reason for much overtime;
- late or lost: the unit margin, at least a quarter of standard cost, for every month a unit is late (so the later the
  worse); never less than four months below target;
- an item without cost or price weighs like the median item, so that it is planned like any other.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sop_cli.stages.project.facts import Facts, PlanRules
from sop_cli.stages.project.grid import Floats
from sop_cli.stages.project.levers import per_unit, rated
from sop_cli.stages.project.network import Network

UNDER_TARGET = 1.5
LEAST_MARGIN = 0.25
LEAST_HOLDING = 0.0005  # of cost a month: without any, nothing would speak against making everything at once


@dataclass(frozen=True)
class Weights:
    """Weights per unit, along the cells of the network."""

    holding: Floats
    under: Floats
    late: Floats
    spot: Floats  # premium of a spot purchase; NaN where it cannot be bought


def weights(facts: Facts, rules: PlanRules, network: Network, prices: pl.DataFrame) -> Weights:
    """The weights of every cell; `prices` has item, price: the average net price."""
    known = network.cells.join(facts.costs.select("item", "cost"), on="item", how="left", validate="m:1")
    known = known.join(prices.select("item", "price"), on="item", how="left", validate="m:1").sort("at")
    cost, price = (known[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("cost", "price"))
    offers = rated(known, facts.lever_costs, "spot", ("unit", "percent"), "supplier", "site").select(
        "at", spot=pl.when(pl.col("supply") == "buy").then(per_unit())
    )
    spot = offers.sort("at")["spot"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    cost = np.where(np.isfinite(cost) & (cost > 0), cost, _median(cost))
    margin = np.where(np.isfinite(price), price - cost, LEAST_MARGIN * cost)
    holding = cost * max(float(rules.holding_percent) / 1200, LEAST_HOLDING)
    under = UNDER_TARGET * holding
    late = np.maximum.reduce([margin, LEAST_MARGIN * cost, 4 * under])
    return Weights(holding, under, late, spot)


def _median(values: Floats) -> float:
    known = values[np.isfinite(values) & (values > 0)]
    return float(np.median(known)) if len(known) else 1.0
