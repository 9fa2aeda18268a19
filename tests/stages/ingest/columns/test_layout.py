from collections.abc import Callable
from typing import Any, cast

import polars as pl
import pytest

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.columns.heading import find_declared_table
from sop_cli.stages.ingest.columns.layout import Layout, lay_out
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules, contradictions, refuse_contradictions

Csv = Callable[..., Grid]


def _layout(grid: Grid, table: str = "stock", **rules: object) -> Layout:
    given = SourceRules(table, TABLES[table], **cast(dict[str, Any], rules))
    return lay_out(grid, find_declared_table(grid, given), given)


def test_headers_are_recognised_by_name_and_by_what_people_call_them(csv: Csv) -> None:
    layout = _layout(csv("Closing  Month,SKU,WAREHOUSE,On hand,Lot\n"))
    assert layout.columns == {"month": "0", "item": "1", "site": "2", "quantity": "3"}
    assert layout.unused() == ["Lot"]


def test_a_declared_column_wins_over_one_recognised_by_name(csv: Csv) -> None:
    layout = _layout(csv("month,item,site,qty,Count 2\n"), columns={"quantity": "count  2"})
    assert (layout.columns["quantity"], layout.unused()) == ("4", ["qty"])


def test_a_constant_stands_for_a_column(csv: Csv) -> None:
    assert "site" not in _layout(csv("month,item,qty\n"), constants={"site": "P1"}).columns


def test_a_header_that_fits_two_columns_goes_to_the_one_still_open(csv: Csv) -> None:
    layout = _layout(csv("version,measure,month,budget\n"), "aop")
    assert (layout.columns["version"], layout.columns["value"]) == ("0", "3")


def test_columns_without_header_are_named_by_their_place(csv: Csv) -> None:
    text = csv("month,,item,site,qty\n2026-10,a,b,c,1\n")
    assert _layout(text).unused() == ["column 2"]
    sheet = Grid("x.xlsx", "Data", text.cells.with_columns(pl.lit("note").alias("5")))
    sheet = Grid("x.xlsx", "Data", sheet.cells.with_columns(pl.when(pl.col("row") > 1).then("5").alias("5")))
    assert _layout(sheet).unused() == ["column B", "column F"]


def test_months_run_across(csv: Csv) -> None:
    layout = _layout(csv("item,site,10.2026,11.2026,Total\n"), wide="quantity", months="%m.%Y")
    assert ([f"{read:%Y-%m}" for read in layout.months.values()], layout.unused()) == (
        ["2026-10", "2026-11"],
        ["Total"],
    )


def test_months_run_across_in_the_language_of_the_house(csv: Csv) -> None:
    layout = _layout(csv("item,site,Nov 26,Dez 26,Jan 27,1. Quartal,Feb 27,Mrz 27\n"), wide="quantity", months="%b %y")
    assert [f"{read:%Y-%m}" for read in layout.months.values()] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
        "2027-03",
    ]
    assert layout.unused() == ["1. Quartal"]


@pytest.mark.parametrize(
    ("header", "rules", "message", "hint"),
    [
        (
            "month,item,site,Qty shipped",
            {},
            "no column holds quantity (Closing quantity on hand)",
            "if 'Qty shipped' is quantity, declare `columns: {quantity: Qty shipped}`; "
            "headers found: month, item, site, Qty shipped",
        ),
        (
            "month;item;site;qty",
            {},
            "no column holds month (Month whose closing stock this is) and item (Item code) and site (Site that holds "
            "it) and quantity (Closing quantity on hand)",
            "there is only one header, with ; in it, so check `delimiter`; headers found: month;item;site;qty",
        ),
        (
            "month,item,site,Menge",
            {"columns": {"quantity": "Menge ST"}},
            "there is no column headed 'Menge ST', which the config declares for quantity",
            "if it is called 'Menge' now, declare `columns: {quantity: Menge}`; headers found: "
            "month, item, site, Menge",
        ),
        (
            "month,item,site,qty",
            {"exclude": (ExcludeRule("totals row", "Level", equals="total"),)},
            "there is no column headed 'Level', which the config declares for rule 'totals row'",
            "headers found: month, item, site, qty",
        ),
        (
            "month,item,site,qty,on hand",
            {},
            "columns 'qty' and 'on hand' could both be quantity",
            "declare the right one: `columns: {quantity: qty}`",
        ),
        (
            "month,item,site,n,N",
            {"columns": {"quantity": "n"}},
            "2 columns are headed 'n'",
            "name the right one by its place, as in `quantity: column 4`",
        ),
        (
            "item,site,qty",
            {"wide": "quantity"},
            "no header is a month, though quantity is declared to run across",
            "declare how months are written as `months`; headers found: item, site, qty",
        ),
        (
            "item,site,2026-10,2026-10-31",
            {"wide": "quantity"},
            "columns 2026-10 and 2026-10-31 are the same month, 2026-10",
            "remove one of them from the extract",
        ),
        (
            "item,site,Nov 26,Rhagfyr 26,Jan 27,Note,Apr 27,Mehefin 27",
            {"wide": "quantity", "months": "%b %y"},
            "months run across from 2026-11 to 2027-04, but no header is 2026-12, 2027-02 or 2027-03; between them "
            "stand 'Rhagfyr 26', 'Note', neither mapped nor a month; beside them stand 'Mehefin 27', not understood "
            "either",
            "declare how months are written as `months` (now %b %y), or put every month into the extract",
        ),
        (
            "item,site,2026-10,2026-12",
            {"wide": "quantity"},
            "months run across from 2026-10 to 2026-12, but no header is 2026-11",
            "declare how months are written as `months`, or put every month into the extract",
        ),
        (
            "item,site,2026-10,2030-10",
            {"wide": "quantity"},
            "months run across from 2026-10 to 2030-10, but no header is 2026-11, 2026-12, 2027-01, 2027-02, 2027-03, "
            "2027-04, 2027-05, 2027-06, 2027-07, 2027-08, 2027-09, 2027-10 or 35 more",
            "declare how months are written as `months`, or put every month into the extract",
        ),
        (
            "month,item,site,qty",
            {"fill_down": ("uom",)},
            "`fill_down` names uom, which no column of the file holds",
            "headers found: month, item, site, qty",
        ),
    ],
)
def test_what_does_not_fit_is_told_at_the_line_of_the_header(
    csv: Csv, header: str, rules: dict[str, Any], message: str, hint: str
) -> None:
    with pytest.raises(SopError) as stop:
        _layout(csv(f"\n{header}\n"), header=2, **rules)
    assert (stop.value.message, stop.value.hint) == (message, hint)
    assert (stop.value.file, stop.value.line, stop.value.code) == ("x.csv", 2, 2)


