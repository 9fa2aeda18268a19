"""What a single cell looks like, before anyone decides how its column is written."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from sop_cli.stages.ingest.monthnames import month_words

Look = Literal["empty", "number", "date", "month", "code", "text"]
Cells = Sequence[str | None]

TYPED: frozenset[Look] = frozenset(("number", "date", "month", "code"))
# Written where a value is not known; it says nothing about its column.
_NOTHING = frozenset(("-", "--", "–", "—", "−", ".", "..", "...", "*", "n/a", "na", "n.a.", "nan", "null", "none", "#n/a"))
_NUMBER = re.compile(
    r"[-+−(]*\s*(?:[A-Z]{3}|[€$£¥])?\s*[-+−]?(?:\d[\d.,'’  ]*|[.,]\d+)(?:[eE][-+]?\d{1,3})?"
    r"\s*(?:[A-Z]{3}|[€$£¥%])?\s*[)−-]?"
)
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_DATE = re.compile(
    rf"(?:(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{1,2}}([-/.])\d{{1,2}}\2(?:\d{{4}}|\d{{2}})|\d{{1,2}}[-. /]+\ue000[-., /]+"
    rf"(?:\d{{4}}|\d{{2}})|\ue000 \d{{1,2}},? \d{{4}})(?:[T ]+{_TIME})?|{_TIME})"
)
_MONTH = re.compile(
    r"(?:\ue000\.?[-., /']*(?:\d{4}|\d{2})?|(?:19|20)\d\d[-/. ]?(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d[- ]?(?:\ue000|[MPQWK]\d{1,2})|[MPQW]\d{1,2}(?:[-/ .]*(?:19|20)?\d\d)?|(?:FY|CW|KW|WK|W)[- ]?\d{1,4}"
    r"(?:[-/ ]?[PQM]?\d{1,4})?)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=\S*\d)\S{2,24}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NAMES = month_words()
_WHOLE = re.compile(r"\d{1,4}")


@lru_cache(maxsize=65_536)
def look(text: str | None) -> Look:
    """What `text` looks like: a number, a date or time of day, a month or other period, a code, or just text."""
    plain = (text or "").strip()
    if not plain or plain.lower() in _NOTHING:
        return "empty"
    if len(plain) > 40:
        return "text"
    named = _WORD.sub(_as_name, plain)
    if _DATE.fullmatch(named):
        return "date"
    if _MONTH.fullmatch(named) and not plain.isdigit():
        return "month"
    if _NUMBER.fullmatch(plain):
        return "number"
    return "code" if _CODE.fullmatch(plain) and "://" not in plain and "@" not in plain else "text"


def _as_name(word: re.Match[str]) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word[0].lower()) if letter.isalpha())
    return "\ue000" if plain in _NAMES else word[0]


def filled(cells: Cells) -> list[int]:
    """The columns that hold something."""
    return [at for at, text in enumerate(cells) if text is not None and text.strip()]


def periods(cells: Cells) -> set[int]:
    """The columns whose cells are months, dates, or steps of a row of years or numbers: what runs across a wide table."""
    found = {at for at in filled(cells) if look(cells[at]) in ("month", "date")}
    whole = [at for at in filled(cells) if _WHOLE.fullmatch((cells[at] or "").strip())]
    years = [at for at in whole if _YEAR.fullmatch((cells[at] or "").strip())]
    for run in (years, whole):
        values = [int(cells[at] or 0) for at in run]
        steps = {after - before for before, after in zip(values, values[1:], strict=False)}
        # 2024, 2024, 2025, 2025: one step, or none where a year stands over several columns
        if len(run) >= (2 if run is years else 3) and len(steps - {0}) == 1 and abs(max(steps, key=abs)) <= 10:
            return found | set(run)
    return found if len(found) > 1 else set()
