from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, cast

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.errors import SopError
from sop_cli.findings.ingest import MISSING, UNREADABLE
from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import Extract
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]
AS_OF = date(2026, 10, 1)


def _ingest(grids: Grid | list[Grid], table: str, **rules: object) -> Source:
    given = cast(dict[str, Any], rules)
    return ingest(grids if isinstance(grids, list) else [grids], SourceRules(table, TABLES[table], **given), AS_OF)


def _codes(found: Source) -> list[str]:
    return found.findings["code"].to_list()


def _controls(found: Source) -> dict[str, tuple[int, ...]]:
    totals = found.controls.select("column", "read", "accepted", "rejected", "excluded").rows()
    return {name: tuple(map(int, parts)) for name, *parts in totals}


def _sheet(cells: Mapping[str, object], folder: Path) -> Grid:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    book.save(folder / "x.xlsx")
    return read_workbook(Extract(folder / "x.xlsx", "x.xlsx"), None)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_comes_out_as_its_schema_declares(csv: Csv, table: str) -> None:
    found = _ingest(csv(",".join(column.name for column in TABLES[table].columns) + "\n"), table)
    assert found.table.schema == pl.Schema(TABLES[table].schema())
    assert _codes(found) == ["I302"]


def test_every_row_knows_where_it_came_from(csv: Csv) -> None:
    text = "Stock list\n\nmonth,item,site,qty,note\n"
    text += '2026-10,00123,P1,"1,200",\n2026-10,1E5,P1,2,"two\nlines"\n\n2026-10,C,P1,3,\n'
    found = _ingest(csv(text), "stock", header=3)
    assert found.table.drop("month", "uom").rows() == [
        ("00123", "P1", Decimal(1200), "stock", "x.csv", None, 4, None),
        ("1E5", "P1", Decimal(2), "stock", "x.csv", None, 5, None),
        ("C", "P1", Decimal(3), "stock", "x.csv", None, 8, None),
    ]
    assert _controls(found) == {
        "records": (4, 3, 0, 1),
        "records excluded: blank row": (1, 0, 0, 1),
        "quantity": (1205, 1205, 0, 0),
    }


def test_a_table_at_c5_of_a_sheet_is_read_with_its_rows(tmp_path: Path) -> None:
    head = dict(zip(("C5", "D5", "E5", "F5"), ("month", "item", "site", "qty"), strict=True))
    cells = head | {"C6": date(2026, 10, 31), "D6": 123, "E6": "P1", "F6": 0.1 + 0.2, "H6": "beside", "A1": "title"}
    found = _ingest(_sheet(cells, tmp_path), "stock", header=5)
    assert found.table.rows() == [
        (date(2026, 10, 1), "123", "P1", Decimal("0.3"), None, "stock", "x.xlsx", "Sheet", 6, None)
    ]
    assert found.findings["message"].to_list() == ["1 row is left out: 1 title", "stock: not used: column H"]


def test_a_code_after_thousands_of_numbers_is_kept_in_a_sheet(tmp_path: Path) -> None:
    cells: dict[str, object] = dict(zip(("A1", "B1", "C1", "D1"), ("month", "item", "site", "qty"), strict=True))
    for row in range(2, 2503):
        cells |= {f"A{row}": "2026-10", f"B{row}": row, f"C{row}": "P1", f"D{row}": 1}
    found = _ingest(_sheet(cells | {"B2502": "X-77"}, tmp_path), "stock")
    assert (found.table.height, found.table["item"].to_list()[-2:]) == (2501, ["2501", "X-77"])


def test_a_number_of_a_sheet_is_not_misread_where_texts_have_a_decimal_comma(tmp_path: Path) -> None:
    cells: dict[str, object] = dict(zip(("A1", "B1", "C1", "D1"), ("month", "item", "site", "qty"), strict=True))
    cells |= {
        "A2": "2026-10",
        "B2": "1.234",
        "C2": "P1",
        "D2": 1.234,
        "A3": "2026-10",
        "B3": "B",
        "C3": "P1",
        "D3": "1.234",
    }
    found = _ingest(_sheet(cells, tmp_path), "stock", decimal=",")
    assert found.table.select("item", "quantity").rows() == [("1.234", Decimal("1.234")), ("B", Decimal(1234))]


