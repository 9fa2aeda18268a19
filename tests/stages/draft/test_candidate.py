"""Which table a file is: by its headers, what stands below them, and what it is called."""

from sop_cli.schemas.draft import Candidate
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.draft import words
from sop_cli.stages.draft.candidate import candidates
from tests.stages.draft.looks import looked


def _best(text: str, file: str = "x.csv", sheet: str | None = None) -> Candidate:
    return candidates(looked(text, file, sheet))[0]


def _taken(found: Candidate) -> dict[str, str]:
    return {one.column: " + ".join(one.headers) for one in found.taken}


def test_every_table_has_words_that_speak_of_it() -> None:
    assert set(words.TABLES) == set(TABLES)


def test_shipments_are_told_from_orders_by_the_date_they_left() -> None:
    order = "VBELN;POSNR;MATNR;WERKS;KUNNR;EDATU;{}Menge;Nettowert\n4711;10;A1;P1;C1;01.12.2026;{}5;100\n"
    order += "4711;20;A2;P1;C1;02.12.2026;{}6;120\n4712;10;A1;P1;C2;03.12.2026;{}7;90\n"
    assert _best(order.format("", *[""] * 3)).table.name == "orders"
    shipped = _best(order.format("WADAT_IST;", *["30.11.2026;"] * 3))
    assert (shipped.table.name, _taken(shipped)["shipped"]) == ("shipments", "WADAT_IST")


def test_a_header_that_does_not_hold_what_it_says_is_not_believed() -> None:
    found = _best("month;item;site;quantity\n2026-10;A;P1;red\n2026-10;B;P1;blue\n2026-10;C;P1;green\n", "stock.csv")
    assert found.missing == ("quantity",)
    assert "'quantity' is called like quantity, but holds no numbers" in found.doubts


def test_the_position_of_an_order_is_told_from_its_material_by_the_values() -> None:
    text = "Sales document;Item;Material;Plant;Sold-to party;Due date;Order quantity\n"
    rows = [f"{4000 + at // 3};{10 * (1 + at % 3)};A{at}00;P1;C1;2026-12-{1 + at:02};5" for at in range(12)]
    found = _best(text + "\n".join(rows), "orders.csv")
    assert (_taken(found)["line"], _taken(found)["item"]) == ("Item", "Material")


def test_an_order_that_repeats_is_the_key_together_with_its_line() -> None:
    text = "EBELN;EBELP;MATNR;WERKS;EINDT;Bestellmenge;Status\n"
    rows = [f"{45 + at // 2};{10 * (1 + at % 2)};A{at};P1;2026-12-{1 + at:02};5;offen" for at in range(8)]
    found = _best(text + "\n".join(rows), "EKPO.csv")
    assert (found.table.name, _taken(found)["order"]) == ("purchases", "EBELN + EBELP")
    assert found.values == {"status": {"offen": "planned"}}


def test_months_across_leave_the_header_that_fits_twice_to_the_version() -> None:
    text = "Budget;Family;Apr 26;May 26;Jun 26;Jul 26\nAOP 27;F1;1;2;3;4\nAOP 27;F2;1;2;3;4\n"
    found = _best(text, "plan.xlsx", "Revenue")
    assert (found.table.name, found.across) == ("aop", ("month", "value"))
    assert _taken(found) == {"version": "Budget", "family": "Family"}
    assert found.constants["measure"].value == "revenue"


def test_cells_that_are_empty_where_they_repeat_are_filled_down() -> None:
    text = "Item;Segment;2026-11;2026-12;2027-01\nA;S1;1;2;3\n;S2;1;2;3\nB;S1;1;2;3\n;S2;1;2;3\n"
    assert _best(text, "forecast.csv").fill_down == ("item",)


def test_a_word_that_comes_back_is_filled_down_with_the_rows_it_belongs_to() -> None:
    text = "Plant;Work centre;Hours type;2026-11;2026-12;2027-01\n"
    rows = [f"P1;L{at};regular;5;5;5\n;;overtime;1;1;1" for at in range(4)]
    assert _best(text + "\n".join(rows), "capacity.csv").fill_down == ("site", "resource")


def test_orders_of_one_line_need_no_line_and_names_of_their_own_are_the_key() -> None:
    text = "Name;Item;Location;Customer;Quantity;Due\nfirst;A;P1;C1;5;2026-12-01\nsecond;A;P1;C1;5;2026-12-02\n"
    found = _best(text, "sales order.csv")
    assert (found.table.name, _taken(found)["order"], found.constants["line"].value) == ("orders", "Name", "1")


def test_a_file_of_something_else_is_no_table() -> None:
    found = candidates(looked("City;Street;Postcode\nUlm;Mill Lane;89073\nBonn;High Street;53111\n"))
    assert all(one.missing and one.score < 0.4 for one in found)
