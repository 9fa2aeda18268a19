"""Month names as people write them, in sixteen languages, become the English ones that strptime knows."""

import re

import polars as pl

from sop_cli.schemas.monthnames import MONTH_NAMES


def has_name(written: str) -> bool:
    """Whether months are `written` with their names."""
    return re.search("%-?[bBh]", written) is not None


def in_english(text: pl.Expr, written: str) -> pl.Expr:
    """`text` with its month names as `written` has them: short for %b and full for %B, in English.

    Names and their usual abbreviations count in any case, with or without accents. A dot after a name is kept,
    or added, only where `written` has one.
    """
    length = None if "%B" in written else 3
    meant = {name: names.split()[0].title()[:length] for names in MONTH_NAMES for name in names.split()}
    # Case is told apart only for the letters of ASCII.
    for name in [name for name in meant if not name.isascii()]:
        meant |= {name.title(): meant[name], name.upper(): meant[name]}
    # Longest first, or "mars" would be "mar" with a letter too many.
    names = sorted(meant, key=lambda name: (-len(name), name))
    plain = text.str.normalize("NFD").str.replace_all(r"\p{M}", "")
    read = plain.str.replace_many(names, [meant[name] for name in names], ascii_case_insensitive=True, leftmost=True)
    dot = "." if re.search(r"%-?[bBh]\.", written) else ""
    return read.str.replace_all(rf"({'|'.join(dict.fromkeys(meant.values()))})\.?", f"${{1}}{dot}")
