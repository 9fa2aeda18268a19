"""Scales, open quantities and words: what a source is told besides its columns."""

from sop_cli.schemas.draft import Candidate
from sop_cli.stages.draft.candidate import candidates
from tests.stages.draft.looks import looked


def _best(text: str, file: str) -> Candidate:
    return candidates(looked(text, file))[0]


def _budget(title: str, head: str = "Family;2026-04;2026-05;2026-06") -> Candidate:
    return _best(f"{title}\n{head}\nF1;10;20;30\nF2;10;20;30\n", "e/Budget Umsatz.csv")


def test_thousands_in_a_title_are_the_scale_of_the_only_number() -> None:
    found = _budget("Budget 2026 in TEUR")
    assert {name: fact.value for name, fact in found.scale.items()} == {"value": "1000"}
    assert "as 'Budget 2026 in TEUR' says; 1 if the numbers are in full: check" in found.scale["value"].reason
    assert _budget("Budget 2026 in EUR").scale == {}


def test_thousands_over_rows_of_units_and_money_are_asked_about() -> None:
    text = "Budget in TEUR\nFamily;Measure;2026-04;2026-05;2026-06\nF1;units;1;2;3\nF1;revenue;1;2;3\n"
    found = _best(text, "e/Budget.csv")
    assert found.scale == {}
    assert "'Budget in TEUR' stands above; say `scale: {value: 1000}` of what is meant by it" in found.doubts


def test_thousands_in_a_header_are_the_scale_of_its_column() -> None:
    found = _best("Month;Account;Amount (kEUR)\n2026-09;400;5\n2026-10;400;6\n", "e/ledger.csv")
    assert {name: fact.value for name, fact in found.scale.items()} == {"amount": "1000"}


def test_of_what_was_ordered_and_what_is_left_the_rest_is_the_open_quantity() -> None:
    rows = "\n".join(f"{at};10;A;P1;C1;2026-12-{at + 1:02};50;{at}" for at in range(5))
    for ordered, left in (
        ("Quantité commandée", "Quantité restante"),
        ("Auftragsmenge", "Offene Menge"),
        ("Order quantity", "Open quantity"),
        ("Ordered quantity", "Remaining quantity"),
        ("Bestelde hoeveelheid", "Openstaande hoeveelheid"),
    ):
        found = _best(f"Order;Line;Item;Site;Customer;Promised;{ordered};{left}\n{rows}", "e/open orders.csv")
        taken = {one.column: one for one in found.taken}["quantity"]
        assert taken.headers == (left,)
        assert f"{left!r} is taken as the quantity still open, {ordered!r} is left out" in found.doubts


def test_two_open_quantities_are_still_asked_about() -> None:
    rows = "\n".join(f"{at};10;A;P1;C1;2026-12-{at + 1:02};50;{at}" for at in range(5))
    found = _best(f"Order;Line;Item;Site;Customer;Promised;Open quantity;Restmenge\n{rows}", "e/open orders.csv")
    assert "'Open quantity' and 'Restmenge' could all be quantity" in found.doubts


def test_a_status_of_several_words_is_the_first_that_is_known() -> None:
    rows = "\n".join(f"{at};A;P1;2026-10-0{at + 1};5;{'TECO DLV' if at < 2 else 'REL PRC'}" for at in range(4))
    found = _best(f"Order;Material;Plant;Basic finish date;Order quantity;System Status\n{rows}", "e/production.csv")
    assert found.values == {"status": {"TECO DLV": "actual", "REL PRC": "planned"}}


def test_words_that_are_none_of_ours_are_named_where_ingest_would_stumble_over_them() -> None:
    text = "Item;Family;Policy;Supply;Site;Status\nA;F;mts;make;P;grün\nB;F;mto;buy;P;rot\n"
    found = _best(text, "e/items.csv")
    assert (
        "'Status' is called like status, but 'grün', 'rot' are none of active, new, discontinued: say under `values` "
        "which is which"
    ) in found.doubts


def test_a_column_whose_words_are_not_ours_is_there_and_only_its_words_are_missing() -> None:
    text = "Item;Family;Policy;Beschaffung;Site\nA;F;mts;selbst;P\nB;F;mto;extern;P\nC;F;mto;extern;P\n"
    found = _best(text, "e/items.csv")
    assert (found.missing, found.unmapped) == (("supply",), {"supply": {"selbst": None, "extern": None}})
    assert {one.column: one.headers for one in found.taken}["supply"] == ("Beschaffung",)
    assert found.unplaced == ()


def test_make_and_buy_in_spanish_and_places_in_french_are_known() -> None:
    text = "Item;Family;Policy;Supply;Site\nA;F;contra stock;Fabricación;P\nB;F;bajo pedido;Compra;P\n"
    assert _best(text, "e/items.csv").values["supply"] == {"Fabricación": "make", "Compra": "buy"}
    text = "Site;Nom;Type\n1;Lyon;Usine\n2;Lille;Entrepôt\n"
    assert _best(text, "e/sites.csv").values["type"] == {"Usine": "plant", "Entrepôt": "dc"}


def test_units_over_numbers_are_the_quantity_unless_another_column_is() -> None:
    rows = "2026-10;A;P;50{0}\n2026-10;B;P;60{0}\n"
    found = {one.column: one.headers for one in _best("Month;Item;Site;Units\n" + rows.format(""), "e/stock.csv").taken}
    assert (found["quantity"], "uom" in found) == (("Units",), False)
    text = "Month;Item;Site;Qty;Units\n" + rows.format(";EA")
    found = {one.column: one.headers for one in _best(text, "e/stock.csv").taken}
    assert (found["quantity"], found["uom"]) == (("Qty",), ("Units",))
