"""One run at a time per cycle: the second one stops and says who is first."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sop_cli.errors import CYCLE_HELD, SopError
from sop_cli.workspace.disk import writing

LOCK = ".lock"  # held by the operating system, so a killed run lets go of it
HOLDER = ".holder.json"


@contextmanager
def held(folder: Path, command: str) -> Iterator[None]:
    """Hold the cycle in `folder` for the block; SopError with code 6 where another run holds it."""
    lock = FileLock(folder / LOCK)
    try:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
    except Timeout:
        raise SopError(
            f"another run holds cycle {folder.name}{_holder(folder)}",
            hint="wait until it is done and run the same command again; nothing was changed",
            code=CYCLE_HELD,
        ) from None
    try:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        with writing(folder):
            (folder / HOLDER).write_text(json.dumps({"pid": os.getpid(), "since": now, "command": command}))
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / HOLDER).read_text())
        return f": `sop {holder['command']}`, process {holder['pid']}, since {holder['since'][:16].replace('T', ' ')}"
    except (OSError, ValueError, KeyError, TypeError):  # it has just begun or just ended
        return ""
