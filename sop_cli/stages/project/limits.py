"""What holds supply back: the hours of resources and the monthly limits of suppliers, as one kind of limit.

A supplier is a limit of which every unit bought uses one. A resource or month without a figure is not known, and
does not hold the plan back; a finding says so for resources.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sop_cli.schemas.calendar import Calendar
from sop_cli.schemas.column import EXACT
from sop_cli.stages.project.facts import Facts
from sop_cli.stages.project.grid import Floats, Wholes, grid, indexed
from sop_cli.stages.project.levers import rated

SCALE = 10**8  # hours per unit have eight decimals: times SCALE their sums are exact whole numbers


@dataclass(frozen=True)
class Limits:
    """Limits, what each cell uses of them per unit, and how much there is by month."""

    limits: pl.DataFrame  # at, kind ("resource" | "supplier"), name, site (null for a supplier)
    use_cell: Wholes  # one entry per cell and limit it runs into
    use_limit: Wholes
    use_hours: Wholes  # hours (or units) per unit, times SCALE
    regular: Floats  # limit x month; infinite where not known
    overtime: Floats  # limit x month: the most that can be added
    premium: Floats  # limit: cost of an hour of overtime; NaN where not known

    def used(self, supply: Wholes) -> Wholes:
        """Hours used (limit x month, times SCALE) by `supply` (cell x month)."""
        total = np.zeros((self.limits.height, supply.shape[1]), dtype=np.int64)
        np.add.at(total, self.use_limit, supply[self.use_cell] * self.use_hours[:, None])
        return total


def limits(facts: Facts, calendar: Calendar, cells: pl.DataFrame) -> Limits:
    """The limits the cells run into, resources first; `cells` has at, item, site, supply, supplier."""
    made, bought = (cells.filter(pl.col("supply") == kind) for kind in ("make", "buy"))
    resources = made.join(facts.routings.filter(pl.col("hours") > 0), on="item").select(
        "at", "hours", kind=pl.lit("resource"), name="resource"
    )
    suppliers = bought.join(facts.supplier_limits.select("supplier").unique(), on="supplier").select(
        "at", hours=pl.lit(1, dtype=EXACT), kind=pl.lit("supplier"), name="supplier"
    )
    uses = pl.concat([resources, suppliers])
    index = indexed(uses.select("kind", "name"))
    uses = uses.join(index.rename({"at": "limit"}), on=["kind", "name"], validate="m:1").sort("limit", "at")
    amounts = pl.concat(
        [
            facts.capacity.select(pl.lit("resource").alias("kind"), "month", "regular", "overtime", name="resource"),
            facts.supplier_limits.select(
                pl.lit("supplier").alias("kind"),
                "month",
                regular="quantity",
                overtime=pl.lit(None, dtype=EXACT),
                name="supplier",
            ),
        ]
    )
    known = amounts.filter(pl.col("regular").is_not_null()).with_columns(one=pl.lit(1, dtype=EXACT))
    regular = grid(known, index, calendar.months, "regular")
    regular[grid(known, index, calendar.months, "one") == 0] = np.inf
    sites = facts.capacity.group_by(name="resource").agg(pl.col("site").min(), kind=pl.lit("resource"))
    named = index.join(sites, on=["kind", "name"], how="left", validate="m:1").sort("at")
    costs = rated(named, facts.lever_costs, "overtime", ("hour",), "name", "site").sort("at")["rate"]
    return Limits(
        named.select("at", "kind", "name", "site"),
        uses["at"].to_numpy().astype(np.int64),
        uses["limit"].to_numpy().astype(np.int64),
        np.rint(uses["hours"].cast(pl.Float64).to_numpy() * SCALE).astype(np.int64),
        np.maximum(regular, 0),
        np.maximum(grid(amounts, index, calendar.months, "overtime"), 0),
        costs.cast(pl.Float64).fill_null(np.nan).to_numpy(),
    )
