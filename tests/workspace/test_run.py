"""Only what is stale runs, from the first stale step on."""

import json
from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.workspace.manifest import Manifest, read_manifest
from sop_cli.workspace.outcome import Outcome
from sop_cli.workspace.request import FailOn, Request
from tests import toy


def go(
    base: Path,
    through: str = "pack",
    cycle: str | None = None,
    reopen: bool = False,
    fail_on: FailOn = "error",
) -> tuple[toy.Listener, Outcome]:
    listener = toy.Listener()
    outcome = toy.run(Request(through, base / "config.yaml", cycle, fail_on, reopen), through, listener)
    return listener, outcome


def manifest(base: Path, folder: str) -> Manifest:
    found = read_manifest(base / "cycles" / "2026-11" / folder)
    assert found is not None
    return found


def files(base: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (base / "cycles").rglob("*") if path.is_file()}


def test_a_first_run_runs_every_step_and_a_second_none(tmp_path: Path) -> None:
    toy.company(tmp_path)
    assert go(tmp_path)[0].ran == ["ingest", "reconcile", "pack"]
    listener, outcome = go(tmp_path)
    assert listener.ran == []
    assert listener.unchanged == ["ingest", "reconcile", "pack"]
    assert outcome.reports[1].result.figures == {"units": 3}


def test_a_command_in_the_middle_runs_only_up_to_itself(tmp_path: Path) -> None:
    toy.company(tmp_path)
    assert go(tmp_path, "reconcile")[0].ran == ["ingest", "reconcile"]


def test_a_changed_extract_runs_again_from_there_and_says_why(tmp_path: Path) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    toy.ship(tmp_path, "A,5\n")
    listener, _ = go(tmp_path)
    assert listener.ran == ["ingest", "reconcile", "pack"]
    assert listener.reasons == [
        "extracts/2026-11/shipments.csv changed",
        "what ingest left changed",
        "what reconcile left changed and 1 more",
    ]


def test_a_change_that_leaves_the_same_files_stops_spreading(tmp_path: Path) -> None:
    config = toy.company(tmp_path)
    go(tmp_path)
    config.write_text(toy.CONFIG + "    encoding: cp1252\n")
    assert go(tmp_path)[0].ran == ["ingest"]


def test_a_changed_part_of_the_config_runs_only_the_steps_that_read_it(tmp_path: Path) -> None:
    config = toy.company(tmp_path)
    go(tmp_path)
    config.write_text(toy.CONFIG.replace("Toy", "Other"))
    listener, _ = go(tmp_path)
    assert (listener.ran, listener.reasons[-1]) == (["pack"], "config: company changed")


@pytest.mark.parametrize("hand", ["A,1\nB,9\n", "A,1\n"])  # of the same size, and shorter
def test_an_output_changed_by_hand_is_written_again(tmp_path: Path, hand: str) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    output = tmp_path / "cycles/2026-11/1-ingested/shipments.csv"
    output.write_text(hand)
    listener, _ = go(tmp_path)
    assert listener.ran == ["ingest"]
    assert listener.reasons[0] == "its shipments.csv was changed by hand"
    assert output.read_text() == "A,1\nB,2\n"


def test_a_lost_output_is_written_again(tmp_path: Path) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    (tmp_path / "cycles/2026-11/2-reconciled/reconciled.csv").unlink()
    assert go(tmp_path)[0].reasons == ["", "its reconciled.csv is gone", ""]


def test_a_manifest_that_cannot_be_understood_counts_as_none(tmp_path: Path) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    (tmp_path / "cycles/2026-11/1-ingested/manifest.json").write_text("{")
    assert go(tmp_path)[0].ran == ["ingest"]


