"""Every coded rule by its code."""

from sop_cli.findings import ingest, mapping, project, reconcile, variance
from sop_cli.findings.rule import Rule

RULES: dict[str, Rule] = {
    rule.code: rule for room in (ingest, mapping, reconcile, project, variance) for rule in room.RULES
}