def test_a_record_with_two_bad_cells_is_one_rejected_record_and_two_lines(csv: Csv) -> None:
    found = _ingest(csv("month,item,site,qty\n2026-10,A,P1,1\n2026-99,B,,2\n"), "stock")
    assert found.rejects.rows() == [
        ("stock", "x.csv", None, 3, "month", "2026-99", "I201", "expected a month such as 2026-11, found '2026-99'",
         UNREADABLE.do,
         "2026-99 | B |  | 2"),
        ("stock", "x.csv", None, 3, "site", None, "I202", "site is empty; every record of stock needs one",
         MISSING.do,
         "2026-99 | B |  | 2"),
    ]  # fmt: skip
    assert _controls(found) == {"records": (2, 1, 1, 0), "quantity": (3, 1, 2, 0)}


def test_words_for_nothing_are_no_codes_and_errors_saved_as_text_are_rejected_as_errors(csv: Csv) -> None:
    rows = [
        "A,P1,1,PCS",
        r"NULL,P1,2,\N",
        r"NA,P1,3,NULL",
        "#N/A,P1,4,PCS",
        r"D,\N,5,-",
        "E,P1,#REF!,PCS",
        r"F,P1,\N,PCS",
    ]
    found = _ingest(csv("month,item,site,quantity,uom\n" + "".join(f"2026-10,{row}\n" for row in rows)), "stock")
    assert found.table.select("item", "uom").rows() == [("A", "PCS"), ("NA", None)]
    assert found.rejects.select("row", "column", "value", "rule").rows() == [
        (3, "item", "NULL", "I202"),
        (5, "item", "#N/A", "I205"),
        (6, "site", r"\N", "I202"),
        (7, "quantity", "#REF!", "I205"),
        (8, "quantity", r"\N", "I202"),
    ]
    assert found.rejects["message"][1] == "the cell shows #N/A"


def test_columns_that_come_in_pieces_are_rejected_as_those_that_come_whole(csv: Csv) -> None:
    whole = csv("month,item,site,quantity\n" + "".join(f"2026-10,{item},P1,{item}\n" for item in "ABCD"))
    texts = whole.cells.drop("row")
    pieces = replace(whole, cells=whole.cells.with_columns(pl.concat([texts.head(1), texts.slice(1)], rechunk=False)))
    assert pieces.cells.n_chunks("all") == [1, 2, 2, 2, 2]
    rejects = _ingest(pieces, "stock").rejects
    assert rejects.rows() == _ingest(whole, "stock").rejects.rows()
    assert rejects["value"].to_list() == [*"ABCD"]


def test_a_record_with_too_many_fields_is_rejected_and_one_with_too_few_misses_its_values(csv: Csv) -> None:
    found = _ingest(csv("month,item,site,qty\n2026-10,A,P1,1\n2026-10,B,P1,2,3,4\n2026-10,C,P1\n"), "stock")
    assert found.rejects.select("row", "rule", "message").rows() == [
        (3, "I201", "2 fields more than the header"),
        (4, "I202", "quantity is empty; every record of stock needs one"),
    ]
    assert found.table["item"].to_list() == ["A"]


def test_error_cells_and_formulas_nobody_calculated_are_rejected_only_where_they_count(tmp_path: Path) -> None:
    cells: dict[str, object] = dict(
        zip(("A1", "B1", "C1", "D1", "E1"), ("month", "item", "site", "qty", "check"), strict=True)
    )
    for row in (2, 3, 4):
        cells |= {f"A{row}": "2026-10", f"B{row}": f"I{row}", f"C{row}": "P1", f"D{row}": "1"}
    found = _ingest(_sheet(cells | {"B3": "#N/A", "D4": "=D2+1", "E2": "#REF!"}, tmp_path), "stock")
    assert found.table["item"].to_list() == ["I2"]
    assert found.rejects.select("row", "column", "value", "rule", "message").rows() == [
        (3, "item", "#N/A", "I205", "the cell shows #N/A"),
        (4, "qty", "=D2+1", "I205", "the formula =D2+1 was never calculated"),
    ]


