"""From a number back to the rows it was added up from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.calendar import add_months, month_of
from sop_cli.schemas.dataset import ACTUAL, ALL_FAMILIES, LEDGER, NO_FAMILY

# Source rows have a place and a factor; planned numbers have the levels they were planned at.
SHOWN = ("file", "sheet", "row", "cell", "month", "item", "site", "segment", "read", "factor", "value")


@dataclass(frozen=True)
class Trace:
    """One number, and the source rows whose values add up to it."""

    title: str
    value: Decimal
    unit: str
    rows: pl.DataFrame  # those of SHOWN that the lines have


def trace(
    lines: pl.DataFrame, title: str, filters: Mapping[str, str], months: tuple[date, date] | None = None
) -> Trace:
    """The rows of `lines` that match every filter (a level, version or measure) and lie in `months`, and their sum."""
    matching = [
        pl.col(name).is_null() if value == NO_FAMILY else pl.col(name) == value for name, value in filters.items()
    ]
    if months is not None:
        matching.append(pl.col("month").is_between(*months))
    rows = lines.filter(*matching, pl.col("value").is_not_null())
    columns = [name for name in SHOWN if name in rows.columns]
    units = rows["unit"].drop_nulls().unique().sort().to_list()
    return Trace(title, Decimal(rows["value"].sum()), " and ".join(units), rows.select(columns).sort(columns[:-1]))


def with_corrections(found: Trace, cells: pl.DataFrame) -> Trace:
    """The trace with what was corrected in each source row by hand, where `cells` (CORRECTED_CELLS) has any."""
    place = ["file", "sheet", "row"]
    if cells.is_empty() or not set(place) <= set(found.rows.columns):
        return found
    words = pl.format("{} was {}, {}: {}", "column", pl.col("value").fill_null("empty"), "who", "why")
    by_row = cells.group_by(place).agg(corrected=words.str.join("; "))
    rows = found.rows.join(by_row, on=place, how="left", nulls_equal=True, maintain_order="left", validate="m:1")
    return replace(found, rows=rows)


def trace_break(lines: pl.DataFrame, break_id: str) -> list[Trace]:
    """Both sides of a tie-out break: R101 and R102 by family and month, R103 by item, site and month.

    Any other break has one place, which the register names; it has no sum to trace and gives no trace.
    """
    code, *parts = break_id.split("/")
    if code in ("R101", "R102") and len(parts) == 2:
        measure, what = ("revenue", "shipments") if code == "R101" else ("inventory_value", "stock x cost")
        month = month_of(parts[1])
        place = {"measure": measure} | ({} if parts[0] == ALL_FAMILIES else {"family": parts[0]})
        return [
            trace(lines, f"expected: ledger {measure}", {**place, "version": LEDGER}, (month, month)),
            trace(lines, f"found: {what}", {**place, "version": ACTUAL}, (month, month)),
        ]
    if code == "R103" and len(parts) == 3:
        month = month_of(parts[2])
        at = {"item": parts[0], "site": parts[1], "version": ACTUAL}
        movements = [
            ("opening stock", "inventory_units", add_months(month, -1)),
            ("+ production", "production", month),
            ("+ purchases", "purchases", month),
            ("- shipments", "units", month),
            ("closing stock", "inventory_units", month),
        ]
        return [trace(lines, title, {**at, "measure": measure}, (when, when)) for title, measure, when in movements]
    return []
