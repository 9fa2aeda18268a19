"""Which files an extract consists of: the patterns of the config, resolved beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sop_cli.errors import SopError
from sop_cli.schemas.monthnames import Order, in_order

# What extracts are called. What a file is, its content says; its name says whether it is worth a look.
TEXTS = (".csv", ".txt", ".tsv", ".tab", ".dat", ".asc", ".prn")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
ENDINGS = (*TEXTS, *WORKBOOKS, ".parquet", ".gz", ".bz2", ".xz", ".zip")
_SHOWN = 8  # file names a hint lists at most


@dataclass(frozen=True)
class Extract:
    """One file of a source: where it is, and its name as the config reaches it."""

    path: Path
    name: str  # relative to the config, with / between its parts


def locate(base: Path, patterns: Sequence[str], cycle: str) -> list[Extract]:
    """The files that `patterns` mean below `base`, in the order of the patterns, each file once.

    `{cycle}` becomes `cycle`; `*` matches several files, which come sorted by name, numbers in it by their value, and
    month by month where their names differ in a month only, so that a later one is the later extract. SopError for a
    pattern without a file, for a folder, and for a path that leads out of `base`.
    """
    found: dict[Path, Extract] = {}
    for pattern in patterns:
        for extract in _matches(base, pattern.replace("{cycle}", cycle)):
            found.setdefault(_inside(base, extract), extract)
    return list(found.values())


def _matches(base: Path, pattern: str) -> list[Extract]:
    if Path(pattern).is_absolute():
        raise _outside(pattern)
    if "*" not in pattern:
        path = base / pattern
        if path.is_dir():
            raise SopError("this is a folder, not a file", hint=f"name the files in it: {pattern}/*.csv", file=pattern)
        if path.exists() and not path.is_file():
            raise not_a_file(pattern)
        paths = [path] if path.is_file() else []
    else:
        literal = pattern.replace("[", "[[]").replace("?", "[?]")  # only * is a wildcard
        # Excel leaves a lock file beside every workbook that is open; it is nobody's extract.
        paths = [
            path
            for path in sorted(base.glob(literal), key=_in_order)
            if path.is_file() and not path.name.startswith("~$")
        ]
    if not paths:
        raise SopError("no such file", hint=_files_there(base, pattern), file=pattern)
    return [Extract(path, path.relative_to(base).as_posix()) for path in paths]


def _in_order(path: Path) -> Order:
    return in_order(path.as_posix())


def not_a_file(name: str | Path) -> SopError:
    """The refusal of a device or a pipe, which may never end."""
    return SopError("this is a device or a pipe, not a file", hint="save the extract as a file", file=name)


def _inside(base: Path, extract: Extract) -> Path:
    """The real path of `extract`; SopError if `..` or a link leads out of `base`."""
    real = extract.path.resolve()
    if not real.is_relative_to(base.resolve()):
        raise _outside(extract.name)
    return real


def _outside(name: str) -> SopError:
    return SopError(
        "the path leads out of the folder of the config",
        hint="copy or keep the extracts beside the config, and give the path relative to it",
        file=name,
    )


def _files_there(base: Path, pattern: str) -> str:
    wanted = (base / (pattern.split("*")[0] + "x")).parent
    folder = wanted
    while not folder.is_dir():
        folder = folder.parent
    if not folder.resolve().is_relative_to(base.resolve()):
        wanted = folder = base
    place = "beside the config" if folder == base else f"in {folder.relative_to(base).as_posix()}/"
    if folder != wanted:  # a cycle nobody has exported for yet, or a wrong folder
        names = [path.name for path in folder.iterdir() if path.is_dir()]
        missing = (folder / wanted.relative_to(folder).parts[0]).relative_to(base).as_posix()
        there = f"there is no folder {missing}/; " + _listed(names, "folders", place)
    else:
        there = _listed([path.name for path in folder.iterdir() if path.is_file()], "files", place)
    return f"{there}; put the extract there, correct `files` in the config, or name another cycle with --cycle"


def _listed(names: list[str], what: str, place: str) -> str:
    if not names:
        return f"there are no {what} {place}"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{what} {place}: {', '.join(sorted(names)[:_SHOWN])}{more}"
