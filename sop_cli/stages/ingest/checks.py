"""How serious each verdict is, where the config says so: by severity, or by how many records it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from sop_cli.findings.finding import FINDING_COLUMNS, all_findings

OFF = "off"


@dataclass(frozen=True)
class Limit:
    """So many records, or percent of the records of a source."""

    number: Decimal
    percent: bool = False
    inclusive: bool = False  # the number itself is reached

    def met(self, count: int, records: int) -> bool:
        """Whether `count` of `records` are that many."""
        found = 100 * Decimal(count) / records if self.percent and records else Decimal(count)
        return found >= self.number if self.inclusive else found > self.number


@dataclass(frozen=True)
class Check:
    """See the fields of the config."""

    severity: str | None = None
    warn_if: Limit | None = None
    error_if: Limit | None = None

    def decide(self, own: str, count: int, records: int) -> str:
        """The severity of a finding that is `own` by itself."""
        if self.error_if and self.error_if.met(count, records):
            return "error"
        if self.warn_if and self.warn_if.met(count, records):
            return "warning"
        if self.severity is not None:
            return self.severity
        if self.warn_if:
            return "info"
        return "warning" if own == "error" else own


@dataclass(frozen=True)
class Checks:
    """By code, for all sources and for single ones, which win."""

    everywhere: Mapping[str, Check] = field(default_factory=dict)
    by_source: Mapping[str, Mapping[str, Check]] = field(default_factory=dict)

    def of(self, code: str, source: str | None) -> Check | None:
        """The one that counts; None where the config says nothing."""
        return self.by_source.get(source or "", {}).get(code) or self.everywhere.get(code)


def checked(found: pl.DataFrame, rejects: pl.DataFrame, controls: pl.DataFrame, checks: Checks) -> pl.DataFrame:
    """The findings with the severities that `checks` give them, without those that are off.

    Counted are the rejected records of a source where the rule rejects records, else its findings there.
    """
    read = dict(controls.filter(pl.col("column") == "records").group_by("source").agg(pl.col("read").sum()).rows())
    records = rejects.group_by("source", "rule").agg(pl.struct("file", "sheet", "row").n_unique())
    rejected = {(source, rule): count for source, rule, count in records.rows()}
    parts = []
    numbered = found.with_row_index("at")
    for (source, code, own), group in numbered.group_by("source", "code", "severity", maintain_order=True):
        check = checks.of(str(code), None if source is None else str(source))
        severity = str(own)
        if check is not None:
            of_rule = numbered.filter(pl.col("source").eq_missing(pl.lit(source)), pl.col("code") == code).height
            count = rejected.get((source, code), of_rule)
            severity = check.decide(severity, count, int(read.get(source, 0)))
        if severity != OFF:
            parts.append(group.with_columns(severity=pl.lit(severity, FINDING_COLUMNS["severity"])))
    if not parts:
        return found.clear()
    return all_findings([pl.concat(parts).sort("at").drop("at")])
