"""How much a piece of text looks like one cell of a table: a number, a date, a code, a few words."""

import re
from functools import lru_cache

_CURRENCY = r"(?:[$€£¥]|[a-z]{2,3}\s?[$€£]?)"
_UNIT = r"(?:%|‰|[$€£¥]|(?:eur|usd|gbp|chf|kg|g|km|m|h|l|t|pcs|stk)\b)"
_GROUPED = r"(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d+|\d[.,]?)"
_MONTH = r"[^\W\d_]{3,10}\.?"
_DAYS = (
    r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}\.?",
    rf"\d{{1,2}}[-/. ]{{1,2}}{_MONTH}[-/., ]{{1,2}}\d{{2,4}}",
    rf"{_MONTH} \d{{1,2}},? \d{{4}}",
    r"\d{4}[-/]\d{1,2}",
    r"\d{1,2}[-/.]\d{4}",
    rf"{_MONTH}[- ']\d{{2,4}}",
    r"\d{4}-w\d\d",
)
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s?(?:[ap]m)?\s?(?:z|utc|gmt|[-+]\d{2}:?\d{2})?"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("number", rf"[-+(]{{0,2}}\s?{_CURRENCY}?\s?[-+]?{_GROUPED}(?:e[-+]?\d+)?\s?{_UNIT}?\s?[-)]?"),
        ("date", rf"(?:{'|'.join(_DAYS)})(?:[t ,]{{1,2}}{_CLOCK})?"),
        ("time", r"\d{1,3}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:[ap]\.?m\.?)?"),
        ("url", r"(?:https?|ftps?|file|mailto)://?\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        ("code", r"[\w.\-/#+&*@%$§°\\:()']{1,60}"),
    )
)
_WORTH = {"empty": 0.7, "number": 1.0, "date": 1.0, "time": 1.0, "url": 1.0, "code": 0.95, "words": 0.95}
_WORDS = re.compile(r"[^,;|\t\"<>{}\[\]~^\x00-\x1f]+")


@lru_cache(maxsize=1 << 16)
def kind_of(text: str) -> tuple[str, float]:
    """The kind of a cell and how sure it is one cell, from 0 to 1; `text` is without outer spaces."""
    if not text:
        return "empty", _WORTH["empty"]
    if text[0] in "\"'" and text[-1] == text[0] and len(text) > 1:
        return "torn", 0.15
    if text[-1] in ",;" and len(text) > 1:
        return "torn", 0.15
    if len(text) <= 80:
        for kind, pattern in _KINDS:
            if pattern.fullmatch(text):
                return kind, 0.4 if kind == "code" and _repeats(text) else _WORTH[kind]
    if text[0] in "\"'" or text[-1] == '"':
        return "torn", 0.15
    if _WORDS.fullmatch(text):
        if 1 < len(text.split()) < 100 and all(kind_of(part)[0] in ("number", "date", "time") for part in text.split()):
            return "several", 0.3
        if _repeats(text):
            return "several", 0.4
        return "words", _WORTH["words"] if len(text) <= 80 else 0.8
    if any(sign in text for sign in "\t|\x1f\x01\x00"):
        return "several", 0.1
    loose = len(re.findall(r"[,;](?=\S)", text))
    return ("sentence", 0.6) if not loose else ("several", max(0.1, 0.4 - 0.1 * loose))


def _repeats(text: str) -> bool:
    """Whether a sign that delimits now and then does so here, perhaps."""
    return any(text.count(sign) > 1 for sign in "*#&@$§!=\\") or text.count(":") > 2 or "::" in text
