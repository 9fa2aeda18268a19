"""Accounts of the ledger: which line they sound like, and which sign they stand with."""

import pytest

from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked


def test_accounts_that_sound_like_nothing_are_kept_to_be_placed() -> None:
    text = "Periode;Konto;Text;Betrag\n10.2026;400;Umsatzerlöse;5\n10.2026;999;Sonstiges;5\n"
    found = draft([looked(text, "gl.csv")])
    assert [(one.code, one.text) for one in found.unplaced] == [("999", "Sonstiges")]


def test_a_ledger_without_names_leaves_all_its_accounts_to_be_placed() -> None:
    found = draft([looked("Month;Account;Amount\n2026-10;700;-5\n2026-10;600;4\n", "gl.csv")])
    assert (found.ledger, [one.code for one in found.unplaced]) == ({}, ["600", "700"])


@pytest.mark.parametrize(("amount", "negative"), [("-5,00", True), ("5,00-", True), ("(5.00)", True), ("5,00", False)])
def test_an_account_stands_with_a_minus_sign_however_that_is_written(amount: str, negative: bool) -> None:
    text = f"Periode;Konto;Text;Betrag\n09.2026;400;Umsatzerlöse;{amount}\n10.2026;400;Umsatzerlöse;{amount}\n"
    [account] = draft([looked(text, "gl.csv")]).ledger["revenue"]
    assert account.negative is negative


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Umsatzerlöse Inland", "revenue"),
        ("Umsatzsteuer 19 %", None),
        ("Sales tax payable", None),
        ("Bestandsveränderungen", None),
        ("Change in inventories", None),
        ("Variation des stocks", None),
        ("Stocks de produits finis", "inventory_value"),
        ("Kosten der verkauften Erzeugnisse", "cogs"),
        ("Other current assets", None),
        ("Office rent", "fixed_cost"),
        ("Sales commissions", "fixed_cost"),
        ("Definite pensions", None),
        ("Customer fines", "fines"),
    ],
)
def test_an_account_is_of_the_line_that_its_name_says_and_not_of_one_it_only_sounds_like(
    name: str, line: str | None
) -> None:
    found = draft([looked(f"Month;Account;Text;Amount\n2026-09;1;{name};5\n2026-10;1;{name};5\n", "gl.csv")])
    assert list(found.ledger) == ([line] if line else [])
