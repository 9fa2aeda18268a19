"""Killed, run twice at once, out of disk, interrupted: the last good results stand and the next run mends."""

import os
import pty
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests import toy
from tests.cli.shell import command, environment, quick, sop

TABLE = Path("cycles/2026-11/1-ingested/shipments.csv")


@contextmanager
def working(base: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run that is in the middle of writing its first stage."""
    toy.ship(base, "A,1\nWAIT\n")
    with subprocess.Popen(command("run"), cwd=base, env=environment(), stderr=subprocess.PIPE) as process:
        half = base / "cycles/2026-11/.1-ingested.new/shipments.csv"
        deadline = monotonic() + 60
        while not half.exists() and process.poll() is None and monotonic() < deadline:
            sleep(0.01)
        try:
            yield process
        finally:
            process.kill()


def test_a_run_killed_while_writing_leaves_the_last_results_and_the_next_one_recovers(tmp_path: Path) -> None:
    toy.company(tmp_path)
    quick("run", cwd=tmp_path)
    with working(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (tmp_path / TABLE).read_text() == "A,1\nB,2\n"
    assert (tmp_path / "cycles/2026-11/.1-ingested.new").exists()
    toy.ship(tmp_path, "A,4\n")
    assert quick("run", cwd=tmp_path).returncode == 0
    assert (tmp_path / TABLE).read_text() == "A,4\n"
    assert not (tmp_path / "cycles/2026-11/.1-ingested.new").exists()


def test_a_second_run_at_the_same_time_exits_6_and_says_who_is_first(tmp_path: Path) -> None:
    toy.company(tmp_path)
    with working(tmp_path) as first:
        second = sop("pack", cwd=tmp_path)
        assert second.returncode == 6
        assert f"another run holds cycle 2026-11: `sop run`, process {first.pid}, since 20" in second.stderr
        assert "hint: wait until it is done" in second.stderr


def test_ctrl_c_exits_130_and_clears_up(tmp_path: Path) -> None:
    toy.company(tmp_path)
    with working(tmp_path) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr is not None
        assert process.stderr.read() == b"interrupted; the last results stand\n"
    assert not (tmp_path / "cycles/2026-11/.1-ingested.new").exists()


def test_a_full_disk_is_said_in_words_and_the_last_results_stand(tmp_path: Path) -> None:
    toy.company(tmp_path)
    quick("run", cwd=tmp_path)
    toy.ship(tmp_path, "A,1\n" * 50_000)
    done = subprocess.run(
        command("run"),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: cycles/2026-11: the disk is full; nothing was replaced")
    assert "hint: make room" in done.stderr
    assert (tmp_path / TABLE).read_text() == "A,1\nB,2\n"
    assert not (tmp_path / "cycles/2026-11/.1-ingested.new").exists()


def on_a_terminal(*words: str, cwd: Path, **env: str) -> str:
    """What a terminal shows of stderr."""
    ours, theirs = pty.openpty()
    subprocess.run(
        command(*words),
        cwd=cwd,
        env=environment(TERM="xterm-256color", **env),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the other end is closed: everything has been read
        pass
    finally:
        os.close(ours)
    return shown.decode()


def test_errors_are_red_on_a_terminal_unless_somebody_objects(tmp_path: Path) -> None:
    toy.company(tmp_path)
    wrong = ("run", "--cycle", "november")
    assert "\x1b[1;31merror:" in on_a_terminal(*wrong, cwd=tmp_path)
    assert "\x1b" not in on_a_terminal(*wrong, cwd=tmp_path, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(*wrong, "--no-color", cwd=tmp_path)


def test_a_terminal_shows_the_same_line_per_stage(tmp_path: Path) -> None:
    toy.company(tmp_path)
    shown = on_a_terminal("run", cwd=tmp_path)
    for line in ("2026-11 ingest: 2 records, ", "2026-11 reconcile: 3 units, ", "2026-11 pack: 1 page, "):
        assert line in shown
