"""How a column is written is found out from all its cells, and what is not certain is told."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.days import day, month
from sop_cli.stages.ingest.values.forms import Written, decide
from sop_cli.stages.ingest.values.numbers import number
from sop_cli.stages.ingest.values.parse import Form
from sop_cli.stages.ingest.values.told import as_findings

AS_OF = date(2026, 10, 1)


def _decide(
    table: str, columns: Mapping[str, Sequence[str | None]], delimiter: str | None = None, **rules: object
) -> tuple[dict[str, Form], pl.DataFrame]:
    """Decide on columns given by our names; each is headed by its name in capitals, and the first row is 2."""
    places = {name: str(at) for at, name in enumerate(columns)}
    cells = pl.DataFrame({places[name]: pl.Series(list(texts), dtype=pl.String) for name, texts in columns.items()})
    cells = cells.with_columns(row=pl.int_range(2, pl.len() + 2, dtype=pl.Int64))
    written = Written(
        "x.csv",
        None,
        cells,
        {name: [at] for name, at in places.items()},
        {at: name.upper() for name, at in places.items()},
        delimiter=delimiter,
    )
    forms = decide(written, SourceRules(table, TABLES[table], **rules), AS_OF)  # type: ignore[arg-type]
    found = as_findings(forms.every(), table, "x.csv", None)
    return {name: forms.of(name) for name in columns}, found


def _numbers(
    *columns: str, delimiter: str | None = None, **rules: object
) -> tuple[list[list[Decimal | None]], list[tuple[str, str, str]]]:
    """What becomes of quantity and amount of shipments."""
    texts = {name: column.split("|") for name, column in zip(("quantity", "amount"), columns, strict=False)}
    forms, found = _decide("shipments", texts, delimiter, **rules)
    read = [
        pl.DataFrame({"t": column}).select(number(pl.col("t"), forms[name].decimal)).to_series().to_list()
        for name, column in texts.items()
    ]
    return read, found.select("code", pl.col("severity").cast(pl.String), "message").rows()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("1.234,56|1.000", "1234.56 1000"), ("1,234.56|1,000", "1234.56 1000"), ("1'234.50|7", "1234.50 7"),
        ("1’234,50|7,25", "1234.50 7.25"), ("1\u00a0234,50|1.000", "1234.50 1000"),
        ("1\u202f234.50|1,000", "1234.5 1000"),
        ("1 234,50|-7", "1234.5 -7"), ("12,34,567.89|1,00,000", "1234567.89 100000"),
        ("12,34,567|1,234", "1234567 1234"),
        ("1.234.567|1.234", "1234567 1234"), ("0.500|1.234", "0.5 1.234"), ("0,500|1,234", "0.5 1.234"),
        ("12,5|1.234", "12.5 1234"), ("1.5|1,234", "1.5 1234"), ("(1.234,5)|1.234-", "-1234.5 -1234"),
        ("€ 1.234,50|1.000 €", "1234.5 1000"), ("kr 1 234,50|5", "1234.5 5"), ("1 234,50 zł|2,5 zł", "1234.5 2.5"),
        ("JPY 1,200.5|¥7", "1200.5 7"), ("12,5 %|(1,5%)", "0.125 -0.015"),
        ("1,234.50 CR|20.00 DR", "-1234.5 20"), ("1,5E3|2", "1500 2"), ("−200,5|+5", "-200.5 5"),
        ("12|1 234", "12 1234"),
    ],
)  # fmt: skip
def test_the_decimal_sign_is_told_by_the_column_itself(column: str, expected: str) -> None:
    read, told = _numbers(column)
    assert (read, told) == ([[Decimal(text) for text in expected.split()]], [])


def test_a_column_that_says_nothing_follows_the_others_of_its_file() -> None:
    assert _numbers("1.234|5.678", "1,5|2") == ([[Decimal(1234), Decimal(5678)], [Decimal("1.5"), Decimal(2)]], [])
    assert _numbers("1,234", "1.5") == ([[Decimal(1234)], [Decimal("1.5")]], [])


def test_without_any_proof_the_delimiter_is_followed_and_told() -> None:
    why = "because fields are separated by"
    assert _numbers("1.234", delimiter=";") == (
        [[Decimal(1234)]],
        [("I211", "info", f"'1.234' could be 1234 or 1.234; read as 1234, with decimal comma, {why} ';'")],
    )
    assert _numbers("1,234", delimiter=",") == (
        [[Decimal(1234)]],
        [("I211", "info", f"'1,234' could be 1234 or 1.234; read as 1234, with decimal point, {why} ','")],
    )


def test_without_any_evidence_a_point_is_a_point_and_it_is_told() -> None:
    assert _numbers("1.234|12", delimiter="\t") == (
        [[Decimal("1.234"), Decimal(12)]],
        [
            (
                "I211",
                "error",
                "'1.234' could be 1.234 or 1234; read as 1.234, with decimal point, because nothing in the file says "
                "otherwise",
            )
        ],
    )
    assert _numbers("1,234|12", delimiter="\t")[1][0][1] == "warning"  # a thousand is what most people mean


def _beside(quantity: str, delimiter: str | None = None, **others: str) -> tuple[Decimal | None, list[tuple[str, str]]]:
    """What becomes of the first quantity, and what is told, where the file has other columns that nothing uses."""
    columns = {"quantity": quantity, **others}
    cells = pl.DataFrame({name: texts.split("|") for name, texts in columns.items()}).with_row_index("row", 2)
    written = Written(
        "x.csv", None, cells, {"quantity": ["quantity"]}, {name: name for name in columns}, delimiter=delimiter,
        unused=list(others),
    )  # fmt: skip
    forms = decide(written, SourceRules("stock", TABLES["stock"]), AS_OF)
    read = cells.select(number(pl.col("quantity"), forms.of("quantity").decimal)).to_series()[0]
    told = as_findings(forms.every(), "stock", "x.csv", None)
    return read, told.select(pl.col("severity").cast(pl.String), "message").rows()


def test_columns_that_nothing_uses_prove_the_decimal_sign_too() -> None:
    assert _beside("1.050|2.000", ",", value="32.832,00|1.200,50") == (Decimal(1050), [])
    assert _beside("1,050|2,000", ";", value="32,832.00|5") == (Decimal(1050), [])


def test_months_versions_and_words_beside_prove_nothing() -> None:
    [(severity, message)] = _beside("1.050|2.000", ";", month="10.2026|11.2026", text="B 1.5|see 2.5 and 3,5")[1]
    assert (severity, message.endswith("because fields are separated by ';'")) == ("info", True)


def test_columns_beside_that_contradict_each_other_prove_nothing() -> None:
    assert _beside("1.050|2.000", ";", value="1,5|2", price="1.5|2")[0] == Decimal(1050)


def test_numbers_below_a_thousand_without_a_sign_show_that_the_sign_parts_thousands() -> None:
    read, [(severity, message)] = _beside("1.050|2.000|850", ",")
    assert (read, severity) == (Decimal(1050), "warning")
    assert message == (
        "'1.050' could be 1050 or 1.05; read as 1050, with decimal comma, because numbers below a thousand, such as "
        "'850', have no sign; against it stands that fields are separated by ','"
    )
    assert _beside("1.050|2.000|4850", ",")[0] == Decimal("1.05")  # who parts thousands parts them all


def test_days_with_dots_speak_for_a_decimal_comma() -> None:
    assert _beside("1.050|2.000", None, day="31.10.2026|01.11.2026") == (
        Decimal(1050),
        [
            (
                "info",
                "'1.050' could be 1050 or 1.05; read as 1050, with decimal comma, because dates are written as "
                "'31.10.2026'",
            )
        ],
    )


def test_thousandths_on_the_word_of_a_delimiter_alone_are_warned_of_and_against_another_hint_refused() -> None:
    assert _beside("1.050|2.000", ",")[1][0][0] == "warning"
    assert _beside("1,050|2,000", ";")[1][0][0] == "warning"
    read, [(severity, message)] = _beside("1,050|2,000", ",", day="31.10.2026|01.11.2026")
    assert (read, severity, message) == (
        Decimal("1.05"),
        "error",
        "'1,050' could be 1.05 or 1050; read as 1.05, with decimal comma, because dates are written as '31.10.2026'; "
        "against it stands that fields are separated by ','",
    )


def test_a_declared_decimal_sign_is_taken_without_a_word() -> None:
    assert _numbers("1.234", decimal=",") == ([[Decimal(1234)]], [])


def test_a_column_of_two_minds_follows_the_most_and_the_rest_is_told() -> None:
    assert _numbers("1,5|2,5|3.75|7,25") == (
        [[Decimal("1.5"), Decimal("2.5"), None, Decimal("7.25")]],
        [
            (
                "I212",
                "warning",
                "different numbers with a decimal comma: 3, such as '1,5'; with a decimal point: 1, such as '3.75'; "
                "read with decimal comma",
            )
        ],
    )


def test_more_than_eight_decimals_are_told_but_not_what_a_computer_adds() -> None:
    assert _numbers("0.30000000000000004|1.5")[1] == []
    assert _numbers("0.1234567890000")[1] == [
        ("I216", "info", "1 number has more than eight decimals; '0.1234567890000' is kept as 0.12345679")
    ]


def test_a_finding_names_the_row_of_its_example() -> None:
    _, found = _decide("shipments", {"quantity": ["1", "2", "1.234"]})
    assert found.select("file", "row", "column", "value").rows() == [("x.csv", 4, "QUANTITY", "1.234")]


def test_a_number_that_a_workbook_holds_says_nothing_about_texts() -> None:
    cells = pl.DataFrame({"row": [2, 3], "0": ["1.5", "1.234,5"]})
    numeric = pl.DataFrame({"0": [True, False]})
    written = Written("x.xlsx", "Sheet", cells, {"quantity": ["0"]}, {"0": "qty"}, numeric=numeric)
    forms = decide(written, SourceRules("stock", TABLES["stock"]), AS_OF)
    assert (forms.of("quantity").decimal, forms.every()) == (",", [])


def test_a_proof_deep_in_a_long_column_is_found() -> None:
    texts = ["1.234"] * 300_001
    assert _decide("stock", {"quantity": [*texts, "0,5"]})[0]["quantity"].decimal == ","
    assert _decide("stock", {"quantity": [*texts, "0.5"]})[0]["quantity"].decimal == "."


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.decimals(-(10**12), 10**12, places=4), min_size=1, max_size=8),
    thousands=st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'", "’", ""]),
    comma=st.booleans(),
    negative=st.sampled_from(["-{}", "({})", "{}-", "−{}", "{} CR"]),
    sign=st.sampled_from(["{}", "€ {}", "{} EUR", "${}", "{} kr"]),
)
def test_any_numbers_come_back_exactly_from_whichever_notation(
    values: list[Decimal], thousands: str, comma: bool, negative: str, sign: str
) -> None:
    decimal = "," if comma else "."
    thousands = {",": ".", ".": ","}[decimal] if thousands in ",." and thousands else thousands

    def text(value: Decimal) -> str:
        digits = f"{abs(value):,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
        if value >= 0:
            return sign.format(digits)
        return negative.format(digits) if "CR" in negative else sign.format(negative.format(digits))

    # Four decimals prove the sign wherever the file is written in one way.
    assert _numbers("|".join(text(value) for value in values)) == ([values], [])


def _dates(
    texts: Sequence[str | None], table: str = "orders", name: str = "promised", **rules: object
) -> tuple[list[date | None], list[tuple[str, str]]]:
    forms, found = _decide(table, {name: texts}, None, **rules)
    read = pl.DataFrame({"t": texts}, schema={"t": pl.String}).select(day(pl.col("t"), forms[name].dates))
    return read.to_series().to_list(), found.select("code", "message").rows()


@pytest.mark.parametrize(
    "texts",
    [
        "30.11.2026|3.12.2026", "30/11/2026|03/12/2026", "11/30/2026|12/03/2026", "2026-11-30|2026-12-03",
        "2026/11/30|2026/12/03", "2026.11.30|2026.12.03", "20261130|20261203", "30-Nov-2026|03-Dec-2026",
        "30-NOV-26|3-DEC-26", "30. November 2026|3. Dezember 2026", "30 novembre 2026|3 décembre 2026",
        "30 de noviembre de 2026|3 de diciembre de 2026", "30 nov. 2026|3 dic. 2026",
        "30 november 2026|3 december 2026",
        "Nov 30, 2026|Dec 3, 2026", "30.11.26|03.12.26", "11/30/26|12/3/26", "30-11-2026|03-12-2026",
        "30.11.2026 14:30|03.12.2026 00:00:00", "11/30/2026 2:30 PM|12/3/2026 12:00 AM",
        "2026-11-30T14:30:00Z|2026-12-03T00:00:00+01:00", "2026-11-30 14:30:05.123|2026-12-03 00:00:00.000",
        "46356|46359", "46356.0|46359.75", "2026-11-30|46359", "30.11.2026|2026-12-03", "30.11.2026|-|03.12.2026|#",
    ],
)  # fmt: skip
def test_dates_are_read_in_whichever_order_they_come_and_nothing_is_told(texts: str) -> None:
    read, told = _dates(texts.split("|"))
    assert ([found for found in read if found], told) == ([date(2026, 11, 30), date(2026, 12, 3)], [])


def test_one_day_above_twelve_decides_for_the_whole_column() -> None:
    assert _dates(["03/04/2026", "05/06/2026", "13/06/2026"])[0][0] == date(2026, 4, 3)
    assert _dates(["03/04/2026", "05/06/2026", "06/13/2026"])[0][0] == date(2026, 3, 4)


def test_a_column_that_says_nothing_follows_the_other_dates_of_its_file() -> None:
    forms, found = _decide(
        "shipments", {"promised": ["03/04/2026", "05/06/2026"], "shipped": ["04/13/2026", "05/06/2026"]}
    )
    assert (forms["promised"].dates, found.height) == ("%m/%d/%Y", 0)


def test_what_has_happened_does_not_lie_in_the_future() -> None:
    texts = ["09/10/2026", "10/10/2026", "09/12/2026", "10/11/2026"]
    read, told = _dates(texts, "shipments", "shipped")
    assert read[0] == date(2026, 9, 10)
    assert told == [
        (
            "I213",
            "'09/10/2026' could be 2026-09-10 or 2026-10-09; read as 2026-09-10, because read otherwise more dates "
            "would lie after 2026-10, the last closed month",
        )
    ]


def test_failing_that_the_day_comes_first_and_it_is_told_how_to_declare_it() -> None:
    _, found = _decide("orders", {"promised": ["03/04/2026", "05/06/2026"]})
    assert found.select("code", "message", "hint").rows() == [
        (
            "I213",
            "'03/04/2026' could be 2026-04-03 or 2026-03-04; read as 2026-04-03, because most of the world writes the "
            "day first",
            'If that is wrong, declare `dates: "%m/%d/%Y"`; if it is right, `dates: "%d/%m/%Y"` says so for good.',
        )
    ]


def test_a_year_of_two_digits_may_come_first() -> None:
    read, told = _dates(["26-11-30", "26-12-03"])
    assert read == [date(2026, 11, 30), date(2026, 12, 3)]
    assert [code for code, _ in told] == []


def test_dates_that_read_the_same_in_both_orders_are_not_told() -> None:
    assert _dates(["05/05/2026", "07/07/2026"]) == ([date(2026, 5, 5), date(2026, 7, 7)], [])


def test_a_column_in_two_orders_follows_the_most_and_the_rest_is_rejected_and_told() -> None:
    read, told = _dates(["13/04/2026", "14/04/2026", "05/04/2026", "04/15/2026"])
    assert read == [date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 5), None]
    assert told == [
        (
            "I212",
            "3 cells written as 30/11/2026, such as '05/04/2026', but 1 cell as 11/30/2026, such as '04/15/2026'; the "
            "latter are rejected",
        )
    ]


def test_a_column_in_several_ways_none_of_which_has_the_most_is_told_too() -> None:
    read, told = _dates(["3-Okt-26", "4. März 2026", "5 oct. 2026"])
    assert read == [date(2026, 10, 3), None, None]
    assert [code for code, _ in told] == ["I212"]


def test_declared_dates_are_taken_without_a_word() -> None:
    assert _dates(["03/04/2026"], dates="%m/%d/%Y") == ([date(2026, 3, 4)], [])


def test_serials_count_from_1904_where_the_workbook_does() -> None:
    cells = pl.DataFrame({"row": [2], "0": ["44894"]})
    written = Written("x.xlsx", "S", cells, {"promised": ["0"]}, {"0": "due"}, since_1904=True)
    form = decide(written, SourceRules("orders", TABLES["orders"]), AS_OF).of("promised")
    assert form.dates == "excel-1904"
    assert cells.select(day(pl.col("0"), form.dates)).item() == date(2026, 11, 30)


def test_months_that_are_serials_count_from_1904_too() -> None:
    cells = pl.DataFrame({"row": [2, 3], "0": ["2026-10-31", "44895"]})
    written = Written("x.xlsx", "S", cells, {"month": ["0"]}, {"0": "Month"}, since_1904=True)
    form = decide(written, SourceRules("stock", TABLES["stock"]), AS_OF).of("month")
    read = cells.select(month(pl.col("0"), form.months)).to_series().to_list()
    assert read == [date(2026, 10, 1), date(2026, 12, 1)]


@pytest.mark.parametrize("text", ["00124", "12345", "99999"])
def test_a_code_among_dates_is_no_day_of_another_century(text: str) -> None:
    assert _dates(["2026-12-01", "2026-12-02", text])[0] == [date(2026, 12, 1), date(2026, 12, 2), None]


def test_serials_and_dates_without_hyphens_stand_beside_each_other_in_a_column_of_iso_dates() -> None:
    iso = [f"2026-12-0{day}" for day in range(1, 7)]
    read, told = _dates([*iso, "00124", "46296", "20261231"])
    assert read[6:] == [None, date(2026, 10, 1), date(2026, 12, 31)]
    assert told == []


def test_real_and_iso_dates_are_not_counted_among_those_written_in_the_order_of_the_column() -> None:
    _, [(code, message)] = _dates(["11/30/2026", "2026-12-01", "2026-12-02", "12/31/2026", "15/12/2026"])
    assert (code, message) == (
        "I212",
        "2 cells written as 11/30/2026, such as '11/30/2026', but 1 cell as 30/11/2026, such as '15/12/2026'; the "
        "latter are rejected",
    )


def _told_in_workbook(texts: list[str], sheet: str | None = "S", dates: str | None = None) -> list[tuple[str, str]]:
    cells = pl.DataFrame({"0": texts}).with_row_index("row", 2)
    written = Written("x.xlsx", sheet, cells, {"promised": ["0"]}, {"0": "due"})
    forms = decide(written, SourceRules("orders", TABLES["orders"], dates=dates), AS_OF)
    return [(one.rule.code, one.message) for one in forms.every()]


@pytest.mark.parametrize("dates", [None, "%d/%m/%Y"])
def test_real_dates_that_may_have_day_and_month_swapped_are_told(dates: str | None) -> None:
    message = (
        "2 real dates with no day after the 12th beside 2 texts with no other, such as '13/10/2026': a program that "
        "expects day and month the other way round may have swapped those of the real ones, and 2026-05-12 may be "
        "2026-12-05"
    )
    texts = ["2026-05-12", "2026-03-11", "13/10/2026", "25/11/2026"]
    assert _told_in_workbook(texts, dates=dates) == [("I213", message)]


def test_dates_that_speak_against_it_were_not_swapped() -> None:
    assert _told_in_workbook(["2026-05-13", "2026-03-11", "13/10/2026"]) == []
    assert _told_in_workbook(["2026-05-12", "2026-03-11", "13/10/2026", "05/10/2026"]) == []
    assert _told_in_workbook(["2026-05-12", "2026-03-11", "13/10/2026"], sheet=None) == []


def test_numbers_with_and_without_a_percent_sign_in_one_column_are_told() -> None:
    message = (
        "1 cell with %, such as '5%', read as 0.05, but 2 numbers above 1 without, such as '12', read as it stands"
    )
    assert _numbers("12|5%|7")[1] == [("I212", "warning", message)]
    assert _numbers("0.975|98 %")[1] == []
    assert _numbers("5%|7 %")[1] == []


def test_shares_and_amounts_stand_together_where_another_column_says_what_they_are() -> None:
    assert _decide("lever_costs", {"cost": ["30", "12.5%"]})[1].is_empty()
    assert _decide("targets", {"target": ["98 %", "120000"]})[1].is_empty()
    assert _decide("targets", {"target": ["98 %", "98.5"]})[1]["code"].to_list() == ["I212"]


def test_a_year_in_a_column_beside_months_without_one_is_read_with_them_as_the_hint_says() -> None:
    for year, months, shown in (
        ("Year", ["M09", "M10"], "M09"), ("Jahr", ["Sep", "Okt"], "Okt"), ("Fiscal year", ["P05"], "P05"),
        ("Année", ["9", "10"], "9"),
    ):  # fmt: skip
        [(code, severity, message, hint)] = _told_beside({year: ["2026"] * len(months)}, months)
        assert (code, severity) == ("I214", "error")
        assert message == f"'{shown}' names no year, which stands in '{year}'; such months are not read"
        assert hint == f"Declare `columns: {{month: [{year}, Period]}}` to read both together."


def test_what_is_called_a_year_but_holds_none_and_years_of_another_name_are_not_asked() -> None:
    for others in ({"Year": ["12", "13"]}, {"Base": ["2026", "2026"]}):
        assert _told_beside(others, ["M09", "M10"])[0][
            3
        ] == "Declare the year, e.g. `year: 2027`, or export months " + ("with their year.")


def test_the_name_of_a_file_gives_no_year_against_a_column_of_years() -> None:
    assert _told_beside({"Year": ["2026", "2027"]}, ["M09", "M01"], "2026.csv")[0][1] == "error"
    assert _told_beside({"Year": ["2026", "2026"]}, ["M09", "M10"], "2026.csv")[0][1] == "warning"


def _told_beside(others: dict[str, list[str]], months: list[str], near: str = "") -> list[tuple[str, str, str, str]]:
    """What is told of a column of months, headed Period, beside columns that nothing uses."""
    cells = pl.DataFrame({"Period": months, **others}).with_row_index("row", 2)
    headers = {name: name for name in cells.columns}
    written = Written("x.csv", None, cells, {"month": ["Period"]}, headers, [near], unused=list(others))
    found = as_findings(decide(written, SourceRules("stock", TABLES["stock"]), AS_OF).every(), "stock", "x.csv", None)
    return found.select("code", pl.col("severity").cast(pl.String), "message", "hint").rows()


def test_seconds_since_1970_are_not_guessed() -> None:
    assert _dates(["1795996800"])[0] == [None]


_ORDERS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d-%b-%y", "%d. %B %Y", "%m/%d/%y")


@settings(max_examples=30, deadline=None)
@given(
    dates=st.lists(st.dates(date(2016, 1, 1), date(2035, 12, 31)), max_size=20),
    written=st.sampled_from(_ORDERS),
    time=st.sampled_from(["", " 10:30", " 00:00:00"]),
    order=st.randoms(use_true_random=False),
)
def test_any_dates_in_one_order_come_back_where_one_of_them_is_unmistakable(
    dates: list[date], written: str, time: str, order: Random
) -> None:
    dates = [*dates, date(2026, 10, 31), date(2026, 10, 31) - timedelta(200)]
    order.shuffle(dates)
    assert _dates([f"{found.strftime(written)}{time}" for found in dates]) == (dates, [])
