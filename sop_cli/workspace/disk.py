"""A disk that is full or may not be written, said in words instead of a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sop_cli.errors import SopError

FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
# libraries that write with code of their own leave only the words of the system
FULL_WORDS = tuple(f"os error {number}" for number in FULL)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """The block writes at or below `place`; SopError where the disk is full or does not allow it."""
    try:
        yield
    except SopError:
        raise
    except Exception as problem:
        trouble = _trouble(place, problem)
        if trouble is None:
            raise
        raise trouble from problem


def _trouble(place: Path, problem: Exception) -> SopError | None:
    causes = [cause for cause in (problem, *problem.args) if isinstance(cause, OSError)]
    if any(cause.errno in FULL for cause in causes) or any(words in str(problem) for words in FULL_WORDS):
        return SopError(
            "the disk is full; nothing was replaced, the last results stand",
            file=place,
            hint=f"make room on the disk that holds {place.parent}, then run the same command again",
        )
    for cause in causes:
        if cause.errno in FORBIDDEN and (cause.filename is None or str(place) in str(cause.filename)):
            return SopError(
                f"may not be written ({cause.strerror}); the last results stand",
                file=cause.filename or place,
                hint="close the file if it is open somewhere, or get the right to write there",
            )
    return None
