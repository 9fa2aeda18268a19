"""`sop`: the door to every command."""

import os
import sys
import warnings
from typing import Annotated

from typer import Exit, Option, Typer, TyperException

from sop_cli.cli import explain, ingest, init, pack, peek, project, reconcile, run, status, variance
from sop_cli.cli.speak import answer, refuse
from sop_cli.errors import SopError

EXAMPLE = "sop init try-it --sample && cd try-it && sop run"

# Polars has its allocator give memory back after half a second, and asks for it again with the next pages of a file.
# Read when polars is loaded; it saves a tenth of the time of big extracts for a fifth of a GiB more.
_KEPT_MEMORY = ("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000")

# Plain help: importing rich for it would cost more than everything else that --help does.
app = Typer(
    name="sop",
    help="Sales & Operations Planning over flat files.",
    epilog=f"Example: {EXAMPLE}",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

for command, example in (
    (init.init, init.EXAMPLE),
    (peek.peek, peek.EXAMPLE),
    (ingest.ingest, ingest.EXAMPLE),
    (reconcile.reconcile, reconcile.EXAMPLE),
    (project.project, project.EXAMPLE),
    (variance.variance, variance.EXAMPLE),
    (pack.pack, pack.EXAMPLE),
    (run.run, run.EXAMPLE),
    (status.status, status.EXAMPLE),
    (explain.explain, explain.EXAMPLE),
):
    app.command(epilog=f"Example: {example}")(command)


def main() -> None:
    """Run the command line and leave with the exit code of the contract."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not sys.warnoptions:  # what a library has to say to programmers is not for planners
        warnings.simplefilter("ignore")
    os.environ.setdefault(*_KEPT_MEMORY)
    code: int | None = 0
    try:
        code = app(args=sys.argv[1:] or ["--help"], prog_name="sop", standalone_mode=False)
    except TyperException as problem:
        code = _refuse_usage(problem)
    except BrokenPipeError:
        # the reader of --help has gone away; what is buffered must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code or 0)


def _refuse_usage(problem: TyperException) -> int:
    """Say what is wrong with the command line, the way every other error is said."""
    context = getattr(problem, "ctx", None)
    message = problem.format_message().replace("Value error, ", "")
    refusal = SopError(message, hint=f"{context.command_path if context else 'sop'} --help", code=problem.exit_code)
    words = " ".join(sys.argv[1:])
    refuse(refusal, "json" if "--format json" in words or "--format=json" in words else "text", "--no-color" in words)
    return refusal.code


def _show_version(wanted: bool) -> None:
    if wanted:
        from sop_cli.workspace.hashing import tool_version

        answer(f"sop {tool_version()}")
        raise Exit


@app.callback()
def _every_command(
    version: Annotated[
        bool, Option("--version", help="Show the version and leave.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    pass


if __name__ == "__main__":
    main()
