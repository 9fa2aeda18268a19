"""Running the steps of a cycle: those that are stale, in order, up to the one asked for."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from time import monotonic

from sop_cli.errors import SopError
from sop_cli.workspace.cycles import STAGES, CycleFolder, Workspace
from sop_cli.workspace.hashing import tool
from sop_cli.workspace.lock import held
from sop_cli.workspace.manifest import NOT_RUN, TOOL, why_stale, write_manifest
from sop_cli.workspace.outcome import Outcome, Reporter, StepReport, exit_code
from sop_cli.workspace.request import Request
from sop_cli.workspace.runlog import run_log
from sop_cli.workspace.step import Inputs, Step, StepResult
from sop_cli.workspace.swap import recover, replacing


def run_steps(
    workspace: Workspace, cycle: CycleFolder, steps: Sequence[Step], through: str, request: Request, reporter: Reporter
) -> Outcome:
    """Bring `steps` up to date, from the first to the one called `through`.

    A step runs if its inputs, the tool, or what the step before it left have changed, or if its files
    are not the ones it wrote; otherwise it is reported unchanged, with the gate it had. A gate that
    stopped ends the run there. SopError where another run holds the cycle (6), where a closed cycle
    would be written again without `reopen`, and from the steps themselves.
    """
    names = [step.name for step in steps]
    with held(cycle.path, request.command):
        for stage in STAGES:
            recover(cycle.stage(stage))
        closed_by = None if request.reopen else workspace.closed_by(cycle.name)
        # nothing can run in a closed cycle, so nothing is written there, not even the log
        log: AbstractContextManager[list[StepReport]] = nullcontext([]) if closed_by else run_log(cycle, request)
        with log as reports:
            for step in steps[: names.index(through) + 1]:
                with ThreadPoolExecutor(1) as beside:
                    inputs = beside.submit(inputs_now, cycle, steps, step).result
                    reports.append(_up_to_date(cycle, step, inputs, closed_by, reporter))
                reporter.finished(reports[-1])
                if reports[-1].result.gate == "stopped":
                    break
    return Outcome(cycle.name, tuple(reports), exit_code([report.result for report in reports], request.fail_on))


def inputs_now(cycle: CycleFolder, steps: Sequence[Step], step: Step) -> dict[str, str]:
    """Everything `step` depends on as it is now: its own inputs, the steps before it, the tool."""
    inputs = {**step.inputs(), TOOL: tool()}
    for earlier in reversed(steps[: steps.index(step)]):
        manifest = cycle.manifest(earlier.name)
        inputs[f"what {earlier.name} left"] = manifest.left if manifest else ""
    return inputs


def _up_to_date(
    cycle: CycleFolder, step: Step, inputs: Inputs, closed_by: str | None, reporter: Reporter
) -> StepReport:
    folder = cycle.stage(step.name)
    manifest = cycle.manifest(step.name)
    # Big extracts take a while to hash: where nothing is there to compare with, they are read meanwhile.
    reason = NOT_RUN if manifest is None else why_stale(folder, inputs())
    if manifest is not None and not reason:
        return StepReport(cycle.name, step.name, folder, "unchanged", "", 0.0, manifest.result)
    if closed_by:
        raise SopError(
            f"cycle {cycle.name} is closed, because {closed_by} has its pack; "
            f"{step.name} would be written again ({reason})",
            hint="to write it again all the same, add --reopen; for the present cycle, name it with --cycle",
        )
    reporter.started(cycle.name, step)
    clock = monotonic()
    result = _carry_out(cycle, step, inputs)
    again = "" if reason == NOT_RUN else reason
    return StepReport(cycle.name, step.name, folder, "ran", again, monotonic() - clock, result)


def _carry_out(cycle: CycleFolder, step: Step, inputs: Inputs) -> StepResult:
    with replacing(cycle.stage(step.name)) as folder:
        result = step.work(folder, inputs)
        write_manifest(folder, step.name, cycle.name, inputs(), result)
    return result
