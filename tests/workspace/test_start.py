"""A workspace is started without ever overwriting anything."""

from pathlib import Path

import pytest

from sop_cli.config.load import load_config
from sop_cli.errors import SopError
from sop_cli.workspace.start import SampleCompany, start_workspace


def sample(folder: Path) -> SampleCompany:
    (folder / "sample_data").mkdir()
    (folder / "sample_data" / "items.csv").write_text("item\n00123\n")
    (folder / "config.example.yaml").write_text("company: Sample\n")
    return SampleCompany(folder / "config.example.yaml", folder / "sample_data")


def test_the_first_config_is_one_that_loads(tmp_path: Path) -> None:
    config, extracts = start_workspace(tmp_path / "new", None)
    assert load_config(config).config.company == "My company"
    assert list(extracts.iterdir()) == []


def test_the_sample_comes_with_config_and_extracts(tmp_path: Path) -> None:
    start_workspace(tmp_path / "new", sample(tmp_path))
    assert (tmp_path / "new/config.yaml").read_text() == "company: Sample\n"
    assert (tmp_path / "new/sample_data/items.csv").read_text() == "item\n00123\n"


@pytest.mark.parametrize("there", ["config.yaml", "sample_data/items.csv"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, there: str) -> None:
    path = tmp_path / "new" / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(SopError, match="already there") as caught:
        start_workspace(tmp_path / "new", sample(tmp_path))
    assert caught.value.code == 2
    assert path.read_text() == "mine"
    assert [file.name for file in (tmp_path / "new").rglob("*") if file.is_file()] == [path.name]
