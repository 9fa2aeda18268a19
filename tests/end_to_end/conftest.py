"""The sample company, extracts only and after a finished run; every test breaks a copy of its own."""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.company import ROOT, Ask, Company, asking, copied


@pytest.fixture(scope="session")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the sample company that nobody has run yet."""
    base = tmp_path_factory.mktemp("extracts")
    shutil.copytree(ROOT / "sample_data", base / "sample_data")
    shutil.copy(ROOT / "config.example.yaml", base / "config.yaml")
    return base


@pytest.fixture(scope="session")
def finished(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after a run of its newest cycle."""
    company = copied(extracts, tmp_path_factory.mktemp("finished"))
    done = company.sop("run", "--quiet")
    assert done.code == 0, done.err
    return company.base


@pytest.fixture
def company(finished: Path, tmp_path: Path) -> Company:
    """A finished company to break."""
    return copied(finished, tmp_path)


@pytest.fixture
def ask(company: Company, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`sop` on that company."""
    return asking(company, monkeypatch, capsys)
