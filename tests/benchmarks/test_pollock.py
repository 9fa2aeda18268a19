import json
from pathlib import Path

import pytest

from tests.benchmarks.pollock import main, measures

TABLE = [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_file_read_right_scores_ten() -> None:
    assert measures(TABLE, TABLE, True) == (1.0,) * 10


def test_cells_are_compared_without_the_blanks_around_them() -> None:
    assert measures([["a ", "b"], ["1", " 2"], ["3", "4"]], TABLE, True) == (1.0,) * 10


def test_an_empty_cell_counts_in_its_record() -> None:
    scored = measures([["a", "b"], ["1", "2", ""], ["3", "4"]], TABLE, True)
    assert scored[4:7] == (0.5, 0.5, 0.5)
    assert scored[7:] == pytest.approx((4 / 5, 1, 8 / 9))


def test_what_is_not_expected_counts_as_read_right() -> None:
    assert measures([["x"]], [], False) == (1.0,) * 10
    assert measures([], TABLE, True) == (1.0, *(0.0,) * 9)


def test_the_scores_of_a_folder_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("csv", "clean", "parameters"):
        (tmp_path / folder).mkdir()
    (tmp_path / "csv" / "x.csv").write_text("Report\n\nitem;qty;price\nA;5;1,5\nB;7;2,5\n")
    (tmp_path / "clean" / "x.csv").write_text('"item","qty","price"\n"A","5","1,5"\n"B","7","2,5"\n')
    (tmp_path / "parameters" / "x.csv_parameters.json").write_text(json.dumps({"header_lines": 1}))
    main([str(tmp_path)])
    said = capsys.readouterr().out
    assert "sop 10.00" in said.splitlines()[0]
    assert said.splitlines()[-1].split()[:2] == ["sum", "10.000"]
