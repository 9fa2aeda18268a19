"""The options that every command on a cycle takes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from typer import Option

from sop_cli.workspace.request import FailOn

Format = Literal["text", "json"]

ConfigOption = Annotated[Path, Option("--config", "-c", envvar="SOP_CONFIG", help="The config of the workspace.")]
CycleOption = Annotated[
    str | None,
    Option(metavar="YYYY-MM", help="The cycle to work on.", show_default="the newest there are extracts for"),
]
FormatOption = Annotated[Format, Option("--format", help="How the answer is written on stdout.")]
QuietOption = Annotated[bool, Option("--quiet", "-q", help="Say nothing on stderr but errors.")]
FailOnOption = Annotated[
    FailOn,
    Option(
        help="What makes the exit code tell of it: error - unwaived errors (3); warning - warnings too (3); "
        "material - errors (3) and material divergence (4); never - neither."
    ),
]
NoColorOption = Annotated[bool, Option("--no-color", help="No colour, as with NO_COLOR in the environment.")]
ReopenOption = Annotated[bool, Option("--reopen", help="Write a closed cycle again.")]

CONFIG = Path("config.yaml")


@dataclass(frozen=True)
class Options:
    """How a command is asked to speak, and about which cycle."""

    config: Path
    cycle: str | None
    format: Format
    quiet: bool
    fail_on: FailOn
    no_color: bool
    reopen: bool = False
