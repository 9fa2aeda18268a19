"""Every coded rule by its code."""

from sop_cli.findings import ingest, project, reading, reconcile, table, variance
from sop_cli.findings.rule import Rule

RULES: dict[str, Rule] = {
    rule.code: rule for room in (reading, table, ingest, reconcile, project, variance) for rule in room.RULES
}
