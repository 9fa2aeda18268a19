"""A ledger whose sign stands beside the amount is told with what reads it today."""

from datetime import date

import pytest

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.draft.draft import draft
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules
from tests.stages.draft.looks import grid, looked
from tests.stages.ingest.source import ingest


@pytest.mark.parametrize(
    ("header", "debit", "credit"), [("SHKZG", "S", "H"), ("Soll/Haben", "S", "H"), ("D/C", "D", "C")]
)
def test_a_mark_for_credits_is_not_passed_over(header: str, debit: str, credit: str) -> None:
    text = f"Month;Account;{header};Amount\n2026-10;400;{credit};500\n2026-10;500;{debit};300\n"
    [source] = draft([looked(text, "ledger.csv")]).sources
    [said] = source.found.doubts
    assert said.startswith(f"{header!r} says which amounts are credits")
    assert f"`keep: [{{column: {header}, equals: {credit}}}]` and `scale: {{amount: -1}}`" in said
    assert source.confidence == "likely"


def test_a_column_that_is_only_called_so_says_nothing() -> None:
    text = "Month;Account;DC;Amount\n2026-10;400;Hamburg;500\n2026-10;500;Ulm;300\n"
    assert draft([looked(text, "ledger.csv")]).sources[0].found.doubts == ()


@pytest.mark.parametrize(
    ("debit", "credit"),
    [("Debit", "Credit"), ("Soll", "Haben"), ("Débit", "Crédit"), ("Debe", "Haber"), ("Dare", "Avere")],
)
def test_debits_and_credits_in_two_columns_are_two_sources(debit: str, credit: str) -> None:
    text = f"Month;Account;{debit};{credit}\n2026-10;400;;500\n2026-10;500;300;\n"
    [source] = draft([looked(text, "ledger.csv")]).sources
    [said] = source.found.doubts
    assert said.startswith(f"{debit!r} and {credit!r} are one amount in two columns")
    assert f"one with `columns: {{amount: {credit}}}` and `exclude: [{{rule: no credit, column: {credit}" in said


def test_what_is_advised_reads_every_amount_with_its_sign() -> None:
    page = grid("Month;Account;Debit;Credit\n2026-10;400;;500\n2026-10;500;300;\n", "ledger.csv")
    read = [
        ingest(
            [page],
            SourceRules(
                "ledger",
                TABLES["ledger"],
                columns={"amount": header},
                exclude=(ExcludeRule("empty", header, blank=True),),
                scale={"amount": sign},
            ),
            date(2026, 10, 1),
        ).table
        for header, sign in (("Debit", 1), ("Credit", -1))
    ]
    assert [(row["gl_account"], int(row["amount"])) for table in read for row in table.to_dicts()] == [
        ("500", 300),
        ("400", -500),
    ]
