"""Keys from several columns, crosswalks, rows to keep, and months that run across undeclared."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import polars as pl
import pytest

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.crosswalk import crosswalk
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules, contradictions
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]
AS_OF = date(2026, 10, 1)


def _read(page: Grid, table: str = "stock", **rules: object) -> Source:
    return ingest([page], SourceRules(table, TABLES[table], **cast(dict[str, Any], rules)), AS_OF)


def _told(found: Source, code: str) -> list[tuple[str, str]]:
    rows = found.findings.filter(pl.col("code") == code)
    return list(zip(rows["severity"].to_list(), rows["message"].to_list(), strict=True))


def test_a_key_is_put_together_from_several_columns(csv: Csv) -> None:
    page = csv("month,Doc,Pos,site,qty\n2026-10,7,10,P,1\n2026-10,7,20,P,2\n")
    found = _read(page, columns={"item": ("Doc", "Pos")}, join="/")
    assert found.table["item"].to_list() == ["7/10", "7/20"]
    assert _told(found, "I304") == []


def test_a_key_without_one_of_its_parts_is_missing_and_not_another_key(csv: Csv) -> None:
    found = _read(csv("month,Doc,Pos,site,qty\n2026-10,7,,P,1\n"), columns={"item": ["Doc", "Pos"]})
    assert found.rejects.select("column", "rule").rows() == [("Doc + Pos", "I202")]


def test_a_year_and_a_month_in_two_columns_are_one_month(csv: Csv) -> None:
    page = csv("GJAHR,MONAT,item,site,qty\n2026,10,a,P,1\n")
    assert _read(page, columns={"month": ["GJAHR", "MONAT"]}).table["month"].to_list() == [AS_OF]


def test_a_number_cannot_be_put_together() -> None:
    [found] = contradictions(SourceRules("s", TABLES["stock"], columns={"quantity": ["a", "b"]}))
    assert (found.place, found.message) == (
        ("columns", "quantity"),
        "quantity is a number and cannot be put together from 2 columns",
    )


def test_only_the_rows_to_keep_are_read_and_the_others_are_counted(csv: Csv) -> None:
    page = csv("month,item,site,qty\n2026-10,a,P1,1\n2026-10,b,p2,2\n2026-10,c,P3,4\n2026-10,d,,8\n")
    kept = ExcludeRule("kept only site P1 or P2", "site", equals=("P1", "P2"), keep=True)
    found = _read(page, exclude=(kept,))
    assert found.table["item"].to_list() == ["a", "b"]
    line = found.controls.filter(pl.col("column") == "records excluded: kept only site P1 or P2")
    assert line["excluded"].to_list() == [2]
    assert _told(found, "I305") == []


def test_rows_that_contain_a_text_are_left_out(csv: Csv) -> None:
    page = csv("month,item,site,qty\n2026-10,a (Test),P1,1\n2026-10,b,P2,2\n")
    assert _read(page, exclude=(ExcludeRule("tests", "item", contains="TEST"),)).table["item"].to_list() == ["b"]


def test_codes_become_ours_and_those_not_listed_are_told_with_their_counts(csv: Csv) -> None:
    page = csv("month,item,site,qty\n2026-10,x1,P,1\n2026-10,A2,P,1\n2026-10,z,P,1\n2026-09,z,P,1\n")
    found = _read(page, crosswalk={"item": {"x1": "A1", "x2": "A2"}})
    assert found.table["item"].to_list() == ["A1", "A2", "z", "z"]
    assert _told(found, "I322") == [("warning", "'z' is not in the crosswalk of item: kept as it is in 2 records")]


def test_a_crosswalk_is_read_from_two_columns(csv: Csv) -> None:
    assert crosswalk([csv("theirs,ours,note\n 007 ,A1,x\n\n008,A1,\n")]) == {"007": "A1", "008": "A1"}


def test_a_crosswalk_without_a_header_keeps_its_first_pair(csv: Csv) -> None:
    assert crosswalk([csv("X-1,00123\nX-2,00124\n")]) == {"X-1": "00123", "X-2": "00124"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("theirs,ours\na,A\nb,B\na,C\n", 4, "'a' is 'C' here and 'A' in line 2"),
        ("theirs,ours\na,\n", 2, "our code is missing"),
        ("theirs,ours\n,A\n", 2, "their code is missing"),
        ("theirs\na\n", 1, "a crosswalk has two columns, their code and ours, and this one has 1"),
        (
            "Old code,Text,New code\nX-1,Soap,00123\n",
            1,
            "a crosswalk has two columns, their code and ours, and this one has 3",
        ),
        (
            "ours,theirs\n00123,X-1\n",
            1,
            "the columns are 'ours' and 'theirs', but a crosswalk has their code first and ours second",
        ),
    ],
)
def test_a_crosswalk_that_says_two_things_is_refused_with_its_line(
    csv: Csv, text: str, line: int, message: str
) -> None:
    with pytest.raises(SopError) as stop:
        crosswalk([csv(text, name="walk.csv")])
    assert (stop.value.file, stop.value.line, stop.value.message) == ("walk.csv", line, message)


def test_a_crosswalk_of_what_is_no_code_is_refused() -> None:
    [found] = contradictions(SourceRules("s", TABLES["stock"], crosswalk={"quantity": {}}))
    assert found.place == ("crosswalk", "quantity")


def test_months_that_run_across_are_found_out_and_told(csv: Csv) -> None:
    found = _read(csv("item,site,2026-08,2026-09,2026-10\na,P,1,2,3\n"))
    assert found.table["quantity"].cast(pl.Int64).to_list() == [1, 2, 3]
    assert _told(found, "I323") == [
        ("info", "3 headers are months, 2026-08 to 2026-10: what stands below them is taken for quantity")
    ]


def test_months_do_not_run_across_where_the_number_has_a_column_of_its_own(csv: Csv) -> None:
    found = _read(csv("month,item,site,qty,2026-08,2026-09,2026-10\n2026-10,a,P,9,1,2,3\n"))
    assert found.table["quantity"].cast(pl.Int64).to_list() == [9]
    assert _told(found, "I323") == []


def test_two_months_alone_do_not_run_across(csv: Csv) -> None:
    with pytest.raises(SopError, match="no column holds month"):
        _read(csv("item,site,2026-09,2026-10\na,P,1,2\n"))


def test_a_header_taken_by_likeness_is_told_with_the_line_that_settles_it(csv: Csv) -> None:
    found = _read(csv("month,item,site,Quantitiy,Einheitt\n2026-10,a,P,1,EA\n"))
    assert _told(found, "I321") == [
        ("warning", "'Quantitiy' is taken for quantity: it is nearly 'quantity'"),
        ("info", "'Einheitt' is taken for uom: it is nearly 'Einheit'"),
    ]
    hint = found.findings.filter(pl.col("code") == "I321")["hint"][0]
    assert hint.startswith("if it is, declare `columns: {quantity: Quantitiy}`")


def test_a_declared_header_is_no_guess(csv: Csv) -> None:
    found = _read(csv("month,item,site,Quantitiy\n2026-10,a,P,1\n"), columns={"quantity": "Quantitiy"})
    assert _told(found, "I321") == []


def test_a_unit_beside_a_header_is_told_unless_a_column_or_a_constant_gives_it(csv: Csv) -> None:
    page = csv("month,item,site,Qty (CS)\n2026-10,a,P,1\n")
    assert _told(_read(page), "I324") == [("warning", "'Qty (CS)' names CS, but no column of the file is the uom")]
    assert _told(_read(page, constants={"uom": "CS"}), "I324") == []
    assert _told(_read(csv("month,item,site,Qty (CS),uom\n2026-10,a,P,1,CS\n")), "I324") == []


def test_a_unit_in_a_declared_header_is_told_too(csv: Csv) -> None:
    page = csv("month,item,site,Qty (CS)\n2026-10,a,P,1\n")
    assert len(_told(_read(page, columns={"quantity": "Qty (CS)"}), "I324")) == 1


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Std cost USD", "USD"), ("USD cost", "USD"), ("Value (kUSD)", "USD"), ("Std cost $/pc", "$"), ("Cost EUR", None)],
)
def test_a_currency_in_a_header_is_told_unless_it_is_that_of_the_plan(csv: Csv, header: str, unit: str | None) -> None:
    page = csv(f"item,valid from,{header}\na,2026-10,1\n")
    found = _read(page, "costs", columns={"cost": header}, constants={"uom": "EA"}, currency="EUR")
    said = [("warning", f"'{header}' names {unit}, but no column of the file is the currency")] if unit else []
    assert _told(found, "I324") == said


def test_a_unit_in_a_row_below_the_header_is_told(csv: Csv) -> None:
    page = csv("item,segment,Nov-26,Dec-26,Jan-27\n,,CS,CS,CS\na,R,5,6,7\nb,R,5,6,7\n")
    found = _read(page, "forecast")
    assert _told(found, "I324") == [("warning", "CS stands below 'Nov-26', but no column of the file is the uom")]
    assert _told(_read(page, "forecast", constants={"uom": "CS"}), "I324") == []
    page = csv("month,item,site,qty\n,,,pcs\n2026-10,a,P,1\n2026-10,b,P,1\n")
    assert _told(_read(page), "I324") == [("warning", "pcs stands below 'qty', but no column of the file is the uom")]


def test_thousands_in_a_row_below_the_header_are_told(csv: Csv) -> None:
    page = csv("month,account,amount\n,,kEUR\n2026-10,400,1\n2026-10,500,2\n")
    [(severity, message)] = _told(_read(page, "ledger", currency="EUR"), "I215")
    assert (severity, message.split(",")[0]) == ("warning", "'kEUR' below 'amount' says thousands")
