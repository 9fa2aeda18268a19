"""Lines that stand in one pair of quotes each, as a spreadsheet saves a file that it opened as one column."""

import re
from collections import Counter

from sop_cli.findings.reading import WRONG_QUOTE
from sop_cli.read.text.fields import Splitter
from sop_cli.schemas.grid import Remark

_LINE = re.compile(r'^"((?:[^"\r\n]|"")*)"(?=\r?$)', re.MULTILINE)
_LOOKED_AT = 200  # lines
_FEWEST, _MOST, _NEARLY = 3, 0.5, 0.9  # fields of a line; share of lines in quotes; share of them that are as wide


def unwrapped(text: str, delimiter: str | None) -> tuple[str, list[Remark]]:
    """The text without such quotes, and what is to be said of it; mostly as it is.

    A delimiter must cut the lines into as many fields each, and at least three: sentences in quotes stay texts.
    """
    if '"' not in text[: _LOOKED_AT << 10]:
        return text, []
    lines = [line.rstrip("\r") for line in text[: _LOOKED_AT << 10].split("\n")[:_LOOKED_AT] if line.strip()]
    inner = [_undoubled(found) for line in lines if (found := _LINE.fullmatch(line))]
    if len(inner) < max(2, _MOST * len(lines)) or not any(_even(inner, mark) for mark in delimiter or ",;\t|"):
        return text, []
    first = text.count("\n", 0, next(_LINE.finditer(text)).start()) + 1
    message = "every record stands in one pair of quotes, as a file saved after it was opened as one column; left out"
    return _LINE.sub(_undoubled, text), [Remark(WRONG_QUOTE.code, first, None, None, message)]


def _undoubled(found: re.Match[str]) -> str:
    return found[1].replace('""', '"')


def _even(lines: list[str], mark: str) -> bool:
    if sum(line.count(mark + " ") * 2 >= line.count(mark) for line in lines) * 2 > len(lines):
        return False  # a list of words, as `Smith, John, Dr.`
    splitter = Splitter(mark, '"', None)
    widths = Counter(len(splitter.strict(line) or ()) for line in lines)
    width, times = widths.most_common(1)[0]
    return width >= _FEWEST and times >= _NEARLY * len(lines)
