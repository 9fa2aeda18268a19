"""The museum of what a workbook hides: the smallest one that draws each remark, and the words it draws."""

from pathlib import Path

import pytest

from sop_cli.findings.reading import HIDDEN_COLUMNS, HIDDEN_ROWS, HIDDEN_SHEET, OTHER_SHEETS
from sop_cli.findings.rule import Rule
from sop_cli.read.files import Extract
from sop_cli.read.workbook import read_workbook

MUSEUM = Path(__file__).parents[1] / "museum"
DECLARED = {"I123": "Stock"}  # the sheet a case must name


@pytest.mark.parametrize("rule", [HIDDEN_ROWS, HIDDEN_COLUMNS, HIDDEN_SHEET, OTHER_SHEETS], ids=lambda rule: rule.code)
def test_every_rule_of_workbooks_has_a_case_and_speaks_as_expected(rule: Rule) -> None:
    room = MUSEUM / rule.code
    grid = read_workbook(Extract(room / "stock.xlsx", "stock.xlsx"), DECLARED.get(rule.code))
    [remark] = grid.remarks
    place = ":".join(str(part) for part in (grid.file, grid.sheet, remark.row) if part is not None)
    spoken = f"{remark.code} {rule.severity} {place}: {remark.message}\n  {rule.do}\n"
    assert spoken == (room / "expected.txt").read_text(encoding="utf-8")
