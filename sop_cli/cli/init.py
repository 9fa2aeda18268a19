"""`sop init`: a new workspace, empty, with the sample company, or drafted from files that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, BadParameter, Option

from sop_cli.cli.speak import answer, speaking
from sop_cli.findings.words import counted

if TYPE_CHECKING:
    from sop_cli.pipeline.draft import Drafted

EXAMPLE = "sop init try-it --sample"
_SHOWN = 8  # columns that are named one by one


def init(
    folder: Annotated[Path, Argument(metavar="DIR", help="Folder of the workspace.")] = Path(),
    sample: Annotated[bool, Option("--sample", help="With the sample company's config and extracts.")] = False,
    extracts: Annotated[
        Path | None,
        Option("--from", metavar="EXTRACTS", help="Look through this folder and draft the config from its files."),
    ] = None,
) -> None:
    """Start a workspace: a config, and a folder for the extracts."""
    if sample and extracts is not None:
        raise BadParameter("--sample and --from exclude each other")
    with speaking("text", folder / "config.yaml"):
        from sop_cli import pipeline

        if extracts is not None:
            for line in _drafted(pipeline.draft_workspace(folder, extracts), folder):
                answer(line)
            return
        for made in pipeline.init(folder, sample):
            answer(f"made {made}")
        answer(_next(folder, sample))


def _drafted(drafted: Drafted, folder: Path) -> list[str]:
    """What was recognised, what was not, and what to do next."""
    draft = drafted.draft
    lines = []
    for source in draft.sources:
        found = source.found
        first = f"{source.confidence}: {source.reasons[0]}" if source.active else _missing(found.missing)
        about = "; ".join([first, *source.reasons[1:]])
        sheet = f", sheet {source.sheet}" if source.sheet else ""
        mark = " " if source.confidence == "certain" else "?" if source.active else "-"
        lines.append(f"{mark} {source.name:<24} {', '.join(source.files)}{sheet}")
        lines.append(f"  {'':<24} {about}")
        lines += [f"  {'':<24} check: {doubt}" for doubt in found.doubts]
    for one in draft.untold:
        lines.append(f"- {'not recognised':<24} {one.place}: {one.why}")
    lines += [f"- {'cannot be read':<24} {line}" for line in drafted.refused]
    ready, rest = len(draft.sure), len(draft.sources) - len(draft.sure)
    lines.append("")
    if drafted.copied:
        lines.append(f"copied the files to {drafted.copied}; yours are as they were")
    lines.append(
        f"made {drafted.config}: {counted(ready, 'source')} ready"
        + (f", {rest} with something missing, as comments" if rest else "")
    )
    if not draft.cycle and ready and not any("{cycle}" in file for source in draft.sure for file in source.files):
        lines.append("no file says which month is closed: name the one after it as `cycle` in the config")
    there = "" if folder == Path() else f"cd {folder} && "
    if all(source.found.table.name != "items" for source in draft.sure):
        lines.append("no file is ready as items, the item master, without which nothing can be planned")
        return [*lines, f"next: complete {drafted.config}, then {there}sop reconcile"]
    return [*lines, f"next: read {drafted.config}, mend what says check, then {there}sop reconcile"]


def _missing(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"no column holds {', '.join(names[:_SHOWN])}{more}; it is a comment in the config"


def _next(folder: Path, sample: bool) -> str:
    there = "" if folder == Path() else f"cd {folder} && "
    if sample:
        return f"next: {there}sop run"
    return (
        f"next: put the extracts into {folder / 'extracts'}, name them in {folder / 'config.yaml'}, then {there}sop run"
    )
