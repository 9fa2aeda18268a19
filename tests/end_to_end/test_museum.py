"""The museum of completeness: the smallest extracts, over one or two cycles, that draw each verdict."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from sop_cli import pipeline
from sop_cli.findings.completeness import RULES
from sop_cli.findings.rule import Rule
from sop_cli.workspace.request import Request
from tests.toy import Listener

MUSEUM = Path(__file__).parents[1] / "museum"


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_on_completeness_has_a_case_and_speaks_as_expected(rule: Rule, tmp_path: Path) -> None:
    """A room has a folder of extracts for each cycle, and what else the workspace needs: sources, corrections."""
    room, base = MUSEUM / rule.code, tmp_path / "workspace"
    shutil.copytree(room, base)
    config = base / "config.yaml"
    config.write_text(f"company: Museum\ncurrency: EUR\n{_sources(base)}")
    cycles = sorted(folder.name for folder in room.glob("20*"))
    for cycle in cycles:
        pipeline.run(Request("ingest", config, cycle), "ingest", Listener())
    found = pl.read_parquet(base / "cycles" / cycles[-1] / "1-ingested" / "findings.parquet")
    assert _spoken(found) == (room / "expected.txt").read_text()


def _sources(base: Path) -> str:
    """Those of the room, or one for every file, named by its table."""
    if (base / "sources.yaml").exists():
        return (base / "sources.yaml").read_text()
    tables = sorted({path.stem for path in base.glob("20*/*.csv")})
    return "sources:\n" + "".join(f'  {table}: {{files: "{{cycle}}/{table}.csv"}}\n' for table in tables)


def _spoken(findings: pl.DataFrame) -> str:
    place = pl.concat_str("file", pl.col("row").cast(pl.String), "place", "column", separator=":", ignore_nulls=True)
    lines = pl.format("{} {} {}: {}\n  {}\n", "code", pl.col("severity").cast(pl.String), place, "message", "hint")
    return "".join(findings.select(lines).to_series())
