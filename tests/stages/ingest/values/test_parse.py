import unicodedata
from datetime import date
from decimal import Decimal
from typing import Literal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_cli.schemas.column import EXACT, Column
from sop_cli.schemas.monthnames import MONTH_NAMES, month_number
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.days import day, month
from sop_cli.stages.ingest.values.numbers import number
from sop_cli.stages.ingest.values.parse import Form, is_empty, typed


def _number(text: str, decimal: str = ".") -> Decimal | None:
    read = pl.DataFrame({"text": [text]}).select(number(pl.col("text"), decimal))
    assert read.dtypes == [EXACT]
    found: Decimal | None = read.item()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", "12"), ("-3", "-3"), ("+3", "3"), (".5", "0.5"), ("5.", "5"), ("00012", "12"),
        ("1,234,567.5", "1234567.5"), ("1 234", "1234"), ("1\u00a0234\u202f567.8", "1234567.8"), ("1'234", "1234"),
        ("1’234", "1234"), ("(200)", "-200"), ("200-", "-200"), ("200 -", "-200"), ("−200", "-200"), ("- 200", "-200"),
        ("€ 1,200", "1200"), ("-€200", "-200"), ("€-200", "-200"), ("(€200)", "-200"), ("200- EUR", "-200"),
        ("(200) USD", "-200"), ("eur 5", "5"), ("£5", "5"), ("5%", "0.05"), ("(5 %)", "-0.05"),
        ("1E5", "100000"), ("1.5e-3", "0.0015"), ("0.30000000000000004", "0.3"), ("1.000000005", "1"),
        ("1.000000015", "1.00000002"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, expected: str) -> None:
    assert _number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1,5", "1.5"),
        (",5", "0.5"),
        ("1 234,50 €", "1234.5"),
        ("1,5-", "-1.5"),
    ],
)
def test_numbers_with_a_decimal_comma(text: str, expected: str) -> None:
    assert _number(text, ",") == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1.234.5", ","), ("1234.5", ","), ("1.23", ","), ("1,23", "."), ("1,2345", "."), ("12,34,56", "."),
        ("1,234 567", "."), ("1 23", "."), ("--5", "."), ("(-5)", "."), ("12-3", "."), ("1/2", "."), ("EUR", "."),
        ("12 kg", "."), ("0x10", "."), ("inf", "."), ("nan", "."), ("1_00", "."), ("1e400", "."), ("9" * 19, "."),
        ("２", "."), ("2026-11-03", "."), ("%", "."), ("5 % %", "."),
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_not_guessed(text: str, decimal: str) -> None:
    assert _number(text, decimal) is None


@given(value=st.decimals(-(10**15), 10**15, places=8), comma=st.booleans())
def test_a_number_is_exact_however_it_is_grouped(value: Decimal, comma: bool) -> None:
    swap = str.maketrans(",.", ".,")
    text = f"{value:,}".translate(swap) if comma else f"{value:,}"
    assert _number(text, "," if comma else ".") == value


@pytest.mark.parametrize("text", ["-", "–", "n/a", "NULL", "null", r"\N", "(null)", None])
def test_a_word_for_nothing_is_empty_in_a_number_and_in_a_code(text: str | None) -> None:
    assert (_is_empty(text, "number"), _is_empty(text, "code")) == (True, True)
    assert _typed_code(text) is None


@pytest.mark.parametrize("text", ["NA", "na", "None", "#", ".", "N-A", "NULL-1"])
def test_what_may_be_a_code_is_none_only_in_a_number(text: str) -> None:
    assert _is_empty(text, "code") is False
    assert _typed_code(text) == text


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#NV", "#BEZUG!"])
def test_the_error_of_a_spreadsheet_is_no_code_and_not_empty_either(text: str) -> None:
    assert _is_empty(text, "code") is False
    assert _typed_code(text) is None


def _is_empty(text: str | None, kind: Literal["number", "code"]) -> bool:
    cells = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    return bool(cells.select(is_empty(Column("x", kind, ""), pl.col("text"))).item())


def _typed_code(text: str | None) -> str | None:
    cells = pl.DataFrame({"text": [text, "A"]}, schema={"text": pl.String})
    rules = SourceRules("stock", TABLES["stock"])
    read: str | None = cells.select(typed(Column("x", "code", ""), pl.col("text"), Form(), rules))["text"][0]
    return read


