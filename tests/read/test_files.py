from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.read.files import locate


def _folder(base: Path, *names: str) -> Path:
    for name in names:
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text("x")
    return base


def _names(base: Path, *patterns: str) -> list[str]:
    return [extract.name for extract in locate(base, patterns, "2026-11")]


def test_the_cycle_is_put_into_the_path(tmp_path: Path) -> None:
    base = _folder(tmp_path, "extracts/2026-11/stock.csv", "extracts/2026-10/stock.csv")
    assert _names(base, "extracts/{cycle}/stock.csv") == ["extracts/2026-11/stock.csv"]


def test_a_star_matches_several_files_sorted_and_leaves_lock_files_alone(tmp_path: Path) -> None:
    base = _folder(tmp_path, "e/b.xlsx", "e/a.xlsx", "e/~$a.xlsx", "e/c.csv", "e/sub.xlsx/x")
    assert _names(base, "e/*.xlsx") == ["e/a.xlsx", "e/b.xlsx"]


def test_files_that_differ_in_a_month_come_month_by_month_so_that_the_later_one_is_the_later_extract(
    tmp_path: Path,
) -> None:
    names = ["e/Plan Okt 2026.csv", "e/Plan Nov 2026.csv", "e/Plan Dez 2026.csv", "e/Plan Jan 2027.csv"]
    assert _names(_folder(tmp_path, *names), "e/Plan *.csv") == names


def test_numbers_in_names_count_by_their_value(tmp_path: Path) -> None:
    names = ["e/stock v2.csv", "e/stock v9.csv", "e/stock v10 part 9.csv", "e/stock v10 part 10.csv", "e/stock v10.csv"]
    assert _names(_folder(tmp_path, *names), "e/*.csv") == names


def test_only_the_star_is_a_wildcard(tmp_path: Path) -> None:
    base = _folder(tmp_path, "stock [1].csv", "stock 1.csv")
    assert _names(base, "stock [1]*") == ["stock [1].csv"]


def test_a_file_that_two_patterns_match_is_read_once(tmp_path: Path) -> None:
    base = _folder(tmp_path, "a.csv", "b.csv")
    assert _names(base, "b.csv", "*.csv") == ["b.csv", "a.csv"]


def test_a_missing_file_is_told_with_the_files_that_are_there(tmp_path: Path) -> None:
    base = _folder(tmp_path, *(f"e/file{number}.csv" for number in range(10)))
    with pytest.raises(SopError) as stop:
        _names(base, "e/stock_{cycle}.csv")
    assert (stop.value.code, stop.value.file, stop.value.message) == (2, "e/stock_2026-11.csv", "no such file")
    assert stop.value.hint.startswith("files in e/: file0.csv, file1.csv,")
    assert "file7.csv and 2 more; put the extract there" in stop.value.hint


def test_a_missing_folder_is_told_with_the_nearest_one_there_is(tmp_path: Path) -> None:
    base = _folder(tmp_path, "config.yaml")
    with pytest.raises(SopError) as stop:
        _names(base, "extracts/2026/*.csv")
    assert stop.value.hint.startswith("there is no folder extracts/; there are no folders beside the config;")


@pytest.mark.parametrize("pattern", ["../secret.csv", "link.csv", "/etc/passwd", "../*.csv"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, pattern: str) -> None:
    _folder(tmp_path, "secret.csv", "base/config.yaml")
    (tmp_path / "base/link.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SopError, match="leads out of the folder of the config"):
        _names(tmp_path / "base", pattern)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    base = _folder(tmp_path, "extracts/stock.csv")
    with pytest.raises(SopError, match="a folder, not a file"):
        _names(base, "extracts")
