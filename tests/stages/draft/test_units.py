"""A unit or a currency that only a header names becomes a constant, in the words of the plan."""

import pytest

from sop_cli.schemas.draft import DraftSource
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked


def _constants(*seen: Looked) -> tuple[dict[str, str], DraftSource]:
    source = next(one for one in draft(seen).sources if one.name in ("stock", "costs", "forecast"))
    return {name: fact.value for name, fact in source.found.constants.items()}, source


@pytest.mark.parametrize(
    ("header", "uom"),
    [("On Hand (CS)", "CS"), ("On Hand (cases)", "CS"), ("Stock (pcs)", "EA"), ("Existencias (cajas)", "CS")],
)
def test_the_unit_of_a_header_is_a_constant(header: str, uom: str) -> None:
    found, source = _constants(looked(f"Month;SKU;Plant;{header}\n2026-10;A;P1;50\n2026-10;B;P1;60\n", "stock.csv"))
    assert found == {"uom": uom}
    assert source.found.constants["uom"].reason.endswith("check")
    assert source.confidence == "likely"


def test_it_is_called_as_the_other_files_call_it() -> None:
    items = looked("SKU;Family;Policy;Supply;Plant;UoM\nA;F;mts;make;P1;ST\nB;F;mto;make;P1;ST\n", "items.csv")
    stock = looked("Month;SKU;Plant;Stock (pcs)\n2026-10;A;P1;50\n2026-10;B;P1;60\n", "stock.csv")
    assert _constants(items, stock)[0] == {"uom": "ST"}


def test_a_column_of_units_counts_and_not_the_header() -> None:
    text = "Month;SKU;Plant;Stock (pcs);UoM\n2026-10;A;P1;50;CS\n2026-10;B;P1;60;CS\n"
    assert _constants(looked(text, "stock.csv"))[0] == {}


@pytest.mark.parametrize("header", ["Std cost USD", "Std cost ($)"])
def test_the_currency_of_a_header_is_a_constant_and_counts_for_that_of_the_plan(header: str) -> None:
    costs = looked(f"SKU;Valid from;{header}\nA;2026-01;2\nB;2026-01;3\n", "costs.csv")
    assert _constants(costs)[0] == {"currency": "USD"}
    assert draft([costs]).currency.value == "USD"


def test_a_row_of_units_below_the_header_is_heard_too() -> None:
    found = looked("SKU;Channel;2026-11;2026-12;2027-01\n;;CS;CS;CS\nA;R;5;6;7\nB;R;5;6;7\n", "forecast.csv")
    assert _constants(found)[0] == {"uom": "CS"}


def test_a_unit_and_a_currency_are_two_constants() -> None:
    lines = "1;10;A;P1;C;2026-10-01;2026-10-02;5;9\n2;10;A;P1;C;2026-10-01;2026-10-02;5;9\n"
    head = "Order;Line;SKU;Plant;Customer;Promised;Shipped;Qty (CS);Amount USD"
    [source] = draft([looked(f"{head}\n{lines}", "shipments.csv")]).sources
    assert {name: fact.value for name, fact in source.found.constants.items()} == {"uom": "CS", "currency": "USD"}
