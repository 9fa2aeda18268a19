from collections.abc import Callable

import pytest

from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text.text import read_text
from sop_cli.schemas.grid import Grid


@pytest.fixture(scope="session")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Grid]:
    """Reads a text as the file `name`, by the real reader."""
    folder = tmp_path_factory.mktemp("extracts")

    def read(text: str, delimiter: str = ",", name: str = "x.csv") -> Grid:
        (folder / name).write_text(text, newline="")
        [grid] = read_text(Extract(folder / name, name), How("utf-8", delimiter))
        return grid

    return read
