"""The manifest in each stage folder: what its files were made from, and whether they are still the ones written."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sop_cli.workspace.hashing import file_hash, hash_of, tool
from sop_cli.workspace.step import StepResult

NAME = "manifest.json"
TOOL = "sop itself"  # name of the tool among a step's inputs
NOT_RUN = "not run yet"


@dataclass(frozen=True)
class Output:
    """One file of a stage."""

    sha256: str
    bytes: int
    rows: int | None  # where the stage counted them


@dataclass(frozen=True)
class Manifest:
    """What a finished stage says about itself; holds no time, so same inputs give the same bytes."""

    stage: str
    cycle: str
    inputs: Mapping[str, str]  # name to sha256; the tool's version under TOOL
    outputs: Mapping[str, Output]
    result: StepResult

    @property
    def left(self) -> str:
        """A hash of what the next stage finds here: the files and the gate, however they came about."""
        files = {name: output.sha256 for name, output in self.outputs.items()}
        return hash_of([files, self.result.gate])


def write_manifest(folder: Path, stage: str, cycle: str, inputs: Mapping[str, str], result: StepResult) -> Manifest:
    """Manifest of the files in `folder`, written beside them."""
    outputs = {
        name: Output(file_hash(folder / name), (folder / name).stat().st_size, result.rows.get(name))
        for name in files_in(folder)
    }
    manifest = Manifest(stage, cycle, dict(sorted(inputs.items())), outputs, result)
    text = json.dumps({"tool": tool(), **asdict(manifest)}, indent=2, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in `folder`; None where there is none, or none that this version understands."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        outputs = {name: Output(**output) for name, output in said["outputs"].items()}
        lists = {name: tuple(said["result"][name]) for name in ("blocks", "opens")}
        result = StepResult(**said["result"] | lists)
        return Manifest(said["stage"], said["cycle"], said["inputs"], outputs, result)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def files_in(folder: Path) -> list[str]:
    """Every file below `folder` but the manifest, with / between the parts of its path, sorted."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != NAME)


def why_stale(folder: Path, inputs: Mapping[str, str]) -> str:
    """Why the stage in `folder` must run again on `inputs`, as a phrase; "" if it is fresh."""
    manifest = read_manifest(folder)
    if manifest is None:
        return NOT_RUN
    return _changed_input(manifest.inputs, inputs) or _changed_output(folder, manifest)


def _changed_input(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    changed = [
        *(f"{name} changed" for name in now if name in before and before[name] != now[name]),
        *(f"{name} is new" for name in now if name not in before),
        *(f"{name} is gone" for name in before if name not in now),
    ]
    return changed[0] + (f" and {len(changed) - 1} more" if len(changed) > 1 else "") if changed else ""


def _changed_output(folder: Path, manifest: Manifest) -> str:
    for name, output in manifest.outputs.items():
        path = folder / name
        if not path.is_file():
            return f"its {name} is gone"
        if path.stat().st_size != output.bytes or file_hash(path) != output.sha256:
            return f"its {name} was changed by hand"
    return ""