def test_the_first_of_two_records_with_one_key_counts_also_across_files(csv: Csv) -> None:
    first = csv("month,item,site,qty\n2026-10,A,P1,1\n", name="a.csv")
    second = csv("month,item,site,qty\n2026-10,A,P1,7\n2026-10,B,P1,2\n2026-10,A,P1,1\n", name="b.csv")
    found = _ingest([first, second], "stock")
    assert found.table.select("file", "quantity").rows() == [("a.csv", Decimal(1)), ("b.csv", Decimal(2))]
    key = "2026-10-01 / A / P1"
    assert found.rejects.select("file", "row", "rule", "value", "message").rows() == [
        ("b.csv", 2, "I221", "7", f"same month, item and site ({key}) as a.csv:2, but here qty 7 instead of 1"),
        ("b.csv", 4, "I203", key, "same record as a.csv:2"),
    ]


def test_an_empty_key_column_is_equal_to_another_empty_one(csv: Csv) -> None:
    text = "version,measure,item,month,value\nAOP,units,,2026-10,1\nAOP,units,,2026-10,2\n"
    assert _codes(_ingest(csv(text), "aop")) == ["I221"]


def test_a_table_without_key_may_repeat_itself(csv: Csv) -> None:
    assert _ingest(csv("month,account,amount\n2026-10,400,1\n2026-10,400,1\n"), "ledger").table.height == 2


def test_rows_are_left_out_by_named_rules_and_the_first_one_counts(csv: Csv) -> None:
    text = "month,item,site,qty\n2026-10,A,P1,1\nTOTAL P1,,,1\nGrand total,,,1\n,x,,\n2026-10,B,P2,5\n"
    rules = (
        ExcludeRule("totals row", "month", starts_with="total", equals="grand total"),
        ExcludeRule("no month", "month", blank=True),
        ExcludeRule("never", "site", equals="P9"),
    )
    assert _controls(_ingest(csv(text), "stock", exclude=rules)) == {
        "records": (5, 2, 0, 3),
        "records excluded: totals row": (2, 0, 0, 2),
        "records excluded: no month": (1, 0, 0, 1),
        "records excluded: never": (0, 0, 0, 0),
        "quantity": (8, 6, 0, 2),
    }


@pytest.mark.parametrize(
    ("condition", "value", "message"),
    [
        ({"equals": "Sum"}, "equals: Sum", "no row has site equals: Sum; the nearest is 'Summe'"),
        ({"starts_with": "TOTL"}, "starts_with: TOTL", "no row has site starts_with: TOTL; the nearest is 'Total P1'"),
        ({"starts_with": "P1"}, "starts_with: P1", "no row has site starts_with: P1; the nearest is 'Total P1'"),
        ({"equals": "xyz"}, "equals: xyz", "no row has site equals: xyz"),
        ({"blank": True}, "blank: true", "no row has site blank: true"),
        ({}, "", "it has no condition"),
    ],
)
def test_a_rule_that_leaves_out_nothing_is_told_with_the_nearest_text(
    csv: Csv, condition: dict[str, Any], value: str, message: str
) -> None:
    text = "month,item,site,qty\n2026-10,A,Q,1\n2026-10,A,Summe,1\n2026-10,A,Total P1,1\n,,,\n"
    found = _ingest(csv(text), "stock", exclude=(ExcludeRule("totals", "site", **condition),)).findings
    idle = found.filter(pl.col("code") == "I305")
    assert idle.select("code", "file", "column", "value", "message").rows() == [
        ("I305", "x.csv", "site", value, f"rule 'totals' leaves out nothing: {message}")
    ]


