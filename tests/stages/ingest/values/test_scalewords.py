"""Words for thousands and millions are heard, told, and never acted on."""

import pytest

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.scalewords import scale_in, scales_told, without_scale
from sop_cli.stages.ingest.values.told import Told


@pytest.mark.parametrize(
    "text",
    [
        "in thousands", "Amounts in thousand EUR", "TEUR", "Umsatz (TEUR)", "kEUR", "Revenue k€", "T€", "EUR k", "EURk",
        "$k", "kUSD", "000s", "in '000", "EUR '000", "Sales (000)", "USD 000", "000's", "in Tsd. €", "in Tausend Euro",
        "en milliers d'euros", "en miles de euros", "x1000", "x 1,000",
        "Importe (miles €)", "miles EUR", "Importe (miles)", "Amount in 1000 EUR", "Umsatz (1000)", "1000 €",
        "Stock (k)", "1.000 USD", "k pcs", "k EUR", "K€", "milliers", "migliaia", "duizenden", "Tsd.", "in T€",
    ],
)  # fmt: skip
def test_words_for_thousands(text: str) -> None:
    assert scale_in(text) == 1000


@pytest.mark.parametrize(
    "text",
    [
        "in millions",
        "Mio. EUR",
        "EUR Mio",
        "MEUR",
        "M€",
        "EUR m",
        "EUR mn",
        "$m",
        "$mm",
        "€ m",
        "mln zł",
        "in Millionen",
    ],
)
def test_words_for_millions(text: str) -> None:
    assert scale_in(text) == 1_000_000


@pytest.mark.parametrize("text", ["EUR bn", "Mrd. €", "in billions"])
def test_words_for_billions(text: str) -> None:
    assert scale_in(text) == 1_000_000_000


@pytest.mark.parametrize(
    "text",
    [
        "Amount", "EUR", "Amount (EUR)", "mm", "length m", "M05 2026", "K", "k", "1,000", "10 000 units", "10,000",
        "item 4000", "P1000", "EUR/month", "T-shirts", "distance in miles", "Market", "EUR market", "0001000",
        "2026-10", "case size 1000", "Stock 1000", "Plant 1000", "in 1000 000", "Kunde 1000 Euro-Shop", "km", "miles",
    ],
)  # fmt: skip
def test_words_for_nothing_of_the_kind(text: str) -> None:
    assert scale_in(text) is None


def _told(titles: list[str], header: str, **scale: int) -> list[Told]:
    columns, headers = {"gl_account": ["0"], "amount": ["1"]}, {"0": "Account (TEUR)", "1": header}
    rules = SourceRules("ledger", TABLES["ledger"], scale=scale)
    return list(scales_told(columns, headers, {}, titles, rules))


def test_a_scale_that_is_not_declared_is_told_with_the_line_that_declares_it() -> None:
    [told] = _told(["All figures in millions"], "Amount TEUR")
    assert (told.column, told.message) == (
        "Amount TEUR",
        "header 'Amount TEUR' says thousands, and no `scale` is declared; the numbers are read as they stand",
    )
    assert told.hint == "Declare `scale: {amount: 1000}`, or `scale: {amount: 1}` if the numbers are in full."
    [told] = _told(["Sales plan", "All figures in millions"], "Amount")
    assert told.message.startswith("'All figures in millions' beside the table says millions")


def test_a_title_does_not_speak_of_days_or_prices() -> None:
    columns, headers = {"hours": ["0"]}, {"0": "Hours per unit"}
    assert list(scales_told(columns, headers, {}, ["in thousands"], SourceRules("routings", TABLES["routings"]))) == []


def test_a_declared_scale_silences_it() -> None:
    assert _told(["in millions"], "TEUR", amount=1) == []


@pytest.mark.parametrize(
    ("header", "bare"),
    [
        ("Amount (kEUR)", "Amount"),
        ("Umsatz in T€", "Umsatz"),
        ("Nettowert [Mio. EUR]", "Nettowert"),
        ("Betrag in Tsd. EUR", "Betrag"),
        ("Montant (milliers EUR)", "Montant"),
        ("Sales, EUR k", "Sales"),
        ("TEUR", "TEUR"),
        ("Importe (miles €)", "Importe"),
        ("Importe en miles de euros", "Importe"),
        ("Amount in 1000 EUR", "Amount"),
        ("Montant en milliers d'euros", "Montant"),
        ("Stock (k)", "Stock"),
    ],
)
def test_a_header_in_thousands_is_known_by_what_it_is_called_besides(header: str, bare: str) -> None:
    assert without_scale(header) == bare
