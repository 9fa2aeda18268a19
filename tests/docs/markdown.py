"""Pieces of Markdown that read well on GitHub."""

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; columns in which no row says anything are left out."""
    filled = [tuple(_cell(text) for text in row) for row in rows]
    kept = [at for at in range(len(headings)) if any(row[at] for row in filled)]
    lines = [[headings[at] for at in kept], ["---"] * len(kept), *([row[at] for at in kept] for row in filled)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: str) -> str:
    """A name as it is written, or nothing."""
    return f"`{text}`" if text else ""


def codes(names: Iterable[str], between: str = ", ") -> str:
    """Several names as they are written."""
    return between.join(code(name) for name in names)


def fence(text: str, language: str = "") -> str:
    """A block of text as it stands in a file."""
    return f"```{language}\n{text.rstrip()}\n```"


def page(*parts: str) -> str:
    """Parts with a blank line between them, empty ones left out."""
    return "\n\n".join(part for part in parts if part) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