def test_same_inputs_leave_the_same_bytes_in_every_stage(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        toy.company(tmp_path / name)
        go(tmp_path / name)
    one, two = (
        {path.relative_to(base): path.read_bytes() for path in base.rglob("*-*ed/*") if path.is_file()}
        for base in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert any(path.name == "manifest.json" for path in one)


def test_the_manifest_counts_rows_and_hashes_files(tmp_path: Path) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    output = manifest(tmp_path, "1-ingested").outputs["shipments.csv"]
    assert (output.rows, output.bytes, len(output.sha256)) == (2, 8, 64)
    assert "extracts/2026-11/shipments.csv" in manifest(tmp_path, "1-ingested").inputs


def test_a_file_somebody_put_into_a_stage_folder_survives(tmp_path: Path) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    notes = tmp_path / "cycles/2026-11/5-pack/notes.txt"
    notes.write_text("ask the CFO")
    assert go(tmp_path)[0].ran == []
    toy.ship(tmp_path, "A,5\n")
    go(tmp_path)
    assert notes.read_text() == "ask the CFO"
    assert "notes.txt" not in manifest(tmp_path, "5-pack").outputs


def test_a_failed_gate_is_told_again_when_nothing_changed(tmp_path: Path) -> None:
    toy.company(tmp_path, text="A,1\nBREAK\n")
    assert go(tmp_path)[1].exit_code == 3
    listener, outcome = go(tmp_path)
    assert (listener.ran, outcome.exit_code) == ([], 3)
    assert outcome.reports[1].result.blocks == ("R101 revenue does not tie",)


def test_a_stopped_gate_keeps_later_steps_from_running(tmp_path: Path) -> None:
    toy.company(tmp_path, text="A,1\nLATE\n")
    listener, outcome = go(tmp_path)
    assert (listener.ran, outcome.exit_code) == (["ingest"], 5)


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        ("A,1\n", "error", 0),
        ("A,1\n", "warning", 3),
        ("A,1\nMATERIAL\n", "error", 0),
        ("A,1\nMATERIAL\n", "material", 4),
        ("A,1\nMATERIAL BREAK\n", "material", 3),
        ("A,1\nBREAK\n", "never", 0),
        ("A,1\nLATE\n", "never", 5),
    ],
)
def test_the_exit_code_follows_fail_on(tmp_path: Path, text: str, fail_on: FailOn, code: int) -> None:
    toy.company(tmp_path, text=text)
    assert go(tmp_path, fail_on=fail_on)[1].exit_code == code


def test_a_cycle_is_closed_by_the_pack_of_a_later_one(tmp_path: Path) -> None:
    toy.company(tmp_path, "2026-10")
    go(tmp_path, cycle="2026-10")
    toy.ship(tmp_path, "A,7\n", "2026-11")
    go(tmp_path, cycle="2026-11")
    assert go(tmp_path, cycle="2026-10")[0].ran == []
    toy.ship(tmp_path, "A,8\n", "2026-10")
    before = files(tmp_path)
    with pytest.raises(SopError) as caught:
        go(tmp_path, cycle="2026-10")
    assert caught.value.code == 2
    assert "--reopen" in caught.value.hint
    assert "2026-10 is closed, because 2026-11 has its pack" in caught.value.message
    assert files(tmp_path) == before
    assert go(tmp_path, cycle="2026-10", reopen=True)[0].ran == ["ingest", "reconcile", "pack"]


def test_history_that_was_never_run_can_be_filled_in(tmp_path: Path) -> None:
    toy.company(tmp_path, "2026-11")
    go(tmp_path, cycle="2026-11")
    toy.ship(tmp_path, "A,7\n", "2026-09")
    assert go(tmp_path, cycle="2026-09")[0].ran == ["ingest", "reconcile", "pack"]


def test_a_bug_in_a_step_leaves_the_last_results_and_is_in_the_run_log(tmp_path: Path) -> None:
    toy.company(tmp_path)
    go(tmp_path)
    toy.ship(tmp_path, "CRASH\n")
    with pytest.raises(ValueError, match="a toy fell down"):
        go(tmp_path)
    assert (tmp_path / "cycles/2026-11/1-ingested/shipments.csv").read_text() == "A,1\nB,2\n"
    assert not list((tmp_path / "cycles/2026-11").glob(".*.new"))
    last = json.loads((tmp_path / "cycles/2026-11/run.json").read_text())["last"]
    assert (last["exit_code"], last["error"]) == (1, "ValueError: a toy fell down")


def test_the_run_log_keeps_when_each_stage_last_ran_and_a_copy_of_the_config(tmp_path: Path) -> None:
    config = toy.company(tmp_path)
    go(tmp_path)
    first = json.loads((tmp_path / "cycles/2026-11/run.json").read_text())
    go(tmp_path)
    second = json.loads((tmp_path / "cycles/2026-11/run.json").read_text())
    assert first["last"]["ran"] == second["last"]["unchanged"] == ["ingest", "reconcile", "pack"]
    assert first["stages"] == second["stages"]
    assert first["stages"]["ingest"]["rows"] == {"shipments.csv": 2}
    assert "extracts/2026-11/shipments.csv" in first["stages"]["ingest"]["inputs"]
    assert (tmp_path / "cycles/2026-11/config.yaml").read_text() == config.read_text()
