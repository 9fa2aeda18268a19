"""The doors: what a shell, a pipe and a cron job see."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sop_cli.config.load import load_config
from sop_cli.workspace.cycles import STAGES
from tests import toy
from tests.cli.shell import command, environment, quick, sop

COMMANDS = ["init", "ingest", "reconcile", "project", "variance", "pack", "run", "status", "explain"]


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=lambda words: " ".join(words) or "sop")
def test_every_help_ends_with_an_example(tmp_path: Path, words: list[str]) -> None:
    done = quick(*words, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.strip().splitlines()[-1].strip().startswith(f"Example: sop {' '.join(words)}".strip())


def test_every_stage_has_a_command_of_its_name() -> None:
    assert set(STAGES) <= set(COMMANDS)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    look = (
        "import sys; sys.argv = ['sop', '--help']\n"
        "from sop_cli.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'polars', 'yaml', 'pydantic', 'rich', 'openpyxl', 'sop_cli.pipeline', 'sop_cli.config.model'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_one_line(tmp_path: Path) -> None:
    done = sop("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("\n"), done.stdout[:4]) == (0, 1, "sop ")


def test_cron_gets_one_plain_line_per_stage_and_the_answer_alone_on_stdout(tmp_path: Path) -> None:
    toy.company(tmp_path)
    done = sop("run", cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "2026-11 ingest: 2 records",
        "2026-11 reconcile: 3 units",
        "2026-11 pack: 1 page",
    ]
    assert all(line.endswith(" s") for line in lines)
    assert done.stdout == "one page of toys\ncycles/2026-11/5-pack/pack.md\n"
    assert sop("ingest", cwd=tmp_path).stdout == "cycles/2026-11/1-ingested\n"
    again = sop("run", cwd=tmp_path)
    assert again.stderr.splitlines()[0] == "2026-11 ingest: unchanged (2 records)"
    assert again.stdout == done.stdout


def test_a_later_command_refreshes_what_is_stale_and_says_so(tmp_path: Path) -> None:
    toy.company(tmp_path)
    quick("run", cwd=tmp_path)
    toy.ship(tmp_path, "A,4\n")
    lines = quick("pack", cwd=tmp_path).stderr.splitlines()
    assert lines[0].endswith("(again, because extracts/2026-11/shipments.csv changed)")


@pytest.mark.parametrize(
    ("words", "text", "code"),
    [
        (["run"], "A,1\n", 0),
        (["run"], "CRASH\n", 1),
        (["run", "--cycle", "november"], "A,1\n", 2),
        (["run", "--no-such-option"], "A,1\n", 2),
        (["run"], "A,1\nBREAK\n", 3),
        (["run", "--fail-on", "never"], "A,1\nBREAK\n", 0),
        (["run", "--fail-on", "material"], "A,1\nMATERIAL\n", 4),
        (["run"], "A,1\nLATE\n", 5),
    ],
)
def test_the_exit_code_is_the_one_of_the_contract(tmp_path: Path, words: list[str], text: str, code: int) -> None:
    toy.company(tmp_path, text=text)
    assert quick(*words, cwd=tmp_path).returncode == code


def test_status_and_explain_exit_0_unless_asked_for_more(tmp_path: Path) -> None:
    toy.company(tmp_path, text="A,1\nBREAK\n")
    quick("run", cwd=tmp_path)
    assert quick("status", cwd=tmp_path).returncode == 0
    assert quick("status", "--fail-on", "error", cwd=tmp_path).returncode == 3
    assert quick("explain", "R101", cwd=tmp_path).returncode == 0
    assert quick("explain", "R101", "--fail-on", "error", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["run"], "stages"),
        (["status"], "stages"),
        (["explain", "R101"], "terms"),
        (["run", "--cycle", "november"], "error"),
    ],
)
def test_json_is_exactly_one_document_on_stdout(tmp_path: Path, words: list[str], key: str) -> None:
    toy.company(tmp_path)
    assert key in json.loads(sop(*words, "--format", "json", cwd=tmp_path).stdout)


def test_json_tells_what_every_stage_found(tmp_path: Path) -> None:
    toy.company(tmp_path, text="A,1\nBREAK\n")
    said = json.loads(quick("run", "--format", "json", "--quiet", cwd=tmp_path).stdout)
    stage = said["stages"][1]
    assert (said["cycle"], said["exit_code"]) == ("2026-11", 3)
    assert (stage["stage"], stage["state"], stage["gate"]) == ("reconcile", "ran", "failed")
    assert (stage["findings"], stage["figures"]) == ({"error": 1, "warning": 1}, {"units": 1})


def test_a_refusal_is_an_error_line_with_its_place_and_a_hint(tmp_path: Path) -> None:
    toy.company(tmp_path).write_text(toy.CONFIG + "horizn: 12\n")
    done = quick("run", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: config.yaml:6: 1 mistake in this file\n"
        "  config.yaml:6:1: horizn: unknown key; did you mean 'horizon'?\n"
    )
    nothing = quick("run", "--config", "elsewhere.yaml", cwd=tmp_path)
    assert nothing.stderr.splitlines()[1].startswith("hint: start with the sample company: sop init --sample")


def test_a_refusal_in_json_carries_message_hint_file_and_line(tmp_path: Path) -> None:
    toy.company(tmp_path).write_text(toy.CONFIG + "horizn: 12\n")
    said = json.loads(quick("run", "--format", "json", cwd=tmp_path).stdout)
    assert said["exit_code"] == 2
    assert (said["error"]["file"], said["error"]["line"]) == ("config.yaml", 6)


def test_a_bug_is_one_line_that_says_where_the_log_is(tmp_path: Path) -> None:
    toy.company(tmp_path, text="CRASH\n")
    done = sop("run", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "error: this is a bug in sop (ValueError: a toy fell down); what happened is in sop.log\n"
    assert "Traceback" in (tmp_path / "sop.log").read_text()


def test_quiet_says_only_what_blocks(tmp_path: Path) -> None:
    toy.company(tmp_path)
    assert quick("run", "--quiet", cwd=tmp_path).stderr == ""
    toy.ship(tmp_path, "A,1\nBREAK\n")
    assert quick("run", "-q", cwd=tmp_path).stderr == "2026-11 reconcile: blocks: R101 revenue does not tie\n"


def test_the_config_can_come_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    toy.company(tmp_path / "plan")
    done = sop("run", cwd=tmp_path, env={"SOP_CONFIG": "plan/config.yaml"})
    assert done.stdout.splitlines()[-1] == "plan/cycles/2026-11/5-pack/pack.md"


def test_nothing_piped_ever_carries_escape_codes(tmp_path: Path) -> None:
    toy.company(tmp_path, text="A,1\nBREAK\n")
    for words in (["run"], ["status"], ["run", "--cycle", "november"], ["--help"]):
        done = sop(*words, cwd=tmp_path, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
        assert "\x1b" not in done.stdout + done.stderr


def test_a_narrow_encoding_never_stops_an_answer(tmp_path: Path) -> None:
    toy.company(tmp_path)
    done = sop("explain", "Ω–R101", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert done.stdout == "??R101 is a toy\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    toy.company(tmp_path)
    with subprocess.Popen(
        command("status"), cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_status_shows_stages_states_and_what_blocks(tmp_path: Path) -> None:
    toy.company(tmp_path, text="A,1\nBREAK\n")
    quick("reconcile", cwd=tmp_path)
    lines = quick("status", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "cycle 2026-11"
    assert lines[2].split() == ["stage", "state", "last", "run", "findings", "gate"]
    assert lines[5].startswith("reconcile  fresh")
    assert lines[5].endswith("1 error, 1 warning  failed")
    assert lines[6].split() == ["pack", "missing", "-", "-", "-"]
    assert lines[-1] == "  reconcile: R101 revenue does not tie"


def test_init_says_what_to_type_next_and_refuses_to_overwrite(tmp_path: Path) -> None:
    done = quick("init", "plan", cwd=tmp_path)
    assert done.stdout.splitlines()[-1].endswith("then cd plan && sop run")
    again = quick("init", "plan", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert "plan/config.yaml: is already there and is not overwritten" in again.stderr


def test_the_sample_company_is_one_command_away(tmp_path: Path) -> None:
    done = quick("init", "plan", "--sample", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "next: cd plan && sop run")
    assert load_config(tmp_path / "plan" / "config.yaml").config.sources
    assert any((tmp_path / "plan" / "sample_data").iterdir())


def test_the_real_pipeline_stands_behind_the_same_doors() -> None:
    from sop_cli import pipeline

    for name in ("init", "run", "findings", "status", "explain"):
        assert getattr(pipeline, name).__annotations__.keys() == getattr(toy, name).__annotations__.keys()
