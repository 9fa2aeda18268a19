"""The cycles of a workspace: their folders, which one came before, which ones are closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sop_cli.config.month import is_month
from sop_cli.workspace.manifest import Manifest, read_manifest

# what every stage leaves in its own folder, in the order of the cycle
STAGES = {
    "ingest": "1-ingested",
    "reconcile": "2-reconciled",
    "project": "3-projected",
    "variance": "4-variance",
    "pack": "5-pack",
}


@dataclass(frozen=True)
class CycleFolder:
    """One cycle on disk: `<workspace>/cycles/2026-11/`."""

    path: Path

    @property
    def name(self) -> str:
        """`2026-11`"""
        return self.path.name

    def stage(self, name: str) -> Path:
        """The folder where stage `name` leaves its files; it need not be there yet."""
        return self.path / STAGES[name]

    def manifest(self, name: str) -> Manifest | None:
        """What stage `name` says about its files; None if it has not finished yet."""
        return read_manifest(self.stage(name))

    @property
    def begun(self) -> bool:
        """Whether any stage has finished."""
        return any(self.manifest(name) for name in STAGES)


@dataclass(frozen=True)
class Workspace:
    """The folder of the config, with all its cycles."""

    base: Path

    def cycle(self, name: str) -> CycleFolder:
        """The folder of cycle `name` (`YYYY-MM`); it need not be there yet."""
        return CycleFolder(self.base / "cycles" / name)

    def before(self, name: str, stage: str) -> CycleFolder | None:
        """The newest cycle earlier than `name` that has finished `stage`; None where there is none."""
        earlier = [cycle for cycle in self._cycles() if cycle.name < name and cycle.manifest(stage)]
        return max(earlier, key=lambda cycle: cycle.name, default=None)

    def closed_by(self, name: str) -> str | None:
        """The first later cycle with a finished pack, which closes cycle `name`; None while it is open.

        A cycle that has never been run is open, so history can be filled in.
        """
        if not self.cycle(name).begun:
            return None
        later = [cycle.name for cycle in self._cycles() if cycle.name > name and cycle.manifest("pack")]
        return min(later, default=None)

    def _cycles(self) -> Iterator[CycleFolder]:
        for path in (self.base / "cycles").glob("*"):
            if path.is_dir() and is_month(path.name):
                yield CycleFolder(path)
