"""What ingest has to say about a source: empty, not closed, not used, and the rejected cells."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sop_cli.findings.completeness import CONFLICT, CORRECTED_LATER
from sop_cli.findings.finding import FINDING_COLUMNS, all_findings, findings, no_findings
from sop_cli.findings.ingest import NO_ROWS, OPEN_MONTH, RULES, UNUSED_COLUMN
from sop_cli.findings.rule import Rule
from sop_cli.findings.rules import RULES as EVERY
from sop_cli.findings.words import counted, plain
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.grid import Grid, Remark
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.control import BY_RULE
from sop_cli.stages.ingest.keys import CORRECTED, more
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import AFTER_AS_OF

_TOLD_OF = ("source", "file", "sheet", "row", "column", "value", "message", "severity")
_REMARK = {name: FINDING_COLUMNS[name] for name in _TOLD_OF}
_TOLD = 20  # failing cells of one source and rule that are told one by one


def verdicts(
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
            _no_records(controls, rejects),
            *(_rejected(rejects, rule, rules) for rule in (*RULES, CONFLICT) if rule.code in broken),
            _open_month(controls, as_of),
            _unused(layouts, rules),
        ]
    )


def remarked(remarks: Sequence[Remark], page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """What the reader and the search for the table noticed on one page, as findings under the rules they fall under."""
    parts = []
    for code in dict.fromkeys(remark.code for remark in remarks):
        own = [remark for remark in remarks if remark.code == code]
        lines = [
            {
                "source": rules.name,
                "file": page.file,
                "sheet": page.sheet,
                "row": remark.row,
                "column": None if remark.column_index is None else layout.header(remark.column_index),
                "value": remark.value,
                "message": remark.message,
                "severity": remark.severity or EVERY[code].severity,
            }
            for remark in own[:_TOLD]
        ]
        parts.append(findings(EVERY[code], pl.DataFrame(lines, schema=_REMARK)))
        if len(own) > _TOLD:
            more = {"source": rules.name, "file": page.file, "message": f"and {len(own) - _TOLD} more in this file"}
            parts.append(findings(EVERY[code], [more]))
    return all_findings(parts)


def corrected_later(repeats: pl.DataFrame, rules: SourceRules) -> pl.DataFrame:
    """The findings on records of a source that later ones replace, file by file: how many, and what that moves."""
    later = repeats.filter(pl.col("verdict") == CORRECTED)
    numbers = [column.name for column in rules.table.columns if column.kind == "number"]
    found = []
    for (file, sheet), gone in later.group_by("file", "sheet", maintain_order=True):
        moves = zip(numbers, gone.select(map(more, numbers)).sum().rows()[0] if numbers else (), strict=True)
        first = gone.row(0, named=True)
        text = f"{counted(gone.height, 'record')} corrected later, the first by {first['other']}"
        parts = "".join(f"; {name} {'-' if by < 0 else '+'}{plain(abs(by))}" for name, by in moves if by)
        found.append({"source": rules.name, "file": file, "sheet": sheet, "row": first["row"], "message": text + parts})
    return findings(CORRECTED_LATER, found)


def _no_records(controls: pl.DataFrame, rejects: pl.DataFrame) -> pl.DataFrame:
    """Files of which nothing was accepted: an error where that holds for the whole source, else a warning."""
    # A record that a later one replaces was there and was read.
    later = controls.filter(pl.col("column") == BY_RULE + CORRECTED).select("file", "sheet", later="excluded")
    records = controls.filter(pl.col("column") == "records").join(
        later, on=["file", "sheet"], how="left", nulls_equal=True, maintain_order="left", validate="1:1"
    )
    records = records.with_columns(pl.col("accepted") + pl.col("later").fill_null(pl.lit(0, EXACT)))
    severity = "error" if records["accepted"].sum() == 0 else "warning"
    counts = [
        pl.concat_str(pl.col(name).cast(pl.Int64), pl.lit(f" {name}")) for name in ("read", "rejected", "excluded")
    ]
    message = pl.concat_str(pl.lit("no record was accepted: "), pl.concat_str(counts, separator=", "))
    # The first line of the reason that rejects most says more than a list of all of them.
    reasons = rejects.with_columns(times=pl.len().over("file", "sheet", "column", "rule")).sort(
        "times", descending=True, maintain_order=True
    )
    first = reasons.unique(["file", "sheet"], keep="first", maintain_order=True).select(
        "file",
        "sheet",
        "hint",
        reason=pl.concat_str(
            pl.lit("; line "), "row", pl.lit(", "), pl.col("column").fill_null("record"), pl.lit(": "), "message"
        ),
    )
    empty = (
        records.filter(pl.col("accepted") == 0)
        .join(first, on=["file", "sheet"], how="left", nulls_equal=True, maintain_order="left", validate="m:1")
        .with_columns(
            pl.col("hint").fill_null(NO_ROWS.do), message=pl.concat_str([message, pl.col("reason").fill_null("")])
        )
    )
    return findings(NO_ROWS, empty.select("source", "file", "sheet", "message", "hint", severity=pl.lit(severity)))


def _rejected(rejects: pl.DataFrame, rule: Rule, rules: SourceRules) -> pl.DataFrame:
    failing = rejects.filter(pl.col("rule") == rule.code)
    told = findings(rule, failing.head(_TOLD).drop("rule", "record"))
    if failing.height <= _TOLD:
        return told
    more = {"source": rules.name, "message": f"and {failing.height - _TOLD:,} more, see rejects.csv"}
    return pl.concat([told, findings(rule, [more])])


def _open_month(controls: pl.DataFrame, as_of: date) -> pl.DataFrame:
    late = controls.filter(pl.col("column") == f"records excluded: {AFTER_AS_OF}", pl.col("excluded") > 0)
    count = pl.col("excluded").cast(pl.Int64)
    noun = pl.when(count == 1).then(pl.lit("record")).otherwise(pl.lit("records"))
    message = pl.concat_str(count, noun, pl.lit(f"after {as_of:%Y-%m} left out"), separator=" ")
    return findings(OPEN_MONTH, late.select("source", "file", "sheet", message=message))


def _unused(layouts: Sequence[Layout], rules: SourceRules) -> pl.DataFrame:
    names = list(dict.fromkeys(name for layout in layouts for name in layout.unused()))
    if not names:
        return no_findings()
    message = f"{rules.name}: not used: {', '.join(names)}"
    return findings(UNUSED_COLUMN, [{"source": rules.name, "column": ", ".join(names), "message": message}])
