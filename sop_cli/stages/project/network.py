"""The plan as arrays: what lies where, who waits for what, what is already fixed.

A cell is an item at a site, a strand is a segment's demand on a cell. The rows of every array follow `cells` or
`strands`, its columns the months of the horizon.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sop_cli.schemas.calendar import Calendar
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, RECORD
from sop_cli.stages.project.consensus import STRAND, Demand
from sop_cli.stages.project.facts import Facts, PlanRules
from sop_cli.stages.project.grid import Floats, Wholes, column, grid, indexed, whole
from sop_cli.stages.project.inventory import target_stock

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Network:
    """Demand, stock and fixed supply of every cell, in whole base units."""

    cells: pl.DataFrame  # at, item, family, site, policy, supply, supplier, opening (Decimal)
    strands: pl.DataFrame  # at, item, site, segment; sorted as the cells are
    strand_cell: Wholes  # strand -> cell
    strand_demand: Wholes  # strand x month
    strand_past_due: Wholes  # strand
    demand: Wholes  # cell x month
    past_due: Wholes  # cell
    opening: Wholes  # cell: whole units on hand; a fraction stays where it is and is never shipped
    target: Wholes  # cell x (as-of, then the months)
    frozen: Flags  # month: the plan of record stands
    record: Wholes  # cell x month: fixed supply of the cell's own kind (made or bought); 0 where not frozen
    other: Wholes  # cell x month: fixed supply of the other kind
    make: Flags  # cell: made, else bought
    supplied: Flags  # cell: may be made or bought at all
    lost: Flags  # cell: what is unmet is lost, not carried
    ahead: Floats  # cell x month: the most closing stock there may be; infinite where nothing forbids more


def network(facts: Facts, calendar: Calendar, rules: PlanRules, demand: Demand) -> Network:
    """Facts and consensus demand as arrays; the same facts in another order give the same arrays."""
    months = calendar.months
    cells = _cells(facts, calendar, demand)
    index = cells.select("item", "site", "at")
    strands = indexed(pl.concat([demand.due.select(STRAND), demand.past_due.select(STRAND)]))
    owner = strands.join(
        index.rename({"at": "cell"}), on=["item", "site"], how="left", nulls_equal=True, validate="m:1"
    ).sort("at")
    strand_cell = owner["cell"].to_numpy().astype(np.int64)
    strand_demand = grid(demand.due, strands, months).astype(np.int64)
    strand_past_due = column(demand.past_due, strands).astype(np.int64)
    cell_demand = _per_cell(strand_demand, strand_cell, cells.height)
    make, order = (cells["supply"] == "make").to_numpy(), (cells["policy"] == "mto").to_numpy()
    made, bought = (whole(grid(facts.numbers(RECORD, kind), index, months)) for kind in ("production", "purchases"))
    # Without any plan of record there is nothing to freeze; freezing would mean that nothing is made.
    frozen = (np.arange(len(months)) < rules.frozen) & bool((facts.dataset["version"] == RECORD).any())
    record = np.maximum(np.where(make[:, None], made, bought), 0) * frozen
    other = np.maximum(np.where(make[:, None], bought, made), 0) * frozen
    opening = np.floor(cells["opening"].cast(pl.Float64).to_numpy()).astype(np.int64)
    days = cells["target_days"].cast(pl.Float64).fill_null(0).to_numpy()
    booked = _booked_ahead(demand, index, calendar, cell_demand)
    floor = np.maximum(opening, 0)[:, None] + np.cumsum(record + other, axis=1)
    return Network(
        cells=cells.drop("target_days", "home"),
        strands=strands,
        strand_cell=strand_cell,
        strand_demand=strand_demand,
        strand_past_due=strand_past_due,
        demand=cell_demand,
        past_due=_per_cell(strand_past_due, strand_cell, cells.height),
        opening=opening,
        target=target_stock(cell_demand.astype(np.float64), np.where(order, 0, days)),
        frozen=frozen,
        record=record,
        other=other,
        make=make,
        supplied=~order | cells["site"].eq_missing(cells["home"]).to_numpy(),
        lost=~order & (rules.unmet == "lost"),
        ahead=np.where(order[:, None], np.maximum(booked, floor), np.inf),
    )


def _cells(facts: Facts, calendar: Calendar, demand: Demand) -> pl.DataFrame:
    """Every item at its home site, and at every site with stock, demand or fixed supply."""
    stock = facts.numbers(ACTUAL, "inventory_units").filter(pl.col("month") == calendar.as_of)
    planned = facts.dataset.filter(
        pl.col("version").eq(RECORD)
        & pl.col("measure").is_in(["production", "purchases"])
        & pl.col("month").is_in(calendar.months)
    )
    sources = (facts.items, stock.filter(pl.col("value") != 0), planned, demand.due, demand.past_due)
    places = pl.concat([rows.select("item", "site") for rows in sources]).unique()
    items = facts.items.select("item", "family", "policy", "supply", "supplier", "target_days", home="site")
    opening = stock.group_by("item", "site").agg(opening=pl.col("value").sum().cast(EXACT))
    return (
        places.join(items, on="item", validate="m:1")
        .join(opening, on=["item", "site"], how="left", nulls_equal=True, validate="m:1")
        .with_columns(pl.col("opening").fill_null(pl.lit(0, dtype=EXACT)))
        .sort("item", "site")
        .with_columns(at=pl.int_range(pl.len(), dtype=pl.Int64))
    )


def _per_cell(strands: Wholes, strand_cell: Wholes, cells: int) -> Wholes:
    total = np.zeros((cells, *strands.shape[1:]), dtype=np.int64)
    np.add.at(total, strand_cell, strands)
    return total


def _booked_ahead(demand: Demand, index: pl.DataFrame, calendar: Calendar, due: Wholes) -> Floats:
    """Units booked by the end of each month and due after it: nothing is made to order before it is ordered."""
    in_hand = column(demand.backlog, index) - column(demand.past_due, index.select("item", "site", "at"))
    booked = in_hand[:, None] + np.cumsum(grid(demand.bookings, index, calendar.months), axis=1)
    return np.maximum(booked - np.cumsum(due, axis=1), 0)
