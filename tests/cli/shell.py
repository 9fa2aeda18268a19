"""`sop` as a shell runs it: a process of its own, with the toy company behind the doors."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOY = """
import sys
import sop_cli
from tests import toy
sop_cli.pipeline = sys.modules["sop_cli.pipeline"] = toy
from sop_cli.cli.main import main
main()
"""


def command(*words: str) -> list[str]:
    """The words of a command line that runs `sop` on the toy company."""
    return [sys.executable, "-c", TOY, *words]


def environment(**changes: str) -> dict[str, str]:
    """The environment of such a process: nothing of ours or of colour from outside."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "SOP_CONFIG")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **changes}


def sop(*words: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run it and wait."""
    return subprocess.run(
        command(*words), cwd=cwd, env=environment(**(env or {})), capture_output=True, text=True, check=False
    )
