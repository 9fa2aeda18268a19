"""A manifest knows what a stage was made from, and says in a phrase what is no longer so."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.workspace.hashing import file_hash, file_hashes
from sop_cli.workspace.manifest import read_manifest, why_stale, write_manifest
from sop_cli.workspace.step import StepResult

INPUTS = {"items.csv": "1", "config: plan": "2"}


def stage(folder: Path, result: StepResult | None = None) -> Path:
    (folder / "charts").mkdir()
    (folder / "charts" / "one.svg").write_text("<svg/>")
    write_manifest(folder, "pack", "2026-11", INPUTS, result or StepResult("done"))
    return folder


@pytest.mark.parametrize(
    ("now", "phrase"),
    [
        (INPUTS, ""),
        (INPUTS | {"items.csv": "9"}, "items.csv changed"),
        (INPUTS | {"waivers.yaml": "3"}, "waivers.yaml is new"),
        ({"items.csv": "1"}, "config: plan is gone"),
        ({"items.csv": "9", "waivers.yaml": "3"}, "items.csv changed and 2 more"),
    ],
)
def test_what_changed_is_named(tmp_path: Path, now: Mapping[str, str], phrase: str) -> None:
    assert why_stale(stage(tmp_path), now) == phrase


def test_files_in_folders_belong_to_the_stage(tmp_path: Path) -> None:
    (stage(tmp_path) / "charts" / "one.svg").unlink()
    assert why_stale(tmp_path, INPUTS) == "its charts/one.svg is gone"


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    result = StepResult(
        "2 pages", "failed", {"error": 1}, 2, ("R101 – does not tie",), {"charts/one.svg": 1}, {"x": [1, None]}, "here"
    )
    written = write_manifest(stage(tmp_path), "pack", "2026-11", dict(sorted(INPUTS.items())), result)
    assert read_manifest(tmp_path) == written


def test_what_a_stage_left_depends_on_its_files_and_its_gate_only(tmp_path: Path) -> None:
    stage(tmp_path)
    same = write_manifest(tmp_path, "pack", "2026-11", {}, StepResult("said otherwise")).left
    assert write_manifest(tmp_path, "pack", "2026-11", INPUTS, StepResult("done")).left == same
    assert write_manifest(tmp_path, "pack", "2026-11", INPUTS, StepResult("done", "failed")).left != same


def test_a_file_that_changes_while_it_is_hashed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("half")

    def and_more(path: Path) -> str:
        known = file_hash(path)
        path.write_text("half and the rest")
        return known

    monkeypatch.setattr("sop_cli.workspace.hashing.file_hash", and_more)
    with pytest.raises(SopError, match="changed while it was read"):
        file_hashes([tmp_path / "a.csv"], tmp_path)
