"""The projection: demand, the plan that meets as much of it as can be met, and what that earns."""

import polars as pl

from sop_cli.findings.finding import all_findings
from sop_cli.schemas.calendar import Calendar
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import CONSENSUS, DATASET, MEASURES, PROJECTION, STATISTICAL
from sop_cli.stages.project.baseline import baseline
from sop_cli.stages.project.budget import budgets_above_capacity
from sop_cli.stages.project.capacity import load_table, overloads, requirement, supplier_shortages, unknown_capacity
from sop_cli.stages.project.consensus import Demand, consensus
from sop_cli.stages.project.facts import Facts, PlanRules, Projection
from sop_cli.stages.project.inventory import misplaced
from sop_cli.stages.project.limits import Limits, limits
from sop_cli.stages.project.money import money_lines, money_table
from sop_cli.stages.project.network import Network, network
from sop_cli.stages.project.plan import family_cover, plan_table, strand_table
from sop_cli.stages.project.prices import average_prices, unit_prices
from sop_cli.stages.project.rollforward import roll_forward
from sop_cli.stages.project.shortage import shortages
from sop_cli.stages.project.supply import Supply, supply_plan
from sop_cli.stages.project.weights import weights

# Where nothing happened there is no row; stock is different: none on hand is a statement.
_FLOWS = ("production", "purchases", "unmet_units", "lost_units")
_STOCKS = ("inventory_units", "backlog_units")


def project(facts: Facts, calendar: Calendar, rules: PlanRules) -> Projection:
    """The plan of the horizon. The same facts, in any order of rows, give the same projection."""
    statistical = baseline(facts, calendar)
    demand = consensus(facts, calendar, rules, statistical)
    cells = network(facts, calendar, rules, demand)
    bounds = limits(facts, calendar, cells.cells)
    averages = average_prices(facts, calendar)
    best = supply_plan(cells, bounds, weights(facts, rules, cells, averages))
    rolled = roll_forward(cells, bounds, best)
    plan = plan_table(cells, calendar, demand, rolled)
    strands = strand_table(cells, calendar, rolled)
    prices = unit_prices(facts, calendar, cells.strands)
    falling_due = _falling_due(demand, calendar)
    needed = requirement(falling_due, facts.routings, averages)
    planned = requirement(plan.select("item", "month", value="production"), facts.routings, averages)
    load = load_table(facts, calendar, needed, planned, _worth_of_an_hour(bounds, best, calendar))
    bought = facts.items.filter(pl.col("supply").eq("buy") & pl.col("supplier").is_not_null())
    supplied = bought.select("item", resource="supplier", hours=pl.lit(1, dtype=EXACT))
    lines = money_lines(facts, calendar, rules, plan, strands, load, prices)
    found = [
        overloads(load, needed),
        shortages(plan, strands, prices),
        budgets_above_capacity(facts, calendar, rules.budgets, averages),
        misplaced(_as_of_stock(cells), facts.costs),
        supplier_shortages(requirement(falling_due, supplied, averages), facts.supplier_limits),
        unknown_capacity(facts, load, falling_due),
    ]
    quantities = pl.concat([_units(plan, strands, load), _line(family_cover(plan, calendar), "days_of_supply")])
    rows = pl.concat(
        [
            _line(_with_family(statistical, facts).filter(~_booked(facts)), "demand", "value", STATISTICAL),
            _line(_with_family(statistical, facts).filter(_booked(facts)), "bookings", "value", STATISTICAL),
            _line(_with_family(demand.due, facts), "demand", "value", CONSENSUS),
            _line(_with_family(demand.bookings, facts), "bookings", "value", CONSENSUS),
            quantities,
            *(
                _line(lines.filter(pl.col("measure") == measure), measure, "value")
                for measure in lines["measure"].unique(maintain_order=True)
            ),
        ]
    )
    dataset = _with_units(rows, facts, rules.currency).sort(
        "version", "measure", "item", "family", "site", "segment", "month"
    )
    return Projection(
        dataset, plan, load, money_table(dataset.filter(pl.col("version") == PROJECTION)), all_findings(found)
    )


