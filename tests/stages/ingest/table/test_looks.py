import pytest

from sop_cli.stages.ingest.table.looks import is_line, look, periods


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("number", ["5", "-5", "5-", "(200)", "1.234,56", "1,234.5", "$90.99", "5 EUR", "12.5%",
                    "1E5", "00123", "1 234,5", "1\u00a0234,5", "499- EUR", "€ (0.01)", "EUR ( 5 )"]),
        ("date", ["14/03/2018", "2026-01-31", "31.12.2026", "12 Jan 2026", "3. März 2026", "05:15", "1/2/26 10:00 AM"]),
        ("month", ["Jan-26", "2026-01", "01/2026", "M01", "2026M05", "Q3 26", "KW 12", "P05/2026",
                   "FY26-P5", "Février 2026", "005/2026", "grudzień 2026", "kesäkuu"]),
        ("code", ["YY-2600", "H2O", "A1", "100-100", "yes"]),
        ("text", ["Name", "Men's Boots", "https://example.com/1", "a@b1.com", "Total", "a b 3", "Marco", "Out"]),
        ("empty", [" ", "-", "n/a", "N/A", ".."]),
    ],
)  # fmt: skip
def test_a_cell_looks_like_what_people_see_in_it(kind: str, texts: list[str]) -> None:
    assert {text: look(text) for text in texts} == dict.fromkeys(texts, kind)


@pytest.mark.parametrize(
    ("cells", "across"),
    [
        (["Item", "2024", "2025", "2026"], {1, 2, 3}),
        (["Item", "2024", "2025", "2024", "2025"], {1, 2, 3, 4}),
        (["Item", "1", "2", "3"], {1, 2, 3}),
        (["Item", "Jan", "Feb", None], {1, 2}),
        (["Item", "5", "9", "7"], set()),
        (["Item", "2026-01-31", "5"], set()),
    ],
)
def test_months_years_and_steps_run_across(cells: list[str | None], across: set[int]) -> None:
    assert periods(cells) == across


def test_a_line_of_dashes_is_a_line() -> None:
    assert is_line(["-----", None, "==="])
    assert not is_line(["-----", "x"])
    assert not is_line([None, None])
