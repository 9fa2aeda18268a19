"""The headers people use: each means one column of its table, however it is written."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.columns.headers import recognise

# Headers that mean one column or another, by what else the file holds; alone they are told, never guessed.
EITHER_WAY = {("aop", "budget")}
KNOWN = [
    (table, column, header)
    for table in TABLES.values()
    for column in table.columns
    for header in (column.name, *column.headers)
    if (table.name, header) not in EITHER_WAY
]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_no_header_means_two_columns_of_a_table(table: Table) -> None:
    for column in table.columns:
        for header in (column.name.replace("_", " "), *column.headers):
            if (table.name, header) not in EITHER_WAY:
                found = recognise({"0": header}, table.columns)
                assert [match.column for match in found.matches] == [column.name], header


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_header_that_stands_in_for_a_column_gives_way_to_its_own(table: Table) -> None:
    for column in table.columns:
        for header in column.instead:
            alone = recognise({"0": header}, table.columns)
            assert [match.column for match in alone.matches] == [column.name], header
            beside = recognise({"0": header, "1": column.headers[0]}, table.columns)
            assert [(match.column, match.at) for match in beside.matches] == [(column.name, "1")], header


@settings(max_examples=100)
@given(known=st.sampled_from(KNOWN), seed=st.integers(0, 2**20))
def test_a_known_header_is_recognised_in_any_case_order_accent_and_spacing(
    known: tuple[Table, Column, str], seed: int
) -> None:
    table, column, header = known
    written = _mangled(header, random.Random(seed))
    found = recognise({"0": written}, table.columns)
    assert [(match.column, match.exact) for match in found.matches] == [(column.name, True)], written


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("shipments", "Date shipped", "shipped"),
        ("shipments", "ShipDate", "shipped"),
        ("shipments", "GI-Date", "shipped"),
        ("shipments", "SALESORDERID", "order"),
        ("shipments", "Customer No.", "account"),
        ("shipments", "KundenNr", "account"),
        ("shipments", "netAmount", "amount"),
        ("shipments", "Quantités", "quantity"),
        ("stock", "On-Hand Qty.", "quantity"),
        ("items", "Packungsgroesse", "case_size"),
        ("items", "PACKUNGSGRÖSSE", "case_size"),
        ("orders", "Order qty", "quantity"),
        ("ledger", "G/L Account", "gl_account"),
        ("customers", "Vertriebskanal", "segment"),
        ("forecast", "Canal de vente", "segment"),
        ("shipments", "Lieferung", "order"),
        ("shipments", "Lieferschein-Nr.", "order"),
        ("shipments", "Rechnungsdatum", "shipped"),
        ("orders", "Wunschlieferdatum", "promised"),
        ("orders", "N° poste", "line"),
        ("orders", "Rückstandsmenge", "quantity"),
        ("stock", "Freier Bestand", "quantity"),
        ("items", "Groupe de marchandises", "family"),
        ("ledger", "Libellé du compte", "text"),
    ],
)
def test_headers_as_exports_write_them_are_recognised(table: str, header: str, column: str) -> None:
    [match] = recognise({"0": header}, TABLES[table].columns).matches
    assert (match.column, match.exact) == (column, True)


def _mangled(header: str, chance: random.Random) -> str:
    parts = header.replace("_", " ").split()
    chance.shuffle(parts)
    text = chance.choice([" ", "  ", "_", "-", " . "]).join(parts)
    text = chance.choice([str.upper, str.lower, str.title, str.swapcase])(text)
    if chance.random() < 0.5:
        bare = unicodedata.normalize("NFD", text)
        text = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return f" {text} " if chance.random() < 0.5 else text
