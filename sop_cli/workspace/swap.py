"""A folder replaced as a whole: a kill at any moment leaves the old one or the new one, never half of each."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sop_cli.workspace.disk import writing
from sop_cli.workspace.manifest import NAME, files_in, read_manifest


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """An empty folder beside `place` to write into; it takes the place when the block ends without error.

    Files that somebody else put into the old folder come along. On any error the old folder stands;
    SopError where the disk is full or may not be written.
    """
    recover(place)
    new = _new(place)
    try:
        with writing(place.parent):
            new.mkdir(parents=True)
            yield new
            _bring_along(place, new)
            _swap(place, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def recover(place: Path) -> None:
    """Put right what a killed run left around `place`: the old folder back if none stands, scraps removed."""
    if _old(place).exists() and not place.exists():
        _old(place).rename(place)
    for scrap in (_new(place), _old(place)):
        if scrap.exists():
            shutil.rmtree(scrap)


def _new(place: Path) -> Path:
    return place.with_name(f".{place.name}.new")


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _bring_along(place: Path, new: Path) -> None:
    before = read_manifest(place)
    if before is None:
        return
    for name in files_in(place):
        if name not in before.outputs and name != NAME and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(place / name, new / name)


def _swap(place: Path, new: Path) -> None:
    old = _old(place)
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