def test_a_rule_that_meets_a_row_of_one_file_is_not_idle_and_one_that_meets_none_of_them_is(csv: Csv) -> None:
    grids = [csv(f"month,item,site,qty\n2026-10,A,{site},1\n", name=f"{site}.csv") for site in ("P1", "P2")]
    rules = (
        ExcludeRule("one", "site", equals="p2"),
        ExcludeRule("again", "item", equals="A"),
        ExcludeRule("none", "site", equals="P33"),
    )
    found = _ingest(grids, "stock", exclude=rules).findings
    assert found.filter(pl.col("code") == "I305").select("file", "message").rows() == [
        (None, "rule 'none' leaves out nothing: no row of 2 files has site equals: P33")
    ]


def test_what_is_dated_after_the_last_closed_month_is_left_out_but_planned_orders_stay(csv: Csv) -> None:
    text = "order,item,site,date,qty,status\n1,A,P1,2026-10-31,1,Actual\n2,A,P1,2026-11-01,2,actual\n"
    text += "3,A,P1,2026-12-01,4,planned\n"
    found = _ingest(csv(text), "production")
    assert found.table.select("order", "status").rows() == [("1", "actual"), ("3", "planned")]
    assert found.findings.select("code", "file", "message").rows() == [
        ("I303", "x.csv", "1 record after 2026-10 left out")
    ]


def test_defaults_fill_empty_optional_cells_and_absent_columns_and_no_control_total(csv: Csv) -> None:
    text = "item,family,policy,supply,site,lead time months\nA,F,MTO,make,P1,-\nB,F,mto,Make,P1,3\n"
    found = _ingest(csv(text), "items")
    assert found.table.select("policy", "status", "uom", "lead_time_months").rows() == [
        ("mto", "active", "EA", Decimal(1)),
        ("mto", "active", "EA", Decimal(3)),
    ]
    assert _controls(found)["lead_time_months"] == (3, 3, 0, 0)


def test_constants_fill_a_column_and_a_wrong_one_is_told(csv: Csv) -> None:
    grid = csv("item,month,value\nA,2026-10,1\n")
    found = _ingest(grid, "aop", constants={"version": "AOP FY2027", "measure": "Units"})
    assert found.table.select("version", "measure").rows() == [("AOP FY2027", "units")]
    with pytest.raises(SopError, match="source aop: the constant 'kilos' for measure is not units, revenue, cogs"):
        _ingest(grid, "aop", constants={"version": "AOP FY2027", "measure": "kilos"})


def test_words_of_the_house_become_ours_trimmed_and_without_case(csv: Csv) -> None:
    text = "item,family,policy,supply,site\nA,F,mts, e ,P1\nB,F,mts,F,P1\nC,F,mts,Make,P1\nD,F,mts,X,P1\n"
    found = _ingest(csv(text), "items", values={"supply": {"E": "make", "f": "buy"}, "site": {"P1": "Plant 1"}})
    assert found.table.select("item", "supply", "site").rows() == [
        ("A", "make", "Plant 1"),
        ("B", "buy", "Plant 1"),
        ("C", "make", "Plant 1"),
    ]
    assert found.rejects.select("value", "message", "hint").rows() == [
        (
            "X",
            "expected make or buy, found 'X'",
            "Correct the word in the extract, or map it under `values` in the config; allowed: make, buy.",
        )
    ]


def test_a_word_that_means_a_number_counts_in_the_table_and_in_its_control_total(csv: Csv) -> None:
    values = {"quantity": {"none": "0", "-": "5"}}
    long = _ingest(csv("month,item,site,qty\n2026-10,A,P1,None\n2026-10,B,P1,-\n"), "stock", values=values)
    wide = _ingest(csv("item,site,2026-09,2026-10\nA,P1,None,-\n"), "stock", values=values, wide="quantity")
    for found in (long, wide):
        assert found.table["quantity"].to_list() == [Decimal(0), Decimal(5)]
        assert _controls(found)["quantity"] == (5, 5, 0, 0)


