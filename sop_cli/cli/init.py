"""`sop init`: a new workspace, empty or with the sample company."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from sop_cli.cli.speak import answer, speaking

EXAMPLE = "sop init try-it --sample"


def init(
    folder: Annotated[Path, Argument(metavar="DIR", help="Folder of the workspace.")] = Path(),
    sample: Annotated[bool, Option("--sample", help="With the sample company's config and extracts.")] = False,
) -> None:
    """Start a workspace: a config, and a folder for the extracts."""
    with speaking("text", folder / "config.yaml"):
        from sop_cli import pipeline

        for made in pipeline.init(folder, sample):
            answer(f"made {made}")
        answer(_next(folder, sample))


def _next(folder: Path, sample: bool) -> str:
    there = "" if folder == Path() else f"cd {folder} && "
    if sample:
        return f"next: {there}sop run"
    return (
        f"next: put the extracts into {folder / 'extracts'}, name them in {folder / 'config.yaml'}, then {there}sop run"
    )
