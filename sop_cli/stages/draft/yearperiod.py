"""A month that stands in two columns, a year and a period, as the ledgers of SAP have it."""

from collections.abc import Callable
from dataclasses import replace

from sop_cli.schemas.draft import Candidate, Fact, Taken
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.words import each, glued

_YEARS = (
    "ryear gjahr lfgja mjahr year fiscalyear jahr geschaeftsjahr annee exercice ano ejercicio anno esercizio jaar "
    "boekjaar"
)
_PERIODS = (
    "poper monat lfmon month period perio periode fiscalperiod postingperiod buchungsperiode buchungsmonat mois "
    "periodo mes mese maand"
)
_LAST = 16  # SAP has four periods for closing entries
_THREE_DIGITS = "%Y-0%m"  # 2026-010


def with_month_of_two(draft: Candidate, looked: Looked) -> Candidate:
    """The candidate whose month is put together from a year and a period, where it has them and no month."""
    if "month" not in draft.missing:
        return draft
    year = _header(draft, looked, _YEARS, lambda text: len(text) == 4 and text.startswith("20"))
    period = _header(draft, looked, _PERIODS, lambda text: 1 <= int(text) <= _LAST)
    if year is None or period is None:
        return draft
    why = "year and period together, as calendar months: check"
    month = Taken("month", (looked.headers[year], looked.headers[period]), "by its values", why)
    three = all(len(text) == 3 for text in looked.records[period].drop_nulls().to_list())
    required = sum(column.required for column in draft.table.columns)
    return replace(
        draft,
        score=round(min(1.0, draft.score + 0.5 / required), 4),
        taken=(month, *draft.taken),
        months=Fact(_THREE_DIGITS, "how year and period are written together") if three else None,
        missing=tuple(name for name in draft.missing if name != "month"),
        unplaced=tuple(header for header in draft.unplaced if header not in month.headers),
        doubts=tuple(doubt for doubt in draft.doubts if not doubt.startswith(tuple(map(repr, month.headers)))),
    )


def months_of_two(looked: Looked, year: str, period: str) -> list[str | None]:
    """2026-10 of the year 2026 and the period 10, for every record; None where one of them is empty."""
    pairs = zip(looked.records[year].to_list(), looked.records[period].to_list(), strict=True)
    return [f"{of}-{int(at):02d}" if of and at and at.isdigit() else None for of, at in pairs]


def _header(draft: Candidate, looked: Looked, called: str, holds: Callable[[str], bool]) -> str | None:
    """The one cell column that is called so and holds nothing else."""
    found = []
    for at, header in looked.headers.items():
        texts = looked.records[at].drop_nulls().unique().to_list()
        if header in draft.unplaced and glued(header) in each(called) and texts:
            found += [at] if all(text.isdigit() and holds(text) for text in texts) else []
    return found[0] if len(found) == 1 else None
