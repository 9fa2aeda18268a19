"""Where the names of a table lead to its header: months below a group, a header that comes again, records of words."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.columns.heading import find_declared_table
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import ingest

Csv = Callable[..., Grid]
RECORDS = "A,R,1,2,3,4\nB,R,5,6,7,8\nC,W,5,6,7,8\n"


@pytest.mark.parametrize(
    "header",
    [
        ",,Forecast,,,\nItem,Segment,Nov 26,Dec 26,Jan 27,Feb 27",
        "Item,Segment,Forecast,,,\n,,Nov 26,Dec 26,Jan 27,Feb 27",
        ",,Forecast,,,\nItem,Segment,2026-11,2026-12,2027-01,2027-02",
        "Item,Segment,Q4 2026,,Q1 2027,\n,,Nov 26,Dec 26,Jan 27,Feb 27",
        ",,Q4 2026,,Q1 2027,\nItem,Segment,Nov,Dec,Jan,Feb",
        ",,2026 Q4,,2027 Q1,\nItem,Segment,Nov.,Dec.,Jan.,Feb.",
        "Item,Segment,FY 2026,,FY 2027,\n,,Nov,Dec,Jan,Feb",
    ],
)
def test_months_are_known_below_whatever_groups_them(csv: Csv, header: str) -> None:
    found = ingest([csv(f"{header}\n{RECORDS}")], SourceRules("forecast", TABLES["forecast"]), date(2026, 10, 1))
    months = found.table.filter(item="B").select(pl.col("month").dt.strftime("%Y-%m"), pl.col("quantity").cast(int))
    assert months.rows() == [("2026-11", 5), ("2026-12", 6), ("2027-01", 7), ("2027-02", 8)]
    assert set(found.findings["severity"].cast(str)) == {"info"}


def test_a_quarter_of_a_fiscal_year_lends_its_months_no_year(csv: Csv) -> None:
    """Nov below Q1 2027 is of a fiscal year, and which year that is nobody has said."""
    page = csv(f",,Q1 2027,,Q2 2027,\nItem,Segment,Nov,Dec,Feb,Mar\n{RECORDS}")
    headers = find_declared_table(page, SourceRules("forecast", TABLES["forecast"])).headers
    assert not any("Nov 2027" in header for header in headers.values())


def test_the_same_months_below_two_groups_stop_the_run_with_their_names(csv: Csv) -> None:
    page = csv(f",,Plan,,,Actual,,\nItem,Segment{',Nov 26,Dec 26,Jan 27' * 2}\nA,R,1,2,3,4,5,6\nB,R,1,2,3,4,5,6\n")
    with pytest.raises(SopError, match="no column holds month"):
        ingest([page], SourceRules("forecast", TABLES["forecast"]), date(2026, 10, 1))


def test_records_above_a_header_that_comes_again_are_not_titles(csv: Csv) -> None:
    header = "Item,Customer,Month,Forecast\ncode,segment,,quantity\n"
    body = "100,R,2027-01,1234.5\n100,R,2027-02,0\n0100,R,2026-11,0\n0100,R,2026-12,1234.5\n"
    page = csv(f"{header}M00,R,2026-11,1234.56\n,,,\n{header}M00,R,2026-12,0\n{body}")
    found = find_declared_table(page, SourceRules("forecast", TABLES["forecast"]))
    assert (found.header_rows, found.records(page).height) == ((1, 2), 6)


@pytest.mark.parametrize("names", ["CW 48,CW 49,CW 50", "W48,W49,W50", "Jan,Feb,Mar"])
def test_the_numbers_of_the_first_record_are_no_years_of_the_months_above(csv: Csv, names: str) -> None:
    page = csv(f"SKU,Channel,{names}\nA,R,25,30,70\nB,R,10,20,30\n")
    assert find_declared_table(page, SourceRules("forecast", TABLES["forecast"])).header_rows == (1,)


def test_years_below_their_months_are_part_of_the_header(csv: Csv) -> None:
    page = csv(f"Item,Segment,Nov,Dec,Jan\n,,2026,2026,2027\n{RECORDS}")
    assert find_declared_table(page, SourceRules("forecast", TABLES["forecast"])).header_rows == (1, 2)
