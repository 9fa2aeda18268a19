"""A small company as files: the hand-checked tables of the reconcile tests, and what planning adds to them."""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from sop_cli.schemas.column import PROVENANCE
from sop_cli.write.tables import write_csv
from tests.inline_tables import inline
from tests.stages.reconcile import company as reconciled

CONFIG = """company: Small
currency: EUR
ledger: {revenue: "4000", inventory_value: "1300"}
budget: {approved: AOP}
sources:
"""


def tables() -> dict[str, pl.DataFrame]:
    """Every canonical table, with a few rows each."""
    more = {
        "purchases": "order item supplier site date quantity status\n"
        "55 X-77 S1 D1 2026-09-03 10 actual\n56 X-77 S1 D1 2026-10-03 0 actual",
        "conversions": "item uom factor\n00123 PAL 480",
        "sites": "site type\nP1 plant\nD1 dc",
        "capacity": "site resource measure month hours\nP1 L1 regular 2026-11 100\nP1 L1 overtime 2026-11 10",
        "routings": "item resource hours\n00123 L1 0.01",
        "supplier_limits": "supplier month quantity lead_time_days\nS1 2026-12 5 30",
        "aop": "version measure family month value\nAOP units SOAP 2026-10 30\nAOP revenue SOAP 2026-10 40",
        "lever_costs": "lever cost basis\novertime 30 hour",
        "targets": "lever metric year target\nmargin gross_margin 2026 30",
    }
    return reconciled.tables() | {name: inline(name, text) for name, text in more.items()}


def write(base: Path, without: Collection[str] = ()) -> Path:
    """The company as CSV files and a config in `base`, some tables left out; returns the config."""
    lines = [CONFIG]
    for name, table in tables().items():
        if name in without:
            continue
        filled = [column for column in table.columns if column not in PROVENANCE and not table[column].is_null().all()]
        write_csv(table.select(filled), base / f"{name}.csv")
        lines.append(f"  {name}: {{files: {name}.csv}}\n")
    (base / "config.yaml").write_text("".join(lines))
    return base / "config.yaml"
