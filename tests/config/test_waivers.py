"""Waivers are read with who, why and until, and mistakes in them have a line."""

from pathlib import Path

import pytest

from sop_cli.config.waivers import load_waivers
from sop_cli.errors import SopError

WAIVER = "- break: R101-1a2b\n  who: CFO\n  why: manual journal, reversed next month\n  until: 2026-12\n"


def test_without_a_file_nothing_is_waived(tmp_path: Path) -> None:
    assert load_waivers(tmp_path) == ()
    (tmp_path / "waivers.yaml").write_text("# none\n")
    assert load_waivers(tmp_path) == ()


def test_a_waiver_holds_from_its_first_to_its_last_cycle(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text(WAIVER + "  from: 2026-11\n")
    (waiver,) = load_waivers(tmp_path)
    assert (waiver.break_id, waiver.who) == ("R101-1a2b", "CFO")
    assert [waiver.holds(cycle) for cycle in ("2026-10", "2026-11", "2026-12", "2027-01")] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WAIVER.replace("why", "wy"), ":3:3: entry 1.wy: unknown key; did you mean 'why'?"),
        (
            WAIVER.replace("2026-12", "soon"),
            ":4:10: entry 1.until: should be a month written like 2026-11 (got 'soon')",
        ),
        (WAIVER + "  from: 2027-01\n", ":1:3: entry 1: ends before it begins: from 2027-01 until 2026-12"),
        ("break: R101\n", "should be a list, each entry beginning with a dash"),
    ],
)
def test_a_wrong_waiver_names_file_and_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "waivers.yaml").write_text(text)
    with pytest.raises(SopError) as caught:
        load_waivers(tmp_path)
    assert words in str(caught.value)
