"""init --from: a folder of files -> a workspace with a config drafted from them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.errors import SopError
from sop_cli.read.files import ENDINGS, WORKBOOKS, Extract
from sop_cli.workspace.start import Copy, start_drafted

if TYPE_CHECKING:
    from sop_cli.schemas.draft import Draft
    from sop_cli.schemas.looked import Looked

_MOST = 500  # files that are looked at


@dataclass(frozen=True)
class Drafted:
    """What came of looking through a folder."""

    draft: Draft
    config: Path
    copied: Path | None  # where the files were copied to; None where they are read where they lie
    refused: list[str]  # files that cannot be read, and why


def draft_workspace(folder: Path, extracts: Path) -> Drafted:
    """A new workspace in `folder` with a config drafted from the files below `extracts`.

    Files within `folder` are read where they lie; others are copied below it, because the paths of a config start
    there. Nothing is overwritten, and no file is changed.
    """
    from sop_cli.stages.draft.draft import draft
    from sop_cli.write.draft import draft_text

    found, refused = _files(extracts)
    seen, unread = _look(found)
    refused += unread
    first = draft(seen)
    if not first.sources:
        said = "\n".join(f"  {line}" for line in [*(f"{one.place}: {one.why}" for one in first.untold), *refused])
        raise SopError(
            f"none of the files in it was recognised\n{said}",
            hint="mend them and try again, or name them in a config by hand: `sop init` writes one to start from, "
            "`sop peek FILE` shows what is in a file",
            file=extracts,
        )
    inside = _place(folder, extracts)
    copies = []
    if inside is None:
        # Files that lie in no folder of a cycle get one, so that next month's find their place beside them.
        inside = f"extracts/{first.cycle.value}" if first.cycle else "extracts"
        copies = [Copy(extract.path, f"{inside}/{extract.name}") for extract in found]
    drafted = draft(_below(seen, inside))
    config = start_drafted(folder, draft_text(drafted, extracts.name or str(extracts)), copies)
    return Drafted(drafted, config, folder / inside if copies else None, refused)


def _files(extracts: Path) -> tuple[list[Extract], list[str]]:
    """Every file below the folder that could be an extract, sorted by name; and the links that lead out of it."""
    if not extracts.is_dir():
        raise SopError("there is no such folder", file=extracts, hint="name the folder your exports lie in")
    found: list[Extract] = []
    out: list[str] = []
    for above, folders, names in os.walk(extracts):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "~")) and name != "cycles")
        files = [name for name in names if name.lower().endswith(ENDINGS) and not name.startswith((".", "~"))]
        for path in (Path(above) / name for name in [*folders, *sorted(files)]):
            name = path.relative_to(extracts).as_posix()
            if path.is_symlink() and not path.resolve().is_relative_to(extracts.resolve()):
                out.append(f"{name}: it is a link that leads out of the folder")
            elif path.is_file():
                found.append(Extract(path, name))
    if not found:
        raise SopError(
            "there is no file in it that could be an extract",
            file=extracts,
            hint="; ".join([f"extracts end in {', '.join(ENDINGS)}", *out]),
        )
    if len(found) > _MOST:
        raise SopError(
            f"{len(found)} files lie in it, at most {_MOST} are looked at",
            file=extracts,
            hint="name a folder that holds the extracts and nothing else",
        )
    return found, out


def _look(found: Sequence[Extract]) -> tuple[list[Looked], list[str]]:
    """What is seen of every sheet and text file, and those that cannot be read."""
    from sop_cli.read.extract import How, read
    from sop_cli.stages.ingest.columns.looked import look_at
    from sop_cli.stages.ingest.guards import unguarded

    seen: list[Looked] = []
    refused: list[str] = []
    for extract in found:
        names = _sheets(extract)
        for sheet in names:
            try:
                page = next(iter(read(extract, How(sheet=sheet))))
                seen.append(look_at(unguarded(page), alone=len(names) == 1))
            except SopError as problem:
                if len(names) == 1:  # an empty sheet beside others is nothing to be told
                    refused.append(f"{extract.name}: {problem.message}")
    return seen, refused


def _sheets(extract: Extract) -> list[str | None]:
    """The visible sheets that hold anything; None for a text file, and where the workbook cannot be opened."""
    from sop_cli.read.book.sheets import sheets

    if extract.path.suffix.lower() not in WORKBOOKS:
        return [None]
    return [one.name for one in sheets(extract) if one.visibility == "visible" and one.rows] or [None]


def _place(folder: Path, extracts: Path) -> str | None:
    """Where the files lie below the workspace; None where they lie elsewhere."""
    if not extracts.resolve().is_relative_to(folder.resolve()):
        return None
    return extracts.resolve().relative_to(folder.resolve()).as_posix()


def _below(seen: Sequence[Looked], folder: str) -> list[Looked]:
    return [replace(looked, file=looked.file if folder == "." else f"{folder}/{looked.file}") for looked in seen]
