"""Where a cycle stands: which stages are fresh, which are stale and why, what blocks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sop_cli.errors import SopError
from sop_cli.workspace.cycles import CycleFolder, Workspace
from sop_cli.workspace.manifest import why_stale
from sop_cli.workspace.run import inputs_now
from sop_cli.workspace.runlog import stages_run
from sop_cli.workspace.step import Json, Step, StepResult


@dataclass(frozen=True)
class StageStanding:
    """One stage of a cycle as it lies on disk."""

    stage: str
    state: Literal["fresh", "stale", "missing"]
    reason: str  # why it is stale
    ended: str  # when it last ran, ISO 8601; "" where not known
    result: StepResult | None  # None where it has not run


@dataclass(frozen=True)
class Standing:
    """One cycle as it lies on disk."""

    cycle: str
    closed_by: str | None  # the later cycle whose pack closed it
    stages: tuple[StageStanding, ...]

    def as_json(self) -> dict[str, Json]:
        """The one document of `sop status --format json`."""
        stages: list[Json] = [_as_json(stage) for stage in self.stages]
        return {"cycle": self.cycle, "closed_by": self.closed_by, "stages": stages}


def standing(workspace: Workspace, cycle: CycleFolder, steps: Sequence[Step]) -> Standing:
    """How `cycle` stands, without changing anything; inputs are hashed again to see what is stale."""
    stages: list[StageStanding] = []
    ran = stages_run(cycle)
    for step in steps:
        manifest = cycle.manifest(step.name)
        not_fresh = [earlier.stage for earlier in stages if earlier.state != "fresh"]
        ended = str(ran.get(step.name, {}).get("ended", ""))
        if manifest is None:
            stages.append(StageStanding(step.name, "missing", "", "", None))
        elif not_fresh:
            stages.append(
                StageStanding(step.name, "stale", f"{not_fresh[0]} must run again first", ended, manifest.result)
            )
        else:
            reason = _why_stale(cycle, steps, step)
            stages.append(StageStanding(step.name, "stale" if reason else "fresh", reason, ended, manifest.result))
    return Standing(cycle.name, workspace.closed_by(cycle.name), tuple(stages))


def _why_stale(cycle: CycleFolder, steps: Sequence[Step], step: Step) -> str:
    """Why the step must run again; an input that cannot be read any more is a reason too."""
    try:
        return why_stale(cycle.stage(step.name), inputs_now(cycle, steps, step))
    except SopError as problem:
        return f"{problem.place}{problem.message.splitlines()[0]}"


def _as_json(stage: StageStanding) -> dict[str, Json]:
    said = asdict(stage)
    result = said.pop("result") or {}
    return {**said, **{key: result.get(key) for key in ("summary", "gate", "findings", "material", "blocks")}}
