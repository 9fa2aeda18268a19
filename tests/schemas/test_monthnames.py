"""Months as people write them into titles and the names of files."""

from datetime import date

import pytest

from sop_cli.schemas.monthnames import in_order, month_in, month_open


@pytest.mark.parametrize(
    ("text", "month", "written"),
    [
        ("Absatzplan Nov 2026", (2026, 11), "Nov 2026"),
        ("forecast_november_2026", (2026, 11), "november_2026"),
        ("ventes-févr.2026", (2026, 2), "févr.2026"),
        ("Stand per 31. Oktober 2026", (2026, 10), "31. Oktober 2026"),
        ("as of Oct '26", (2026, 10), "Oct '26"),
        ("Sales Okt26", (2026, 10), "Okt26"),
        ("2026 Mrz", (2026, 3), "2026 Mrz"),
        ("stock 2026-10", (2026, 10), "2026-10"),
        ("Lieferungen_20261103", (2026, 11), "20261103"),
        ("Bestand 31.10.2026", (2026, 10), "31.10.2026"),
        ("MARD 31102026", (2026, 10), "31102026"),
        ("1.9.2026", (2026, 9), "1.9.2026"),
        ("au 31/10/2026", (2026, 10), "31/10/2026"),
        ("as of 10/31/2026", (2026, 10), "10/31/2026"),
        ("Preisliste 11-2026", (2026, 11), "11-2026"),
    ],
)
def test_a_month_is_found_where_a_text_names_it(text: str, month: tuple[int, int], written: str) -> None:
    found = month_in(text)
    assert found is not None
    assert (found[0], text[found[1] : found[2]]) == (date(*month, 1), written)


@pytest.mark.parametrize(
    "text", ["Budget 2026", "Marketing 2026", "SAP4711", "P07 week 40 2026", "03/11/2026", "31.10"]
)
def test_what_names_no_month_for_sure_is_none(text: str) -> None:
    assert month_in(text) is None


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("e/Absatzplan Nov 2026.xlsx", "e/Absatzplan *.xlsx"),
        ("e/Bestand 31.10.xlsx", "e/Bestand *.xlsx"),
        ("e/Bestand_31.10.2026.csv", "e/Bestand_*.csv"),
        ("2026-10/sales.csv", "2026-10/sales.csv"),  # the folder is another matter
        ("e/Version 1.10.3.csv", "e/Version 1.10.3.csv"),
        ("e/Sales 2026.csv", "e/Sales 2026.csv"),
    ],
)
def test_the_month_in_the_name_of_a_file_is_left_open(path: str, shown: str) -> None:
    assert month_open(path) == shown


def test_files_that_differ_in_a_month_come_month_by_month_and_others_by_name() -> None:
    names = ["b2.csv", "Plan Jan 2027.csv", "b10.csv", "Plan Dez 2026.csv", "Plan Nov 2026.csv"]
    ordered = ["Plan Nov 2026.csv", "Plan Dez 2026.csv", "Plan Jan 2027.csv", "b2.csv", "b10.csv"]
    assert sorted(names, key=in_order) == ordered
