"""Texts, lists and lines of a config as YAML has them, with the reason for each."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

_PLAIN = re.compile(r"[^\W_][\w ./(){}%+*-]*(?<! )")
_IN_LIST = re.compile(r"[^\W_][\w ./()%+*-]*(?<! )")
_OTHER_MEANING = ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "~")
_WIDEST = 40  # columns that the reasons behind are lined up to
_LINE = 100  # columns of a line together with its reason; a longer one has it above
_COMMENT = 74  # columns of a comment, which may be indented


def reasoned(text: str, reason: str) -> Iterator[str]:
    """A line with the reason behind it, or above it where it is long."""
    words = " ".join(reason.split())
    line = f"{text.ljust(_WIDEST)} # {words}"
    if len(line) <= _LINE:
        yield line
        return
    indent = " " * (len(text) - len(text.lstrip()))
    yield from (f"{indent}{part}" for part in comment(words))
    yield text


def comment(text: str) -> list[str]:
    """A text as lines of a comment; paths stay in one piece."""
    words = " ".join(text.split())  # whatever ends a line in YAML is a blank now
    return [f"# {line}" for line in textwrap.wrap(words, _COMMENT, break_long_words=False, break_on_hyphens=False)]


def scalars(texts: Sequence[str]) -> str:
    """One text, or a list of several."""
    return scalar(texts[0]) if len(texts) == 1 else flow_list(texts)


def flow_list(texts: Sequence[str]) -> str:
    """A list in brackets."""
    return f"[{', '.join(scalar(text, _IN_LIST) for text in texts)}]"


def pairs(of: Mapping[str, str]) -> str:
    """A mapping in braces."""
    return f"{{{', '.join(f'{scalar(key, _IN_LIST)}: {scalar(value, _IN_LIST)}' for key, value in of.items())}}}"


def scalar(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """A text as YAML has it, in quotes where it could be read otherwise."""
    if plain.fullmatch(text) and text.lower() not in _OTHER_MEANING:
        return text
    return json.dumps(text, ensure_ascii=False)