def _date(text: str, written: str) -> date | None:
    found: date | None = pl.DataFrame({"text": [text]}).select(day(pl.col("text"), written)).item()
    return found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-03", "%Y-%m-%d"), ("03.11.2026", "%d.%m.%Y"), ("3.11.2026", "%d.%m.%Y"), ("11/03/2026", "%m/%d/%Y"),
        ("03.11.26", "%d.%m.%y"), ("20261103", "%Y%m%d"), ("3-NOV-26", "%d-%b-%y"), ("2026-11-03", "%d.%m.%Y"),
        ("2026-11-03T00:00:00", "%d.%m.%Y"), ("2026-11-03 14:30", "%Y-%m-%d"),
    ],
)  # fmt: skip
def test_dates_as_declared_or_iso(text: str, written: str) -> None:
    assert _date(text, written) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("31.02.2026", "%d.%m.%Y"), ("2026-02-30", "%Y-%m-%d"), ("03.11.26", "%d.%m.%Y"), ("26-11-03", "%Y-%m-%d"),
        ("2026113", "%Y%m%d"), ("46329", "%Y-%m-%d"), ("03.11.2026 X", "%d.%m.%Y"), ("0206-11-03", "%Y-%m-%d"),
    ],
)  # fmt: skip
def test_impossible_and_half_fitting_dates_are_not_guessed(text: str, written: str) -> None:
    assert _date(text, written) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11", "%Y-%m"), ("2026-11-30", "%Y-%m"), ("11.2026", "%m.%Y"), ("Nov-26", "%b-%y"), ("202611", "%Y%m"),
        ("30.11.2026", "%d.%m.%Y"), ("2026-11", "%b %Y"), ("2026-11-30T00:00:00", "%b %Y"),
    ],
)  # fmt: skip
def test_months_are_their_first_day(text: str, written: str) -> None:
    read = pl.DataFrame({"text": [text]}).select(month(pl.col("text"), written)).item()
    assert read == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, "January Januar Jänner Janvier janv. Enero ene Gennaio gen Januari jan."),
        (2, "February Februar Febr. Février févr fév. Febrero Febbraio Februari feb"),
        (3, "March März MÄRZ Mär. Mrz Maerz Mars Marzo Maart mrt mar"),
        (4, "April Avril avr. Abril abr Aprile apr"),
        (5, "May Mai Mayo Maggio mag Mei"),
        (6, "June Juni Juin Junio Giugno giu jun"),
        (7, "July Juli Juillet juil. Julio Luglio lug jul"),
        (8, "August Août AOÛT aout Agosto ago Augustus aug"),
        (9, "September Sept. Septembre Septiembre Settembre set sep"),
        (10, "October Oktober Okt. OKT Octobre Octubre Ottobre ott oct"),
        (11, "November Novembre Noviembre nov. NOV"),
        (12, "December Dezember Dez DEZ. Décembre déc. Diciembre dic Dicembre dec"),
    ],
)
@pytest.mark.parametrize("written", ["%b %y", "%B %y", "%b. %y"])
def test_months_are_understood_in_six_languages(number: int, names: str, written: str) -> None:
    texts = [f"{form} 27" for name in names.split() for form in (name, unicodedata.normalize("NFD", name))]
    read = pl.DataFrame({"text": texts}).with_columns(month=month(pl.col("text"), written))
    assert read.filter(pl.col("month").ne_missing(date(2027, number, 1)))["text"].to_list() == []


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, "styczeń Stycznia STY janeiro leden ledna tammikuu Tammikuuta ocak"),
        (2, "luty lutego LUT fevereiro únor února helmikuu Şubat"),
        (3, "marzec MARCA março MARÇO marts březen března maaliskuu mart"),
        (4, "kwiecień kwietnia kwi duben dubna huhtikuu nisan"),
        (5, "maj maja maio květen května toukokuu touko Mayıs MAYIS"),
        (6, "czerwiec czerwca cze junho červen června kesäkuu haziran HAZİRAN"),
        (7, "lipiec lipca lip julho červenec července heinäkuu temmuz"),
        (8, "sierpień sierpnia sie augusti srpen srpna elokuu ağustos"),
        (9, "wrzesień września wrz setembro září syyskuu eylül"),
        (10, "październik października paź outubro out říjen října lokakuu ekim"),
        (11, "listopad listopada listopadu lis novembro marraskuu kasım"),
        (12, "grudzień grudnia gru dezembro desember des prosinec prosince joulukuu aralık"),
    ],
)
@pytest.mark.parametrize("written", ["%b %y", "%B %y"])
def test_months_are_understood_from_warsaw_to_lisbon_and_helsinki_to_ankara(
    number: int, names: str, written: str
) -> None:
    texts = [f"{form} 27" for name in names.split() for form in (name, unicodedata.normalize("NFD", name))]
    read = pl.DataFrame({"text": texts}).with_columns(month=month(pl.col("text"), written))
    assert read.filter(pl.col("month").ne_missing(date(2027, number, 1)))["text"].to_list() == []
    assert {text: month_number(text.removesuffix(" 27")) for text in texts} == dict.fromkeys(texts, number)


def test_no_name_of_a_month_means_two() -> None:
    names = [name for month in MONTH_NAMES for name in month.split()]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("text", ["Summe 27", "Marsch 27", "Mai", "Total Mai 27", "Mai Mai 27", "Q1 27"])
def test_a_text_with_a_month_in_it_is_not_taken_for_one(text: str) -> None:
    assert pl.DataFrame({"text": [text]}).select(month(pl.col("text"), "%b %y")).item() is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("3. Dezember 2026", "%d. %B %Y"), ("03.Dez.2026", "%d.%b.%Y"), ("3-DÉC-26", "%d-%b-%y"),
        ("03dic2026", "%d%b%Y"), ("2026-12-03", "%d. %B %Y"),
    ],
)  # fmt: skip
def test_dates_are_understood_with_month_names_of_other_languages(text: str, written: str) -> None:
    assert _date(text, written) == date(2026, 12, 3)


@pytest.mark.parametrize("text", ["Nov-26", "Dec-28"])
def test_a_year_before_all_calendars_is_no_month(text: str) -> None:
    assert pl.DataFrame({"text": [text]}).select(month(pl.col("text"), "%B %Y")).item() is None


@pytest.mark.parametrize("text", ["2026-13", "2026", "26-11", "November", "2026-11-31"])
def test_what_is_no_month_is_not_guessed(text: str) -> None:
    assert pl.DataFrame({"text": [text]}).select(month(pl.col("text"), "%Y-%m")).item() is None


def test_words_with_choices_are_read_without_case_and_numbers_are_scaled() -> None:
    rules = SourceRules("items", TABLES["items"], scale={"case_size": 1000})
    policy, size = rules.table.column("policy"), rules.table.column("case_size")
    read = pl.DataFrame({"p": ["MTS", "mtx"], "s": ["1.5", "-"]}).select(
        typed(policy, pl.col("p"), Form(), rules), typed(size, pl.col("s"), Form(), rules)
    )
    assert read.rows() == [("mts", Decimal(1500)), (None, None)]
