"""The plan in whole units, month by month, so that every identity holds to the unit.

    closing = opening + production + purchases + spot − shipped
    shipped + unmet + lost = demand + what was unmet before

Whatever is on hand ships as far as it is owed, to the segments in proportion to what they are owed. Supply is
rounded up where the limits have room for it, if need be a month earlier, so that no unit is late for rounding.
"""

from dataclasses import dataclass

import numpy as np

from sop_cli.stages.project.grid import Floats, Wholes
from sop_cli.stages.project.limits import SCALE, Limits
from sop_cli.stages.project.network import Network
from sop_cli.stages.project.supply import Supply

SLACK = 1e-6  # a solver's 99.9999999 is 100


@dataclass(frozen=True)
class Rolled:
    """The plan in whole units."""

    supply: Wholes  # cell x month: made or bought, as the cell's kind is
    spot: Wholes  # cell x month
    shipped: Wholes  # strand x month
    unmet: Wholes  # strand x month: owed at month end
    lost: Wholes  # strand x month
    opening: Wholes  # cell x month
    closing: Wholes  # cell x month


def roll_forward(network: Network, limits: Limits, plan: Supply) -> Rolled:
    """Opening stock, supply and demand rolled through the horizon."""
    supply = _within_limits(network, limits, plan)
    bought = np.diff(np.ceil(np.cumsum(plan.spot, axis=1) - SLACK), axis=1, prepend=0)
    spot = np.minimum(bought, plan.spot_limit)
    received = supply + network.other + spot.astype(np.int64)
    shipped, unmet, lost = (np.zeros_like(network.strand_demand) for _ in range(3))
    opening, closing = (np.zeros_like(network.demand) for _ in range(2))
    stock, waiting = network.opening, network.strand_past_due
    for month in range(network.demand.shape[1]):
        opening[:, month] = stock
        owed = waiting + network.strand_demand[:, month]
        total = np.zeros(len(stock), dtype=np.int64)
        np.add.at(total, network.strand_cell, owed)
        leaving = np.clip(stock + received[:, month], 0, total)
        shipped[:, month] = _share(leaving, owed, total, network.strand_cell)
        left = owed - shipped[:, month]
        lost[:, month] = np.where(network.lost[network.strand_cell], left, 0)
        unmet[:, month] = waiting = left - lost[:, month]
        closing[:, month] = stock = stock + received[:, month] - leaving
    return Rolled(supply, spot.astype(np.int64), shipped, unmet, lost, opening, closing)


def _within_limits(network: Network, limits: Limits, plan: Supply) -> Wholes:
    """The plan's supply in whole units that fit into the hours it planned itself; frozen months as they are.

    The wish is the plan's running total rounded up, so that no unit is late for rounding. From the last month to the
    first, units for which a limit has no room are made a month earlier; the few that find none even in the first month
    that is not frozen are made in the first month that has some, in overtime if need be.
    """
    extra = np.clip(np.where(plan.overtime > SLACK, plan.overtime, 0), 0, limits.overtime)
    room, most = (_room(limits.regular + hours) for hours in (extra, limits.overtime))
    liquid = np.nonzero(~network.frozen)[0]
    result = network.record.copy()
    total = np.ceil(np.cumsum(plan.supply[:, liquid], axis=1) - SLACK).astype(np.int64)
    wish = np.diff(total, axis=1, prepend=0)
    earlier = np.zeros(len(result), dtype=np.int64)
    for place in range(len(liquid) - 1, -1, -1):
        units = wish[:, place] + earlier
        result[:, liquid[place]] = _fitting(units, plan.supply[:, liquid[place]], limits, room[:, liquid[place]])
        earlier = units - result[:, liquid[place]]
    for month in liquid:
        if earlier.any():
            units = result[:, month] + earlier
            fitting = _fitting(units, result[:, month].astype(np.float64), limits, most[:, month])
            earlier, result[:, month] = units - fitting, fitting
    return result


def _room(hours: Floats) -> Floats:
    scaled: Floats = np.floor(hours * SCALE + 0.5)
    return scaled


def _fitting(units: Wholes, plan: Floats, limits: Limits, room: Floats) -> Wholes:
    """`units` of each cell cut to the room of every limit, where they exceed the plan the least first."""
    result = units.copy()
    while (over := limits.used(result[:, None])[:, 0] - room).max(initial=0) > 0:
        limit = int(np.argmax(over))
        here = (limits.use_limit == limit) & (result[limits.use_cell] > 0)
        cells, hours = limits.use_cell[here], limits.use_hours[here]
        order = np.argsort((plan - result)[cells], kind="stable")
        enough = int(np.searchsorted(np.cumsum(hours[order]), over[limit])) + 1
        result[cells[order[:enough]]] -= 1
    return result


def _share(leaving: Wholes, owed: Wholes, total: Wholes, cell: Wholes) -> Wholes:
    """Whole units of each cell shared among its strands in proportion to what they are owed, none getting more."""
    walked = np.cumsum(owed)
    starts = np.concatenate([[0], np.cumsum(total)])[cell]
    divisor = np.maximum(total, 1)[cell]

    def rounded(so_far: Wholes) -> Wholes:
        half_up: Wholes = (2 * leaving[cell] * so_far + divisor) // (2 * divisor)
        return half_up

    return rounded(walked - starts) - rounded(walked - starts - owed)
