"""Where the lines of a text end."""

from sop_cli.read.text.fields import Splitter
from sop_cli.schemas.grid import Dialect

_HEAD = 400_000  # characters by which it is judged


def in_lines(text: str, dialect: Dialect) -> str:
    """With LF at the end of every line; a CR alone ends one too, unless records are whole only with it."""
    text = text.replace("\r\n", "\n")
    if "\r" not in text:
        return text
    return text.replace("\r", "\n") if "\n" not in text or cr_ends_lines(text, dialect) else text


def cr_ends_lines(text: str, dialect: Dialect) -> bool:
    """Whether a CR alone ends a line, in a text most of whose lines end in LF."""
    splitter = Splitter(dialect.delimiter, dialect.quote, dialect.escape)
    lines = text[:_HEAD].split("\n")[:-1]
    widths = [len(splitter.strict(line) or ()) for line in lines if "\r" not in line and line]
    usual = max(set(widths), key=widths.count) if widths else 0
    within = [line for line in text.split("\n") if "\r" in line.strip("\r")][:200]
    kept = sum(len(splitter.strict(line) or ()) == usual > 1 for line in within)
    return kept <= len(within) / 2
