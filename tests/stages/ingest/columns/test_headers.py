"""Headers that are nearly known, those that fit twice, and how well the headers of a sheet fit a table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.columns.headers import fit, recognise
from sop_cli.stages.ingest.columns.units import without_unit


def _taken(table: str, *headers: str) -> dict[str, str]:
    found = recognise({str(at): header for at, header in enumerate(headers)}, TABLES[table].columns)
    return {match.column: headers[int(match.at)] for match in found.matches}


@pytest.mark.parametrize("slip", ["Quantitiy", "Qauntity", "Quantit", "quanttity"])
def test_a_slip_of_the_pen_is_taken_for_what_it_nearly_is(slip: str) -> None:
    [match] = recognise({"0": slip}, TABLES["stock"].columns).matches
    assert (match.column, match.known, match.exact) == ("quantity", "quantity", False)


@pytest.mark.parametrize("other", ["Size", "Lot", "Quality grade", "Item2", "Sitz", "Shelf", "Qty 2"])
def test_a_short_or_another_word_is_not_taken_for_a_slip(other: str) -> None:
    assert _taken("stock", other) == {}


def test_a_known_header_counts_before_one_that_is_nearly_it() -> None:
    assert _taken("stock", "Quantitiy", "Quantity") == {"quantity": "Quantity"}


@settings(max_examples=50)
@given(st.permutations(["Plant", "Warehouse", "Item", "Month", "Qty"]))
def test_two_headers_for_one_column_are_never_taken_silently(headers: list[str]) -> None:
    found = recognise(dict(enumerate(headers)), TABLES["stock"].columns)  # type: ignore[arg-type]
    assert "site" not in {match.column for match in found.matches}
    assert {headers[int(at)] for at in found.rivals["site"]} == {"Plant", "Warehouse"}


def test_a_header_that_could_be_two_columns_is_doubtful_until_the_file_settles_it() -> None:
    assert recognise({"0": "Budget"}, TABLES["aop"].columns).doubtful == {"0": ("version", "value")}
    assert _taken("aop", "Budget", "Version") == {"value": "Budget", "version": "Version"}
    assert _taken("aop", "Budget", "Wert") == {"version": "Budget", "value": "Wert"}


@pytest.mark.parametrize(
    ("header", "bare"),
    [
        ("Qty (EA)", ("Qty", "EA")),
        ("Net amount [EUR]", ("Net amount", "EUR")),
        ("Menge in ST", ("Menge", "ST")),
        ("Amount in EUR", ("Amount", "EUR")),
        ("Betrag (€)", ("Betrag", "€")),
        ("Price/EUR", ("Price", "EUR")),
        ("Menge in Karton", ("Menge", "Karton")),
        ("Cantidad (cajas)", ("Cantidad", "cajas")),
        ("Montant en USD", ("Montant", "USD")),
        ("Revenue (kEUR)", None),
        ("Lead time (days)", None),
        ("Base unit", None),
        ("EUR", None),
    ],
)
def test_a_unit_beside_a_header_is_told_from_what_changes_the_number(header: str, bare: tuple[str, str] | None) -> None:
    assert without_unit(header) == bare


def test_a_code_keeps_what_stands_in_brackets() -> None:
    assert _taken("stock", "Item (EA)", "Qty (EA)") == {"quantity": "Qty (EA)"}


def test_the_headers_of_a_sheet_fit_one_table_better_than_another() -> None:
    headers = ["Work centre", "Plant", "Hours type", "Nov-26", "Dec-26", "Jan-27", "Note"]
    scores = {
        name: fit(headers, table, lambda header: header[-3:] in ("-26", "-27")).score for name, table in TABLES.items()
    }
    assert max(scores, key=lambda name: scores[name]) == "capacity"
    found = fit(headers, TABLES["capacity"], lambda header: header[-3:] in ("-26", "-27"))
    assert (found.missing, set(found.found)) == ((), {"site", "resource", "measure", "month", "hours"})
    assert fit(["About this file"], TABLES["capacity"]).score == 0


def test_a_header_cut_short_by_a_point_is_nearly_the_longer_word() -> None:
    shipments = TABLES["shipments"].columns
    found = recognise({"0": "Warenausg.", "1": "Liefer", "2": "Menge."}, shipments)
    assert [(match.column, match.at, match.exact) for match in found.matches] == [
        ("shipped", "0", False),
        ("quantity", "2", True),
    ]


@pytest.mark.parametrize(
    ("table", "column", "headers"),
    [
        (
            "shipments",
            "item",
            "Código de artículo, Código artículo, Cód. artículo, Código producto, Código de material",
        ),
        ("shipments", "item", "Réf. article, Référence produit, Stock code, Itm"),
        ("shipments", "site", "Código de almacén, Código almacén, Bodega"),
        ("shipments", "promised", "Fecha comprometida, Requested date"),
        ("shipments", "shipped", "Fecha de entrega, Date livraison, Date de livraison"),
        ("shipments", "quantity", "Unidades, Cant., Cantidad servida, Qté livrée, Qté expédiée, Ship Qty"),
        ("shipments", "line", "Ln"),
        ("items", "family", "Prod Family"),
        ("items", "case_size", "Colisage"),
        ("items", "target_days", "Couverture cible (jours), Zielreichweite [Tage], Target cover (days)"),
        ("costs", "valid_from", "Effective"),
        ("forecast", "month", "Mnth, Week, Semana, Woche, Semaine, Settimana, KW"),
    ],
)
def test_headers_of_six_languages_are_known(table: str, column: str, headers: str) -> None:
    for header in headers.split(", "):
        assert _taken(table, header) == {column: header}


def test_stock_is_no_stock_code_and_a_code_alone_is_nothing() -> None:
    assert _taken("stock", "Stock", "Stock code") == {"quantity": "Stock", "item": "Stock code"}
    assert _taken("stock", "Código", "Ref. client", "Lead time (days)") == {}
