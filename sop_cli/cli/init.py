"""`sop init`: a new workspace, empty, with the sample company, or drafted from files that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, BadParameter, Option

from sop_cli.cli.speak import answer, speaking, wrapped
from sop_cli.findings.words import counted

if TYPE_CHECKING:
    from sop_cli.pipeline.draft import Drafted
    from sop_cli.schemas.draft import Candidate

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
        first = _missing(found) if found.missing else f"{source.confidence}: {source.reasons[0]}"
        sheet = f", sheet {source.sheet}" if source.sheet else ""
        mark = " " if source.confidence == "certain" else "?" if source.active else "-"
        lines += _told(mark, source.name, f"{', '.join(source.files)}{sheet}")
        lines += _told("", "", "; ".join([first, *source.reasons[1:]]))
        lines += [line for doubt in found.doubts for line in _told("", "", f"check: {doubt}")]
    for one in draft.untold:
        lines += _told("-", "not recognised", f"{one.place}: {one.why}")
    lines += [part for line in drafted.refused for part in _told("-", "cannot be read", line)]
    if draft.closed:
        lines += _told(" ", f"cycle {draft.closed.cycle.value}", draft.closed.cycle.reason)
    for stray in draft.closed.strays if draft.closed else ():
        lines += _told("?", "", f"check: {stray.place} is dated after the cycle and did not count for it")
    return [*lines, "", *_made(drafted, folder)]


def _told(mark: str, name: str, text: str) -> list[str]:
    """A line of two columns, the second one wrapped."""
    return wrapped(f"{mark or ' '} {name:<24} {text}", " " * 27)


def _made(drafted: Drafted, folder: Path) -> list[str]:
    draft, lines = drafted.draft, []
    ready, rest = len(draft.sure), [source.name for source in draft.sources if not source.active]
    if drafted.copied:
        lines += wrapped(f"copied the files to {drafted.copied}; yours are as they were")
    unfinished = f", {len(rest)} with something missing, as comments" if rest else ""
    lines += wrapped(f"made {drafted.config}: {counted(ready, 'source')} ready{unfinished}")
    if not draft.cycle and ready and not any("{cycle}" in file for source in draft.sure for file in source.files):
        lines += wrapped("no file says which month is closed: name the one after it as `cycle` in the config")
    there = "" if folder == Path() else f"cd {folder} && "
    if all(source.found.table.name != "items" for source in draft.sure):
        if rest:
            lines += wrapped(f"complete in the config, and take the # away from its lines: {', '.join(rest)}")
        lines += wrapped("no file is ready as items, the item master, without which nothing can be planned")
        return [*lines, f"next: complete {drafted.config}, then {there}sop reconcile"]
    return [*lines, f"next: read {drafted.config}, mend what says check, then {there}sop reconcile"]


def _missing(found: Candidate) -> str:
    names = [name for name in found.missing if name not in found.unmapped]
    if not names:
        return f"words of {', '.join(found.unmapped)} are none of ours; it is a comment in the config"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"no column holds {', '.join(names[:_SHOWN])}{more}; it is a comment in the config"


def _next(folder: Path, sample: bool) -> str:
    there = "" if folder == Path() else f"cd {folder} && "
    if sample:
        return f"next: {there}sop run"
    return (
        f"next: put the extracts into {folder / 'extracts'}, name them in {folder / 'config.yaml'}, then {there}sop run"
    )
