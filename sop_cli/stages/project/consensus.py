"""One demand number: which voice counts where, what orders do to it, and from which site it ships.

Make to stock
- Open orders promised in a closed month are past due: they are owed when the horizon opens, and are no demand of it.
- Inside the demand fence the open orders alone are the demand, at the site of the order. Without any open orders
  there is nothing to fence.
- Beyond it the first voice of the priority list that says anything about an item and segment within the horizon
  counts, as far as that voice reaches at all; from the month after its last one the next voice goes on. It is
  consumed by orders: demand = max(forecast, orders + already shipped) − already shipped, where "already shipped" is
  what left before its promised month. No voice: the orders alone.
- Demand beyond the fence ships from the sites in the proportion of what they shipped of the last twelve months of
  demand, by promised month, less returns: of the item in the segment, else of the item, else of its family, else all
  from the home site. Orders that are still open give no site a share, nor does a sum that is not above 0.

Make to order
- The first voice means bookings. Demand due in a month = orders in hand promised in it + bookings of a lead time ago.
- All of it is made and shipped at the home plant. Orders are not consumed: new bookings come on top.

Voices by segment and voices for the whole item are never added up: the first voice that says anything about an item
decides. If it names segments, what later voices say without a segment is left out; if it names none, it speaks for all
segments, later voices are left out, and the item's orders count without their segment.

Everything is in whole base units; rounding (a half goes up) runs on from month to month, so nothing is lost. Of
several sites each by name takes its share of what those before it left. Below 0 counts as 0.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.dataset import ACTUAL, ORDERS, SALES, STATISTICAL
from sop_cli.stages.project.baseline import leads
from sop_cli.stages.project.facts import Facts, PlanRules
from sop_cli.stages.project.grid import Floats, column, grid, indexed, listed, split, whole

STRAND = ("item", "site", "segment")
_ROWS = {"item": pl.String, "site": pl.String, "segment": pl.String, "month": pl.Date, "value": pl.Int64}


@dataclass(frozen=True)
class Demand:
    """Consensus demand in whole units, by item, shipping site and segment."""

    due: pl.DataFrame  # item, site, segment, month, value: demand by promised month
    past_due: pl.DataFrame  # item, site, segment, value: orders that are late when the horizon opens
    bookings: pl.DataFrame  # item, site, segment, month, value: make to order
    backlog: pl.DataFrame  # item, site, value: all open orders of make-to-order items, late ones included


def consensus(facts: Facts, calendar: Calendar, rules: PlanRules, statistical: pl.DataFrame) -> Demand:
    """The demand the plan has to meet; see the rules at the top of this file."""
    orders = _open_orders(facts)
    stock, order = (facts.items.filter(pl.col("policy").eq(policy)).select("item") for policy in ("mts", "mto"))
    said = pl.concat([facts.numbers(SALES, "demand"), facts.numbers(SALES, "bookings")])
    voices = {STATISTICAL: statistical, SALES: said}
    spoken = [voices[version].select("item", "segment", "month", "value") for version in rules.demand]
    ranked, whole_items = _one_level(spoken, calendar)
    orders = _at_level(orders, whole_items)
    fence = rules.demand_fence if orders.height else 0
    past = orders.filter(pl.col("month") < calendar.cycle)
    late = indexed(past.select(STRAND))
    past_due = late.drop("at").with_columns(
        pl.Series("value", np.maximum(np.floor(column(past, late) + 0.5), 0), dtype=pl.Int64)
    )
    fenced = _fenced(orders.join(stock, on="item", how="semi"), calendar, fence)
    early = _at_level(facts.numbers(ACTUAL, "demand").filter(pl.col("month") > calendar.as_of), whole_items)
    forecast = _beyond(facts, calendar, fence, ranked, [orders, early], stock)
    promised, bookings, later = _made_to_order(facts, calendar, ranked, orders, order)
    parts = [past_due.join(order, on="item", how="semi"), promised, later]
    backlog = pl.concat([part.select("item", "site", "value") for part in parts])
    lead = leads(facts.items)
    arriving = (
        bookings.join(lead, on="item", validate="m:1")
        .with_columns(month=pl.col("month").dt.offset_by(pl.format("{}mo", "lead")))
        .filter(pl.col("month") <= calendar.months[-1])
        .select(_ROWS.keys())
    )
    due = pl.concat([fenced, forecast, promised, arriving]).group_by(*STRAND, "month").agg(pl.col("value").sum())
    return Demand(
        due.sort(*STRAND, "month"),
        past_due.filter(pl.col("value") > 0),
        bookings,
        backlog.group_by("item", "site").agg(pl.col("value").sum()).sort("item", "site"),
    )


def shipping_shares(facts: Facts, calendar: Calendar, series: pl.DataFrame) -> tuple[Floats, pl.DataFrame]:
    """Weights (series x site) by which demand ships from sites, and the sites.

    `series` has item, segment, at. Weights are what was shipped of the demand of the last twelve months, at the finest
    level that has any: item in segment, item, family, home site.
    """
    year = pl.col("month").is_between(add_months(calendar.as_of, -11), calendar.as_of)
    homes = facts.items.select("item", "family", home="site")
    demand = facts.numbers(ACTUAL, "demand").filter(year, pl.col("site").is_not_null()).drop("family")
    demand = demand.join(homes, on="item", validate="m:1")
    sites = indexed(pl.concat([demand.select("site"), homes.select(site="home")]))
    places = series.join(homes, on="item", how="left", validate="m:1").sort("at")
    weights = np.zeros((series.height, sites.height))
    home = places.join(sites.select(home="site", place="at"), on="home", nulls_equal=True, validate="m:1")
    weights[home["at"].to_numpy(), home["place"].to_numpy()] = 1
    for level in (["family"], ["item"], ["item", "segment"]):  # the finer level overwrites the coarser one
        # An item planned as a whole ships as all its segments do, not as those of unknown accounts.
        levelled = demand.drop_nulls("segment") if "segment" in level else demand
        known = (
            levelled.group_by(*level, "site").agg(pl.col("value").sum().cast(pl.Float64)).filter(pl.col("value") > 0)
        )
        found = places.join(known, on=level, nulls_equal=True).join(sites.rename({"at": "place"}), on="site")
        weights[found["at"].unique().to_numpy()] = 0
        weights[found["at"].to_numpy(), found["place"].to_numpy()] = found["value"].to_numpy()
    return weights, sites


def _open_orders(facts: Facts) -> pl.DataFrame:
    """Open orders of known items; made to order they ship from the home plant, and so do those without a site."""
    homes = facts.items.select("item", "policy", home="site")
    site = pl.when(pl.col("policy") == "mto").then("home").otherwise(pl.coalesce("site", "home"))
    orders = facts.numbers(ORDERS, "demand").join(homes, on="item", validate="m:1")
    return orders.select("item", "segment", "month", "value", site=site)


def _fenced(orders: pl.DataFrame, calendar: Calendar, fence: int) -> pl.DataFrame:
    months = calendar.months[:fence]
    inside = orders.filter(pl.col("month").is_in(months))
    strands = indexed(inside.select(STRAND))
    return listed(whole(np.maximum(grid(inside, strands, months), 0)), strands, months)


def _one_level(spoken: list[pl.DataFrame], calendar: Calendar) -> tuple[list[pl.DataFrame], pl.DataFrame]:
    """The voices, in order of priority, without what would count twice, and the items (item) planned as a whole."""
    inside = pl.col("month").is_in(calendar.months)
    known = whole_items = pl.DataFrame(schema={"item": pl.String})
    kept = []
    for rows in spoken:
        later = rows.join(known, on="item", how="semi").filter(pl.col("segment").is_not_null())
        first = rows.join(known, on="item", how="anti")
        kept.append(pl.concat([first, later.join(whole_items, on="item", how="anti")]))
        said = first.filter(inside)
        unsegmented = said.filter(pl.col("segment").is_null()).select("item").unique()
        whole_items = pl.concat([whole_items, unsegmented])
        known = pl.concat([known, said.select("item").unique()])
    # A voice that names segments here and none there speaks for the whole item.
    return [_at_level(rows, whole_items) for rows in kept], whole_items


def _at_level(rows: pl.DataFrame, whole_items: pl.DataFrame) -> pl.DataFrame:
    """`rows` without segment where the item is planned as a whole."""
    planned_whole = pl.col("item").is_in(whole_items["item"].to_list())
    return rows.with_columns(segment=pl.when(~planned_whole).then("segment"))


def _beyond(
    facts: Facts,
    calendar: Calendar,
    fence: int,
    ranked: list[pl.DataFrame],
    taken: list[pl.DataFrame],
    stock: pl.DataFrame,
) -> pl.DataFrame:
    """Demand beyond the fence; `taken` holds the open orders and what was shipped before its promised month."""
    months = calendar.months
    orders, early = (rows.join(stock, on="item", how="semi") for rows in taken)
    voices = [rows.join(stock, on="item", how="semi") for rows in ranked]
    series = indexed(
        pl.concat([rows.filter(pl.col("month").is_in(months)).select("item", "segment") for rows in (*voices, orders)])
    )
    shipped = np.maximum(grid(early, series, months), 0)
    owed = np.maximum(_first_voice(voices, series, calendar), grid(orders, series, months) + shipped) - shipped
    owed[:, :fence] = 0
    weights, sites = shipping_shares(facts, calendar, series)
    parts = split(whole(np.maximum(owed, 0)), weights)
    shipping = [
        listed(parts[:, row["at"]], series, months).with_columns(site=pl.lit(row["site"])).select(_ROWS.keys())
        for row in sites.rows(named=True)
    ]
    return pl.concat([pl.DataFrame(schema=_ROWS), *shipping])


def _made_to_order(
    facts: Facts, calendar: Calendar, ranked: list[pl.DataFrame], orders: pl.DataFrame, order: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Orders in hand by promised month, bookings, and the orders promised beyond the horizon."""
    months = calendar.months
    in_hand = orders.join(order, on="item", how="semi")
    strands = indexed(in_hand.select(STRAND))
    promised = listed(whole(np.maximum(grid(in_hand, strands, months), 0)), strands, months)
    beyond = in_hand.filter(pl.col("month") > months[-1])
    later = strands.drop("at").with_columns(
        pl.Series("value", np.maximum(np.floor(column(beyond, strands) + 0.5), 0), dtype=pl.Int64)
    )
    voices = [rows.join(order, on="item", how="semi") for rows in ranked]
    empty = pl.DataFrame(schema={"item": pl.String, "segment": pl.String})
    series = indexed(
        pl.concat([empty, *(rows.filter(pl.col("month").is_in(months)).select("item", "segment") for rows in voices)])
    )
    forecast = np.maximum(_first_voice(voices, series, calendar), 0)
    bookings = listed(whole(forecast), series, months).join(
        facts.items.select("item", "site"), on="item", validate="m:1"
    )
    return promised, bookings.select(_ROWS.keys()).sort(*STRAND, "month"), later


def _first_voice(voices: list[pl.DataFrame], series: pl.DataFrame, calendar: Calendar) -> Floats:
    """Per series the values of the first voice that has any within the horizon, then of the voice after its end.

    A voice ends with its last month of any series: where it says nothing before that, it says 0.
    """
    chosen = np.zeros((series.height, calendar.horizon))
    for rows in reversed(voices):
        inside = rows.filter(pl.col("month").is_in(calendar.months))
        if inside.height == 0:
            continue
        reach = calendar.months.index(inside["month"].sort()[-1]) + 1
        spoken = inside.select("item", "segment").unique()
        heard = series.join(spoken, on=["item", "segment"], how="semi", nulls_equal=True)["at"].to_numpy()
        chosen[heard, :reach] = grid(rows, series, calendar.months)[heard, :reach]
    return chosen
