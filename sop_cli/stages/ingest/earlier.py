"""What the records of a file's earlier pages add up to, for the totals that stand on later ones."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import polars as pl

from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found
from sop_cli.stages.ingest.table.totals import Earlier
from sop_cli.stages.ingest.turned import turned

_MOST = 30  # earlier totals after which a later one may begin to count


def with_page(
    earlier: Sequence[Earlier], read: pl.DataFrame, found: Found, layout: Layout, rules: SourceRules
) -> list[Earlier]:
    """`earlier` and the page `read` of which `found` says which rows are records: since each total, the last first."""
    out = found.outside["row"]
    records = read.filter(~pl.col("row").is_in(out.implode())) if out.len() else read
    here = _added(records, int(read["row"][0]) if read.height else 0, layout, rules)
    since = [_plus(one, here) for one in earlier] or [here]
    for row in found.totals["row"].unique().sort().tail(_MOST):
        since.insert(0, _added(records.filter(pl.col("row") > row), row + 1, layout, rules))
    return [*since[:-1][:_MOST], since[-1]]


def _added(records: pl.DataFrame, first: int, layout: Layout, rules: SourceRules) -> Earlier:
    width = max(1, len(layout.months)) if rules.wide else 1
    return Earlier(first, records.height // width, _sums(records, layout, rules))


def _sums(records: pl.DataFrame, layout: Layout, rules: SourceRules) -> dict[int, Decimal]:
    """By cell column, as the file has it: before the source's scale, and with its signs."""
    if rules.wide:
        scale = rules.scale.get(rules.wide, 1)
        months = records.group_by("at").agg(turned(rules.wide, rules).sum()).rows()
        none = {int(at): Decimal(0) for at in layout.months}
        return none | {int(at): Decimal(total or 0) / scale for at, total in months}
    numbers = [
        column.name for column in rules.table.columns if column.kind == "number" and column.name in layout.columns
    ]
    sums = records.select(turned(name, rules).sum() for name in numbers)
    return {int(layout.columns[name]): Decimal(sums[name].item() or 0) / rules.scale.get(name, 1) for name in numbers}


def _plus(one: Earlier, other: Earlier) -> Earlier:
    sums = {column: total + other.sums[column] for column, total in one.sums.items()}
    return replace(one, rows=one.rows + other.rows, sums=sums)
