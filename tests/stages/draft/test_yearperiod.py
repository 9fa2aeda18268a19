"""A year and a period in two columns are a month."""

import pytest

from sop_cli.schemas.draft import DraftSource
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked


def _source(head: str, *rows: str) -> DraftSource:
    [source] = draft([looked("\n".join([head, *rows]), "FAGLFLEXT.csv")]).sources
    return source


@pytest.mark.parametrize(
    ("head", "period", "months"),
    [
        ("RYEAR;POPER;RACCT;HSL", "010", "%Y-0%m"),
        ("GJAHR;MONAT;RACCT;HSL", "10", None),
        ("Geschäftsjahr;Periode;Konto;Betrag", "9", None),
        ("Année;Période;Compte;Montant", "10", None),
    ],
)
def test_they_are_put_together_and_how_is_said(head: str, period: str, months: str | None) -> None:
    source = _source(head, f"2026;{period};400;5", f"2026;{period};500;6")
    month = next(one for one in source.found.taken if one.column == "month")
    declared = source.found.months.value if source.found.months else None
    assert (source.active, month.headers, declared) == (True, tuple(head.split(";")[:2]), months)
    assert "check" in month.reason


def test_they_tell_the_cycle_as_any_month_does() -> None:
    found = draft([looked("RYEAR;POPER;RACCT;HSL\n2026;009;400;5\n2026;010;400;6\n", "FAGLFLEXT.csv")])
    assert found.cycle is not None
    assert found.cycle.value == "2026-11"


@pytest.mark.parametrize("period", ["0", "17", "400"])
def test_numbers_that_are_no_period_are_none(period: str) -> None:
    source = _source("RYEAR;POPER;RACCT;HSL", f"2026;{period};400;5", "2026;10;500;6")
    assert (source.active, source.found.missing) == (False, ("month",))
