"""The shape of a finding: one row per verdict, with its place, value, meaning and worth."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from sop_cli.findings.rule import SEVERITIES, Rule

FINDING_COLUMNS: dict[str, pl.DataType] = {
    "code": pl.String(),
    "severity": pl.Enum(SEVERITIES),
    "source": pl.String(),  # name of the source in the config
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),  # physical line of a text file, or row of a sheet; both count from 1
    "column": pl.String(),
    "value": pl.String(),  # the text as it was read
    "place": pl.String(),  # where in the business: "P2 / PKG-2 / 2027-03..2027-06"
    "first": pl.Date(),  # months it concerns; null where it has none
    "last": pl.Date(),
    "message": pl.String(),
    "hint": pl.String(),
    "worth": pl.Decimal(38, 8),  # money at stake in reporting currency; null where it has none
}


def no_findings() -> pl.DataFrame:
    """An empty table of findings."""
    return pl.DataFrame(schema=FINDING_COLUMNS)


def findings(rule: Rule, rows: pl.DataFrame | Sequence[Mapping[str, Any]], hint: str | None = None) -> pl.DataFrame:
    """One finding of `rule` per row, in the order given.

    `rows` carries any of FINDING_COLUMNS (at least `message`); columns it lacks are null, `code`
    comes from the rule, and so do `severity` and `hint` unless given.
    """
    table = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows), infer_schema_length=None)
    if table.height == 0:
        return no_findings()
    given = {"code": pl.lit(rule.code)}
    if "severity" not in table.columns:
        given["severity"] = pl.lit(rule.severity)
    if "hint" not in table.columns:
        given["hint"] = pl.lit(rule.do if hint is None else hint)
    table = table.with_columns(**given)
    return table.select(
        (pl.col(name) if name in table.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in FINDING_COLUMNS.items()
    )


def all_findings(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Findings of several steps as one table, errors first, otherwise in the order found."""
    if not parts:
        return no_findings()
    return pl.concat(parts, how="vertical").sort("severity", descending=True, maintain_order=True)
