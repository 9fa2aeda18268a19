"""The museum of the rules on how a file is written: the smallest file that draws each, and the words it draws."""

from pathlib import Path

import pytest

from sop_cli.findings.reading import RULES
from sop_cli.findings.rule import Rule
from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract

MUSEUM = Path(__file__).parents[1] / "museum"
DECLARED = {"I123": How(sheet="Stock"), "I126": How(sheet="Stock")}  # what a case needs beside its file


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_has_a_case_and_speaks_as_expected(rule: Rule) -> None:
    room = MUSEUM / rule.code
    [path] = [path for path in room.iterdir() if path.name != "expected.txt"]
    [grid] = read(Extract(path, path.name), DECLARED.get(rule.code, How()))
    spoken = []
    for remark in grid.remarks:
        at = None if remark.column_index is None else f"field {remark.column_index + 1}"
        place = ":".join(str(part) for part in (grid.file, grid.sheet, remark.row, at) if part is not None)
        spoken.append(f"{rule.code} {rule.severity} {place}: {remark.message}\n  {rule.do}\n")
        assert remark.code == rule.code
    assert "".join(spoken) == (room / "expected.txt").read_text()
