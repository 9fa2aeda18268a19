"""What is said of currency signs in cells."""

from collections.abc import Callable
from datetime import date

import pytest

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import ingest

Csv = Callable[..., Grid]
HEADER = "order;line;item;site;account;promised;quantity;amount"


def _told(csv: Csv, amounts: list[str], currencies: list[str] | None = None, **rules: object) -> list[tuple[str, str]]:
    """Message and hint of every finding on currencies, where the plan is in EUR."""
    header = HEADER + (";currency" if currencies else "")
    lines = [f"{at};1;A;P1;K;2026-12-01;3;{amount}" for at, amount in enumerate(amounts, 1)]
    lines = [f"{line};{code}" for line, code in zip(lines, currencies, strict=True)] if currencies else lines
    grid = csv("\n".join([header, *lines]) + "\n", ";")
    found = ingest([grid], SourceRules("orders", TABLES["orders"], currency="EUR", **rules), date(2026, 10, 1))  # type: ignore[arg-type]
    told = found.findings.filter(found.findings["code"] == "I325")
    return told.select("message", "hint").rows()


@pytest.mark.parametrize("amount", ["€ 5", "5 EUR", "eur 5", "(€ 5)", "-€5", "5 € -", "5"])
def test_the_currency_of_the_record_may_stand_beside_its_number(csv: Csv, amount: str) -> None:
    assert _told(csv, [amount, "7"]) == []


@pytest.mark.parametrize(
    "amount",
    [
        "$5",
        "US$ 5",
        "USD 5",
        "5 usd",
        "-$5",
        "($5)",
        "£5",
        "5 kr.",
        "5 zł",
        "CHF 5.00-",
        "R$5",
        "₹ 5",
        "5 Ft",
        "Fr. 5.00",
    ],
)
def test_another_currency_beside_a_number_is_told(csv: Csv, amount: str) -> None:
    [(message, _)] = _told(csv, [amount, "7"])
    assert message.startswith("1 number with '") and message.endswith("', though its record is in EUR")


def test_a_currency_column_or_constant_settles_it(csv: Csv) -> None:
    assert _told(csv, ["$5", "€7"], ["USD", "EUR"]) == []
    assert (
        _told(csv, ["$5", "€7"], ["EUR", "EUR"])[0][0] == "1 number with '$', such as '$5', though its record is in EUR"
    )
    assert _told(csv, ["$5", "$7"], constants={"currency": "CAD"}) == []  # theirs are dollars too


def test_a_sign_of_its_own_on_all_numbers_is_advised_to_be_declared(csv: Csv) -> None:
    [(message, hint)] = _told(csv, ["$5", "7 $"])
    assert message == "2 numbers with '$', such as '$5', though its record is in EUR"
    assert hint.startswith("Declare `constants: {currency: USD}` if all of the file is in it.")
    assert [told[1].startswith("Have the currency exported") for told in _told(csv, ["$5", "£7"])] == [True, True]


def test_money_in_a_column_of_quantities_is_told(csv: Csv) -> None:
    grid = csv(f"{HEADER}\n1;1;A;P1;K;2026-12-01;3 €;5\n", ";")
    found = ingest([grid], SourceRules("orders", TABLES["orders"], currency="EUR"), date(2026, 10, 1))
    told = found.findings.filter(found.findings["code"] == "I325")
    assert told.select("message", "row", "column").row(0) == (
        "1 number with '€', such as '3 €', though quantity is no money", 2, "quantity",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("rates", "currency;type;month;rate\nUSD;actual;2026-10;€ 0.91"),
        ("targets", "lever;metric;year;target\nmargin;revenue;2026;5 EUR"),
        ("lever_costs", "lever;cost;basis\novertime;€ 30;hour"),
    ],
)
def test_money_without_a_currency_of_its_own_is_in_that_of_the_plan(csv: Csv, table: str, row: str) -> None:
    for text, codes in ((row, []), (row.replace("€", "£").replace("EUR", "GBP"), ["I325"])):
        found = ingest([csv(text + "\n", ";")], SourceRules(table, TABLES[table], currency="EUR"), date(2026, 10, 1))
        assert [code for code in found.findings["code"] if code == "I325"] == codes
