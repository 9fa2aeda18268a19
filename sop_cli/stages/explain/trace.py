"""From a number back to the rows it was added up from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import add_months, month_of
from sop_cli.schemas.dataset import ACTUAL, LEDGER


@dataclass(frozen=True)
class Trace:
    """One number, and the source rows whose values add up to it."""

    title: str
    value: Decimal
    unit: str
    rows: pl.DataFrame  # file, sheet, row, cell, read, factor, value


def trace(lines: pl.DataFrame, title: str, filters: Mapping[str, str | date]) -> Trace:
    """The rows of `lines` that match every filter (a level, version, measure or month) and their sum."""
    matching = [pl.col(name) == value for name, value in filters.items()]
    rows = lines.filter(*matching, pl.col("value").is_not_null()).sort("file", "sheet", "row", "cell")
    units = rows["unit"].drop_nulls().unique().sort().to_list()
    return Trace(
        title,
        Decimal(rows["value"].sum()),
        " and ".join(units),
        rows.select("file", "sheet", "row", "cell", "read", "factor", "value"),
    )


def trace_break(lines: pl.DataFrame, break_id: str) -> list[Trace]:
    """Both sides of a tie-out break: R101 and R102 by family and month, R103 by item, site and month.

    Any other break has one place, which the register names; it has no sum to trace and gives no trace.
    """
    code, *parts = break_id.split("/")
    if code in ("R101", "R102") and len(parts) == 2:
        measure, what = ("revenue", "shipments") if code == "R101" else ("inventory_value", "stock x cost")
        place: dict[str, str | date] = {"month": month_of(parts[1]), "measure": measure}
        if parts[0] != "all families":
            place["family"] = parts[0]
        return [
            trace(lines, f"expected: ledger {measure}", {**place, "version": LEDGER}),
            trace(lines, f"found: {what}", {**place, "version": ACTUAL}),
        ]
    if code == "R103" and len(parts) == 3:
        month = month_of(parts[2])
        at: dict[str, str | date] = {"item": parts[0], "site": parts[1], "version": ACTUAL}
        movements = [
            ("opening stock", "inventory_units", add_months(month, -1)),
            ("+ production", "production", month),
            ("+ purchases", "purchases", month),
            ("- shipments", "units", month),
            ("closing stock", "inventory_units", month),
        ]
        return [trace(lines, title, {**at, "measure": measure, "month": when}) for title, measure, when in movements]
    return []