def _falling_due(demand: Demand, calendar: Calendar) -> pl.DataFrame:
    """item, month, value: consensus demand, with the past-due orders in the first month."""
    late = demand.past_due.with_columns(month=pl.lit(calendar.cycle))
    rows = [part.select("item", "month", "value") for part in (demand.due, late)]
    return pl.concat(rows).group_by("item", "month").agg(pl.col("value").sum().cast(EXACT)).sort("item", "month")


def _worth_of_an_hour(bounds: Limits, best: Supply, calendar: Calendar) -> pl.DataFrame:
    months = pl.DataFrame({"month": calendar.months}, schema={"month": pl.Date})
    table = bounds.limits.join(months, how="cross", maintain_order="left_right")
    worth = pl.Series("worth_of_an_hour", best.worth.ravel(), dtype=pl.Float64).round(4).cast(EXACT)
    return (
        table.with_columns(worth)
        .filter(pl.col("kind") == "resource")
        .select("month", "worth_of_an_hour", resource="name")
    )


def _as_of_stock(cells: Network) -> pl.DataFrame:
    """item, family, site, on_hand, target at the end of the as-of month, of what is made to stock."""
    target = pl.Series("target", cells.target[:, 0], dtype=pl.Int64).cast(EXACT)
    stock = cells.cells.with_columns(target).filter(pl.col("policy") == "mts")
    return stock.select("item", "family", "site", "target", on_hand="opening")


def _units(plan: pl.DataFrame, strands: pl.DataFrame, load: pl.DataFrame) -> pl.DataFrame:
    """Quantities and hours of the projection as dataset rows; purchases include what is bought spot."""
    grid = plan.select(
        "month", "item", "family", "site", "production", purchases=pl.col("purchases") + pl.col("spot"),
        unmet_units="unmet", lost_units="lost", inventory_units="closing", backlog_units="backlog",
    )  # fmt: skip
    hours = load.group_by("month", "site").agg(
        pl.col("load_hours", "planned_hours", "regular", "overtime_used").sum(), known=pl.col("regular").count()
    )
    parts = [_line(strands.filter(pl.col("shipped") != 0), "units", "shipped")]
    parts += [_line(grid.filter(pl.col(name) != 0), name) for name in _FLOWS]
    parts += [_line(grid.drop_nulls(name), name) for name in _STOCKS]
    parts += [
        _line(hours, "load_hours", "load_hours", CONSENSUS),
        _line(hours, "load_hours", "planned_hours"),
        _line(hours.filter(pl.col("known") > 0), "capacity_hours", "regular"),
        _line(hours.filter(pl.col("overtime_used") > 0), "overtime_hours", "overtime_used"),
    ]
    return pl.concat(parts)


def _booked(facts: Facts) -> pl.Expr:
    """Whether a forecast of the item means bookings."""
    return pl.col("item").is_in(facts.items.filter(pl.col("policy") == "mto")["item"].to_list())


def _with_units(rows: pl.DataFrame, facts: Facts, currency: str) -> pl.DataFrame:
    """`rows` with their unit as the reconciled dataset has it: the item's base unit, the currency, h or days."""
    kinds = {"money": currency, "hours": "h", "days": "days", "units": None}
    fixed = {name: kinds[measure.unit] for name, measure in MEASURES.items()}
    uom = facts.items.select("item", uom="uom")
    unit = pl.coalesce(pl.col("measure").replace_strict(fixed, return_dtype=pl.String), "uom")
    joined = rows.join(uom, on="item", how="left", validate="m:1", maintain_order="left")
    return joined.with_columns(unit=unit).select(*DATASET)


def _with_family(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    return rows.join(facts.items.select("item", "family"), on="item", how="left", validate="m:1")


def _line(rows: pl.DataFrame, measure: str, value: str | None = None, version: str = PROJECTION) -> pl.DataFrame:
    """`rows` as dataset rows of one measure; levels they do not have are null."""
    given = {"version": pl.lit(version), "measure": pl.lit(measure)}
    given["value"] = pl.col(value or measure)
    return rows.select(
        given.get(name, pl.col(name) if name in rows.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in DATASET.items()
    )
