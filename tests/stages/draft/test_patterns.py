"""The month in the name of a file is left open, so that the next month's file is found too."""

import pytest

from sop_cli.schemas.draft import DraftSource
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked


def _forecast(file: str, add: int = 0) -> Looked:
    rows = [f"A{at};S;{at + add};2;3" for at in range(4)]
    return looked("Item;Segment;Nov 2026;Dec 2026;Jan 2027\n" + "\n".join(rows), file)


def _ledger(file: str, *months: str) -> Looked:
    rows = [f"{month};{account};{at}" for month in months for at, account in enumerate(("400", "500", "600"))]
    return looked("Month;Account;Amount\n" + "\n".join(rows), file)


def _source(*seen: Looked) -> DraftSource:
    [source] = draft(seen).sources
    return source


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("e/2026-11/Absatzplan Nov 2026.csv", "e/{cycle}/Absatzplan *.csv"),
        ("e/2026-11/forecast_november_2026.csv", "e/{cycle}/forecast_*.csv"),
        ("e/2026-11/forecast 31.10.csv", "e/{cycle}/forecast *.csv"),
        ("e/2026-11/forecast 2026-10.csv", "e/{cycle}/forecast *.csv"),
        ("e/2026-11/forecast.csv", "e/{cycle}/forecast.csv"),
    ],
)
def test_in_the_folder_of_a_cycle_the_month_is_left_open(file: str, pattern: str) -> None:
    source = _source(_forecast(file))
    assert (source.files, source.later_counts) == ((pattern,), False)


def test_of_two_issues_in_one_folder_the_one_of_the_later_month_counts() -> None:
    source = _source(_forecast("e/2026-11/Plan Nov 2026.csv"), _forecast("e/2026-11/Plan Dez 2026.csv"))
    assert source.files == ("e/{cycle}/Plan Dez 2026.csv",)
    assert "the newest of 2 that look alike" in source.reasons[-1]


def test_beside_each_other_the_later_file_counts_and_it_is_said_what_that_leaves() -> None:
    source = _source(_forecast("e/Absatzplan Nov 2026.csv"))
    assert (source.files, source.later_counts) == (("e/Absatzplan *.csv",), True)
    assert "what stands only in an older file counts as well, so check" in source.reasons[-1]


def test_a_ledger_of_several_months_is_not_added_up_with_the_next_one() -> None:
    assert _source(_ledger("e/Ledger Oct 2026.csv", "2026-09", "2026-10")).files == ("e/Ledger Oct 2026.csv",)
    assert _source(_ledger("e/Ledger Oct 2026.csv", "2026-10")).files == ("e/Ledger *.csv",)
    months = [_ledger(f"e/Ledger {name} 2026.csv", month) for name, month in (("Sep", "2026-09"), ("Oct", "2026-10"))]
    assert _source(*months).files == ("e/Ledger *.csv",)


def test_a_pattern_never_means_the_file_of_something_else() -> None:
    prices = looked("Item;Segment;Price\nA;S;1\nB;S;2\n", "e/2026-11/Plan A.csv")
    found = {source.name: source for source in draft([_forecast("e/2026-11/Plan Nov 2026.csv"), prices]).sources}
    assert found["forecast"].files == ("e/{cycle}/Plan Nov 2026.csv",)
    assert "with * for its month it would mean e/2026-11/Plan A.csv too" in found["forecast"].reasons[-1]
