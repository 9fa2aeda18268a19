"""The map: one function per command, from the request to what it comes to."""

from collections.abc import Sequence
from pathlib import Path

from sop_cli.config.cycle import choose_cycle
from sop_cli.config.load import LoadedConfig, load_config
from sop_cli.errors import SopError
from sop_cli.workspace.cycles import CycleFolder, Workspace
from sop_cli.workspace.outcome import Answer, Outcome, Reporter
from sop_cli.workspace.request import Request
from sop_cli.workspace.run import run_steps
from sop_cli.workspace.standing import Standing, standing
from sop_cli.workspace.start import sample_company, start_workspace
from sop_cli.workspace.step import Step


def init(folder: Path, sample: bool) -> list[Path]:
    """A new workspace in `folder`; returns the files and folders made."""
    return start_workspace(folder, sample_company() if sample else None)


def run(request: Request, through: str, reporter: Reporter) -> Outcome:
    """Bring the cycle up to date, to the stage called `through`."""
    config, workspace, cycle = _find(request)
    return run_steps(workspace, cycle, _steps(config, cycle), through, request, reporter)


def status(request: Request) -> Standing:
    """Where the cycle stands."""
    config, workspace, cycle = _find(request)
    return standing(workspace, cycle, _steps(config, cycle))


def explain(request: Request, terms: Sequence[str]) -> Answer:
    """What the rule, measure or number named by `terms` means and comes from."""
    raise SopError(f"nothing here is called {' '.join(terms)!r}", hint="name a rule code, such as R101")


def _find(request: Request) -> tuple[LoadedConfig, Workspace, CycleFolder]:
    config = load_config(request.config)
    workspace = Workspace(config.base)
    return config, workspace, workspace.cycle(choose_cycle(config.config, config.base, request.cycle))


def _steps(config: LoadedConfig, cycle: CycleFolder) -> list[Step]:
    return []
