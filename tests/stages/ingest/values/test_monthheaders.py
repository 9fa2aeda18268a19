"""Months that run across: found among other headers, and over the turn of a year."""

from collections.abc import Sequence
from datetime import date

import pytest

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.monthheaders import MonthHeaders, month_headers

NOV_TO_OCT = "Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct"
P8_TO_P7 = "P8 P9 P10 P11 P12 P1 P2 P3 P4 P5 P6 P7"


def _across(texts: str, near: Sequence[str] = (), **rules: object) -> MonthHeaders:
    given = SourceRules("forecast", TABLES["forecast"], wide="quantity", **rules)  # type: ignore[arg-type]
    headers = {str(at): text for at, text in enumerate(["item", *texts.split()])}
    return month_headers(headers, given, near)


def _run(first: date, length: int = 12) -> list[date]:
    return [add_months(first, step) for step in range(length)]


def test_the_months_are_found_among_other_headers() -> None:
    headers = {"0": "item", "1": "Set", "2": "Nov-26", "3": "Dez-26", "4": "Total"}
    found = month_headers(headers, SourceRules("forecast", TABLES["forecast"], wide="quantity"))
    assert found.months == {"2": date(2026, 11, 1), "3": date(2026, 12, 1)}
    assert list(found.told) == []


def test_one_column_headed_like_a_month_is_no_row_of_months() -> None:
    rules = SourceRules("forecast", TABLES["forecast"], wide="quantity")
    assert month_headers({"0": "item", "1": "Set"}, rules, ["2026"]).months == {}


@pytest.mark.parametrize(
    ("texts", "year", "fiscal_start", "first"),
    [
        (NOV_TO_OCT, 2026, 1, date(2026, 11, 1)), ("Nov Dec Jan Feb", 2026, 1, date(2026, 11, 1)),
        ("M11 M12 M01", 2026, 1, date(2026, 11, 1)), (P8_TO_P7, 2027, 4, date(2026, 11, 1)),
        (P8_TO_P7, 2027, 1, date(2027, 8, 1)), ("Okt Nov Dez Jän", 2026, 1, date(2026, 10, 1)),
    ],
)  # fmt: skip
def test_months_after_december_lie_in_the_next_year_and_it_is_told(
    texts: str, year: int, fiscal_start: int, first: date
) -> None:
    found = _across(texts, year=year, fiscal_start=fiscal_start)
    expected = _run(first, len(texts.split()))
    assert [*found.months.values()] == expected
    assert [(one.rule.code, one.severity, one.message) for one in found.told] == [
        (
            "I214",
            "info",
            f"the months run over the turn of the year: '{texts.split()[0]}' and what follows are {first:%Y-%m} to "
            f"{expected[-1]:%Y-%m}",
        )
    ]


@pytest.mark.parametrize(
    ("near", "first", "year"),
    [
        ("forecast Nov 2026.csv", date(2026, 11, 1), 2026), ("Plan 2026", date(2026, 11, 1), 2026),
        ("Actuals Oct 2026", date(2025, 11, 1), 2025), ("Budget 2027-01", date(2026, 11, 1), 2026),
        ("Budget FY27", date(2026, 11, 1), 2026),
    ],
)  # fmt: skip
def test_the_year_beside_them_may_be_that_of_any_of_the_months(near: str, first: date, year: int) -> None:
    found = _across(NOV_TO_OCT, [near], fiscal_start=11)
    assert [*found.months.values()] == _run(first)
    [one] = found.told
    assert (one.rule.code, one.severity, one.hint) == (
        "I214", "warning", f"Declare `year: {year}`, that of the first month, to say so for good."
    )  # fmt: skip
    assert one.message.endswith(f"so the months are taken as {first:%Y-%m} to {add_months(first, 11):%Y-%m}")


def test_quarters_and_weeks_run_over_the_turn_of_the_year_too() -> None:
    quarters = _across("Q3 Q4 Q1 Q2", year=2026)
    assert [*quarters.months.values()] == [date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1)]
    weeks = _across("KW52 KW53 KW01 KW02", year=2026)
    assert [*weeks.months.values()] == [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11)]


@pytest.mark.parametrize(
    "texts", ["Jan Feb Mar", "Nov Dec Feb Mar", "Dec Nov Oct", f"{NOV_TO_OCT} {NOV_TO_OCT}", "Jan Feb Mar Jan Feb Mar"]
)
def test_months_that_do_not_follow_each_other_over_one_turn_stay_in_the_year_that_is_given(texts: str) -> None:
    found = _across(texts, year=2026)
    assert {month.year for month in found.months.values()} == {2026}
    assert list(found.told) == []


def test_serials_count_from_1904_where_the_workbook_does() -> None:
    headers = {"0": "44865", "1": "44895", "2": "44926"}
    rules = SourceRules("forecast", TABLES["forecast"], wide="quantity")
    found = month_headers(headers, rules, since_1904=True)
    assert [*found.months.values()] == _run(date(2026, 11, 1), 3)
