"""The getting-started page as a script: its files are written, its commands run, its output compared."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WALKED = "docs/getting-started.md"
FENCE = re.compile(
    r"^(?:\*\*`(?P<file>[^`]+)`(?P<how>, [^*]+)?\*\*\n\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
PROMPT = "$ "


@dataclass
class Terminal:
    """Where the reader stands, and the door through which `sop` is called."""

    here: Path
    door: Path

    def replay(self, block: re.Match[str]) -> str:
        """Do what a block says; returns the block as it should read."""
        if block["file"]:
            _put(self.here / block["file"], block["how"] or "", block["text"])
        elif block["language"] == "console":
            told = [f"{PROMPT}{line}\n{self._run(line)}" for line in commands(block[0])]
            return f"```console\n{''.join(told)}```"
        return block[0]

    def _run(self, line: str) -> str:
        """What a terminal shows."""
        if line.startswith("cd "):
            self.here /= line.removeprefix("cd ")
            return ""
        kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "SOP_CONFIG")}
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.here,
            env={**kept, "PATH": f"{self.door}{os.pathsep}{kept['PATH']}", "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return re.sub(r", \d+\.\d s\b", ", 0.1 s", done.stdout)


def walk(page: str, folder: Path) -> str:
    """The page with the output of its commands as it is now; everything happens in the empty `folder`.

    `**`path`**` before a block writes it as that file; `, line 3` replaces a line, `, added below` appends.
    Blocks of `console` hold commands after a `$`; how long something took is always shown as 0.1 s.
    """
    folder.mkdir(parents=True)
    terminal = Terminal(folder, _door(folder.parent / "bin"))
    return FENCE.sub(terminal.replay, page)


def cycle_folder(folder: Path) -> Path:
    """The cycle that the commands of the page have left in `folder`."""
    [found] = folder.glob("*/cycles/*")
    return found


def commands(page: str) -> Iterator[str]:
    """Every command line of the page."""
    for block in FENCE.finditer(page):
        if block["language"] == "console":
            yield from (line.removeprefix(PROMPT) for line in block["text"].splitlines() if line.startswith(PROMPT))


def _put(path: Path, how: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if how.startswith(", line "):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[int(how.removeprefix(", line ")) - 1] = text
        text = "".join(lines)
    elif how:
        text = path.read_text(encoding="utf-8") + text
    path.write_text(text, encoding="utf-8")


def _door(folder: Path) -> Path:
    """A folder with `sop` in it: the code beside this test, whatever else is installed."""
    folder.mkdir(parents=True)
    sop = folder / "sop"
    run = "from sop_cli.cli.main import main; main()"
    sop.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -c "{run}" "$@"\n', encoding="utf-8")
    sop.chmod(0o755)
    return folder
