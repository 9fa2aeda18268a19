"""Exclusion rules that leave out nothing: what they should leave out is called otherwise, and is counted."""

from collections.abc import Sequence
from difflib import get_close_matches

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.ingest import IDLE_EXCLUSION
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.layout import Layout
from sop_cli.stages.ingest.records import falls_under
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules

_COMPARED = 1000  # texts of a column the nearest one is looked for among


def idle_exclusions(bodies: Sequence[tuple[Grid, pl.DataFrame, Layout]], rules: SourceRules) -> pl.DataFrame:
    """The findings on rules that no row of any file of the source falls under; none where no file has rows."""
    # Blank rows are left out anyway, so a rule that meets only them does nothing.
    rows = [(body.filter(~pl.col("blank")), layout) for _, body, layout in bodies]
    if not any(body.height for body, _ in rows):
        return findings(IDLE_EXCLUSION, [])
    one = bodies[0][0] if len(bodies) == 1 else None
    found = []
    for at, rule in enumerate(rules.exclude):
        columns = [body.select(text=layout.excluding[at]) for body, layout in rows]
        texts = pl.concat(columns).select(pl.col("text").unique(maintain_order=True))
        if texts.select(falls_under(rule, pl.col("text")).any()).item():
            continue
        found.append(
            {
                "source": rules.name,
                "file": one.file if one else None,
                "sheet": one.sheet if one else None,
                "column": rule.column,
                "value": _condition(rule),
                "message": _message(rule, texts, len(bodies)),
            }
        )
    return findings(IDLE_EXCLUSION, found)


def _condition(rule: ExcludeRule) -> str:
    said = {"starts_with": rule.starts_with, "equals": rule.equals, "blank": "true" if rule.blank else None}
    return ", ".join(f"{word}: {text}" for word, text in said.items() if text is not None)


def _message(rule: ExcludeRule, texts: pl.DataFrame, files: int) -> str:
    if not _condition(rule):
        return f"rule {rule.rule!r} leaves out nothing: it has no condition"
    where = f" of {files} files" if files > 1 else ""
    near = _nearest(rule, texts)
    return f"rule {rule.rule!r} leaves out nothing: no row{where} has {rule.column} {_condition(rule)}" + (
        f"; the nearest is {near!r}" if near else ""
    )


def _nearest(rule: ExcludeRule, texts: pl.DataFrame) -> str | None:
    """The text most like what the rule looks for, or the first that contains it."""
    for wanted in (rule.equals, rule.starts_with):
        if not wanted:
            continue
        word = wanted.lower()
        lower = pl.col("text").str.to_lowercase()
        holding = lower.str.contains(word, literal=True)
        alike = texts.filter(holding | lower.str.starts_with(word[0])).head(_COMPARED)["text"].to_list()
        # A rule on beginnings is held against beginnings; the first text with one stands for it.
        length = len(word) if wanted == rule.starts_with else None
        begun: dict[str, str] = {text.lower()[:length]: text for text in reversed(alike)}
        for near in get_close_matches(word, begun, 1):
            return begun[near]
        for text in texts.filter(holding)["text"].head(1):
            return str(text)
    return None
