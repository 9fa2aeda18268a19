"""What a coded rule is: a code, a name, a severity, what it means, why it matters, what to do."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


@dataclass(frozen=True)
class Rule:
    """One verdict `sop` can pass on the data; `sop explain CODE` prints it."""

    code: str
    name: str
    severity: Severity
    means: str
    matters: str
    do: str
