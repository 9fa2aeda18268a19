"""The sample company in a folder of its own, and `sop` on it: in this process for words, in its own for signals."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from sop_cli.cli.main import main

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "sop_cli.cli.main"]
NOW = "sample_data/2026-11"


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> str:
        """What it said after `error: `, hint included; the lines of the stages before it left out."""
        return self.err[self.err.index("error: ") + 7 :] if "error: " in self.err else ""


@dataclass(frozen=True)
class Company:
    """A workspace to break things in."""

    base: Path

    def path(self, name: str) -> Path:
        """A file by its name below the workspace."""
        return self.base / name

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` in a text file; it must be there."""
        text = self.path(name).read_bytes().decode()
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_bytes(text.replace(old, new, 1).encode())

    def change_cell(self, name: str, row: int, column: str, value: str, delimiter: str = ",") -> None:
        """Write `value` into one cell of a text table; `row` is the line of the file."""
        with self.path(name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=delimiter))
        rows[row - 1][rows[0].index(column)] = value
        with self.path(name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)

    def line(self, text: str) -> int:
        """The line of the config in which `text` begins."""
        config = self.path("config.yaml").read_text(encoding="utf-8-sig")
        return config[: config.index(text)].count("\n") + 1

    def left(self) -> dict[str, str]:
        """Every file the stages left, by the hash of its bytes."""
        files = sorted(path for path in self.path("cycles").glob("*/[1-5]-*/**/*") if path.is_file())
        return {path.relative_to(self.base).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}

    def sop(self, *words: str, limit: Callable[[], None] | None = None, **env: str) -> Said:
        """Run `sop` as a process and wait; `limit` is called in it first."""
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=self.base,
            env=environment(**env),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=limit,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start `sop` as a process, to be sent a signal."""
        return subprocess.Popen(
            [*COMMAND, *words],
            cwd=self.base,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


Ask = Callable[..., Said]


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process: nothing of ours from outside."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "SOP_CONFIG")}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


def copied(source: Path, base: Path) -> Company:
    """The workspace of `source` once more, in `base`."""
    shutil.copytree(source, base, dirs_exist_ok=True)
    return Company(base)


def asking(company: Company, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`sop` on `company` in this process, which is quicker."""

    def ask(*words: str) -> Said:
        monkeypatch.chdir(company.base)
        monkeypatch.setattr(sys, "argv", ["sop", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as leaving:
            main()
        shown = capsys.readouterr()
        code = leaving.value.code
        assert isinstance(code, int)
        return Said(code, shown.out, shown.err)

    return ask