@pytest.mark.parametrize(
    ("special", "none", "months", "last"),
    [
        ("2025-013", "2025-017", "%Y-0%m", "2025-012"),
        ("016/2025", "000/2025", "0%m/%Y", "012/2025"),
        ("2025P14", "2025P20", "%YP%m", "2025P12"),
    ],
)
def test_a_period_after_the_last_is_rejected_with_the_line_that_counts_it(
    csv: Csv, special: str, none: str, months: str, last: str
) -> None:
    rules = SourceRules("ledger", TABLES["ledger"], months=months)
    text = csv(f"month,account,amount\n{special},1,5\n{last},1,6\n{none},1,7\n")
    rejected = ingest([text], rules, AS_OF).rejects
    declared = f"`values: {{month: {{{special}: {last}}}}}`"
    assert [declared in hint for hint in rejected["hint"]] == [True, False]
    settled = ingest([text], replace(rules, values={"month": {special: last}}), AS_OF).table
    assert settled.select("month", "amount").rows() == [(date(2025, 12, 1), 5), (date(2025, 12, 1), 6)]


def test_merged_cells_are_filled_down_before_rows_are_left_out(csv: Csv) -> None:
    text = "item,segment,month,qty\nA,S1,2026-11,1\n,S2,2026-11,2\n\nTotal,,,3\nB,S1,2026-11,4\n"
    rules = (ExcludeRule("totals row", "item", starts_with="total"),)
    found = _ingest(csv(text), "forecast", fill_down=("item",), exclude=rules)
    assert found.table.select("item", "row").rows() == [("A", 2), ("A", 3), ("B", 6)]
    assert _controls(found)["records"] == (5, 3, 0, 2)


def test_a_column_in_thousands_is_scaled_in_the_table_and_in_its_control_total(csv: Csv) -> None:
    found = _ingest(csv("month,account,amount\n2026-10,400,1.5\n"), "ledger", scale={"amount": 1000})
    assert (found.table["amount"].item(), _controls(found)["amount"]) == (Decimal(1500), (1500, 1500, 0, 0))


def test_a_wide_file_says_the_same_as_its_long_twin(csv: Csv) -> None:
    wide = _ingest(csv("item;segment;2026-11;2026-12;2027-01\nA;S;1,5;;-\nB;S;2;x;3\n;S;7;;\n", ";"), "forecast",
                   wide="quantity", decimal=",")  # fmt: skip
    long = _ingest(
        csv("item,segment,month,qty\nA,S,2026-11,1.5\nB,S,2026-11,2\nB,S,2026-12,x\nB,S,2027-01,3\n"), "forecast"
    )
    same = ["item", "segment", "month", "quantity", "uom"]
    assert wide.table.select(same).rows() == long.table.select(same).rows()
    assert wide.table.select("row", "cell").rows() == [(2, "2026-11"), (3, "2026-11"), (3, "2027-01")]
    assert wide.rejects.select("row", "column", "value", "rule").rows() == [
        (3, "2026-12", "x", "I201"),
        (4, "item", None, "I202"),
    ]
    assert _controls(wide) == {
        "records": (9, 3, 2, 4),
        "records excluded: blank cell": (4, 0, 0, 4),
        "quantity": (13, 6, 7, 0),
    }


def test_an_error_in_a_month_column_rejects_that_month_only(tmp_path: Path) -> None:
    cells: dict[str, object] = dict(
        zip(("A1", "B1", "C1", "D1"), ("item", "segment", "2026-11", "2026-12"), strict=True)
    )
    cells |= {"A2": "A", "B2": "S", "C2": "#N/A", "D2": "2"}
    found = _ingest(_sheet(cells, tmp_path), "forecast", wide="quantity")
    assert found.table.select("cell", "quantity").rows() == [("2026-12", Decimal(2))]
    assert found.rejects.select("column", "rule", "message").rows() == [("2026-11", "I205", "the cell shows #N/A")]


def test_findings_stop_at_twenty_of_a_rule_but_no_reject_is_lost(csv: Csv) -> None:
    found = _ingest(csv("month,item,site,qty\n" + "2026-10,A,P1,x\n" * 25), "stock")
    assert found.rejects.height == 25
    assert found.findings.filter(pl.col("code") == "I201")["message"].to_list()[19:] == [
        "expected a number, found 'x'",
        "and 5 more, see rejects.csv",
    ]


