"""Quarters and weeks are placed in months, and not a unit is lost or made on the way."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.patterns import Span
from sop_cli.stages.ingest.values.spread import spans, spread, spread_told


def _forecast(*records: tuple[date, str | None]) -> pl.DataFrame:
    rows = [
        (begins, None if number is None else Decimal(number), row) for row, (begins, number) in enumerate(records, 2)
    ]
    return pl.DataFrame(rows, schema={"month": pl.Date, "quantity": EXACT, "row": pl.Int64}, orient="row")


def _spread(records: pl.DataFrame, span: Span) -> list[tuple[object, ...]]:
    found = spread(records, TABLES["forecast"], "month", span)
    return found.select(pl.col("month").dt.strftime("%Y-%m"), pl.col("quantity").cast(pl.String), "row").rows()


def test_a_quarter_is_shared_evenly_and_what_is_left_goes_to_its_last_month() -> None:
    assert _spread(_forecast((date(2026, 11, 1), "100"), (date(2027, 2, 1), "-1.5")), "quarter") == [
        ("2026-11", "33.33333333", 2), ("2026-12", "33.33333333", 2), ("2027-01", "33.33333334", 2),
        ("2027-02", "-0.50000000", 3), ("2027-03", "-0.50000000", 3), ("2027-04", "-0.50000000", 3),
    ]  # fmt: skip


def test_a_week_is_shared_by_its_days_and_one_within_a_month_stays_whole() -> None:
    records = _forecast((date(2026, 6, 29), "70"), (date(2026, 6, 22), "10"), (date(2025, 12, 29), "1"))
    assert _spread(records, "week") == [
        ("2026-06", "20.00000000", 2), ("2026-07", "50.00000000", 2), ("2026-06", "10.00000000", 3),
        ("2025-12", "0.42857143", 4), ("2026-01", "0.57142857", 4),
    ]  # fmt: skip


def test_months_stay_as_they_are_and_an_empty_number_stays_empty() -> None:
    records = _forecast((date(2026, 6, 1), "70"))
    assert spread(records, TABLES["forecast"], "month", "month") is records
    assert _spread(_forecast((date(2026, 6, 29), None)), "week") == [("2026-06", None, 2), ("2026-07", None, 2)]


def test_a_stock_level_in_a_budget_by_quarter_is_that_of_the_last_month() -> None:
    budget = pl.DataFrame(
        {"measure": ["units", "inventory_value"], "month": [date(2026, 1, 1)] * 2, "value": [Decimal(3), Decimal(9)]},
        schema={"measure": pl.String, "month": pl.Date, "value": EXACT},
    )
    assert spread(budget, TABLES["aop"], "month", "quarter").rows() == [
        ("units", date(2026, 1, 1), Decimal(1)), ("units", date(2026, 2, 1), Decimal(1)),
        ("units", date(2026, 3, 1), Decimal(1)), ("inventory_value", date(2026, 3, 1), Decimal(9)),
    ]  # fmt: skip


def test_only_what_flows_is_divided() -> None:
    assert {name for name, table in TABLES.items() if "quarter" in spans(table)} == {
        "forecast", "capacity", "supplier_limits", "aop",
    }  # fmt: skip
    assert {name for name, table in TABLES.items() if "week" in spans(table)} == {"forecast", "capacity"}


def test_how_many_records_were_spread_is_told() -> None:
    assert spread_told(2, Form(span="week"), "forecast", "x.csv", None)["message"].to_list() == [
        "2 records by week, each spread over months by its days; the parts add up to it"
    ]
    assert spread_told(2, Form(), "forecast", "x.csv", None).is_empty()


def test_where_the_fiscal_year_is_another_one_it_is_told_whose_quarters_they_are() -> None:
    def told(form: Form) -> str:
        return str(spread_told(1, form, "forecast", "x.csv", None)["message"].item()).partition("; they are ")[2]

    calendar = Form(months="Q%q %y", span="quarter", fiscal_start=4)
    assert told(calendar) == "quarters of the calendar, fiscal ones are written FY26-Q3"
    assert told(replace(calendar, months="FY%y-Q%q")) == "fiscal quarters"
    assert told(replace(calendar, fiscal_start=1)) == ""


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.lists(st.decimals(-(10**16), 10**16, places=8), min_size=1, max_size=10),
    first=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    span=st.sampled_from(["quarter", "week"]),
)
def test_the_parts_of_every_record_add_up_to_it_in_the_months_it_covers(
    numbers: list[Decimal], first: date, span: Span
) -> None:
    first = first.replace(day=1) if span == "quarter" else first - timedelta(first.weekday())
    records = _forecast(*[(first, str(number)) for number in numbers])
    found = spread(records, TABLES["forecast"], "month", span)
    assert found.schema == records.schema
    summed = found.group_by("row").agg(pl.col("quantity").sum()).sort("row")
    assert summed["quantity"].to_list() == numbers
    last = {"quarter": first + timedelta(75), "week": first + timedelta(6)}[span]
    assert set(found["month"]) == {first.replace(day=1), *found["month"], last.replace(day=1)}
    assert found["month"].is_between(first.replace(day=1), last).all()
