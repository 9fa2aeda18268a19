"""Why we stop: the one exception that means "the tool cannot go on"."""

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

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return f"{place}{self.message}" + (f"\n  hint: {self.hint}" if self.hint else "")
