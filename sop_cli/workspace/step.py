"""One step of a cycle and what it leaves behind, as the runner, the manifest and the terminal see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

# passed: go on. failed: unwaived errors; later steps run and are stamped (exit 3).
# stopped: this cycle's input is stale or incomplete; later steps do not run (exit 5).
Gate = Literal["passed", "failed", "stopped"]
Inputs = Callable[[], Mapping[str, str]]  # waits until they are known
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True)
class StepResult:
    """What a step has to say about the files it wrote."""

    summary: str  # one line: "48,231 numbers, 3 breaks (3 waived)"
    gate: Gate = "passed"
    findings: Mapping[str, int] = field(default_factory=dict)  # by severity; "waived" counts apart
    material: int = 0  # material divergences, for --fail-on material
    blocks: tuple[str, ...] = ()  # one sentence per thing that holds the gate shut
    rows: Mapping[str, int] = field(default_factory=dict)  # file, as seen from the step's folder, to rows
    figures: Mapping[str, Json] = field(default_factory=dict)  # key figures for --format json
    answer: str = ""  # what the command prints on stdout before the path; names no path itself
    opens: tuple[str, ...] = ()  # files a reader opens first, as seen from the step's folder; it by default


@dataclass(frozen=True)
class Step:
    """One step: what it reads and what it does.

    `inputs` names everything the step reads besides the steps before it, with a hash: extracts,
    parts of the config, registers. `work` writes into the folder it is given and nowhere else; it may ask for the
    inputs, which where nothing is there yet to compare them with are found out while it works.
    """

    name: str  # the command: "reconcile"
    title: str  # what it is doing, for the progress line: "tying out and reconciling"
    inputs: Inputs
    work: Callable[[Path, Inputs], StepResult]
