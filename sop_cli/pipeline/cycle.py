"""One cycle as the stages see it: its config, its calendar, and what earlier stages and cycles left on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sop_cli.config.load import LoadedConfig
from sop_cli.schemas.calendar import Calendar, month_of
from sop_cli.workspace.cycles import CycleFolder, Workspace

if TYPE_CHECKING:  # an unchanged run never needs polars, so nothing here imports it at the top
    import polars as pl


@dataclass(frozen=True)
class Cycle:
    """What every stage's page starts from."""

    loaded: LoadedConfig
    workspace: Workspace
    folder: CycleFolder

    @property
    def calendar(self) -> Calendar:
        """The cycle's view of time."""
        config = self.loaded.config
        return Calendar(month_of(self.folder.name), config.horizon, config.fiscal_year_start)

    def table(self, stage: str, name: str) -> pl.DataFrame:
        """The table `name` that `stage` left in this cycle."""
        return read_table(self.folder, stage, name)

    def last(self, stage: str) -> CycleFolder | None:
        """The newest earlier cycle that has finished `stage`."""
        return self.workspace.before(self.folder.name, stage)

    def last_inputs(self, stage: str) -> dict[str, str]:
        """The last cycle's `stage` as an input to be hashed: what this cycle compares itself with."""
        last = self.last(stage)
        manifest = last.manifest(stage) if last else None
        return {f"cycle {last.name}: {stage}": manifest.left} if last and manifest else {}


def read_table(folder: CycleFolder, stage: str, name: str) -> pl.DataFrame:
    """The table `name` that `stage` left in the cycle of `folder`."""
    import polars as pl

    return pl.read_parquet(folder.stage(stage) / f"{name}.parquet")
