"""A small fictional company to plan for: tables from plain rows, and a bigger one drawn from a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from sop_cli.schemas.calendar import Calendar, add_months, month_of
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.dataset import ACTUAL, DATASET, LEDGER, ORDERS, RECORD, SALES
from sop_cli.stages.project import Facts, PlanRules

CYCLE = month_of("2026-11")
AS_OF = month_of("2026-10")
CALENDAR = Calendar(CYCLE, 18, 1)
RULES = PlanRules("EUR", 1, 1, (SALES, "statistical"), "backlog", Decimal(12), Decimal(45), ())

TABLES: dict[str, dict[str, pl.DataType]] = {
    "items": {
        "item": pl.String(), "family": pl.String(), "policy": pl.String(), "supply": pl.String(), "site": pl.String(),
        "supplier": pl.String(), "uom": pl.String(), "target_days": EXACT, "lead_time_months": EXACT,
        "status": pl.String(),
    },
    "prices": {"item": pl.String(), "segment": pl.String(), "price": EXACT},
    "costs": {"item": pl.String(), "cost": EXACT},
    "capacity": {
        "site": pl.String(), "resource": pl.String(), "month": pl.Date(), "regular": EXACT, "overtime": EXACT
    },
    "routings": {"item": pl.String(), "resource": pl.String(), "hours": EXACT},
    "supplier_limits": {"supplier": pl.String(), "month": pl.Date(), "quantity": EXACT},
    "lever_costs": {"lever": pl.String(), "scope": pl.String(), "basis": pl.String(), "cost": EXACT},
    "customers": {"account": pl.String(), "segment": pl.String(), "strategic": pl.String()},
}  # fmt: skip
ITEM = {
    "policy": "mts",
    "supply": "make",
    "site": "P1",
    "family": "F1",
    "target_days": 0,
    "status": "active",
    "uom": "EA",
}

Row = Mapping[str, Any]


def month(text: str | date) -> date:
    return month_of(text) if isinstance(text, str) else text


def table(schema: Mapping[str, pl.DataType], rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a typed table; what a row lacks is null, numbers become exact through their text."""
    columns = {}
    for name, kind in schema.items():
        values = [row.get(name) for row in rows]
        if kind == EXACT:
            values = [None if value is None else Decimal(str(value)) for value in values]
        elif kind == pl.Date:
            values = [month(value) for value in values if value is not None]
        columns[name] = pl.Series(name, values, dtype=kind)
    return pl.DataFrame(columns)


def number(version: str, measure: str, when: str | date, value: object, **levels: str) -> Row:
    """One row of the reconciled dataset."""
    return {"version": version, "measure": measure, "month": when, "value": value, "unit": "units", **levels}


def facts(numbers: Sequence[Row] = (), **tables: Sequence[Row]) -> Facts:
    """Facts from dataset rows and the rows of the other tables; items get the defaults of ITEM."""
    given = dict(tables)
    given["items"] = [{**ITEM, **row} for row in tables.get("items", ())]
    return Facts(
        table(DATASET, numbers), **{name: table(schema, given.get(name, ())) for name, schema in TABLES.items()}
    )


def hours(resource: str, regular: object, overtime: object = 0, months: int = 18, site: str = "P1") -> list[Row]:
    """The same hours in every month."""
    return [
        {
            "site": site, "resource": resource, "month": add_months(CYCLE, step), "regular": regular,
            "overtime": overtime,
        }
        for step in range(months)
    ]  # fmt: skip


def forecast(item: str, values: Sequence[object], segment: str = "Trade", first: date = CYCLE) -> list[Row]:
    """The sales forecast of an item from the first month on."""
    return [
        number(SALES, "demand", add_months(first, step), value, item=item, segment=segment)
        for step, value in enumerate(values)
    ]