def test_a_file_without_accepted_records_is_told_also_beside_one_that_has_some(csv: Csv) -> None:
    empty = csv("month,item,site,qty\n2026-11,A,P1,1\n,,,\n", name="empty.csv")
    found = _ingest([csv("month,item,site,qty\n2026-10,A,P1,1\n"), empty], "stock").findings
    assert found.filter(pl.col("code") == "I302").select("file", "message").rows() == [
        ("empty.csv", "no record was accepted: 2 read, 0 rejected, 2 excluded")
    ]


_CELLS = {
    "month": st.sampled_from(["2026-10", "2026-09-30", "2026-11", "2026-13", ""]),
    "item": st.sampled_from(["A", "B", "00123", "1E5", ""]),
    "site": st.sampled_from(["P1", "P2", " ", "total"]),
    "qty": st.sampled_from(["1", "-2.5", "(3)", '"1,000"', "0.30000000000000004", "1.2.3", "x", "-", ""]),
}
_ROWS = st.lists(st.tuples(*_CELLS.values(), st.sampled_from(["", ",9"])), max_size=12)


def _table(rows: list[tuple[str, ...]]) -> str:
    return "month,item,site,qty\n" + "".join(",".join(row[:4]) + row[4] + "\n" for row in rows)


@settings(deadline=None, max_examples=25)
@given(rows=_ROWS)
def test_what_is_read_is_accepted_rejected_or_excluded_in_records_and_in_sums(
    csv: Csv, rows: list[tuple[str, ...]]
) -> None:
    found = _ingest(csv(_table(rows)), "stock", exclude=(ExcludeRule("totals row", "site", starts_with="total"),))
    controls = found.controls
    assert controls.filter(pl.col("read") != pl.sum_horizontal("accepted", "rejected", "excluded")).is_empty()
    records = controls.row(by_predicate=pl.col("column") == "records", named=True)
    assert (records["read"], records["accepted"]) == (len(rows), found.table.height)
    assert records["rejected"] == found.rejects["row"].n_unique()
    accepted = controls.row(by_predicate=pl.col("column") == "quantity", named=True)["accepted"]
    assert accepted == found.table["quantity"].sum()
    by_rule = controls.filter(pl.col("column").str.starts_with("records excluded"))
    assert by_rule["excluded"].sum() == records["excluded"]


@settings(deadline=None, max_examples=25)
@given(rows=_ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_which_keys_are_accepted(
    csv: Csv, rows: list[tuple[str, ...]], order: Random
) -> None:
    rows = [
        (month, item, site.replace("total", "P3"), *rest) for month, item, site, *rest in rows
    ]  # totals have a place
    shuffled = list(rows)
    order.shuffle(shuffled)
    key = ["month", "item", "site"]
    first, second = (_ingest(csv(_table(given)), "stock").table.select(key) for given in (rows, shuffled))
    assert first.sort(key).equals(second.sort(key))


@settings(deadline=None, max_examples=25)
@given(
    values=st.dictionaries(
        st.tuples(st.sampled_from(["A", "B", "C"]), st.sampled_from(["2026-11", "2026-12", "2027-01"])),
        st.sampled_from(["1", "2.5", "x", "-", "(4)"]),
        min_size=1,
    )
)
def test_any_wide_file_says_the_same_as_its_long_twin(csv: Csv, values: dict[tuple[str, str], str]) -> None:
    months = ["2026-11", "2026-12", "2027-01"]
    lines = [f"{item},S," + ",".join(values.get((item, month), "") for month in months) for item in "ABC"]
    wide = _ingest(csv("\n".join(["item,segment," + ",".join(months), *lines])), "forecast", wide="quantity")
    kept = {place: value for place, value in values.items() if value != "-"}
    listed = [f"{item},S,{month},{value}" for (item, month), value in sorted(kept.items())]
    long = _ingest(csv("\n".join(["item,segment,month,qty", *listed])), "forecast")
    same = ["item", "segment", "month", "quantity"]
    assert wide.table.select(same).rows() == long.table.select(same).rows()
    assert _controls(wide)["quantity"] == _controls(long)["quantity"]