def test_a_header_that_could_be_two_columns_is_told(csv: Csv) -> None:
    with pytest.raises(SopError, match="column 'budget' could be version or value"):
        _layout(csv("measure,month,budget\n"), "aop")


def test_a_header_row_that_is_not_there_is_told_with_the_first_row_that_is(csv: Csv) -> None:
    with pytest.raises(SopError, match="row 2 should be the header, but nothing is there") as stop:
        _layout(csv("\n\n\nmonth,item,site,qty\n"), header=2)
    assert stop.value.hint == "the first row that holds anything is 4; declare its row as `header`"


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"columns": {"qty": "x"}}, "source s: `columns` names qty, which table stock does not have there"),
        ({"scale": {"item": 10}}, "source s: `scale` names item, which table stock does not have there"),
        ({"values": {"qty": {}}}, "source s: `values` names qty, which table stock does not have there"),
        ({"wide": "item"}, "source s: `wide` names item, which table stock does not have there"),
        (
            {"columns": {"site": "a"}, "constants": {"site": "b"}},
            "source s: site is given by `constants` and by the file",
        ),
    ],
)
def test_rules_that_contradict_the_table_are_told(rules: dict[str, Any], message: str) -> None:
    with pytest.raises(SopError) as stop:
        refuse_contradictions(SourceRules("s", TABLES["stock"], **rules))
    assert stop.value.message == message


def test_a_value_the_column_does_not_know_is_told_with_its_place() -> None:
    [found] = contradictions(SourceRules("s", TABLES["items"], values={"supply": {"E": "mke", "F": "Buy"}}))
    assert (found.place, found.message, found.hint) == (
        ("values", "supply", "E"),
        "`values` makes E of supply mke, which is not allowed there; did you mean make?",
        "possible: make, buy",
    )


def test_months_cannot_run_across_in_a_table_without_months() -> None:
    with pytest.raises(SopError, match="table routings has no month"):
        refuse_contradictions(SourceRules("s", TABLES["routings"], wide="hours"))


def test_one_of_two_columns_with_one_header_is_declared_by_its_place(csv: Csv) -> None:
    text = csv("month,item,site,Qty,Qty\n2026-10,A,P1,1,2\n")
    with pytest.raises(SopError) as stop:
        _layout(text)
    assert stop.value.hint.startswith("declare the right one: `columns: {quantity: column 4}`")
    assert _layout(text, columns={"quantity": "column 5"}).columns["quantity"] == "4"
    sheet = Grid("x.xlsx", "Data", text.cells)
    assert _layout(sheet, columns={"quantity": "column E"}).columns["quantity"] == "4"


def test_the_only_header_of_a_sheet_is_no_question_of_delimiters(csv: Csv) -> None:
    text = csv("notes\nsomething\n")
    for grid, asked in ((text, True), (Grid("x.xlsx", "Cover", text.cells), False)):
        with pytest.raises(SopError) as stop:
            _layout(grid)
        assert ("check `delimiter`" in stop.value.hint) is asked
