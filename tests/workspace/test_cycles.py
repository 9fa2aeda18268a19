"""Cycles know which one came before and which are closed; a cycle says where it stands."""

from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.workspace.cycles import Workspace
from sop_cli.workspace.lock import held
from sop_cli.workspace.request import Request
from tests import toy


def go(base: Path, cycle: str, through: str = "pack") -> None:
    toy.run(Request(through, base / "config.yaml", cycle), through, toy.Listener())


def test_the_cycle_before_is_the_newest_earlier_one_that_finished_the_stage(tmp_path: Path) -> None:
    for cycle, through in (("2026-08", "pack"), ("2026-09", "pack"), ("2026-10", "ingest"), ("2026-12", "pack")):
        toy.company(tmp_path, cycle)
        go(tmp_path, cycle, through)
    (tmp_path / "cycles" / "notes").mkdir()
    before = Workspace(tmp_path).before("2026-11", "reconcile")
    assert before is not None
    assert before.name == "2026-09"
    assert Workspace(tmp_path).before("2026-08", "reconcile") is None


def test_status_tells_missing_from_fresh_from_stale_and_why(tmp_path: Path) -> None:
    config = toy.company(tmp_path)
    request = Request("status", config)
    assert [stage.state for stage in toy.status(request).stages] == ["missing"] * 3
    assert not (tmp_path / "cycles").exists()
    go(tmp_path, "2026-11", "reconcile")
    assert [stage.state for stage in toy.status(request).stages] == ["fresh", "fresh", "missing"]
    toy.ship(tmp_path, "A,1\nBREAK\n")
    go(tmp_path, "2026-11")
    toy.ship(tmp_path, "A,2\n")
    stages = toy.status(request).stages
    assert [stage.state for stage in stages] == ["stale"] * 3
    assert [stage.reason for stage in stages] == [
        "extracts/2026-11/shipments.csv changed",
        "ingest must run again first",
        "ingest must run again first",
    ]
    assert stages[1].result is not None
    assert stages[1].result.blocks == ("R101 revenue does not tie",)
    assert all(stage.ended for stage in stages)


def test_a_held_cycle_is_refused_with_who_holds_it_and_free_again_afterwards(tmp_path: Path) -> None:
    with held(tmp_path / "2026-11", "run"):
        with pytest.raises(SopError, match="another run holds cycle 2026-11: `sop run`, process") as caught:
            go_into(tmp_path / "2026-11")
        assert caught.value.code == 6
        go_into(tmp_path / "2026-12")
    go_into(tmp_path / "2026-11")


def go_into(folder: Path) -> None:
    with held(folder, "pack"):
        pass
