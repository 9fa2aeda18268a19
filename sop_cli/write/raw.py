"""A table to the letter as plain CSV: what was read, before anyone decides what it means."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from sop_cli.errors import SopError


def write_raw(lines: Iterable[Sequence[str | None]], path: Path) -> None:
    """Write `lines` as CSV by RFC 4180 in UTF-8: every cell as it is, also one that a spreadsheet would run.

    SopError if the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    except OSError as problem:
        raise SopError(
            f"this file cannot be written ({problem.strerror})", hint="name another one for --dump", file=path
        ) from None
