from collections.abc import Callable
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.table.table import find_table

Csv = Callable[..., Grid]


def _totals(grid: Grid) -> list[tuple[object, ...]]:
    return find_table(grid).totals.select("row", "label", "first", "last", "adds_up").rows()


def test_subtotals_cover_their_group_and_the_grand_total_all_records(csv: Csv) -> None:
    text = "site,item,qty\nP1,A1,5\nP1,A2,6\nP1 Total,,11\nP2,A1,1\nP2,A3,2\nP2 Total,,3\nGrand Total,,14\n"
    assert _totals(csv(text)) == [
        (4, "P1 Total", 2, 3, True),
        (7, "P2 Total", 5, 6, True),
        (8, "Grand Total", 2, 6, True),
    ]


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL:", "Summe", "Gesamtsumme", "Ergebnis", "Totaal", "Totale", "Suma", "Sum"]
)
def test_a_total_is_known_by_its_word(csv: Csv, word: str) -> None:
    assert _totals(csv(f"item,name,qty\nA1,Rad,5\nA2,Fan,6\n{word},,11\n")) == [(4, word, 2, 3, True)]


def test_a_total_is_known_where_empty_cells_are_filled_with_blanks(csv: Csv) -> None:
    text = (
        "|VBELN |POSNR|WERKS|EDATU     | LFIMG|  NETWR |\n"
        "|004711|10   |P1   |13.10.2026| 1.200|3.480,50|\n"
        "|004711|20   |P1   |14.10.2026|  350-|1.015,00-|\n"
        "|*     |     |     |          |  850 |2.465,50|\n"
    )
    assert _totals(csv(text, "|")) == [(4, "*", 2, 3, True)] * 2


def test_a_total_without_a_word_is_known_by_adding_up(csv: Csv) -> None:
    text = "item,name,qty,value\nA1,Rad,5,10\nA2,Fan,6,20\nA3,Nut,7,30\n,,18,60\n"
    assert _totals(csv(text)) == [(5, "", 2, 4, True)] * 2


def test_a_total_that_does_not_add_up_is_told_with_both_numbers(csv: Csv) -> None:
    found = find_table(csv("item,qty\nA,5\nB,7\nTotal,13\n"))
    assert found.totals.select("value", "sum", "adds_up").rows() == [("13", Decimal(12), False)]
    assert "Total says 13, but rows 2 to 3 add up to 12" in [remark.message for remark in found.remarks]


def test_a_price_in_a_total_row_need_not_add_up(csv: Csv) -> None:
    found = find_table(csv("item,qty,price\nA,5,2.5\nB,7,3.5\nTotal,12,3.1\n"))
    assert found.totals.select("column", "adds_up").rows() == [("1", True), ("2", None)]
    assert not [remark for remark in found.remarks if remark.code == "I115"]


def test_a_total_above_its_records_is_read_as_a_record_and_that_is_told(csv: Csv) -> None:
    found = find_table(csv("state,city,pop\nTotal,,11\nA,x,5\nB,y,6\n"))
    assert (found.first_row, found.totals.height) == (2, 0)
    assert [(remark.code, remark.row) for remark in found.remarks] == [("I117", 2)]


def test_thousands_of_subtotals_take_no_time(csv: Csv) -> None:
    groups = "".join(f"P{nth},A,5\nP{nth},B,6\nP{nth} total,,11\n" for nth in range(2_000))
    found = find_table(csv(f"site,item,qty\n{groups}Total,,22000\n"))
    assert (found.totals.height, found.totals["adds_up"].all()) == (2_001, True)


def test_rounded_numbers_add_up_to_their_last_digit(csv: Csv) -> None:
    assert _totals(csv("item,name,qty\nA,x,1.25\nB,y,1.25\nTotal,,2.6\n"))[0][-1] is True


