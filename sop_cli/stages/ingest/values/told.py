"""What is noticed about a column while its way of writing is found out, until it has its place in a file."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.rule import Rule, Severity


@dataclass(frozen=True)
class Told:
    """One thing to say about a column."""

    rule: Rule
    column: str  # header in the file
    value: str | None
    message: str
    hint: str | None = None  # that of the rule where there is none
    severity: Severity | None = None
    row: int | None = None


def as_findings(told: Iterable[Told], source: str, file: str, sheet: str | None) -> pl.DataFrame:
    """The findings, errors first."""
    return all_findings([findings(one.rule, [_row(one, source, file, sheet)]) for one in told])


def _row(one: Told, source: str, file: str, sheet: str | None) -> dict[str, str | int | None]:
    return {
        "source": source,
        "file": file,
        "sheet": sheet,
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "message": one.message,
        "hint": one.hint or one.rule.do,
        "severity": one.severity or one.rule.severity,
    }
