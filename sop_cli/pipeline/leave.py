"""What every stage leaves the same way: its tables, its findings, and the count of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def leave_tables(folder: Path, tables: Mapping[str, pl.DataFrame], *, readable: tuple[str, ...] = ()) -> dict[str, int]:
    """Write each table as Parquet, those named in `readable` as CSV too; returns the rows of each file."""
    from sop_cli.write.tables import write_csv, write_parquet

    rows = {}
    for name, table in tables.items():
        write_parquet(table, folder / f"{name}.parquet")
        rows[f"{name}.parquet"] = table.height
        if name in readable:
            write_csv(table, folder / f"{name}.csv")
            rows[f"{name}.csv"] = table.height
    return rows


def counts(findings: pl.DataFrame) -> dict[str, int]:
    """How many findings there are of each severity."""
    return {str(severity): count for severity, count in findings.group_by("severity").len().sort("severity").rows()}


def many(count: int, what: str) -> str:
    """`1 break`, `1,234 breaks`."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