def drawn(seed: int, items: int = 7, horizon: int = 18, tightness: float = 1.0) -> Facts:
    """A company drawn from a seed: two plants, two distribution centres, three segments, 30 months of history."""
    draw = np.random.default_rng(seed)
    segments, sites = ("Retail", "Trade", "Online"), ("DC1", "DC2")
    names = [f"{place:05d}" for place in range(items)]
    master, numbers, prices, costs, routings = [], [], [], [], []
    load = {f"R{place}": 0.0 for place in range(max(2, items // 10))}
    for place, name in enumerate(names):
        policy = "mto" if place % 7 == 6 else "mts"
        supply = "buy" if policy == "mts" and place % 3 == 2 else "make"
        plant = ("P1", "P2")[place % 2]
        level = float(draw.integers(5, 400))
        master.append(
            {
                "item": name, "family": f"F{place % 4}", "policy": policy, "supply": supply,
                "site": plant if supply == "make" else "DC1", "supplier": f"S{place % 5}" if supply == "buy" else None,
                "target_days": int(draw.integers(0, 60)), "lead_time_months": int(draw.integers(0, 4)),
            }
        )  # fmt: skip
        cost = Decimal(int(draw.integers(200, 9000))) / 100
        if place % 11 != 10:
            costs.append({"item": name, "cost": cost})
        resource = f"R{place % len(load)}"
        if supply == "make":
            hour = round(float(draw.uniform(0.01, 0.3)), 4)
            routings.append({"item": name, "resource": resource, "hours": hour})
            load[resource] += hour * level * len(segments)
        for segment in segments:
            if place % 5:
                prices.append({"item": name, "segment": segment, "price": cost * Decimal("1.4")})
            for step in range(-30, horizon):
                when = add_months(CYCLE, step)
                units = int(draw.poisson(level * (1 + 0.3 * np.sin(step / 2))))
                here = {"item": name, "family": f"F{place % 4}", "segment": segment}
                site = sites[int(draw.integers(2))] if policy == "mts" else plant
                if step < 0:
                    amount = units * cost * Decimal("1.4")
                    numbers += [
                        number(ACTUAL, "demand", when, units, site=site, **here),
                        number(ACTUAL, "units", when, units, site=site, **here),
                        number(ACTUAL, "revenue", when, amount, site=site, **here),
                        number(ACTUAL, "cogs", when, units * cost, site=site, **here),
                    ]
                elif place % 4 != 3:
                    numbers.append(number(SALES, "demand", when, units, **here))
                if -2 <= step < 3:
                    late = int(units * draw.uniform(0, 0.2 if step < 0 else 1))
                    numbers.append(number(ORDERS, "demand", when, late, site=site, account="A", **here))
        for site in sites if policy == "mts" else ():
            stock = int(draw.integers(-3, int(level) * 3))
            numbers.append(number(ACTUAL, "inventory_units", AS_OF, stock, item=name, site=site))
            kind = "production" if supply == "make" else "purchases"
            numbers.append(number(RECORD, kind, CYCLE, int(level), item=name, site=site))
    for step in range(-6, 0):
        when = add_months(CYCLE, step)
        for measure, value in (
            ("revenue", 900_000),
            ("cogs", 600_000),
            ("receivables", 1_300_000),
            ("fixed_cost", 90_000),
        ):
            numbers.append(number(LEDGER, measure, when, value + 1000 * step))
    capacity = [
        row
        for resource, need in load.items()
        for row in hours(resource, round(need * 1.05 * tightness, 2), round(need * 0.1, 2), horizon)
    ]
    return facts(
        numbers, items=master, prices=prices, costs=costs, routings=routings, capacity=capacity,
        supplier_limits=[
            {"supplier": f"S{place}", "month": add_months(CYCLE, step), "quantity": 100 * items}
            for place in range(5) for step in range(horizon)
        ],
        lever_costs=[
            {"lever": "overtime", "basis": "hour", "cost": 45}, {"lever": "spot", "basis": "percent", "cost": 15},
            {"lever": "fine", "scope": "Retail", "basis": "unit", "cost": "2.5"},
        ],
    )  # fmt: skip


def shuffled(given: Facts, seed: int) -> Facts:
    """The same facts with the rows of every table in another order."""
    return replace(
        given,
        **{name: getattr(given, name).sample(fraction=1, shuffle=True, seed=seed) for name in ("dataset", *TABLES)},
    )
