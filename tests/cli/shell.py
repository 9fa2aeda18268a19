"""`sop` with the toy company behind the doors: in this process for words, in its own for what only a shell sees."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

import sop_cli
from sop_cli.cli.main import main
from tests import toy

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
    """Run it as a process and wait."""
    return subprocess.run(
        command(*words), cwd=cwd, env=environment(**(env or {})), capture_output=True, text=True, check=False
    )


def quick(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, which is quicker: for what does not depend on being one."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with _toys(words), chdir(cwd), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as leaving:
        main()
    assert isinstance(leaving.value.code, int)
    said = (stream.buffer.getvalue().decode() for stream in (out, err))
    return subprocess.CompletedProcess(words, leaving.value.code, *said)


@contextmanager
def _toys(words: tuple[str, ...]) -> Iterator[None]:
    """The doors open on the toy company, with these words typed."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(sys, "argv", ["sop", *words])
        here.setattr(sop_cli, "pipeline", toy, raising=False)
        here.setitem(sys.modules, "sop_cli.pipeline", toy)
        for name in ("NO_COLOR", "FORCE_COLOR", "SOP_CONFIG"):
            here.delenv(name, raising=False)
        here.setenv("COLUMNS", "80")
        yield
