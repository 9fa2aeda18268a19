"""A folder is replaced as a whole or not at all."""

import errno
from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.workspace.swap import recover, replacing


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text)
    return path


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_the_new_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    place = folder(tmp_path / "stage", "old")
    with replacing(place) as new:
        (new / "other").write_text("new")
        assert (place / "file").read_text() == "old"
    assert names(place) == ["other"]
    assert names(tmp_path) == ["stage"]


def test_an_error_leaves_the_old_folder_and_no_scraps(tmp_path: Path) -> None:
    place = folder(tmp_path / "stage", "old")
    with pytest.raises(ValueError, match="no"), replacing(place) as new:
        (new / "file").write_text("new")
        raise ValueError("no")
    assert (place / "file").read_text() == "old"
    assert names(tmp_path) == ["stage"]


@pytest.mark.parametrize(
    ("left", "stands"),
    [
        (("stage", ".stage.new"), "stage"),  # killed while writing
        ((".stage.old", ".stage.new"), ".stage.old"),  # killed between the two moves
        (("stage", ".stage.old"), "stage"),  # killed while clearing up
    ],
)
def test_whatever_a_killed_run_left_is_put_right(tmp_path: Path, left: tuple[str, ...], stands: str) -> None:
    for name in left:
        folder(tmp_path / name, name)
    recover(tmp_path / "stage")
    assert names(tmp_path) == ["stage"]
    assert (tmp_path / "stage" / "file").read_text() == stands


@pytest.mark.parametrize(
    "problem",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        RuntimeError("parquet: underlying IO error: No space left on device (os error 28)"),
        RuntimeError(OSError(errno.EFBIG, "File too large")),
    ],
)
def test_a_full_disk_is_said_in_words_however_a_library_says_it(tmp_path: Path, problem: Exception) -> None:
    with pytest.raises(SopError, match="the disk is full") as caught, replacing(tmp_path / "stage"):
        raise problem
    assert caught.value.code == 2
    assert names(tmp_path) == []


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    locked = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "stage" / "pack.xlsx"))
    with pytest.raises(SopError, match="may not be written") as caught, replacing(tmp_path / "stage"):
        raise locked
    assert str(caught.value.file).endswith("pack.xlsx")


def test_an_input_that_may_not_be_read_is_not_taken_for_an_output(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), replacing(tmp_path / "stage"):
        raise PermissionError(errno.EACCES, "Permission denied", "/elsewhere/items.csv")
