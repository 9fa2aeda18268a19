"""The house keeps its staircase, its sizes and its names."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "sop_cli").rglob("*.py"))
NAMELESS = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "manager", "handler"}


def test_rooms_import_only_downwards() -> None:
    # what is wrong is printed, so it stands in the report of a failure
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_is_short_named_for_what_it_holds_and_says_it_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert path.stem not in NAMELESS
    assert text == "" or ast.get_docstring(ast.parse(text))


def test_the_map_is_there_before_anything_heavy_is_loaded() -> None:
    loaded = "import sys, sop_cli.cli.main, sop_cli.pipeline; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"polars", "numpy", "openpyxl", "xlsxwriter", "python_calamine", "highspy"} & set(told.split())
