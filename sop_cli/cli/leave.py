"""The exit code of a question: 0, unless --fail-on asks for the state of the cycle."""

from typer import Exit

from sop_cli.workspace.request import Request


def leave(request: Request) -> None:
    """Leave with the exit code of the contract for what the stages on disk have found."""
    if request.fail_on == "never":
        return
    from sop_cli import pipeline
    from sop_cli.workspace.outcome import exit_code

    stages = pipeline.status(request).stages
    raise Exit(exit_code([stage.result for stage in stages if stage.result], request.fail_on))
