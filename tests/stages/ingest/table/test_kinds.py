import polars as pl
import pytest

from sop_cli.stages.ingest.table.kinds import column_kind


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ([None, None], "empty"),
        (["-", "n/a"], "empty, or a sign for nothing"),
        (["00123", "00124"], "code, leading zeros"),
        (["5", "-7", None], "whole number"),
        (["1.234,50", "7,5"], "number, decimal comma"),
        (["1,234.50", "7.5"], "number, decimal point"),
        (["1.234", "5.678"], "number, 1.234 or 1,234: decimals or thousands?"),
        (["A1", "B-22"], "code"),
        (["P1", "P2"], "code or period"),
        (["2026-01", "2026-02"], "month"),
        (["Ann", "Bob"], "text"),
        (["1", "two", "3", "4"], "number and text mixed"),
        (["2026-01-31"], "date, YYYY-MM-DD"),
        (["31/01/2026", "01/02/2026"], "date, DD/MM/YYYY"),
        (["01/31/2026", "01/02/2026"], "date, MM/DD/YYYY"),
        (["01/02/2026"], "date, DD/MM/YYYY or MM/DD/YYYY?"),
        (["31/01/2026", "01/31/2026"], "date, days and months in both orders"),
        (["1.2.26"], "date, DD.MM.YY"),
        (["31/01/2026 10:00"], "date and time, DD/MM/YYYY"),
        (["12 Jan 2026"], "date, month by name"),
        (["10:15", "11:15"], "time of day"),
    ],
)
def test_a_column_is_named_by_what_it_holds(texts: list[str | None], kind: str) -> None:
    assert column_kind(pl.Series(texts, dtype=pl.String)) == kind


def test_numbers_stored_as_text_in_a_workbook_are_told() -> None:
    assert column_kind(pl.Series(["5", "7.5"]), pl.Series([True, False])) == "number, some stored as text"