@given(
    st.lists(
        st.lists(st.decimals(-1000, 1000, places=2, allow_nan=False), min_size=2, max_size=5), min_size=1, max_size=4
    )
)
@settings(max_examples=30, deadline=None)
def test_records_and_totals_of_any_groups_are_told_apart(groups: list[list[Decimal]]) -> None:
    rows: list[list[str | None]] = [["site", "item", "value"]]
    for nth, values in enumerate(groups):
        rows += [[f"Plant {nth}", f"Item {at}", str(value)] for at, value in enumerate(values)]
        rows.append([f"Plant {nth} total", None, str(sum(values))])
    rows.append(["Total", None, str(sum(map(sum, groups)))])
    cells = pl.DataFrame(rows, schema={str(at): pl.String for at in range(3)}, orient="row")
    grid = Grid("x.csv", None, cells.with_row_index("row", 1).cast({"row": pl.Int64}))
    found = find_table(grid)
    assert found.records(grid)["2"].to_list() == [str(value) for values in groups for value in values]
    assert found.totals["adds_up"].to_list() == [True] * (len(groups) + 1)


@pytest.mark.parametrize("sign", ["{} EUR", "€ {}", "{}"])
def test_what_stands_beside_the_numbers_of_a_column_does_not_hide_their_decimal_sign(csv: Csv, sign: str) -> None:
    prices = [sign.format(text) for text in ("1.234,56", "125", "0,44", "1.360,00")]
    found = find_table(csv("item;price\nA;{}\nB;{}\nC;{}\nTotal;{}\n".format(*prices), ";"))
    assert found.totals["adds_up"].to_list() == [True]


def test_a_total_stands_below_amounts_in_parentheses_with_their_currency(csv: Csv) -> None:
    found = find_table(
        csv("month,account,amount\n2026-10,1,€ 5.00\n2026-10,2,€ (0.01)\n2026-10,3,€ (0.01)\nTotal,,€ 4.98\n")
    )
    assert found.totals.select("value", "adds_up").rows() == [("€ 4.98", True)]


@pytest.mark.parametrize("items", [("A1", "A2"), ("00123", "00140"), ("A-123", "A-140")])
@pytest.mark.parametrize("word", ["Total", "Ergebnis", "Result", "ONLINE Total"])
def test_subtotals_of_an_inner_key_are_totals_though_all_their_cells_are_filled(
    csv: Csv, items: tuple[str, str], word: str
) -> None:
    groups = "".join(f"{item},RETAIL,10,20\n{item},ONLINE,1,2\n{item},{word},11,22\n" for item in items)
    told = find_table(csv(f"item,segment,nov,dec\n{groups}")).totals.filter(pl.col("column").is_in(["2", "3"]))
    sums = told.select("row", "first", "last", "adds_up").rows()
    assert sums == [(4, 2, 3, True)] * 2 + [(7, 5, 6, True)] * 2


def test_a_name_that_most_records_have_is_no_word_for_a_total(csv: Csv) -> None:
    text = "item,segment,qty\nA,Total,5\nB,Total,5\nC,Total,10\nD,RETAIL,4\n"
    found = find_table(csv(text))
    assert (found.totals.height, found.remarks) == (0, ())


def test_an_inner_total_that_does_not_add_up_is_told(csv: Csv) -> None:
    text = "item,segment,qty\nA,RETAIL,5\nA,ONLINE,5\nA,Total,11\nB,RETAIL,5\nB,ONLINE,6\nB,Total,11\n"
    assert ("I117", 4) in [(remark.code, remark.row) for remark in find_table(csv(text)).remarks]


def test_subtotals_without_the_inner_label_are_totals_and_so_is_the_sum_of_all(csv: Csv) -> None:
    text = "family,item,nov,dec\nSOAP,A,120,150\nSOAP,B,80,75\nSOAP,,200,225\nBOX,C,10,20\nBOX,D,30,40\nBOX,,40,60\n"
    told = find_table(csv(text + ",,240,285\n")).totals
    assert [*dict.fromkeys(told.select("row", "first", "last").rows())] == [(4, 2, 3), (7, 5, 6), (8, 2, 6)]
    assert told["adds_up"].all()


def test_records_whose_second_cell_is_not_filled_in_are_no_totals(csv: Csv) -> None:
    text = "item,note,qty,value\nA,x,1,10\nB,x,2,20\nC,,3,30\nD,x,4,10\nE,,5,20\nF,x,3,5\nG,x,3,6\nH,,7,9\n"
    assert find_table(csv(text)).totals.is_empty()
