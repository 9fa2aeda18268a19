"""Fingerprints of files and of the tool itself: what tells a fresh result from a stale one."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from os.path import relpath
from pathlib import Path

from sop_cli.errors import SopError

PACKAGE = Path(__file__).parents[1]


def file_hash(path: Path) -> str:
    """The sha256 of a file's bytes; SopError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise SopError(f"cannot be read: {problem.strerror}", file=path) from problem


def file_hashes(paths: Iterable[Path], base: Path) -> dict[str, str]:
    """Each file's path as seen from `base`, with / between its parts, to its sha256; absent files are left out.

    SopError if a file changes meanwhile: it may be read at the same time, and nobody would know what was read.
    """
    stamps = {path: _stamp(path) for path in sorted(set(paths)) if path.is_file()}
    hashes = {relpath(path, base).replace("\\", "/"): file_hash(path) for path in stamps}
    for path, stamp in stamps.items():
        if not path.is_file() or _stamp(path) != stamp:
            raise SopError("changed while it was read", hint="wait until it is complete, and run again", file=path)
    return hashes


def _stamp(path: Path) -> tuple[int, int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size, about.st_ino


def hash_of(content: object) -> str:
    """The sha256 of anything JSON can say, whatever the order of its keys."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@cache
def tool() -> str:
    """`version+code`: the tool's version and a short hash of its code, which decides between equal versions."""
    code = sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        code.update(path.read_bytes())
    return f"{tool_version()}+{code.hexdigest()[:8]}"


def tool_version() -> str:
    """The version as installed; "unreleased" when run from a checkout that is not installed."""
    try:
        return version("sop-cli")
    except PackageNotFoundError:
        return "unreleased"
