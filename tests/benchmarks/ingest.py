"""How long `sop ingest` takes on millions of shipment lines, beside the least that polars and DuckDB must do.

Every program reads the same CSV as text, parses the same columns to the same types and writes the same Parquet; only
`sop` also finds out how the file is written, judges every record, looks for repeats, adds up control totals and takes
the fingerprint of the file.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl

from tests.benchmarks.timing import SOP, Cost, cost, usual

MILLION = 1_000_000
SIZES = ("1", "3", "10")  # millions of lines
COMPARED = 3  # millions of lines up to which the tables written are compared; more need much memory
CONFIG = """company: Ten Million Lines
currency: EUR
cycle: 2026-11
sources:
  shipments:
    files: shipments.csv
"""
GENERATE = """
from tests.benchmarks.ingest import shipments
shipments({lines}).write_csv("shipments.csv")
"""
POLARS = """
import polars as pl
exact = pl.Decimal(38, 8)
(
    pl.scan_csv("shipments.csv", infer_schema=False, row_index_name="row", row_index_offset=2)
    .with_columns(
        pl.col("promised", "shipped").str.to_date("%Y-%m-%d", strict=False),
        pl.col("quantity", "amount").cast(exact, strict=False),
        pl.col("row").cast(pl.Int64),
        source=pl.lit("shipments"),
        file=pl.lit("shipments.csv"),
        sheet=pl.lit(None, pl.String),
        cell=pl.lit(None, pl.String),
    )
    .sink_parquet("polars.parquet")
)
"""
# What `sop` writes is what bare polars writes, to the last cell.
COMPARE = """
import polars as pl
from polars.testing import assert_frame_equal
ours = pl.read_parquet("cycles/2026-11/1-ingested/shipments.parquet")
assert_frame_equal(ours, pl.read_parquet("polars.parquet").select(ours.columns))
"""
DUCKDB = """
import duckdb
duckdb.sql('''
copy (
    select "order", line, item, site, account,
        try_cast(promised as date) as promised, try_cast(shipped as date) as shipped,
        try_cast(quantity as decimal(38, 8)) as quantity, uom, try_cast(amount as decimal(38, 8)) as amount, currency,
        'shipments' as source, 'shipments.csv' as file, null::varchar as sheet,
        row_number() over () + 1 as "row", null::varchar as cell
    from read_csv('shipments.csv', all_varchar = true)
) to 'duckdb.parquet' (format parquet, compression zstd)
''')
"""


def main(words: Sequence[str]) -> None:
    """Print seconds, memory and ratios for each number of million lines in `words`: 1, 3 and 10 if there are none."""
    print(f"{'million lines':>13} {'program':22} {'seconds':>8} {'ratio':>6} {'GiB':>6}")
    for millions in map(int, words or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder)
            # In a process of its own: the peak memory of a child counts from what its parent held.
            cost(base, sys.executable, "-c", GENERATE.format(lines=millions * MILLION))
            (base / "config.yaml").write_text(CONFIG)
            _print(millions, base)


def shipments(lines: int) -> pl.DataFrame:
    """Shipment lines as an ERP exports them, all text: always the same ones."""
    chance = np.random.default_rng(7)
    days = chance.integers(0, 1000, lines)
    first = pl.lit(date(2024, 2, 1))
    drawn = pl.DataFrame(
        {
            "order": 4_500_000_000 + np.arange(lines) // 3,
            "line": (np.arange(lines) % 3 + 1) * 10,
            "item": chance.integers(0, 5_000, lines),
            "site": chance.integers(1, 6, lines),
            "account": chance.integers(0, 20_000, lines),
            "promised": days,
            "shipped": days + chance.integers(0, 3, lines),
            "quantity": chance.integers(1, 2_000, lines),
            "amount": chance.integers(100, 10_000_000, lines),
        }
    )
    whole = pl.col("order", "line", "item", "site", "account", "quantity").cast(pl.String)
    return drawn.with_columns(whole).select(
        "order",
        pl.col("line").str.zfill(6),
        pl.format("FG-{}", pl.col("item").str.zfill(6)).alias("item"),
        pl.format("P{}", "site").alias("site"),
        pl.col("account").str.zfill(10),
        *((first + pl.duration(days=day)).dt.to_string("%Y-%m-%d").alias(day) for day in ("promised", "shipped")),
        "quantity",
        pl.lit("EA").alias("uom"),
        (pl.col("amount") / 100).round(2).cast(pl.String),
        pl.lit("EUR").alias("currency"),
    )


def _print(millions: int, base: Path) -> None:
    times = 3 if millions < 10 else 2
    jobs = {"bare polars": lambda: cost(base, sys.executable, "-c", POLARS), "sop ingest": lambda: _sop(base)}
    if find_spec("duckdb"):
        jobs["DuckDB"] = lambda: cost(base, sys.executable, "-c", DUCKDB)
    bare: Cost | None = None
    for name, job in jobs.items():
        took = usual(job, times)
        bare = bare or took
        ratio = took.seconds / bare.seconds
        print(f"{millions:13} {name:22} {took.seconds:8.2f} {ratio:6.2f} {took.gigabytes:6.2f}", flush=True)
    if millions <= COMPARED:
        cost(base, sys.executable, "-c", COMPARE)


def _sop(base: Path) -> Cost:
    shutil.rmtree(base / "cycles", ignore_errors=True)
    return cost(base, *SOP, "ingest", "--quiet")
