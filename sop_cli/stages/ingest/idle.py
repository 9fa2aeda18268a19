"""Exclusion rules that leave out nothing: what they should leave out is called otherwise, and is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.ingest import IDLE_EXCLUSION
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import falls_under
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules

_KEPT = 100_000  # texts of a column that are kept of a page
_COMPARED = 1000  # texts of a column the nearest one is looked for among


@dataclass(frozen=True)
class Met:
    """What one exclusion rule met on one page."""

    rows: bool  # whether the page has rows that are not blank
    some: bool  # whether one of them falls under the rule
    texts: tuple[str, ...] = ()  # where none does: what stands in its column


def met(rows: pl.DataFrame, layout: Layout, rules: SourceRules) -> tuple[Met, ...]:
    """What each exclusion rule of the source met among the `rows` below a header."""
    # Blank rows are left out anyway, so a rule that meets only them does nothing.
    kept = rows.filter(~pl.col("blank")) if rules.exclude else rows
    return tuple(_met(kept, rule, at) for rule, at in zip(rules.exclude, layout.excluding, strict=True))


def idle_exclusions(
    pages: Sequence[tuple[Met, ...]], files: Sequence[tuple[str, str | None]], rules: SourceRules
) -> pl.DataFrame:
    """The findings on rules that no row of any page of the source falls under; none where no page has rows.

    `files` are the file and sheet of every file of the source.
    """
    one = files[0] if len(files) == 1 else (None, None)
    found = []
    for at, rule in enumerate(rules.exclude):
        seen = [page[at] for page in pages]
        # To keep every row is what one hopes for; to keep none is told as a file without records.
        if rule.keep or not any(page.rows for page in seen) or any(page.some for page in seen):
            continue
        texts = pl.DataFrame({"text": list(dict.fromkeys(text for page in seen for text in page.texts))})
        found.append(
            {
                "source": rules.name,
                "file": one[0],
                "sheet": one[1],
                "column": rule.column,
                "value": rule.condition(),
                "message": _message(rule, texts.cast(pl.String), len(files)),
            }
        )
    return findings(IDLE_EXCLUSION, found)


def _met(rows: pl.DataFrame, rule: ExcludeRule, at: str) -> Met:
    if not rows.height:
        return Met(rows=False, some=False)
    texts = rows.select(text=pl.col(at).unique(maintain_order=True))
    if texts.select(falls_under(rule, pl.col("text")).any()).item():
        return Met(rows=True, some=True)
    return Met(rows=True, some=False, texts=tuple(texts["text"].drop_nulls().head(_KEPT)))


def _message(rule: ExcludeRule, texts: pl.DataFrame, files: int) -> str:
    if not rule.condition():
        return f"rule {rule.rule!r} leaves out nothing: it has no condition"
    where = f" of {files} files" if files > 1 else ""
    near = _nearest(rule, texts)
    return f"rule {rule.rule!r} leaves out nothing: no row{where} has {rule.column} {rule.condition()}" + (
        f"; the nearest is {near!r}" if near else ""
    )


def _nearest(rule: ExcludeRule, texts: pl.DataFrame) -> str | None:
    """The text most like what the rule looks for, or the first that contains it."""
    for wanted in (*rule.words(), rule.starts_with, rule.contains):
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
