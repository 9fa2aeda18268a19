"""What a command says: its answer on stdout, its errors on stderr, its exit code to the shell."""

import json
import os
import re
import shutil
import sys
import textwrap
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from typer import Exit

from sop_cli.cli.options import Format
from sop_cli.errors import SopError

BUG = 1
INTERRUPTED = 130
_PIPED = 80
_NARROWEST = 20
_PATH = re.compile(r"\S+/[^,;:]{0,60}?\.[a-z]{2,5}\b")  # may hold blanks
_HELD = "\0"


def answer(text: str) -> None:
    """Print on stdout; a reader that has gone away (`sop status | head -1`) is no error."""
    try:
        print(text, flush=True)  # noqa: T201 - this is the one place that answers
    except BrokenPipeError:
        # what is still buffered must not fail again when the interpreter exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """Columns that a line of prose has room for: those of the terminal, else what every terminal has."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED


def wrapped(text: str, indent: str = "") -> list[str]:
    """A line of prose in as many as it needs, the later ones behind `indent`; paths and codes stay in one piece."""
    room = max(width(), len(indent) + _NARROWEST)
    held = _PATH.sub(lambda found: found[0].replace(" ", _HELD), text)
    lines = textwrap.wrap(held, room, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_HELD, " ") for line in lines] or [""]


def answer_json(document: object) -> None:
    """Print the one JSON document of `--format json`."""
    answer(json.dumps(document, indent=2, ensure_ascii=False))


def say(text: str) -> None:
    """Print on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the one place that reports


def wants_color(no_color: bool) -> bool:
    """Whether stderr may be coloured: only a terminal, and only if nobody objects."""
    return sys.stderr.isatty() and not no_color and not os.environ.get("NO_COLOR")


@contextmanager
def speaking(format: Format, log_beside: Path, no_color: bool = False) -> Iterator[None]:
    """Run a command's body; whatever stops it becomes words, and the exit code of the contract."""
    try:
        yield
    except SopError as problem:
        refuse(problem, format, no_color)
        raise Exit(problem.code) from None
    except KeyboardInterrupt:
        say("interrupted; the last results stand")
        raise Exit(INTERRUPTED) from None
    except Exit:
        raise
    except Exception as problem:
        _confess(problem, format, _log(log_beside))
        raise Exit(BUG) from None


def refuse(problem: SopError, format: Format, no_color: bool) -> None:
    """Say on stderr what is wrong and what to do; as JSON it is the one document on stdout too."""
    if format == "json":
        document = {
            "message": problem.message,
            "hint": problem.hint,
            "file": None if problem.file is None else str(problem.file),
            "line": problem.line,
        }
        answer_json({"exit_code": problem.code, "error": document})
    label = "\x1b[1;31merror:\x1b[0m" if wants_color(no_color) else "error:"
    say(f"{label} {problem.place}{problem.message}")
    if problem.hint:
        say(f"hint: {problem.hint}")


def _confess(problem: Exception, format: Format, log: Path | None) -> None:
    what = f"{type(problem).__name__}: {problem}".splitlines()[0]
    where = f"what happened is in {log}" if log else "no log could be written here"
    if format == "json":
        document = {"message": what, "hint": where, "file": None, "line": None}
        answer_json({"exit_code": BUG, "error": document})
    say(f"error: this is a bug in sop ({what}); {where}")


def _log(beside: Path) -> Path | None:
    """Append the traceback to sop.log beside the config, or else in the working directory."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for folder in (beside.parent, Path()):
        log = folder / "sop.log"
        try:
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{now} sop {' '.join(sys.argv[1:])}\n{traceback.format_exc()}\n")
        except OSError:
            continue
        return log
    return None
