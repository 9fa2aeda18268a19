"""Totals of a file are held against the records they cover, in the words and signs of the file."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]


def _stock(page: Grid, *corrections: Correction, **rules: object) -> Source:
    return ingest([page], SourceRules("stock", TABLES["stock"], **rules), date(2026, 10, 1), corrections)  # type: ignore[arg-type]


def _wrong(found: Source) -> list[str]:
    return found.findings.filter(code="I115")["message"].to_list()


@pytest.mark.parametrize(("total", "left_out"), [("160.242", "160242"), ("160.244", "160244"), ("160242", "160242")])
def test_a_total_with_separators_over_whole_numbers_is_read_as_what_it_adds_up(
    csv: Csv, total: str, left_out: str
) -> None:
    found = _stock(csv(f"Monat;Artikel;Werk;Menge\n10.2026;A;P1;80121\n10.2026;B;P1;80121\nSumme;;;{total}\n", ";"))
    sums = found.controls.filter(column="quantity").select("read", "accepted", "excluded").row(0)
    assert sums == (160242 + Decimal(left_out), Decimal(160242), Decimal(left_out))


def test_both_numbers_of_a_sentence_are_written_as_the_file_writes_them(csv: Csv) -> None:
    text = "Monat;Artikel;Werk;Menge;Wert\n10.2026;A;P1;80.121,5;1,5\n10.2026;B;P1;80.121;3\nSumme;;;160.244,5;5,5\n"
    assert _wrong(_stock(csv(text, ";"))) == [
        "Summe says 160.244,5, but rows 2 to 3 add up to 160.242,5",
        "Summe says 5,5, but rows 2 to 3 add up to 4,5",
    ]


def _mend(row: int, value: str, corrected: str) -> Correction:
    return Correction(2, "x.csv", None, row, "qty", value, corrected, "Ann", "slip")


TEXT = "month,item,site,qty\n2026-10,A,P1,10\n2026-10,B,P1,7\n"


def test_a_total_that_adds_up_once_a_cell_is_corrected_is_right(csv: Csv) -> None:
    page = csv(TEXT + "Total,,,15\n")
    assert _wrong(_stock(page)) == ["Total says 15, but rows 2 to 3 add up to 17"]
    assert _wrong(_stock(page, _mend(2, "10", "8"))) == []
    assert _wrong(_stock(page, _mend(2, "10", "9"))) == [
        "Total says 15, but rows 2 to 3 add up to 16 with their corrections"
    ]


def test_a_total_that_the_extract_adds_up_to_stays_right_when_a_cell_is_corrected(csv: Csv) -> None:
    assert _wrong(_stock(csv(TEXT + "Total,,,17\n"), _mend(2, "10", "8"))) == []


def test_a_total_may_or_may_not_count_a_record_that_is_there_twice(csv: Csv) -> None:
    twice = TEXT + "2026-10,B,P1,7\n"
    assert _wrong(_stock(csv(twice + "Total,,,24\n"))) == []
    assert _wrong(_stock(csv(twice + "Total,,,17\n"))) == []
    assert _wrong(_stock(csv(twice + "Total,,,18\n"))) == [
        "Total says 18, but rows 2 to 4 add up to 24, and without those that are there twice to 17"
    ]


def test_a_total_of_a_scaled_column_is_compared_in_the_units_of_the_file(csv: Csv) -> None:
    found = _stock(csv(TEXT + "Total,,,18\n"), scale={"quantity": 1000})
    assert _wrong(found) == ["Total says 18, but rows 2 to 3 add up to 17"]


def test_a_total_over_two_pages_counts_the_corrected_cells_of_the_first(csv: Csv) -> None:
    whole = csv(TEXT + "2026-10,C,P1,5\n2026-10,D,P1,1\nTotal,,,20\n")
    pages = [Grid(**vars(whole) | {"cells": whole.cells.slice(*part), "fields": None}) for part in ((0, 4), (4, 9))]
    rules = SourceRules("stock", TABLES["stock"])
    raw = ingest(pages, rules, date(2026, 10, 1))
    assert _wrong(raw) == ["Total says 20, but rows 2 to 5 add up to 23"]
    assert _wrong(ingest(pages, rules, date(2026, 10, 1), [_mend(2, "10", "7")])) == []


def test_months_that_run_across_are_each_held_against_their_own_total(csv: Csv) -> None:
    page = csv("item,segment,2026-11,2026-12,2027-01\nA,R,10,1,1\nB,R,7,2,1\nTotal,,18,3,2\n")
    found = ingest([page], SourceRules("forecast", TABLES["forecast"]), date(2026, 10, 1))
    assert found.findings.filter(code="I115").select("column", "message").rows() == [
        ("2026-11", "Total says 18, but rows 2 to 3 add up to 17")
    ]
