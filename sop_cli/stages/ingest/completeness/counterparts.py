"""Which file of this cycle takes the place of which of last cycle: by their names without months and dates."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sop_cli.schemas.monthnames import month_in, month_number

_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_SHORT_DATE = re.compile(rf"(?<!\d)(?:{_DAY}{_MONTH}\d\d|\d\d{_MONTH}{_DAY})(?!\d)")  # 311026, 261031
# Weeks, the pieces of one export, and the copies that a browser counts: their number differs by right.
_COUNTED = re.compile(
    r"(?<![^\W\d_])(?:kw|cw|wk|week|woche|semaine|semana|settimana|part|teil|parte|partie|deel|chunk)[ _.-]*\d+"
    r"|20\d\d[ _-]?w\d\d?|(?<![^\W\d_])w\d\d?[ _-]?20\d\d|[ _]*\(\d+\)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Counterparts:
    """The files of one source in two cycles."""

    pairs: Mapping[str, str]  # file of last cycle: the one of this cycle, where there is exactly one for it
    gone: tuple[str, ...]  # files of last cycle in whose place none has come
    new: tuple[str, ...]  # files of this cycle that take nobody's place


def counterparts(then: Collection[str], now: Collection[str]) -> Counterparts:
    """The files of last cycle held against those of this one.

    Files that differ in their months alone, as where each month adds one, take each other's place as a whole. Numbers
    of another kind, such as weeks, may go on too, as long as there are no fewer of them.
    """
    before, after = _by_name(then), _by_name(now)
    pairs = {file: file for file in then if file in now}
    for name, files in before.items():
        others = after.get(name, [])
        if len(files) == len(others) == 1:
            pairs[files[0]] = others[0]
    gone = [file for name, files in before.items() if name not in after for file in files]
    new = [file for name, files in after.items() if name not in before for file in files]
    for old, other in _alike(gone, new):
        gone.remove(old)
        new.remove(other)
    return Counterparts(pairs, tuple(gone), tuple(new))


def without_month(file: str) -> str:
    """The path without its ending, with `*` for every month and date in it; what two months' files have in common."""
    folder, _, name = file.rpartition("/")
    parts = [*folder.split("/"), name.rpartition(".")[0] or name]
    return "/".join(_masked(part) for part in parts).casefold()


def _masked(part: str) -> str:
    part = _COUNTED.sub("*", part)
    while found := month_in(part):
        _, start, end = found
        # The number of a plant before the month is no day: P1 Nov 2026.
        own = re.match(r"\d+[. _-]+(?=\D)", part[start:end]) if part[:start][-1:].isalpha() else None
        part = f"{part[: start + (own.end() if own else 0)]}*{part[end:]}"
    part = _SHORT_DATE.sub("*", part)
    return _WORD.sub(lambda word: "*" if month_number(word[0]) else word[0], part)


def _by_name(files: Collection[str]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for file in files:
        named.setdefault(without_month(file), []).append(file)
    return named


def _alike(gone: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of files that differ in numbers alone, those that share most of them first; each file once."""
    fitting = [
        (sum(a == b for a, b in zip(_numbers(old), _numbers(other), strict=False)), old, other)
        for old in gone
        for other in new
        if _numberless(old) == _numberless(other)
    ]
    pairs: list[tuple[str, str]] = []
    for _, old, other in sorted(fitting, key=lambda one: (-one[0], *one[1:])):
        if all(old != one and other != two for one, two in pairs):
            pairs.append((old, other))
    return pairs


def _numbers(file: str) -> list[str]:
    return re.findall(r"\d+", without_month(file))


def _numberless(file: str) -> str:
    return re.sub(r"\d+", "#", without_month(file))
