"""Why we stop: the one exception that means "the tool cannot go on"."""

from collections.abc import Sequence
from pathlib import Path

CANNOT_GO_ON = 2
STALE_INPUT = 5
CYCLE_HELD = 6


class SopError(Exception):
    """Something the user must mend before a command can finish.

    `message` says what is wrong, `hint` what to do next, `file` and `line` where; `code` is the
    exit code of the contract. Wrong data is never a SopError: it is a finding.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        file: Path | str | None = None,
        line: int | None = None,
        code: int = CANNOT_GO_ON,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line
        self.code = code

    @property
    def place(self) -> str:
        """`file:line: `, as far as it is known."""
        return "" if self.file is None else f"{self.file}:{self.line}: " if self.line else f"{self.file}: "

    def __str__(self) -> str:
        return f"{self.place}{self.message}" + (f"\n  hint: {self.hint}" if self.hint else "")


def together(problems: Sequence[SopError]) -> SopError:
    """Several problems as one, so that all of them can be mended before the next try; one stays as it is.

    A hint that they share is said once, at the end.
    """
    if len(problems) == 1:
        return problems[0]
    shared = len({problem.hint for problem in problems}) == 1
    lines = []
    for problem in problems:
        lines.append(f"  {problem.place}{problem.message}")
        if problem.hint and not shared:
            lines.append(f"    hint: {problem.hint}")
    return SopError(
        "\n".join([f"{len(problems)} things are wrong with the extracts", *lines]),
        hint=problems[0].hint if shared else "",
        code=problems[0].code,
    )
