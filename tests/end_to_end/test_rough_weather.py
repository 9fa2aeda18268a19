"""The real pipeline killed, interrupted, out of disk, without rights, twice at once: the last good outputs stand."""

import ctypes
import json
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from sop_cli.workspace.cycles import STAGES
from tests.end_to_end.company import COMMAND, NOW, Ask, Company, copied, environment

CYCLE = Path("cycles/2026-11")


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    """Until `path` is there, which a run makes while it works."""
    deadline = monotonic() + 60
    while not path.exists():
        assert process.poll() is None, "the run was over too soon"
        assert monotonic() < deadline, f"{path} never came"
        sleep(0.002)


def ship_more(company: Company) -> None:
    """Make every stage stale."""
    company.change_cell(f"{NOW}/shipments.csv", 3, "Qty", "7")


def test_a_run_killed_in_every_stage_and_started_again_leaves_what_an_undisturbed_one_leaves(
    extracts: Path, finished: Path, tmp_path: Path
) -> None:
    company = copied(extracts, tmp_path)
    undisturbed = Company(finished).left()
    for stage, folder in STAGES.items():
        with company.start("run", "--quiet") as process:
            wait_for(company.base / CYCLE / f".{folder}.new", process)
            process.send_signal(signal.SIGKILL)
        done = company.left()
        assert done == {name: undisturbed[name] for name in done}, stage
        assert not any(folder in name for name in done)
    assert company.sop("run", "--quiet").code == 0
    assert company.left() == undisturbed
    assert not list((company.base / CYCLE).glob(".*.new"))


def test_ctrl_c_exits_130_and_the_last_outputs_stand(company: Company) -> None:
    ship_more(company)
    before = company.left()
    with company.start("run") as process:
        wait_for(company.base / CYCLE / ".1-ingested.new", process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err == "interrupted; the last results stand\n"
    assert company.left() == before


def test_a_second_run_at_the_same_time_exits_6_and_says_who_is_first(company: Company) -> None:
    ship_more(company)
    before = company.left()
    with company.start("run", "--quiet") as first:
        wait_for(company.base / CYCLE / ".1-ingested.new", first)
        second = company.sop("pack")
        assert second.code == 6
        assert f"another run holds cycle 2026-11: `sop run`, process {first.pid}, since 20" in second.errors
        first.kill()
    assert company.left() == before


def test_a_full_disk_is_said_in_words_and_the_last_outputs_stand(company: Company) -> None:
    ship_more(company)
    before = company.left()
    said = company.sop("run", limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
    assert said.code == 2
    assert said.errors.startswith(f"{CYCLE}: the disk is full; nothing was replaced, the last results stand")
    assert company.left() == before
    assert not company.path("sop.log").exists()


@pytest.fixture
def read_only(company: Company) -> Iterator[Company]:
    """A finished company in which nothing may be written."""
    paths = [company.base, *company.base.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield company
    for path in paths:
        path.chmod(0o755)


def without_privilege() -> None:
    """Even root shall heed the rights of a file: it gives up CAP_DAC_OVERRIDE (PR_CAPBSET_DROP)."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


def test_a_folder_that_may_not_be_written_is_said_in_words(read_only: Company) -> None:
    before = read_only.left()
    said = read_only.sop("run", limit=without_privilege)
    assert said.code == 2
    assert (
        f"{CYCLE}/.lock: may not be written (Permission denied); the last results stand\nhint: close the file"
        in said.errors
    )
    assert read_only.left() == before


def test_a_reader_that_takes_one_line_and_goes_is_no_error(company: Company) -> None:
    for words in ("status", "--help"):
        shell = f"{' '.join(COMMAND)} {words} | head -1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", shell], cwd=company.base, env=environment(), capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
        assert "Broken" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("run",),
        ("pack", "--quiet"),
        ("status",),
        ("explain", "R101"),
        ("explain", "R101/LAUNDRY/2026-08"),
        ("run", "--cycle", "2026-13"),
        ("run", "--cylce", "2026-11"),
        ("run", "--cycle", "2031-01"),
        ("status", "--config", "none.yaml"),
        ("explain",),
        ("explain", "nonsense"),
    ],
    ids=" ".join,
)
def test_json_is_one_document_on_stdout_also_when_something_is_wrong(words: tuple[str, ...], ask: Ask) -> None:
    said = ask(*words, "--format", "json")
    document = json.loads(said.out)
    assert document.get("exit_code", 0) == said.code
    assert ("error" in document) == (said.code == 2)
    if said.code == 2:
        assert document["error"]["message"] in said.err
        assert document["error"]["hint"]
