"""A whole source read at once, as the pipeline reads it page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.ingest import Ingested, Intake
from sop_cli.stages.ingest.keys import repeated, seen_twice
from sop_cli.stages.ingest.rules import SourceRules


@dataclass(frozen=True)
class Source(Ingested):
    """What came of a source, and its typed table."""

    table: pl.DataFrame


def ingest(pages: Sequence[Grid], rules: SourceRules, as_of: date, corrections: Sequence[Correction] = ()) -> Source:
    """The `pages` of the files of one source as one typed table without repeats."""
    intake = Intake(rules, as_of, corrections)
    records = pl.concat([intake.take(page) for page in pages])
    correcting = [rules.name] if rules.repeats == "last" else []
    repeats = repeated(records.lazy(), seen_twice(intake.prints), rules.table, correcting)
    kept = records.with_row_index("at").filter(~pl.col("at").is_in(repeats["at"].implode())).drop("at")
    return Source(**vars(intake.settle(repeats)), table=intake.spread(kept))
