"""What a file does not hold is taken from its title, its name and the other files, each with the reason."""

import pytest

from sop_cli.schemas.draft import Draft, DraftSource
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked


def _stock(title: str, file: str = "e/Bestand.csv", site: bool = True) -> Looked:
    head, one, two = ("Material;Werk;Menge", "A;1000;5", "B;1000;6") if site else ("Material;Menge", "A;5", "B;6")
    return looked(f"{title}\n{head}\n{one}\n{two}\n" if title else f"{head}\n{one}\n{two}\n", file)


def _shipped(sites: str = "1000") -> Looked:
    rows = [f"{at};10;A;{site};C1;2026-10-05;2026-10-06;1;2" for at, site in enumerate(sites.split() * 2)]
    return looked("Order;Line;Item;Site;Customer;Promised;Shipped;Qty;Net value\n" + "\n".join(rows), "e/sales.csv")


def _of(found: Draft, table: str) -> DraftSource:
    return next(source for source in found.sources if source.found.table.name == table)


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("Bestandsliste;Stand 30.09.2026", "2026-09"),
        ("Stand: 02.10.2026", "2026-09"),  # counted just after the close
        ("Stock as of September 2026", "2026-09"),
        ("Stand 30.09.2026;erstellt am 14.10.2026", "2026-09"),
        ("Stand 30.09.2026;Stand 31.08.2026", "2026-10"),  # which of the two is not known: the last closed one
        ("", "2026-10"),
    ],
)
def test_stock_is_of_the_month_that_stands_above_it(title: str, month: str) -> None:
    source = _of(draft([_stock(title), _shipped()]), "stock")
    assert (source.active, source.found.constants["month"].value) == (True, month)
    assert "check" in source.found.constants["month"].reason


def test_a_month_in_the_name_of_the_file_counts_before_the_last_closed_one() -> None:
    source = _of(draft([_stock("", "e/Bestand Sep 2026.csv"), _shipped()]), "stock")
    assert source.found.constants["month"].value == "2026-09"


def test_the_only_site_of_the_other_files_is_that_of_a_file_without_one() -> None:
    source = _of(draft([_stock("Stand 31.10.2026", site=False), _shipped()]), "stock")
    assert (source.active, source.found.constants["site"].value) == (True, "1000")
    assert source.found.constants["site"].reason == "the only site in the other files, e.g. shipments: check"


def test_of_several_sites_none_is_chosen() -> None:
    source = _of(draft([_stock("Stand 31.10.2026", site=False), _shipped("1000 2000")]), "stock")
    assert (source.active, source.found.missing) == (False, ("site",))


def test_a_budget_without_a_version_is_the_approved_one_unless_its_name_says_otherwise() -> None:
    text = "Umsatz\nFamily;2026-04;2026-05;2026-06\nF1;1;2;3\nF2;1;2;3\n"
    for file, version in (("e/Budget 2026.csv", "AOP"), ("e/Budget 2027 Entwurf.csv", "AOP proposed")):
        found = draft([looked(text, file)])
        source = _of(found, "aop")
        assert (source.active, source.found.constants["version"].value) == (True, version)
        assert (source.found.constants["measure"].value, found.budgets) == ("revenue", (version,))


def test_an_item_master_that_lacks_half_its_columns_is_told_with_what_it_lacks() -> None:
    items = looked("Material;Kurztext;Warengruppe;ME\nA;Soap;F1;ST\nB;Cream;F2;ST\n", "e/Materialstamm.csv")
    source = _of(draft([items, _shipped()]), "items")
    assert (source.active, source.found.missing) == (False, ("policy", "supply"))
    assert source.found.constants["site"].value == "1000"


def test_costs_without_a_date_hold_from_the_first_month_of_which_there_are_records() -> None:
    costs = looked("Material;STPRS\nA;3,00\nB;4,00\n", "e/Standardkosten.csv")
    source = _of(draft([costs, _shipped()]), "costs")
    assert (source.active, source.found.constants["valid_from"].value) == (True, "2026-10")
    assert not _of(draft([costs]), "costs").active


def test_the_name_of_its_sheet_is_the_month_of_stock() -> None:
    rows = "Item;Whse;On Hand;U/M\nA;W1;5;EA\nB;W1;6;EA\n"
    sheets = [looked(rows, "e/stock.xlsx", sheet) for sheet in ("10-2026", "09-2026")]
    found = draft([*sheets, _shipped()])
    months = {source.sheet: source.found.constants["month"].value for source in found.sources if source.sheet}
    assert months == {"10-2026": "2026-10", "09-2026": "2026-09"}
    assert found.cycle and found.cycle.value == "2026-11"


def _forecast(months: str, file: str = "forecast.csv") -> Looked:
    values = ";5" * len(months.split(";"))
    return looked(f"Product;Channel;{months}\nA;R{values}\nB;R{values}\n", file)


@pytest.mark.parametrize(("months", "year"), [("Jan;Feb;Mar", "2027"), ("Okt;Nov;Dez", "2026"), ("M1;M2;M3", "2027")])
def test_months_without_a_year_lie_in_the_next_one_they_can_lie_in(months: str, year: str) -> None:
    source = _of(draft([_forecast(months), _shipped()]), "forecast")
    assert source.found.year is not None
    assert (source.active, source.confidence, source.found.year.value) == (True, "unsure", year)
    assert source.found.year.reason.endswith("check")


def test_without_a_cycle_the_year_is_left_to_be_filled_in() -> None:
    source = _of(draft([_forecast("Jan;Feb;Mar")]), "forecast")
    assert source.found.year is not None
    assert (source.active, source.found.year.value) == (False, "20..")


def test_months_that_pass_the_end_of_a_year_cannot_have_one() -> None:
    source = _of(draft([_forecast("Nov;Dec;Jan"), _shipped()]), "forecast")
    assert (source.active, source.found.year) == (False, None)
    assert source.reasons[-1].endswith("write the year into the headers")


def test_a_year_in_the_name_of_the_file_is_found_by_ingest() -> None:
    source = _of(draft([_forecast("Jan;Feb;Mar", "Forecast 2027.csv"), _shipped()]), "forecast")
    assert (source.active, source.confidence, source.found.year) == (True, "likely", None)
