"""What a user asks for, independent of which door it came through."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FailOn = Literal["error", "warning", "material", "never"]


@dataclass(frozen=True)
class Request:
    """One command on one cycle."""

    command: str  # "run"; also the last stage, for the commands that are named after one
    config: Path
    cycle: str | None = None  # YYYY-MM; None leaves the choice to the config and the extracts
    fail_on: FailOn = "error"
    reopen: bool = False  # whether a closed cycle may be written again
