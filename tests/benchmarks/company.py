"""How long the main job takes on the sample company, beside a bare read of its files."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.timing import ROOT, SOP, Cost, cost, usual

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


def main(words: Sequence[str]) -> None:
    """Print the median of each job and its ratio to the bare read; there are no `words` to give."""
    if words:
        sys.exit(f"{words[0]!r} is not understood")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        shutil.copytree(ROOT / "sample_data", base / "sample_data")
        shutil.copy(ROOT / "config.example.yaml", base / "config.yaml")
        bare = usual(lambda: cost(base, sys.executable, "-c", BARE), 5)
        jobs = {
            "bare read of the same files": bare,
            "sop run, from nothing": usual(lambda: _from_nothing(base), 3),
            "sop run, nothing changed": usual(lambda: cost(base, *SOP, "run", "--quiet"), 5),
            "sop --help": usual(lambda: cost(base, *SOP, "--help"), 5),
            "python -c pass": usual(lambda: cost(base, sys.executable, "-c", "pass"), 5),
        }
    for name, took in jobs.items():
        print(f"{name:30} {took.seconds:6.2f} s {took.seconds / bare.seconds:6.1f} x")


def _from_nothing(base: Path) -> Cost:
    shutil.rmtree(base / "cycles", ignore_errors=True)
    return cost(base, *SOP, "run", "--quiet")
