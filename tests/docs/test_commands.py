"""README, pages and help name the commands and options there are, and every example shown is one `sop` takes."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from sop_cli import errors
from sop_cli.cli import speak
from sop_cli.cli.main import app
from sop_cli.workspace import outcome
from sop_cli.workspace.start import sample_company, start_workspace
from tests.cli.shell import environment
from tests.docs.reference import ROOT
from tests.docs.walk import PROMPT
from tests.end_to_end.company import Company, asking

DOOR = get_command(app)
COMMANDS = DOOR.commands  # type: ignore[attr-defined]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
EVERYTHING = " ".join([README, *PAGES.values()])
CODES = {0, speak.BUG, errors.CANNOT_GO_ON, outcome.GATE_FAILED, outcome.MATERIAL, errors.STALE_INPUT,
         errors.CYCLE_HELD, speak.INTERRUPTED}  # fmt: skip
FENCED = re.compile(r"^```(?:sh|console)\n(.*?)^```$", re.M | re.S)


def _options() -> dict[str, set[str]]:
    """The options of every command, long ones only; "" is `sop` itself."""
    doors = {"": DOOR, **COMMANDS}
    return {
        name: {word for parameter in door.params for word in parameter.opts if word.startswith("--")}
        for name, door in doors.items()
    }


OPTIONS = _options()


def _shown() -> list[str]:
    """Every `sop ...` that README, a page or a help shows as something to type."""
    blocks = [block for text in (README, *PAGES.values()) for block in FENCED.findall(text)]
    lines = [line for block in blocks for line in block.splitlines()]
    epilogues = [str(door.epilog).removeprefix("Example: ") for door in (DOOR, *COMMANDS.values())]
    parts = [part.strip() for line in [*lines, *epilogues] for part in re.split(r"&&|;", line.removeprefix(PROMPT))]
    return sorted({re.sub(r"^\S*/sop ", "sop ", part) for part in parts if re.match(r"(\S*/)?sop ", part)})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"| `sop {command}" in README


@pytest.mark.parametrize("option", sorted(set().union(*OPTIONS.values())))
def test_every_option_is_named_in_readme_or_docs(option: str) -> None:
    # what --install-completion installs can also be shown; its help says so, and that is enough
    assert option == "--show-completion" or re.search(rf"{option}(?![\w-])", EVERYTHING)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))))
def test_every_option_the_readme_names_is_one_of_ours(option: str) -> None:
    assert option in set().union(*OPTIONS.values()) | {"--help"}


def test_the_readme_lists_the_commands_there_are() -> None:
    assert set(re.findall(r"^\| `sop ([a-z]+)", README, re.M)) == set(COMMANDS)


def test_the_exit_codes_of_the_readme_are_those_the_code_gives() -> None:
    table = README.split("| exit code |")[1].split("\n\n")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)} == CODES


@pytest.mark.parametrize("line", _shown())
def test_an_example_is_one_that_sop_takes(line: str) -> None:
    command, *words = shlex.split(line)[1:]
    assert command in COMMANDS
    COMMANDS[command].make_context(command, words)


@pytest.mark.parametrize("marked", ["run", "test"])
def test_the_two_commands_of_the_readme_are_ones_a_shell_takes(marked: str) -> None:
    [line] = re.findall(rf"<!-- command: {marked} -->\n```sh\n(.+)\n```", README)
    assert subprocess.run(["sh", "-n", "-c", line], env=environment(), check=False).returncode == 0


def test_the_explain_examples_of_the_readme_really_explain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the sample company; a break that nobody has any more would explain nothing."""
    start_workspace(tmp_path, sample_company())
    ask = asking(Company(tmp_path), monkeypatch, capsys)
    assert ask("variance", "--fail-on", "never", "--quiet").code == 0
    examples = [line for line in _shown() if line.startswith("sop explain") and "config.example.yaml" in line]
    assert examples
    for line in examples:
        words = shlex.split(line.replace(" --config config.example.yaml", ""))[1:]
        said = ask(*words)
        assert said.code == 0, said.err
        assert said.out.strip()
