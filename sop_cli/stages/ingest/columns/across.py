"""Months that run across although nothing declares it: found out where only one column can stand below them."""

from dataclasses import replace

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.called import beside, header_texts
from sop_cli.stages.ingest.columns.headers import FEWEST_MONTHS, recognise, runs_across
from sop_cli.stages.ingest.columns.measures import months_across
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found


def with_months_across(page: Grid, table: Found, rules: SourceRules) -> SourceRules:
    """The rules with `wide`, where headers of the page are months and one number of the table is not to be found."""
    if rules.wide is not None:
        return rules
    headers = header_texts(page, table)
    months = months_across(headers, rules, beside(page, table), since_1904=page.since_1904).months
    names = {at: header for at, header in headers.items() if at not in months}
    if len(headers) - len(names) < FEWEST_MONTHS:
        return rules
    given = {*rules.columns, *rules.constants}
    wanted = [column for column in rules.table.columns if column.name not in given]
    found = recognise(names, wanted)
    across = runs_across(rules.table, {*given, *found.rivals, *(match.column for match in found.matches)})
    return replace(rules, wide=across[1]) if across else rules
