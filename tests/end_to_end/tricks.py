"""The museum of layout tricks: files as people have them, each with a clean twin that says the same."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sop_cli import pipeline
from sop_cli.schemas.tables import TABLES
from sop_cli.workspace.request import Request
from tests.toy import Listener

MUSEUM = Path(__file__).parents[1] / "museum"
NO_FILES = ("what.txt", "sources.yaml", "twin.csv", "crosswalk.csv")  # of a room that are no extracts


@dataclass(frozen=True)
class Trick:
    """One room: a folder with the file, `what.txt`, and `sources.yaml` where something must be declared."""

    room: Path
    what: str
    rows: tuple[int, ...]  # where in the file each record of the twin stands
    told: tuple[str, ...]  # codes of what is to be said about the file

    @property
    def extracts(self) -> list[str]:
        """Names of the files of the room that are read, first the first."""
        return sorted(path.name for path in self.room.iterdir() if path.name not in NO_FILES)

    @property
    def table(self) -> str:
        """The table that the files are named by."""
        return re.split(r"[.-]", self.extracts[0])[0]

    @property
    def twin(self) -> Path:
        """The clean file that says the same: the room's own, or one that many rooms share."""
        own = self.room / "twin.csv"
        return own if own.exists() else MUSEUM / "twins" / f"{self.table}.csv"


@dataclass(frozen=True)
class Taken:
    """What ingest makes of one file."""

    table: pl.DataFrame
    findings: pl.DataFrame

    @property
    def told(self) -> set[str]:
        """The codes of the findings."""
        return set(self.findings["code"])


def tricks() -> list[Trick]:
    """Every room, by name."""
    return [_trick(room) for room in sorted((MUSEUM / "tricks").iterdir()) if room.is_dir()]


def ingested(files: Mapping[str, Path], table: str, base: Path, sources: str = "") -> Taken:
    """`files` (name in the workspace: where it is now) as ingest leaves them in `base`, with nothing declared."""
    base.mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        shutil.copy(path, base / name)
    names = ", ".join(f'"{name}"' for name in files)
    declared = sources or f"sources:\n  {table}: {{files: [{names}]}}\n"
    (base / "config.yaml").write_text(f"company: Museum\ncurrency: EUR\n{declared}")
    pipeline.run(Request("ingest", base / "config.yaml", "2026-11"), "ingest", Listener())
    left = base / "cycles" / "2026-11" / "1-ingested"
    return Taken(pl.read_parquet(left / f"{table}.parquet"), pl.read_parquet(left / "findings.parquet"))


def ingested_trick(trick: Trick, base: Path) -> Taken:
    """The file of a room as ingest leaves it, declared as the room says."""
    declared = trick.room / "sources.yaml"
    files = {path.name: path for path in trick.room.iterdir() if path.name not in NO_FILES[:3]}
    if not declared.exists():
        files = {name: files[name] for name in trick.extracts}
    return ingested(files, trick.table, base, declared.read_text() if declared.exists() else "")


def content(taken: pl.DataFrame, table: str) -> pl.DataFrame:
    """The records with `row`, in an order that does not depend on the file."""
    names = [column.name for column in TABLES[table].columns]
    return taken.select(*names, "row").sort(names, nulls_last=True)


def _trick(room: Path) -> Trick:
    what, *more = (room / "what.txt").read_text().splitlines()
    said = dict(line.split(": ", 1) for line in more)
    return Trick(room, what, tuple(_numbers(said["rows"])), tuple(said.get("told", "").split()))


def _numbers(text: str) -> list[int]:
    """`2-4 9` are 2, 3, 4 and 9."""
    numbers: list[int] = []
    for part in text.split():
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers
