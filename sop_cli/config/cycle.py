"""Which cycle a command works on: the one asked for, the one in the config, or the newest there are extracts for."""

import re
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from sop_cli.config.model import Config
from sop_cli.config.month import MONTH_PATTERN, is_month
from sop_cli.errors import SopError

HINT = "name the cycle: --cycle 2026-11, or `cycle: 2026-11` in the config"


def choose_cycle(config: Config, base: Path, flag: str | None) -> str:
    """`YYYY-MM`: the flag, else the config's, else the newest month whose extracts are on disk below `base`."""
    if flag is not None:
        if not is_month(flag):
            raise SopError(f"a cycle is a month, expected e.g. 2026-11, found {flag!r}", hint=HINT)
        return flag
    if config.cycle is not None:
        return config.cycle
    patterns = [pattern for source in config.sources.values() for pattern in source.files if "{cycle}" in pattern]
    if not patterns:
        raise SopError("no cycle given, and no file name in the config contains {cycle}", hint=HINT)
    found = {cycle for pattern in patterns for cycle in _cycles_of(pattern, base)}
    if not found:
        raise SopError(f"no extract of any cycle found; looked for {patterns[0]} below {base.absolute()}", hint=HINT)
    return max(found)


def _cycles_of(pattern: str, base: Path) -> Iterator[str]:
    written = re.compile(_as_regex(pattern))
    anywhere = pattern.replace("{cycle}", "[0-9][0-9][0-9][0-9]-[0-9][0-9]")
    for file in glob(anywhere, root_dir=base):  # noqa: PTH207 - the config may name an absolute path
        match = written.fullmatch(file.replace("\\", "/"))
        if match:
            yield match["cycle"]


def _as_regex(pattern: str) -> str:
    parts = [
        re.escape(part).replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
        for part in pattern.replace("\\", "/").split("{cycle}")
    ]
    # where {cycle} stands more than once, it is the same month each time
    return f"{parts[0]}(?P<cycle>{MONTH_PATTERN})" + "(?P=cycle)".join(parts[1:])
