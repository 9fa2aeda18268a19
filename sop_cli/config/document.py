"""A YAML file as plain text values, with the line and column of every key and value.

Nothing is guessed: `NO` stays NO, `007` stays 007, a date stays as it was written. Only an empty
value (or `~`, `null`) means nothing; the models decide what is a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import yaml

from sop_cli.errors import SopError

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a pyyaml built without libyaml reads the same, slower
    from yaml import SafeLoader  # type: ignore[assignment]

Location = tuple[str | int, ...]
_MOST_VALUES = 100_000  # made of aliases, beyond which
_SWOLLEN = 10  # times the values that are written are no way to write a config
PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map", "null")}


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a text file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong at one place of a file."""

    mark: Mark
    text: str


@dataclass
class Document:
    """What a YAML file says, and where it says it."""

    path: Path
    text_hash: str
    content: object = None  # dicts, lists and text; None where nothing is written
    keys: dict[Location, Mark] = field(default_factory=dict)
    values: dict[Location, Mark] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    lines: tuple[str, ...] = ()  # the text as it stands in the file

    def set_aside(self, location: Location) -> list[str]:
        """The keys below `location` that stand there as comments, up to the next line that is none."""
        found = []
        for line in self.lines[self.keys[location].line :] if location in self.keys else ():
            if line.strip() and not line.lstrip().startswith("#"):
                break
            found += re.findall(r"^\s+# ([\w.-]+):\s*$", line)
        return found


def read_document(path: Path) -> Document:
    """The file at `path`; SopError with its line where it is not readable YAML. An empty file says None."""
    raw = _bytes(path)
    document = Document(path=path, text_hash=sha256(raw).hexdigest())
    text = _text(path, raw)
    document.lines = tuple(text.splitlines())
    node = _node(path, text)
    if node is not None:
        _refuse_swollen(path, node)
        document.content = _content(document, node, (), frozenset())
    if document.content is None and document.mistakes:  # all there is was not understood
        raise refuse(path, document.mistakes)
    return document


def refuse(path: Path, mistakes: list[Mistake]) -> SopError:
    """The error that lists every mistake in a file as file:line:column, in the order of the file."""
    mistakes = sorted(mistakes)
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    lines = [f"  {path}:{mistake.mark.line}:{mistake.mark.column}: {mistake.text}" for mistake in mistakes]
    return SopError("\n".join([f"{count} in this file", *lines]), file=path, line=mistakes[0].mark.line)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise SopError("is a folder, expected a YAML file", file=path) from None
    except OSError as problem:
        raise SopError(f"cannot be read: {problem.strerror}", file=path) from problem


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start]
        mark = Mark(before.count(b"\n") + 1, problem.start - (before.rfind(b"\n") + 1) + 1)
        text = f"byte 0x{raw[problem.start]:02x} is not UTF-8; save the file with UTF-8 encoding"
        raise refuse(path, [Mistake(mark, text)]) from None


class _TextLoader(SafeLoader):
    """YAML in which every plain scalar is text, except an empty one."""

    yaml_implicit_resolvers: ClassVar = {  # type: ignore[misc]
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
        for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
    }


def _node(path: Path, text: str) -> yaml.Node | None:
    loader = _TextLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as problem:
        place = problem.problem_mark or problem.context_mark
        mark = Mark(place.line + 1, place.column + 1) if place else Mark(1, 1)
        raise refuse(path, [Mistake(mark, _syntax(problem, text, mark))]) from None
    except yaml.YAMLError as problem:
        raise refuse(path, [Mistake(Mark(1, 1), f"not readable as YAML: {problem}")]) from None
    finally:
        loader.dispose()
    return node


def _refuse_swollen(path: Path, root: yaml.Node) -> None:
    """SopError where aliases of aliases make far more values than are written, before any of them is made."""
    sizes: dict[int, int] = {}  # values that each node comes to, itself among them; 0 while it is open
    open_nodes = [root]
    while open_nodes:
        node = open_nodes[-1]
        parts = _parts(node)
        unseen = [part for part in parts if id(part) not in sizes] if id(node) not in sizes else []
        sizes.setdefault(id(node), 0)
        if unseen:
            open_nodes += unseen
            continue
        open_nodes.pop()
        sizes[id(node)] = 1 + sum(sizes[id(part)] for part in parts)
        if sizes[id(node)] > max(_MOST_VALUES, _SWOLLEN * len(sizes)):
            text = f"aliases make more than {_MOST_VALUES:,} values of it; write out what is meant"
            raise refuse(path, [Mistake(_mark(node), text)])


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _syntax(problem: yaml.MarkedYAMLError, text: str, mark: Mark) -> str:
    lines = text.splitlines()
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indented with a tab; YAML wants spaces"
    if problem.problem and problem.problem.startswith("mapping values are not allowed"):
        return "a second colon on this line; if it belongs to the text, put the text in quotes"
    said = ", ".join(part for part in (problem.context, problem.problem) if part)
    return f"not readable as YAML: {said}; is this line, or the one above it, indented as its neighbours are?"


def _content(document: Document, node: yaml.Node, location: Location, above: frozenset[int]) -> object:
    mark = _mark(node)
    document.values[location] = mark
    if node.tag not in PLAIN:
        document.mistakes.append(Mistake(mark, f"tag {node.tag!r} is not understood; write the value without it"))
        return None
    if id(node) in above:
        document.mistakes.append(Mistake(mark, "an alias that contains itself"))
        return None
    above |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        return {
            key: _content(document, value, (*location, key), above) for key, value in _entries(document, node, location)
        }
    if isinstance(node, yaml.SequenceNode):
        return [_content(document, value, (*location, index), above) for index, value in enumerate(node.value)]
    return None if node.tag.endswith(":null") else str(node.value)


def _entries(document: Document, node: yaml.MappingNode, location: Location) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        mark = _mark(key)
        if not isinstance(key, yaml.ScalarNode):
            document.mistakes.append(Mistake(mark, "a key must be a word"))
            continue
        place = (*location, key.value)
        if place in document.keys and document.keys[place] != mark:
            first = document.keys[place].line
            document.mistakes.append(Mistake(mark, f"key {key.value!r} stands here twice, first in line {first}"))
            continue
        document.keys[place] = mark
        yield key.value, value


def _mark(node: yaml.Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)
