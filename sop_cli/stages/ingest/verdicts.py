"""What ingest has to say about a source: stale, empty, not closed, not used, and the rejected cells."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sop_cli.findings.finding import all_findings, findings, no_findings
from sop_cli.findings.ingest import NO_ROWS, OPEN_MONTH, RULES, STALE, UNUSED_COLUMN
from sop_cli.findings.rule import Rule
from sop_cli.stages.ingest.layout import Layout
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import AFTER_AS_OF, actual

_TOLD = 20  # failing cells of one source and rule that are told one by one


def verdicts(
    judged: pl.DataFrame,
    rejects: pl.DataFrame,
    controls: pl.DataFrame,
    layouts: Sequence[Layout],
    rules: SourceRules,
    as_of: date,
) -> pl.DataFrame:
    """The findings of one source, errors first."""
    broken = set(rejects["rule"])
    return all_findings(
        [
            _stale(judged, rules, as_of),
            _no_records(controls),
            *(_rejected(rejects, rule, rules) for rule in RULES if rule.code in broken),
            _open_month(controls, as_of),
            _unused(layouts, rules),
        ]
    )


def _stale(judged: pl.DataFrame, rules: SourceRules, as_of: date) -> pl.DataFrame:
    if rules.table.current is None:
        return no_findings()
    counted = judged.filter(pl.col("excluded").is_null() | (pl.col("excluded") == AFTER_AS_OF))
    newest = counted.filter(actual(rules)).select(pl.col(rules.table.current).dt.truncate("1mo").max()).item()
    if counted.height == 0 or (newest is not None and newest >= as_of):
        return no_findings()
    found = "none at all" if newest is None else f"{newest:%Y-%m}"
    message = f"expected {rules.table.current} to reach {as_of:%Y-%m}, the last closed month; the newest is {found}"
    files = judged["file"].unique()
    file = files.item() if files.len() == 1 else None
    return findings(STALE, [{"source": rules.name, "file": file, "column": rules.table.current, "message": message}])


def _no_records(controls: pl.DataFrame) -> pl.DataFrame:
    counts = [pl.col(name).cast(pl.Int64) for name in ("read", "rejected", "excluded")]
    empty = controls.filter(pl.col("column") == "records", pl.col("accepted") == 0)
    message = pl.format("no record was accepted: {} read, {} rejected, {} excluded", *counts)
    return findings(NO_ROWS, empty.select("source", "file", "sheet", message=message))


def _rejected(rejects: pl.DataFrame, rule: Rule, rules: SourceRules) -> pl.DataFrame:
    failing = rejects.filter(pl.col("rule") == rule.code)
    told = findings(rule, failing.head(_TOLD).drop("rule", "record"))
    if failing.height <= _TOLD:
        return told
    more = {"source": rules.name, "message": f"and {failing.height - _TOLD} more, see rejects.csv"}
    return pl.concat([told, findings(rule, [more])])


def _open_month(controls: pl.DataFrame, as_of: date) -> pl.DataFrame:
    late = controls.filter(pl.col("column") == f"records excluded: {AFTER_AS_OF}", pl.col("excluded") > 0)
    count = pl.col("excluded").cast(pl.Int64)
    noun = pl.when(count == 1).then(pl.lit("record")).otherwise(pl.lit("records"))
    message = pl.format("{} {} after {} left out", count, noun, pl.lit(f"{as_of:%Y-%m}"))
    return findings(OPEN_MONTH, late.select("source", "file", "sheet", message=message))


def _unused(layouts: Sequence[Layout], rules: SourceRules) -> pl.DataFrame:
    names = list(dict.fromkeys(name for layout in layouts for name in layout.unused()))
    if not names:
        return no_findings()
    message = f"not used: {', '.join(names)}"
    return findings(UNUSED_COLUMN, [{"source": rules.name, "column": ", ".join(names), "message": message}])
