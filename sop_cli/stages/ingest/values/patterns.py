"""How a date, month, quarter or week may be written: the patterns that one text allows, before a column is decided."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Literal

from sop_cli.schemas.monthnames import month_number

Span = Literal["month", "quarter", "week"]

# A day as a workbook counts it: from 1900, or from 1904 where the workbook says so.
EXCEL, EXCEL_1904 = "excel", "excel-1904"

# Its digits, from 1954 to 2119: 00124, or what would be a day of 1933, is a code in the wrong place.
SERIAL = r"([2-7]\d{4})(?:\.\d+)?"
# What can be nothing but a day or a month and is read so whatever the rest of the column looks like.
ALWAYS_READ = r"^\d{4}-\d{2}(?:$|-\d{2})|^(?:19|20|21)\d{6}$"

# What comes after what; the day never stands next to a year before the month, as in 2026-31-12.
_DATES = ("dmY", "mdY", "Ymd", "dmy", "mdy", "ymd", "dbY", "dby", "bdY", "bdy", "Ybd")
_MONTHS = ("Ym", "mY", "my", "ym", "bY", "by", "Yb", "b", "m")
_QUARTERS, _WEEKS = ("qY", "Yq", "qy", "yq", "q"), ("VG", "GV", "Vg", "gV", "V")
# A time of day after a date, with its zone.
TIME = (
    r"^(.*\d)(?:T|,? )\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?i:[ap]\.?m\.?))?"
    r"(?: ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$"
)
_TOKEN = re.compile(r"(\d+)|([^\W\d_]+)|(\s+)|(.)")
_MARKS = {
    "fy": "Y", "gj": "Y", "fj": "Y",
    "p": "m", "per": "m", "period": "m", "periode": "m", "m": "m",
    "q": "q", "qtr": "q", "quarter": "q", "quartal": "q",
    "w": "V", "wk": "V", "cw": "V", "kw": "V", "week": "V", "woche": "V",
}  # fmt: skip
_FILLERS = ("de", "del", "г")  # 3 de diciembre de 2026, ноябрь 2026 г.
_LITERALS = "-/.,_'’ "
_YEARS = range(1900, 2200)
_PLACE = re.compile("%-?([A-Za-z])")
_YEAR_MARK, _PERIOD_MARK = r"(?i:(?<![a-z])(?:fy|gj|fj))", r"(?i:(?<![a-z])p[a-z]*)"
# The posting period of SAP has three digits: 005/2026, 2026005. The special periods 013 to 016 are no months.
_PERIOD_FIRST = re.compile(r"0(?:0[1-9]|1[0-2])([-/. ])(?:19|20|21)\d\d")
_PERIOD_LAST = re.compile(r"(?:19|20|21)\d\d([-/. ]?)0(?:0[1-9]|1[0-2])")


def dates_of(text: str) -> list[str]:
    """The patterns `text` fits as a date, day first before month first; empty where it is none."""
    text = re.sub(TIME, r"\1", text.strip())
    if re.fullmatch(SERIAL, text):
        return [EXCEL]
    if re.fullmatch(r"\d{8}", text):
        return ["%Y%m%d"]
    return [pattern for roles, pattern in _patterns(text) if roles in _DATES]


def months_of(text: str, spans: tuple[Span, ...] = ("month",)) -> list[str]:
    """The patterns `text` fits as a month, as a date of one, or as another of the `spans`."""
    quarters, weeks = _QUARTERS if "quarter" in spans else (), _WEEKS if "week" in spans else ()
    allowed = {*_MONTHS, *_DATES, *quarters, *weeks}
    if re.fullmatch(r"\d{6}", text):
        if int(text[:4]) in _YEARS:
            return ["%Y%m"]
        return ["%m%Y"] if int(text[2:]) in _YEARS else []
    if found := _PERIOD_FIRST.fullmatch(text):
        return [f"0%m{found[1]}%Y"]
    if found := _PERIOD_LAST.fullmatch(text):
        return [f"%Y{found[1]}0%m"]
    if re.fullmatch(r"[\d.]+", text) and (dates := dates_of(text)):
        return dates
    bare = text.isdigit()
    return [pattern for roles, pattern in _patterns(text) if roles in allowed and not bare]


def weeks_of(text: str) -> list[str]:
    """The patterns `text` fits where it is known to name a week: 202706, 06/2027, KW6, or 6 alone."""
    if re.fullmatch(r"\d{1,2}", text):
        return ["%V"]
    return [_as_week(pattern) for pattern in months_of(text, ("month", "week"))]


def _as_week(pattern: str) -> str:
    """`pattern` with the week where it has a month in plain digits; else as it is."""
    literal = _PLACE.sub("", pattern)
    if is_dated(pattern) or re.search("[A-Za-z]", literal) or is_fiscal(pattern):
        return pattern
    return pattern.replace("%m", "%V").replace("%Y", "%G").replace("%y", "%g") if "%m" in pattern else pattern


def span_of(pattern: str) -> Span:
    """What one value of `pattern` covers."""
    if "%q" in pattern:
        return "quarter"
    return "week" if re.search("%-?V", pattern) else "month"


def has_year(pattern: str) -> bool:
    """Whether the year stands in the text itself."""
    return pattern in (EXCEL, EXCEL_1904) or re.search("%-?[YyGgCDFcxs]", pattern) is not None


def is_dated(pattern: str) -> bool:
    """Whether the text names a day, too."""
    return pattern in (EXCEL, EXCEL_1904) or re.search("%-?[deDFjxcs]", pattern) is not None


def is_fiscal(pattern: str) -> bool:
    """Whether periods and years are those of the fiscal year: FY26, P05, 005/2026."""
    bare = _PLACE.sub("{\\1}", pattern)
    return re.search(rf"{_YEAR_MARK}|{_PERIOD_MARK}[ .]?\{{m}}|(?<!\d)0\{{m}}", bare) is not None


def with_fiscal_marks(pattern: str) -> str:
    """`pattern` as it is declared where its numbers are those of the fiscal year: FY%Y-P%m for %Y-%m."""
    return re.sub("%([YyGg])", r"FY%\1", pattern).replace("%m", "P%m")


def without_fiscal_marks(pattern: str) -> str:
    """What is left of `pattern` where the cells hold nothing but its numbers."""
    bare = re.sub(rf"{_YEAR_MARK}(?=\{{)|{_PERIOD_MARK}[ .]?(?=\{{m}})", "", _PLACE.sub(r"{\1}", pattern))
    return re.sub(r"\{([A-Za-z])}", r"%\1", bare)


def is_day_first(pattern: str) -> bool | None:
    """Whether the day comes before the month; None where one cannot be taken for the other."""
    order = "".join(re.findall("%-?([dm])", pattern))
    return {"dm": True, "md": False}.get(order) if not re.search("^%-?[Yy]", pattern) else None


def _patterns(text: str) -> Iterator[tuple[str, str]]:
    """Every (roles in their order, pattern) of the tokens of `text`."""
    tokens = [match.group() for match in _TOKEN.finditer(re.sub(TIME, r"\1", text.strip()))]
    parts: list[tuple[str, tuple[str, ...]]] = []  # literal, or the roles a number or name may have
    awaited = ""
    for at, token in enumerate(tokens):
        word = token.lower()
        if token.isdigit():
            roles = _roles(token, awaited)
            if not awaited and _is_quarter(tokens, at):
                roles = ("q",)
            if not roles:
                return
            awaited = ""
            parts.append(("", roles))
        elif token.isalpha() and month_number(token):
            parts.append(("", ("b",)))
        elif word in _MARKS:
            parts.append((token, ()))
            awaited = "" if at and _is_quarter(tokens, at - 1) else _MARKS[word]
        elif word in _FILLERS or token.isspace() or token in _LITERALS:
            if not (token == "." and at and month_number(tokens[at - 1])):  # a dot after a name means nothing
                parts.append((" " if token.isspace() else token, ()))
        else:
            return
    marked = any(literal.lower() in _MARKS for literal, _ in parts)
    for chosen in product(*(roles for _, roles in parts if roles)):
        order = "".join(chosen)
        if "V" in order:
            order = order.replace("Y", "G").replace("y", "g")
        if order == "m" and not marked:
            continue
        left = iter(order)
        yield order, "".join(f"%{next(left)}" if options else literal for literal, options in parts)


def _roles(digits: str, awaited: str) -> tuple[str, ...]:
    """What a number may be, given the mark before it."""
    if len(digits) == 4:
        return ("Y",) if int(digits) in _YEARS and awaited in ("", "Y") else ()
    if awaited == "Y":
        return ("y",) if len(digits) == 2 else ()
    if awaited:
        return (awaited,) if len(digits) <= 2 else ()
    return {1: ("d", "m"), 2: ("d", "m", "y")}.get(len(digits), ())


def _is_quarter(tokens: list[str], at: int) -> bool:
    """Whether a quarter's number stands before its letter: 3Q26."""
    if tokens[at] not in ("1", "2", "3", "4") or [token.lower() for token in tokens[at + 1 : at + 2]] != ["q"]:
        return False
    return at == 0 or not tokens[at - 1].isalpha()
