"""run.json: the last run of a cycle, and for every stage when it last ran, on what, and for how long."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from time import monotonic

from sop_cli.errors import SopError
from sop_cli.workspace.cycles import CycleFolder
from sop_cli.workspace.disk import writing
from sop_cli.workspace.hashing import tool
from sop_cli.workspace.outcome import StepReport, exit_code
from sop_cli.workspace.request import Request
from sop_cli.workspace.step import Json

NAME = "run.json"
CONFIG_COPY = "config.yaml"
BUG = 1
INTERRUPTED = 130
LIBRARIES = ("polars", "numpy", "highspy", "openpyxl", "xlsxwriter", "vl-convert-python")


@contextmanager
def run_log(cycle: CycleFolder, request: Request) -> Iterator[list[StepReport]]:
    """Collects the reports of a run; run.json and a copy of the config are written however the run ends."""
    reports: list[StepReport] = []
    started, clock = _now(), monotonic()
    code, error = BUG, ""
    try:
        yield reports
        code = exit_code([report.result for report in reports], request.fail_on)
    except SopError as problem:
        code, error = problem.code, str(problem)
        raise
    except KeyboardInterrupt:
        code, error = INTERRUPTED, "interrupted"
        raise
    except BaseException as problem:
        error = f"{type(problem).__name__}: {problem}"
        raise
    finally:
        last: dict[str, Json] = {
            "command": request.command,
            "started": started,
            "seconds": round(monotonic() - clock, 3),
            "exit_code": code,
            "error": error,
            "ran": [report.stage for report in reports if report.state == "ran"],
            "unchanged": [report.stage for report in reports if report.state == "unchanged"],
        }
        # what went wrong in the run matters more than that it cannot be written down
        with suppress(SopError) if error else nullcontext(), writing(cycle.path):
            _write(cycle, request, last, reports)


def stages_run(cycle: CycleFolder) -> dict[str, dict[str, Json]]:
    """Per stage, what run.json knows of its last run: `ended`, `seconds`, `inputs`, `rows`."""
    try:
        stages: dict[str, dict[str, Json]] = json.loads((cycle.path / NAME).read_text(encoding="utf-8"))["stages"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return stages


def _write(cycle: CycleFolder, request: Request, last: dict[str, Json], reports: list[StepReport]) -> None:
    stages = stages_run(cycle)
    for report in reports:
        if report.state == "ran":
            stages[report.stage] = _stage(cycle, report)
    _replace(
        cycle,
        NAME,
        _json({"cycle": cycle.name, "tool": tool(), "libraries": _libraries(), "last": last, "stages": stages}),
    )
    if last["ran"]:
        _replace(cycle, CONFIG_COPY, request.config.read_bytes())


def _stage(cycle: CycleFolder, report: StepReport) -> dict[str, Json]:
    manifest = cycle.manifest(report.stage)
    return {
        "ended": _now(),
        "seconds": round(report.seconds, 3),
        "reason": report.reason,
        "inputs": dict(manifest.inputs) if manifest else {},
        "rows": dict(report.result.rows),
        "gate": report.result.gate,
    }


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _replace(cycle: CycleFolder, name: str, content: bytes) -> None:
    new = cycle.path / f".{name}.new"
    new.write_bytes(content)
    new.replace(cycle.path / name)


def _libraries() -> dict[str, Json]:
    found: dict[str, Json] = {"python": sys.version.split()[0]}
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[library] = version(library)
    return found


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
