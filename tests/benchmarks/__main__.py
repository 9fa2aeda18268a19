"""`python -m tests.benchmarks`: how long the main job takes on the sample company, beside a bare read of its files.

`pollock FOLDER` scores how polluted CSV files are read, see tests/benchmarks/pollock.py.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks import pollock

ROOT = Path(__file__).parents[2]
SOP = (sys.executable, "-c", "from sop_cli.cli.main import main; main()")
# The least a program must do: every file of the latest cycle as text, no types, no checks, no plan.
BARE = """
from pathlib import Path
import polars as pl
from python_calamine import CalamineWorkbook
folders = [Path("sample_data") / name for name in ("history", "aop", "2026-11")]
for path in sorted(path for folder in folders for path in folder.iterdir()):
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    else:
        separator = "\\t" if path.suffix == ".tsv" else ","
        pl.read_csv(path, infer_schema=False, encoding="latin-1", separator=separator, truncate_ragged_lines=True)
"""


def main() -> None:
    """Print the median of each job and its ratio to the bare read."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        shutil.copytree(ROOT / "sample_data", base / "sample_data")
        shutil.copy(ROOT / "config.example.yaml", base / "config.yaml")
        bare = _median(lambda: _run(base, sys.executable, "-c", BARE))
        jobs = {
            "bare read of the same files": bare,
            "sop run, from nothing": _median(lambda: _from_nothing(base), 3),
            "sop run, nothing changed": _median(lambda: _run(base, *SOP, "run", "--quiet")),
            "sop --help": _median(lambda: _run(base, *SOP, "--help")),
            "python -c pass": _median(lambda: _run(base, sys.executable, "-c", "pass")),
        }
    for name, seconds in jobs.items():
        print(f"{name:30} {seconds:6.2f} s {seconds / bare:6.1f} x")


def _from_nothing(base: Path) -> None:
    shutil.rmtree(base / "cycles", ignore_errors=True)
    _run(base, *SOP, "run", "--quiet")


def _run(base: Path, *command: str) -> None:
    subprocess.run(command, cwd=base, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)})


def _median(job: Callable[[], None], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        start = perf_counter()
        job()
        seconds.append(perf_counter() - start)
    return median(seconds)


if sys.argv[1:2] == ["pollock"]:
    pollock.main(sys.argv[2:])
else:
    main()
