"""Which cycle a command works on."""

from pathlib import Path

import pytest

from sop_cli.config.cycle import choose_cycle
from sop_cli.config.model import Config
from sop_cli.errors import SopError


def config(files: str, cycle: str | None = None) -> Config:
    return Config.model_validate(
        {"company": "Toy", "currency": "EUR", "cycle": cycle, "sources": {"items": {"files": files}}}
    )


def touched(base: Path, *names: str) -> Path:
    for name in names:
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).touch()
    return base


def test_the_flag_wins_over_the_config_and_the_config_over_the_disk(tmp_path: Path) -> None:
    touched(tmp_path, "2026-11/items.csv")
    assert choose_cycle(config("{cycle}/items.csv", "2026-10"), tmp_path, "2026-09") == "2026-09"
    assert choose_cycle(config("{cycle}/items.csv", "2026-10"), tmp_path, None) == "2026-10"
    assert choose_cycle(config("{cycle}/items.csv"), tmp_path, None) == "2026-11"


def test_the_newest_month_with_extracts_is_taken(tmp_path: Path) -> None:
    touched(tmp_path, "in/2026-09/items.csv", "in/2026-10/items.csv", "in/2026-11/other.csv", "in/2026-99/items.csv")
    assert choose_cycle(config("in/{cycle}/items.csv"), tmp_path, None) == "2026-10"


def test_where_the_cycle_stands_twice_in_a_path_it_is_one_month(tmp_path: Path) -> None:
    touched(tmp_path, "2026-09/items_2026-09_v2.csv", "2026-10/items_2026-09_v1.csv")
    assert choose_cycle(config("{cycle}/items_{cycle}_*.csv"), tmp_path, None) == "2026-09"


def test_a_folder_with_signs_that_mean_something_to_a_pattern_is_read_as_written(tmp_path: Path) -> None:
    base = touched(tmp_path / "plan [new]", "2026-10/items (1).csv")
    assert choose_cycle(config("{cycle}/items (1).csv"), base, None) == "2026-10"


@pytest.mark.parametrize("files", ["{cycle}/items.csv", "items.csv"])
def test_without_any_cycle_the_hint_says_how_to_name_one(tmp_path: Path, files: str) -> None:
    with pytest.raises(SopError) as caught:
        choose_cycle(config(files), tmp_path, None)
    assert "--cycle" in caught.value.hint


def test_a_cycle_that_is_no_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SopError, match=r"expected e\.g\. 2026-11, found '2026-13'"):
        choose_cycle(config("items.csv"), tmp_path, "2026-13")
