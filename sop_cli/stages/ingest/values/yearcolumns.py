"""A column of years beside months that name none: the two belong together, and the config can say so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from sop_cli.findings.values import NO_YEAR
from sop_cli.stages.ingest.values.headerwords import says_year
from sop_cli.stages.ingest.values.told import Told
from sop_cli.stages.ingest.values.uncertain import no_year

_NUMBERS_ALONE = r"^\d{1,3}$"  # 9, 09 or 009: a month or week of a year that stands elsewhere


def year_column(unused: Mapping[str, pl.Series]) -> str | None:
    """The header of the first unused column that is called a year and holds years; None where there is none."""
    return next((header for header, texts in unused.items() if says_year(header) and _are_years(texts)), None)


def one_year(texts: pl.Series) -> int | None:
    """The year of a column of years that are all the same."""
    years = texts.drop_nulls().unique()
    return int(years[0]) if years.len() == 1 else None


def told_of_year(
    told: Sequence[Told], texts: pl.Series, header: str, parts: Sequence[str], name: str, year: str
) -> list[Told]:
    """What was told of a column of months, with how to read it together with the column headed `year`.

    `texts` are the cells of our column `name`, headed `header`, which is put together from `parts`; numbers from 1 to
    12, of which nothing was told so far, are months without a year as well.
    """
    hint = f"Declare `columns: {{{name}: [{', '.join([year, *parts])}]}}` to read both together."
    where = f"which stands in '{year}'"
    if any(one.rule is NO_YEAR and one.severity is None for one in told):
        return [_beside(one, header, hint, where) for one in told]
    once = texts.drop_nulls().unique(maintain_order=True)
    if not told and once.len() and once.str.contains(_NUMBERS_ALONE).all():
        return [no_year(once[0], header, hint, where)]
    return [*told]


def _beside(one: Told, header: str, hint: str, where: str) -> Told:
    if one.rule is not NO_YEAR or one.value is None:
        return one
    return replace(no_year(one.value, header, hint, where), row=one.row)


def _are_years(texts: pl.Series) -> bool:
    once = texts.drop_nulls().unique()
    return bool(once.len() and once.str.contains(r"^(?:19|20)\d\d$").all())
