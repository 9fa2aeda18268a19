"""Every coded rule by its code."""

from sop_cli.findings import completeness, ingest, mapping, project, reading, reconcile, table, values, variance
from sop_cli.findings.rule import Rule

ROOMS = (reading, table, values, ingest, mapping, completeness, reconcile, project, variance)
RULES: dict[str, Rule] = {rule.code: rule for room in ROOMS for rule in room.RULES}
