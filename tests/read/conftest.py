from collections.abc import Callable
from pathlib import Path

import pytest

from sop_cli.read.files import Extract


@pytest.fixture
def extract(tmp_path: Path) -> Callable[[str, bytes], Extract]:
    """Writes a file and returns it as the extract `extracts/<name>`."""

    def write(name: str, content: bytes) -> Extract:
        path = tmp_path / name
        path.write_bytes(content)
        return Extract(path, f"extracts/{name}")

    return write
