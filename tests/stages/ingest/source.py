"""A whole source read at once, as the pipeline reads it page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.ingest import Ingested, Intake
from sop_cli.stages.ingest.keys import repeated, seen_twice, without_repeats
from sop_cli.stages.ingest.late import superseded
from sop_cli.stages.ingest.rules import SourceRules


@dataclass(frozen=True)
class Source(Ingested):
    """What came of a source, and its typed table."""

    table: pl.DataFrame


def ingest(pages: Sequence[Grid], rules: SourceRules, as_of: date, corrections: Sequence[Correction] = ()) -> Source:
    """The `pages` of the files of one source as one typed table without repeats."""
    intake = Intake(rules, as_of, corrections)
    again = [partial(_of_file, pages, page) for page in pages]
    records = pl.concat([intake.take(page, whole) for page, whole in zip(pages, again, strict=True)])
    correcting, adding = ([rules.name] if rules.repeats == word else [] for word in ("last", "sum"))
    twice = seen_twice(intake.prints)
    repeats = repeated(records.lazy(), twice, rules.table, correcting, adding, intake.again)
    repeats = pl.concat([repeats, superseded(records.lazy(), [(intake.late, intake.prints)], repeats, rules.table)])
    kept = without_repeats(records.lazy(), repeats, rules.table).collect()
    return Source(**vars(intake.settle(repeats)), table=intake.spread(kept))


def _of_file(pages: Sequence[Grid], page: Grid) -> list[Grid]:
    return [other for other in pages if (other.file, other.sheet) == (page.file, page.sheet)]
