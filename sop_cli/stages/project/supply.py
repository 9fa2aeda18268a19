"""The constrained plan: what to make, buy and put off, so that as little as possible is late.

A linear programme over cell (item x site) and month. Per cell and month it chooses supply (made or bought), spot
purchases, closing stock up to and above target, and what is late (carried on) or lost:

    stock[t] = stock[t−1] + supply[t] + spot[t] + other fixed receipts[t] − shipped[t]
    shipped[t] = demand[t] + late[t−1] − late[t] − lost[t]

and per resource and month overtime, so that Σ supply x hours <= regular + overtime, overtime <= its limit; a supplier
is such a limit of one per unit without overtime. In frozen months supply is the plan of record, even above the
limits: it stands, and the overload shows. It is never infeasible, as demand can always be late or lost. The cost is
holding, below target, late or lost, overtime and spot premium; see weights.py. Stock below 0 is made good like
demand that is past due. Lead times do not hold supply back; there are no transfers between sites.
"""

from dataclasses import dataclass

import numpy as np

from sop_cli.stages.project.grid import Floats, Wholes
from sop_cli.stages.project.limits import SCALE, Limits
from sop_cli.stages.project.network import Network
from sop_cli.stages.project.programme import Programme
from sop_cli.stages.project.weights import Weights

SPOT_SHARE = 0.25  # of a month's demand: what a spot market is trusted with
UNKNOWN_PREMIUM = 1.0  # per hour; not known, but never free: regular hours go first


@dataclass(frozen=True)
class Supply:
    """The best plan, still in fractions of units."""

    supply: Floats  # cell x month: made or bought, as the cell's kind is
    spot: Floats  # cell x month
    spot_limit: Wholes  # cell x month
    overtime: Floats  # limit x month: hours
    worth: Floats  # limit x month: cost that one more regular hour (or unit) would save
    cost: float  # by the weights, for comparing plans; not money


def supply_plan(network: Network, limits: Limits, weights: Weights) -> Supply:
    """The plan of least cost; the same input gives the same plan to the last bit."""
    programme = Programme()
    missing = np.maximum(-network.opening, 0)
    record = network.record.astype(np.float64)
    free = network.supplied[:, None] & ~network.frozen[None, :]
    supply = programme.columns(np.zeros(record.shape), record, np.where(free, np.inf, record))
    offered = ~np.isnan(weights.spot)[:, None] & free
    spot_limit = np.where(offered, np.floor(SPOT_SHARE * network.demand), 0).astype(np.int64)
    spot = programme.columns(np.nan_to_num(weights.spot)[:, None], 0, spot_limit.astype(np.float64))
    target = np.minimum(network.target[:, 1:], network.ahead)
    filled = programme.columns((weights.holding - weights.under)[:, None], 0, target)
    above = programme.columns(weights.holding[:, None], 0, network.ahead - target)
    carried = np.where(network.lost, missing, np.inf)[:, None]
    late = programme.columns(weights.late[:, None] * np.ones(record.shape), 0, carried)
    owed = network.demand.copy()
    owed[:, 0] += network.past_due
    lost = programme.columns(weights.late[:, None], 0, np.where(network.lost[:, None], owed, 0).astype(np.float64))
    owed[:, 0] += missing - np.maximum(network.opening, 0)
    balance = (network.other - owed).astype(np.float64)
    rows = programme.rows(balance, balance)
    for block, sign in ((filled, 1), (above, 1), (supply, -1), (spot, -1), (late, -1), (lost, -1)):
        programme.enter(rows, block, sign)
    for block, sign in ((filled, -1), (above, -1), (late, 1)):
        programme.enter(rows[:, 1:], block[:, :-1], sign)
    overtime = _limit(programme, network, limits, supply)
    solution = programme.solve()
    worth = np.maximum(-solution.duals[rows.size :], 0).reshape(limits.regular.shape)
    below_target = float((weights.under[:, None] * target).sum())
    return Supply(
        solution.columns[supply],
        solution.columns[spot],
        spot_limit,
        solution.columns[overtime],
        worth,
        solution.cost + below_target,
    )


def _limit(programme: Programme, network: Network, limits: Limits, supply: Wholes) -> Wholes:
    """Rows that hold the use of each limit to its regular hours and overtime; the columns of overtime."""
    fixed = limits.used(network.record) / SCALE
    most = np.where(network.frozen, np.maximum(limits.overtime, fixed - limits.regular), limits.overtime)
    premium = np.where(np.isnan(limits.premium), UNKNOWN_PREMIUM, limits.premium)
    overtime = programme.columns(premium[:, None], 0, np.maximum(most, 0))
    rows = programme.rows(np.full(limits.regular.shape, -np.inf), limits.regular)
    hours = (limits.use_hours / SCALE)[:, None]
    programme.enter(rows[limits.use_limit], supply[limits.use_cell], hours * np.ones(supply.shape[1]))
    programme.enter(rows, overtime, -1)
    return overtime
