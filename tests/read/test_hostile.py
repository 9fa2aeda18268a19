"""Files made to do harm end in one clear line, within bounded memory and time; what only looks so is read."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sop_cli.errors import SopError
from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract, locate
from tests.end_to_end.company import environment
from tests.read.hostile import HOSTILE

_MEMORY, _SECONDS = 900 << 20, 10
_READ = """
import json, resource, sys, time
from pathlib import Path
from sop_cli.errors import SopError
from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract
for name in sys.argv[1:]:
    start = time.monotonic()
    try:
        said = f"read: {sum(grid.cells.height for grid in read(Extract(Path(name), name), How()))} rows"
    except SopError as problem:
        said = problem.message
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps([name, said, peak, time.monotonic() - start]), flush=True)
"""
Said = dict[str, tuple[str, int, float]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What a process of its own says about each file, its peak memory so far, and its seconds."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        make(folder / name)
    before = sorted(folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", _READ, *HOSTILE],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS * len(HOSTILE),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30)),
    )
    assert sorted(folder.iterdir()) == before
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in told] == list(HOSTILE), done.stderr[-2000:]
    return {name: (message, peak, seconds) for name, message, peak, seconds in told}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_do_harm_is_refused_in_one_line_within_bounds(name: str, said: Said) -> None:
    message, peak, seconds = said[name]
    assert message.startswith(HOSTILE[name][1])
    assert "\n" not in message
    assert peak < _MEMORY
    assert seconds < _SECONDS


def test_a_pipe_and_a_device_are_no_files_and_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for name in ("pipe.csv", "zero.csv"):
        with pytest.raises(SopError, match=f"{name}: this is a device or a pipe, not a file"):
            locate(tmp_path, [name], "2026-11")
    with pytest.raises(SopError, match="no such file"):
        locate(tmp_path, ["*.csv"], "2026-11")


def test_a_link_that_leads_to_itself_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    with pytest.raises(SopError, match=r"loop\.csv: no such file"):
        locate(tmp_path, ["loop.csv"], "2026-11")


def test_a_file_that_has_gone_since_it_was_found_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n")
    [extract] = locate(tmp_path, ["x.csv"], "2026-11")
    extract.path.unlink()
    with pytest.raises(SopError, match=r"x\.csv: cannot be read: No such file or directory"):
        list(read(extract, How()))


def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("item,qty\n" + "A,1\n" * 12_000_000)
    pages = read(Extract(path, "x.csv"), How())
    first = next(pages)
    os.truncate(path, 20 << 20)
    assert first.cells.height > 0
    with pytest.raises(SopError, match=r"x\.csv: the file became shorter while it was read"):
        list(pages)


def test_many_quotes_that_are_never_closed_are_read_in_no_time(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('item,qty\n"' + '"A,1\n' * 20_000)
    assert sum(page.cells.height for page in read(Extract(tmp_path / "x.csv", "x.csv"), How())) > 0
