"""`sop`: the door to every command."""

import os
import sys
from typing import Annotated

from typer import Exit, Option, Typer

from sop_cli.cli import explain, ingest, init, pack, project, reconcile, run, status, variance
from sop_cli.cli.speak import answer

EXAMPLE = "sop init try-it --sample && cd try-it && sop run"

# Plain help: importing rich for it would cost more than everything else that --help does.
app = Typer(
    name="sop",
    help="Sales & Operations Planning over flat files.",
    epilog=f"Example: {EXAMPLE}",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

for command, example in (
    (init.init, init.EXAMPLE),
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
    try:
        app(prog_name="sop")
    except BrokenPipeError:
        # the reader of --help has gone away; what is buffered must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
