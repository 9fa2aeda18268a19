"""The walk-through and the examples, run once for all tests of the pages."""

from pathlib import Path

import pytest

from tests.docs.reference import pages


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the pages were made: `pages` holds them, `walk` the company of the walk-through."""
    folder = tmp_path_factory.mktemp("docs")
    for name, text in pages(folder).items():
        page = folder / "pages" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    return folder
