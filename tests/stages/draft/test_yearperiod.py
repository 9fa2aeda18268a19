"""A year and a period in two columns are a month."""

from datetime import date

import pytest

from sop_cli.schemas.draft import DraftSource
from sop_cli.stages.draft.draft import draft
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.draft.looks import grid, looked
from tests.stages.ingest.source import ingest


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
        ("Fiscal Year;Period;Account;Amount", "P05", None),
        ("Year;Month;Account;Amount", "M09", None),
        ("Año;Mes;Cuenta;Importe", "Sep", None),
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


@pytest.mark.parametrize(
    ("head", "row", "join", "month"),
    [
        ("Fiscal Year;Period;Account;Amount", "2027;P05", None, date(2026, 11, 1)),
        ("Fiscal Year;Period;Account;Amount", "2027;5", "-P", date(2026, 11, 1)),
        ("Fiscal Year;Period;Account;Amount", "FY27;5", "-P", date(2026, 11, 1)),
        ("Fiscal Year;Period;Account;Amount", "FY2027;Nov", None, date(2026, 11, 1)),
        ("Fiscal Year;Period;Account;Amount", "FY27;M05", None, date(2026, 11, 1)),
        ("Fiscal Year;Period;Account;Amount", "2027;005", None, date(2026, 11, 1)),
        ("Year;Period;Account;Amount", "2026;9", None, date(2026, 9, 1)),
        ("Jahr;Monat;Konto;Betrag", "2026;Sep", None, date(2026, 9, 1)),
        ("Jahr;Monat;Konto;Betrag", "2026;M09", None, date(2026, 9, 1)),
    ],
)
def test_what_is_drafted_is_read_as_the_month_that_is_meant(head: str, row: str, join: str | None, month: date) -> None:
    """With a fiscal year that starts in July."""
    rows = f"{head}\n{row};400;5\n{row};500;6\n"
    found = draft([looked(rows, "ledger.csv")]).sources[0].found
    assert (found.join.value if found.join else None) == join
    headers = {taken.column: taken.headers for taken in found.taken}
    months = found.months.value if found.months else None
    rules = SourceRules("ledger", found.table, columns=headers, join=join or "-", months=months, fiscal_start=7)
    assert ingest([grid(rows)], rules, date(2026, 12, 1)).table["month"].to_list() == [month, month]


def test_month_names_beside_a_fiscal_year_are_doubted() -> None:
    source = _source("Fiscal Year;Period;Account;Amount", "2027;Sep;400;5", "2027;Oct;500;6")
    month = next(one for one in source.found.taken if one.column == "month")
    assert month.reason.endswith("if Fiscal Year is no calendar year, have the month exported with its own")


def test_a_month_that_names_its_year_needs_no_other_column() -> None:
    source = _source("Year;Period;Account;Amount", "2026;2026-09;400;5", "2026;2026-10;500;6")
    assert next(one.headers for one in source.found.taken if one.column == "month") == ("Period",)


def test_they_tell_the_cycle_by_the_fiscal_year_of_the_budget() -> None:
    months = ";".join([f"2026-{month:02}" for month in range(7, 13)] + [f"2027-{month:02}" for month in range(1, 7)])
    budget = looked(f"Version;Measure;Family;{months}\nAOP;units;F{';5' * 12}\nAOP;revenue;F{';9' * 12}\n", "aop.csv")
    found = draft([budget, looked("Fiscal Year;Period;Account;Amount\n2027;P03;400;5\n2027;P04;400;6\n", "GL.csv")])
    assert (found.fiscal_year_start.value, found.cycle and found.cycle.value) == ("7", "2026-11")
