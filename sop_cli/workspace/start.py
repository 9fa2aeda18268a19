"""A workspace from nothing: the sample company, or a first config and a folder for the extracts."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sop_cli.errors import SopError
from sop_cli.workspace.disk import writing

PACKAGE = Path(__file__).parents[1]
TEMPLATE = Path(__file__).with_name("first-config.yaml")


@dataclass(frozen=True)
class SampleCompany:
    """Where the sample company lies."""

    config: Path
    extracts: Path  # a folder, copied under its own name


def sample_company() -> SampleCompany:
    """The sample company that came with the package, or with the checkout it is installed from."""
    for config, extracts in (
        (PACKAGE / "sample" / "config.yaml", PACKAGE / "sample" / "sample_data"),
        (PACKAGE.parent / "config.example.yaml", PACKAGE.parent / "sample_data"),
    ):
        if config.is_file() and extracts.is_dir():
            return SampleCompany(config, extracts)
    raise SopError("the sample company is not part of this installation", hint="install sop-cli again")


def start_workspace(folder: Path, sample: SampleCompany | None) -> list[Path]:
    """Write a config, and the sample's extracts or an empty `extracts/`, into `folder`; returns what was made.

    SopError where any of it is already there: nothing is ever overwritten.
    """
    config = folder / "config.yaml"
    extracts = folder / (sample.extracts.name if sample else "extracts")
    there = [path for path in (config, extracts) if path.exists() and not _empty_folder(path)]
    if there:
        raise SopError(
            "is already there and is not overwritten",
            file=there[0],
            hint=f"choose another folder: sop init my-plan{' --sample' if sample else ''}",
        )
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if sample:
            shutil.copytree(sample.extracts, extracts, dirs_exist_ok=True)
        else:
            extracts.mkdir(exist_ok=True)
        shutil.copyfile(sample.config if sample else TEMPLATE, config)
    return [config, extracts]


@dataclass(frozen=True)
class Copy:
    """A file and where in the workspace a copy of it goes."""

    path: Path
    name: str  # below the workspace


def start_drafted(folder: Path, config_text: str, copies: Sequence[Copy]) -> Path:
    """Write a drafted config, and the copies of the files it names, into `folder`; returns the config.

    SopError where any of it is already there: nothing is ever overwritten.
    """
    config = folder / "config.yaml"
    there = [path for path in (config, *(folder / copy.name for copy in copies)) if path.exists()]
    if there:
        raise SopError(
            "is already there and is not overwritten",
            file=there[0],
            hint="choose another folder: sop init my-plan --from EXTRACTS",
        )
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for copy in copies:
            (folder / copy.name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copy.path, folder / copy.name)
        config.write_text(config_text, encoding="utf-8", newline="\n")
    return config


def _empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
