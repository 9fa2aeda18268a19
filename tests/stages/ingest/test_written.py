"""How a file is written is found out over its pages, and quarters and weeks go through ingest without loss."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.ingest import Intake
from sop_cli.stages.ingest.keys import repeated
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import ingest

Csv = Callable[..., Grid]
AS_OF = date(2026, 10, 1)


def _pages(grid: Grid, size: int) -> list[Grid]:
    """The grid cut into pages of `size` rows, the header on the first."""
    return [replace(grid, cells=grid.cells.slice(at, size)) for at in range(0, grid.cells.height, size)]


def _orders(csv: Csv, promised: list[str], quantities: list[str]) -> tuple[pl.DataFrame, list[str]]:
    lines = [
        f"{at};1;A;P1;K;{day};{number}" for at, (day, number) in enumerate(zip(promised, quantities, strict=True), 1)
    ]
    grid = csv("order;line;item;site;account;promised;qty\n" + "\n".join(lines) + "\n", ";")
    pages = _pages(replace(grid, dialect=None, fields=None), 4)
    intake = Intake(SourceRules("orders", TABLES["orders"]), AS_OF)

    def again() -> Iterator[Grid]:
        yield from pages

    table = pl.concat([intake.take(page, again) for page in pages])
    none = repeated(table.lazy(), pl.Series(dtype=pl.UInt64), intake.rules.table)
    found = intake.settle(none)
    codes = found.findings.filter(pl.col("code").is_in(["I201", "I211", "I212", "I213"]))["code"].to_list()
    return table.select("promised", "quantity"), codes


def test_a_date_or_sign_that_is_plain_on_a_later_page_decides_for_the_first_one_too(csv: Csv) -> None:
    days = ["03/04/2027"] * 6 + ["04/13/2027"]
    table, codes = _orders(csv, days, ["1.234"] * 6 + ["1,5"])
    assert table["promised"].unique(maintain_order=True).to_list() == [date(2027, 3, 4), date(2027, 4, 13)]
    assert table["quantity"].unique(maintain_order=True).to_list() == [Decimal(1234), Decimal("1.5")]
    assert codes == []


def test_what_no_page_decides_is_read_the_same_on_all_of_them_and_told_once(csv: Csv) -> None:
    table, codes = _orders(csv, ["03/04/2027"] * 9, ["1.234"] * 9)
    assert table.unique().rows() == [(date(2027, 4, 3), Decimal("1.234"))]
    assert codes == ["I211", "I213"]


def test_a_column_that_is_empty_at_first_is_decided_where_it_begins(csv: Csv) -> None:
    table, codes = _orders(csv, ["2027-04-03"] * 8, ["1", "2", "3", "4", "5", "1,5", "2.000", "7"])
    assert table["quantity"].to_list()[-3:] == [Decimal("1.5"), Decimal(2000), Decimal(7)]
    assert codes == []


def _told_of_totals(grid: Grid, size: int, rules: SourceRules) -> list[str]:
    """What is told of the totals of `grid` when it comes in pages of `size` rows."""
    found = ingest(_pages(replace(grid, fields=None), size), rules, AS_OF)
    return found.findings.filter(pl.col("code") == "I115")["message"].to_list()


@pytest.mark.parametrize("size", [3, 4, 5, 6, 100])
@pytest.mark.parametrize(
    ("total", "told"), [("36,0", []), ("37,0", ["Total says 37,0, but rows 2 to 10 add up to 36"])]
)
def test_a_total_on_a_later_page_counts_the_records_of_all_pages(
    csv: Csv, size: int, total: str, told: list[str]
) -> None:
    records = "".join(f"A{at};S;2026-11;{at},0\n" for at in range(9))
    grid = csv(f"item;segment;month;quantity\n{records}Total;;;{total}\n", ";")
    rules = SourceRules("forecast", TABLES["forecast"], scale={"quantity": 1000})
    assert _told_of_totals(grid, size, rules) == told


@pytest.mark.parametrize("size", [3, 4, 5, 100])
def test_subtotals_count_from_the_one_before_though_a_page_lies_between(csv: Csv, size: int) -> None:
    def lines(site: str) -> str:
        return "".join(f"{site}{at},{site},{at},1\n" for at in range(4)) + f"Total {site},,6,4\n"

    grid = csv(f"item,segment,2026-11,2026-12\n{lines('P')}{lines('Q')}Grand total,,12,8\n")
    rules = SourceRules("forecast", TABLES["forecast"], wide="quantity")
    assert _told_of_totals(grid, size, rules) == []
    wrong = csv(f"item,segment,2026-11,2026-12\n{lines('P')}{lines('Q')}Grand total,,13,9\n")
    assert len(_told_of_totals(wrong, size, rules)) == 2


def test_weeks_that_run_across_become_months_and_their_controls_tie(csv: Csv) -> None:
    grid = csv("item,segment,W44 2026,W45 2026,W49 2026,W46 2026,W47 2026,W48 2026\nA,S,70,7,1,1,1,1\nB,S,,14,,-,,\n")
    found = ingest([grid], SourceRules("forecast", TABLES["forecast"], wide="quantity"), AS_OF)
    by_month = found.table.group_by("item", "month").agg(pl.col("quantity").sum()).sort("item", "month")
    assert by_month.rows() == [
        ("A", date(2026, 10, 1), Decimal(60)),
        ("A", date(2026, 11, 1), Decimal(20) + Decimal("0.14285714")),
        ("A", date(2026, 12, 1), Decimal("0.85714286")),
        ("B", date(2026, 11, 1), Decimal(14)),
    ]
    assert found.table.filter(pl.col("cell") == "W44 2026")["row"].to_list() == [2, 2]
    totals = found.controls.filter(pl.col("column") == "quantity").row(0, named=True)
    assert (totals["read"], totals["accepted"]) == (95, 95)
    told = found.findings.filter(pl.col("code") == "I217")["message"].to_list()
    assert told == ["7 records by week, each spread over months by its days; the parts add up to it"]


def test_a_week_given_twice_is_a_repeat_and_two_weeks_of_a_month_are_none(csv: Csv) -> None:
    text = "item,segment,week,qty\nA,S,2026-W45,7\nA,S,2026-W46,7\nA,S,2026-W45,9\n"
    rules = SourceRules("forecast", TABLES["forecast"], columns={"month": "week"})
    found = ingest([csv(text)], rules, AS_OF)
    assert found.table["quantity"].to_list() == [Decimal(7), Decimal(7)]
    assert found.rejects.select("row", "rule").rows() == [(4, "I221")]


def test_fiscal_periods_and_months_without_a_year_run_across(csv: Csv) -> None:
    header = "item,segment,P01,P02,P03"
    rules = SourceRules("forecast", TABLES["forecast"], wide="quantity", year=2027, fiscal_start=10)
    found = ingest([csv(f"{header}\nA,S,1,2,3\n")], rules, AS_OF)
    assert found.table["month"].to_list() == [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]


def test_one_sign_turns_the_sign_of_a_column_round(csv: Csv) -> None:
    rules = SourceRules("ledger", TABLES["ledger"], scale={"amount": -1000})
    found = ingest([csv("month,account,amount\n2026-10,4000,-12.5\n2026-10,4010,2.5 CR\n")], rules, AS_OF)
    assert found.table["amount"].to_list() == [Decimal(12500), Decimal(2500)]
