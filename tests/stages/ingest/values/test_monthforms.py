"""Months, quarters and weeks as people write them, found out with nothing declared."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.days import month
from sop_cli.stages.ingest.values.monthforms import month_form, year_in
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.told import Told

AS_OF = date(2026, 10, 1)


def _found(
    texts: list[str], near: tuple[str, ...] = (), header: str = "Period", **rules: object
) -> tuple[Form, list[Told], list[date | None]]:
    given = SourceRules("forecast", TABLES["forecast"], **rules)  # type: ignore[arg-type]
    found, told = month_form(pl.Series(texts, dtype=pl.String), header, given, near, AS_OF)
    form = found or Form()
    read = pl.DataFrame({"t": texts}, schema={"t": pl.String}).select(
        month(
            pl.col("t"), form.months, year=form.year, fiscal_start=form.fiscal_start, fiscal=form.fiscal, span=form.span
        )
    )
    return form, told, read.to_series().to_list()


@pytest.mark.parametrize(
    "texts",
    [
        "2026-05 2026-12", "05/2026 12/2026", "5/2026 12/2026", "05.2026 12.2026", "2026/05 2026/12", "202605 202612",
        "052026 122026", "2026M05 2026M12", "2026-M05 2026-M12", "M05_2026 M12_2026", "2026.05 2026.12",
        "Jan-26 May-26 Dec-26", "Jan_2026 May_2026 Dec_2026", "January_2026 May_2026", "01-Jan-26 01-May-26",
        "Mai_26 Dez_26", "mai-26 déc.-26", "mei_2026 maart_2026", "MAY26 DEC26", "Sept._2026 Mai_2026",
        "31.05.2026 31.12.2026", "2026-05-31 2026-12-31", "2026-05-01T00:00:00 2026-06-01T00:00:00",
        "05/01/2026 06/01/2026 12/01/2026", "01/05/2026 01/06/2026 01/12/2026", "46143 46174", "20260501 20260601",
        "05/26 06/26 07/26 12/26", "2026-05 2026-06-30",
        "005/2026 012/2026", "005.2026 012.2026", "2026005 2026012", "2026.005 2026.010", "2026/005 2026/010",
        "maj_2026 maja_2026 grudnia_2026", "mai_2026 noiembrie_2026", "май_2026 НОЯБРЬ_2026", "Мая_2026_г. дек_2026_г.",
    ],
)  # fmt: skip
def test_months_are_read_in_whichever_form_they_come_and_nothing_is_told(texts: str) -> None:
    given = [text.replace("_", " ") for text in texts.split()]
    form, told, read = _found(given)
    assert (told, form.span) == ([], "month")
    assert None not in read
    assert date(2026, 5, 1) in read
    assert all(found and found.day == 1 and found.year == 2026 for found in read)


@pytest.mark.parametrize(
    ("text", "fiscal_start", "expected"),
    [
        ("P05/2026", 1, date(2026, 5, 1)), ("P05/2026", 10, date(2026, 2, 1)), ("P01/2026", 10, date(2025, 10, 1)),
        ("P05 FY26", 4, date(2025, 8, 1)), ("FY26-P5", 4, date(2025, 8, 1)), ("FY2026 P05", 7, date(2025, 11, 1)),
        ("FY26P12", 7, date(2026, 6, 1)), ("Nov FY27", 7, date(2026, 11, 1)), ("FY2027 May", 7, date(2027, 5, 1)),
        ("M05 2026", 10, date(2026, 5, 1)), ("FY2026 Sep", 4, date(2025, 9, 1)), ("Feb FY26", 4, date(2026, 2, 1)),
        ("2026P05", 4, date(2025, 8, 1)), ("26P05", 4, date(2025, 8, 1)), ("2026-P05", 4, date(2025, 8, 1)),
        ("005/2026", 10, date(2026, 2, 1)), ("2026012", 7, date(2026, 6, 1)), ("2026.001", 10, date(2025, 10, 1)),
    ],
)  # fmt: skip
def test_fiscal_periods_count_from_the_first_month_of_the_fiscal_year(
    text: str, fiscal_start: int, expected: date
) -> None:
    assert _found([text], fiscal_start=fiscal_start)[2] == [expected]


def test_declared_periods_after_a_year_are_fiscal_without_a_sign_between_them() -> None:
    assert _found(["2026P05"], months="%YP%m", fiscal_start=4)[2] == [date(2025, 8, 1)]


@pytest.mark.parametrize(
    ("header", "texts", "months"),
    [
        ("Fiscal year + Period", ["2026-5", "2026-12"], [date(2025, 8, 1), date(2026, 3, 1)]),
        ("Geschäftsjahr + Periode", ["2026-5"], [date(2025, 8, 1)]),
        ("GJAHR + Monat", ["2026-Sep"], [date(2025, 9, 1)]),
    ],
)
def test_a_period_read_together_with_its_fiscal_year_is_fiscal_and_it_is_told(
    header: str, texts: list[str], months: list[date]
) -> None:
    _, told, read = _found(texts, header=header, fiscal_start=4)
    assert (read, [one.rule.code for one in told]) == (months, ["I219"])
    assert _found(texts, header=header, fiscal_start=1)[1] == []


def test_what_is_told_of_fiscal_periods_has_the_lines_that_settle_it_either_way() -> None:
    [one] = _found(["2026-5"], header="Fiscal year + Period", fiscal_start=4)[1]
    assert one.message == (
        "'2026-5' is read as 2025-08, a fiscal period, because 'Fiscal year + Period' names the fiscal year; as a "
        "month of the calendar it would be 2026-05"
    )
    assert one.hint == (
        'If that is wrong, declare `months: "%Y-%m"`; if it is right, `months: "FY%Y-P%m"` says so for good.'
    )
    for months, expected in (("%Y-%m", date(2026, 5, 1)), ("FY%Y-P%m", date(2025, 8, 1))):
        declared = _found(["2026-5"], header="Fiscal year + Period", fiscal_start=4, months=months)
        assert declared[1:] == ([], [expected])


def test_plain_months_below_a_fiscal_period_stay_those_of_the_calendar_and_it_is_told() -> None:
    _, [one], read = _found(["2026-05"], header="Fiscal period", fiscal_start=4)
    assert (read, one.rule.code) == ([date(2026, 5, 1)], "I219")
    assert "as a fiscal period it would be 2025-08" in one.message


def test_a_thirteenth_period_is_no_month() -> None:
    assert _found(["P12/2026", "P13/2026"])[2] == [date(2026, 12, 1), None]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Q3 26", "quarter", date(2026, 7, 1)), ("Q3/2026", "quarter", date(2026, 7, 1)),
        ("2026-Q3", "quarter", date(2026, 7, 1)), ("3Q26", "quarter", date(2026, 7, 1)),
        ("2026Q3", "quarter", date(2026, 7, 1)), ("FY26 Q2", "quarter", date(2026, 1, 1)),
        ("CW23 2026", "week", date(2026, 6, 1)), ("KW 23/2026", "week", date(2026, 6, 1)),
        ("W23 2026", "week", date(2026, 6, 1)), ("2026-W23", "week", date(2026, 6, 1)),
        ("2026W23", "week", date(2026, 6, 1)), ("KW23/26", "week", date(2026, 6, 1)),
        ("W1 2026", "week", date(2025, 12, 29)),
    ],
)  # fmt: skip
def test_quarters_and_weeks_are_known_by_their_first_day(text: str, span: str, expected: date) -> None:
    form, told, read = _found([text], fiscal_start=10)
    assert (form.span, told, read) == (span, [], [expected])


def test_a_week_that_the_year_does_not_have_is_not_read() -> None:
    assert _found(["2026-W53", "2026-W54"])[2] == [date(2026, 12, 28), None]


def test_dates_of_one_weekday_several_a_month_are_weeks() -> None:
    mondays = [date(2026, 6, 1) + timedelta(7 * step) for step in range(6)]
    form, _, read = _found([f"{monday:%d.%m.%Y}" for monday in mondays])
    assert (form.span, read) == ("week", mondays)
    assert _found(["01.06.2026", "01.09.2026", "01.12.2026"])[0].span == "month"


@pytest.mark.parametrize("header", ["KW", "Week", "Kalenderwoche", "ISO week", "Jahr/Woche", "Semaine", "Year + Week"])
@pytest.mark.parametrize(
    "text", ["202706", "06.2027", "06/2027", "2027-06", "2027-6", "2027/06", "2027W06", "2027-W06"]
)
def test_a_header_that_says_week_makes_weeks_of_what_could_be_months(header: str, text: str) -> None:
    form, told, read = _found([text], header=header)
    assert (form.span, told, read) == ("week", [], [date(2027, 2, 8)])


def test_below_weeks_dates_and_months_by_name_stay_what_they_are() -> None:
    assert _found(["08.02.2027"], header="Week")[2] == [date(2027, 2, 1)]
    assert _found(["202706"], header="Month (4-4-5 weeks)")[2] == [date(2027, 6, 1)]


def test_numbers_past_twelve_show_that_the_others_are_weeks_too_and_it_is_told() -> None:
    form, [one], read = _found(["202648", "202649", "202701"])
    assert (form.span, read) == ("week", [date(2026, 11, 23), date(2026, 11, 30), date(2027, 1, 4)])
    assert (one.rule.code, one.message, one.hint) == (
        "I219",
        "'202701' is read as a week, because others such as '202648' can be no month",
        'If that is wrong, declare `months: "%Y%m"`; if it is right, `months: "%G%V"` says so for good.',
    )
    assert _found(["202648", "202649"])[1] == []


@pytest.mark.parametrize("text", ["202613", "202616", "202648", "202699"])
def test_one_slip_or_a_period_of_the_year_end_makes_no_weeks_of_months(text: str) -> None:
    months = [f"2026{number:02}" for number in range(1, 13)]
    form, told, read = _found([*months, text])
    assert (form.span, told, read[-1]) == ("month", [], None)


def test_weeks_are_no_months_where_a_table_takes_none() -> None:
    rules = SourceRules("stock", TABLES["stock"])
    assert month_form(pl.Series(["202706"]), "KW", rules, (), AS_OF) == (None, [])


def test_what_cannot_be_divided_is_never_a_quarter_or_a_week() -> None:
    rules = SourceRules("stock", TABLES["stock"])
    assert month_form(pl.Series(["Q3 26"]), "Month", rules, (), AS_OF) == (None, [])


@pytest.mark.parametrize("texts", [["M05", "M12"], ["P05", "P12"], ["May", "Dec"], ["Mai", "Dez."]])
def test_months_without_a_year_take_the_declared_one_or_the_one_beside_them_or_none(texts: list[str]) -> None:
    months: list[date | None] = [date(2027, 5, 1), date(2027, 12, 1)]
    assert _found(texts, year=2027)[1:] == ([], months)
    _, told, read = _found(texts, near=("Budget", "FY27"))
    assert read == months
    assert [(one.rule.code, one.severity, one.hint) for one in told] == [
        ("I214", "warning", "Declare `year: 2027` to say so for good.")
    ]
    _, told, read = _found(texts)
    assert read == [None, None]
    assert [(one.rule.code, one.message) for one in told] == [
        ("I214", f"'{min(texts)}' names no year, and none stands beside it; such months are not read")
    ]


def test_two_years_beside_the_months_are_no_year() -> None:
    assert year_in(["Sales", "2026 and 2027", "2028"]) is None
    assert year_in(["no. 12026", "FY 26"]) == (2026, "FY 26")


def test_a_month_and_year_of_two_digits_each_is_told() -> None:
    form, told, read = _found(["05/06"])
    assert (form.months, read) == ("%m/%y", [date(2006, 5, 1)])
    assert [(one.rule.code, one.message, one.hint) for one in told] == [
        (
            "I213",
            "'05/06' could be 2006-05-01 or 2005-06-01; read as 2006-05-01, because nothing in the file says otherwise",
            'If that is wrong, declare `months: "%y/%m"`; if it is right, `months: "%m/%y"` says so for good.',
        )
    ]


def test_a_declared_form_wins() -> None:
    assert _found(["05/06"], months="%y/%m")[1:] == ([], [date(2005, 6, 1)])
    assert _found(["Q3 26"], months="Q%q %y")[0].span == "quarter"
    assert _found(["44682"], months="excel-1904")[2] == [date(2026, 5, 1)]


def test_2026_point_1_is_not_taken_for_january_as_a_workbook_writes_october_so() -> None:
    assert _found(["2026.09", "2026.1", "2026.11"])[2] == [date(2026, 9, 1), None, date(2026, 11, 1)]


_FORMS = (
    "%Y-%m", "%m/%Y", "%m.%Y", "%Y/%m", "%Y%m", "%YM%m", "%Y-M%m", "M%m %Y", "%b-%y", "%b %Y", "%B %Y", "%d.%m.%Y",
    "%Y-%m-%d", "%d-%b-%Y", "P%m/%Y", "FY%y-P%m",
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    months=st.lists(st.dates(date(2015, 1, 1), date(2035, 12, 28)), min_size=1, max_size=20),
    written=st.sampled_from(_FORMS),
)
def test_any_months_written_in_one_form_come_back(months: list[date], written: str) -> None:
    months = [found.replace(day=28) for found in months]
    assert _found([found.strftime(written) for found in months])[2] == [found.replace(day=1) for found in months]


@pytest.mark.parametrize("text", ["013/2026", "2026016", "2026.1", "2026.01", "000/2026", "2026000"])
def test_closing_periods_and_lost_zeros_are_no_posting_period(text: str) -> None:
    """2026.01 may be what a workbook made of 2026.010."""
    *_, read = _found(["005/2026", "006/2026", "007/2026", text] if "/" in text else ["2026.005", "2026.006", text])
    assert read[-1] is None
