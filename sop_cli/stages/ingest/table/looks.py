"""What a single cell looks like, before anyone decides how its column is written."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from sop_cli.schemas.monthnames import month_words

Look = Literal["empty", "number", "date", "month", "code", "text"]
Cells = Sequence[str | None]

TYPED: frozenset[Look] = frozenset(("number", "date", "month", "code"))
# Written where a value is not known; it says nothing about its column.
_NOTHING = frozenset(("-", "--", "–", "—", "−", ".", "..", "...", "*", "n/a", "na", "n.a.", "nan", "null", "none"))
_NOTHING |= {"#n/a", "\\n", "(null)"}
_FLAGS = frozenset(("true", "false", "yes", "no", "ja", "nein", "wahr", "falsch", "oui", "non", "si", "sí"))
_MONEY = r"[A-Z]{3}|[A-Z]{0,2}[€$£¥₹₺₩₪฿]|S?Fr\.|kr\.?|Rs\.?|zł|Kč|Ft|lei"
_NUMBER = re.compile(
    rf"[-+−(]*\s*(?:{_MONEY})?\s*[-+−(]?\s*(?:\d[\d.,'’\s]*|[.,]\d+)(?:[eE][-+]?\d{{1,3}})?"
    rf"\s*[)−-]?\s*(?:{_MONEY}|%)?\s*[)−-]?"
)
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
# A month's name stands in these as one private character.
_DAY = (
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})"
    r"|\d{1,2}[-. /]+\ue000[-., /]+(?:\d{4}|\d{2})|\ue000 \d{1,2},? \d{4}"
)
_DATE = re.compile(rf"(?:(?:{_DAY})(?:[T ]+{_TIME})?|{_TIME})")
_MONTH = re.compile(
    r"(?:\ue000\.?[-., /']*(?:\d{4}|\d{2})?|(?:19|20)\d\d[-/ ]?(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d"
    r"|0(?:0[1-9]|1[0-2])[-/.](?:19|20)\d\d|(?:19|20)\d\d[-/.]0(?:0[1-9]|1[0-2])"
    r"|(?:19|20)\d\d[- ]?(?:\ue000|[MPQWK]\d{1,2})|[MPQW]\d{1,2}(?:[-/ .]*(?:19|20)?\d\d)?"
    r"|(?:FY|CW|KW|WK|W)[- ]?\d{1,4}(?:[-/ ]?[PQM]?\d{1,4})?)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=\S*\d)\S{2,24}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LINE = re.compile(r"[-=_*~+|. ]{3,}")
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
    if plain.lower() in _FLAGS:
        return "code"
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


def filled(cells: Cells) -> tuple[int, ...]:
    """The columns that hold something."""
    return _filled(tuple(cells))


def looks(cells: Cells) -> tuple[tuple[int, Look], ...]:
    """The columns that hold something that says anything, and what it looks like."""
    return _looks(tuple(cells))


# A row is looked at again for each of the rows above it that may be a header.
@lru_cache(maxsize=8_192)
def _filled(cells: tuple[str | None, ...]) -> tuple[int, ...]:
    return tuple(at for at, text in enumerate(cells) if text is not None and text.strip())


@lru_cache(maxsize=8_192)
def _looks(cells: tuple[str | None, ...]) -> tuple[tuple[int, Look], ...]:
    seen = ((at, look(cells[at])) for at in _filled(cells))
    return tuple((at, found) for at, found in seen if found != "empty")


def is_year(text: str | None) -> bool:
    """Whether the cell is a year and nothing else."""
    return _YEAR.fullmatch((text or "").strip()) is not None


def is_line(cells: Cells) -> bool:
    """Whether the row is a line drawn with dashes or the like."""
    own = filled(cells)
    return bool(own) and all(_LINE.fullmatch((cells[at] or "").strip()) for at in own)


def periods(cells: Cells) -> set[int]:
    """The columns whose cells run across a wide table: months, dates, years in even steps, and numbers one by one."""
    found = {at for at in filled(cells) if look(cells[at]) in ("month", "date")}
    whole = [at for at in filled(cells) if _WHOLE.fullmatch((cells[at] or "").strip())]
    years = [at for at in whole if is_year(cells[at])]
    distinct = sorted({int(cells[at] or 0) for at in years})
    # 2024, 2024, 2025, 2025, or 2024, 2025 under each group
    if len(distinct) > 1 and distinct[-1] - distinct[0] == len(distinct) - 1:
        return found | set(years)
    steps = {after - before for before, after in pairwise(int(cells[at] or 0) for at in whole)}
    if len(whole) > 2 and len(steps) == 1 and 0 < abs(min(steps)) <= (10 if len(years) == len(whole) else 1):
        return found | set(whole)
    return found if len(found) > 1 else set()
