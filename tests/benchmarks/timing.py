"""Running a job in a process of its own: how long it takes and how much memory it needs at most."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SOP = (sys.executable, "-c", "from sop_cli.cli.main import main; main()")


@dataclass(frozen=True)
class Cost:
    """What a job took."""

    seconds: float
    gigabytes: float  # most memory held at once


def cost(folder: Path, *command: str, allowed: Sequence[int] = (0,)) -> Cost:
    """Run `command` in `folder`, an exit code other than those `allowed` is an error."""
    started = time.perf_counter()
    with (folder / "errors.txt").open("w+b") as errors:
        job = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors, env=_environment())
        _, status, usage = os.wait4(job.pid, 0)
        seconds = time.perf_counter() - started
        job.returncode = os.waitstatus_to_exitcode(status)
        if job.returncode not in allowed:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {job.returncode}: {errors.read().decode()}")
    return Cost(seconds, usage.ru_maxrss / (1 << 20))


def _environment() -> dict[str, str]:
    # Without compiled modules on disk every start would take two to three times as long; and what polars has set for
    # the allocator of this process is not for others.
    left_out = ("PYTHONDONTWRITEBYTECODE", "_RJEM_MALLOC_CONF")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"PYTHONPATH": str(ROOT)}


def usual(job: Callable[[], Cost], times: int) -> Cost:
    """The medians of several runs."""
    costs = [job() for _ in range(times)]
    return Cost(median(one.seconds for one in costs), max(one.gigabytes for one in costs))
