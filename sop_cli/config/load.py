"""config.yaml from disk: read, checked, and fingerprinted part by part."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sop_cli.config.check import check, mark
from sop_cli.config.corrections import NAME as CORRECTIONS
from sop_cli.config.document import Document, Location, Mistake, read_document, refuse
from sop_cli.config.model import Config
from sop_cli.config.waivers import NAME as WAIVERS
from sop_cli.errors import SopError


@dataclass(frozen=True)
class LoadedConfig:
    """A config that has been read and found valid."""

    config: Config
    path: Path
    base: Path  # the folder it stands in; every path in it starts there
    document: Document  # what is written, with its lines

    @property
    def registers(self) -> Path:
        """The folder of waivers.yaml and the other registers people keep."""
        return self.base / self.config.registers

    def refuse(self, mistakes: Iterable[tuple[Location, str]]) -> SopError:
        """The error that tells what is wrong at these places of the config, each with its line."""
        return refuse(self.path, [Mistake(mark(self.document, place, of_key=True), text) for place, text in mistakes])

    def part_hashes(self, *parts: str) -> dict[str, str]:
        """`config: <part>` to the sha256 of what the config says there, defaults included.

        A comment or another part does not change it, so only the stages that read a part go stale.
        """
        return {f"config: {part}": _part_hash(self.config, part) for part in parts}


def load_config(path: Path) -> LoadedConfig:
    """The config at `path`; SopError naming every mistake by file, line and column."""
    if not path.exists():
        raise SopError(
            f"there is no config at {path}",
            hint="start with the sample company: sop init --sample; or name your own: --config PATH",
        )
    document = read_document(path)
    if document.content is None:
        raise SopError("is empty", file=path, hint="sop init writes one to start from, into another folder")
    loaded = LoadedConfig(check(document, Config), path, path.parent, document)
    _refuse_outside(loaded)
    return loaded


def _refuse_outside(loaded: LoadedConfig) -> None:
    """SopError where the registers, or a link to one of them, lead out of the folder of the config."""
    base = loaded.base.resolve()
    if Path(loaded.config.registers).is_absolute() or not loaded.registers.resolve().is_relative_to(base):
        text = "registers: leads out of the folder of the config; keep them beside it, and give the path relative to it"
        raise refuse(loaded.path, [Mistake(mark(loaded.document, ("registers",), of_key=False), text)])
    for register in (loaded.registers / CORRECTIONS, loaded.registers / WAIVERS):
        if not register.resolve().is_relative_to(base):
            hint = "keep the file itself beside the config"
            raise SopError("the link leads out of the folder of the config", hint=hint, file=register)


def _part_hash(config: Config, part: str) -> str:
    if part not in type(config).model_fields:
        raise KeyError(part)
    return sha256(config.model_dump_json(include={part}).encode()).hexdigest()
