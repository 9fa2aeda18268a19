"""The museum of I-rules: the smallest file that draws each verdict, and the words it draws."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sop_cli.findings import ingest as reading
from sop_cli.findings import mapping, values
from sop_cli.findings.finding import all_findings
from sop_cli.findings.rule import Rule
from sop_cli.read.extract import How, read
from sop_cli.read.files import locate
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.completeness.stale import stale
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules
from tests.stages.ingest.source import ingest

MUSEUM = Path(__file__).parents[2] / "museum"
RULES = (*reading.RULES, *mapping.RULES, *values.RULES)
# What a case declares beside its file.
DECLARED: dict[str, dict[str, Any]] = {
    "I305": {"exclude": (ExcludeRule("samples", "site", equals="Samples"),)},
    "I322": {"crosswalk": {"item": {"X-1": "100"}}},
    "I215": {"columns": {"amount": "Amount (TEUR)"}, "currency": "EUR"},
    "I217": {"wide": "quantity"},
    "I325": {"currency": "EUR"},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_case_and_speaks_as_expected(rule: Rule) -> None:
    room = MUSEUM / rule.code
    [extract] = locate(room, [name.name for name in room.iterdir() if name.suffix in (".csv", ".xlsx")], "2026-11")
    table = extract.path.stem
    rules = SourceRules(table, TABLES[table], **DECLARED.get(rule.code, {}))
    as_of = date(2026, 10, 1)
    found = ingest([*read(extract, How("utf-8", ","))], rules, as_of)
    assert _spoken(all_findings([stale(found.reach, as_of), found.findings])) == (room / "expected.txt").read_text()


def _spoken(findings: pl.DataFrame) -> str:
    place = pl.concat_str("file", "sheet", pl.col("row").cast(pl.String), "column", separator=":", ignore_nulls=True)
    lines = pl.format("{} {} {}: {}\n  {}\n", "code", pl.col("severity").cast(pl.String), place, "message", "hint")
    return "".join(findings.select(lines).to_series())
