"""The museum of the rules on where a table lies: the smallest file that draws each, and the words it draws."""

from pathlib import Path

import pytest

from sop_cli.findings.rule import Rule
from sop_cli.findings.rules import RULES as ALL
from sop_cli.findings.table import RULES
from sop_cli.read.extract import How, read
from sop_cli.read.files import locate
from sop_cli.schemas.grid import Remark
from sop_cli.stages.ingest.table.table import find_table

MUSEUM = Path(__file__).parents[3] / "museum"


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_on_tables_has_a_case_and_speaks_as_expected(rule: Rule) -> None:
    room = MUSEUM / rule.code
    [extract] = locate(room, [path.name for path in room.iterdir() if path.suffix == ".csv"], "2026-11")
    [grid] = read(extract, How("utf-8", ","))
    told = find_table(grid).remarks
    assert rule.code in {remark.code for remark in told}
    assert "".join(_spoken(remark, extract.name) for remark in told) == (room / "expected.txt").read_text()


def _spoken(remark: Remark, file: str) -> str:
    rule = ALL[remark.code]
    row = "" if remark.row is None else f":{remark.row}"
    return f"{rule.code} {rule.severity} {file}{row}: {remark.message}\n  {rule.do}\n"
