"""Units that stand beside a header: "Qty (EA)", "Net amount [EUR]", "Menge in ST"."""

import re

from sop_cli.schemas.spelling import plainly

_CURRENCIES = "eur usd gbp chf sek nok dkk pln czk huf ron try jpy cny inr krw cad aud nzd brl mxn zar sgd hkd € $ £"
_SHORT = "ea pc pcs pce st stk cs ct ctn pal plt kg"
_WORDS = "each piece pieces unit units case cases box boxes carton cartons stuck stueck karton hours hrs h g l m"
_ALONE = frozenset(f"{_CURRENCIES} {_SHORT}".split())
_IN_BRACKETS = _ALONE | frozenset(_WORDS.split())
_BRACKETS = re.compile(r"^(.*\S)\s*[(\[{]\s*(?:in\s+)?([^()\[\]{}]+?)\s*[)\]}]\s*$")
_BESIDE = re.compile(r"^(.*[^\W_])(?:\s*[/,:-]\s*|\s+|_)(?:in\s+)?(\S+)$", re.IGNORECASE)


def without_unit(header: str) -> tuple[str, str] | None:
    """The header without the unit beside it, and the unit; None where there is none.

    Thousands, days and months are no such units: whoever leaves them out reads another number.
    """
    for written, units in ((_BRACKETS, _IN_BRACKETS), (_BESIDE, _ALONE)):
        found = written.match(header.strip())
        if found and plainly(found[2]) in units:
            return re.sub(r"\s+in$", "", found[1], flags=re.IGNORECASE), found[2]
    return None
