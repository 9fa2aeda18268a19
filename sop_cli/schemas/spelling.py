"""How names are compared: case, accents, punctuation, word order, plurals and usual abbreviations do not count."""

import re
import unicodedata
from functools import cache

# Abbreviation: word. Whatever identifies something (id, code, nr) is its number.
_WORDS = {
    **dict.fromkeys(("qty", "qnty", "quan"), "quantity"),
    **dict.fromkeys(("qte",), "quantite"),
    **dict.fromkeys(("cant", "ctd"), "cantidad"),
    **dict.fromkeys(("qta",), "quantita"),
    **dict.fromkeys(("ref",), "reference"),
    **dict.fromkeys(("itm",), "item"),
    **dict.fromkeys(("ln",), "line"),
    **dict.fromkeys(("mnth", "mth"), "month"),
    **dict.fromkeys(
        ("no", "n", "nr", "num", "nbr", "number", "nummer", "numero", "nro", "id", "code", "codigo", "codice", "cod"),
        "number",
    ),
    **dict.fromkeys(("amt",), "amount"),
    **dict.fromkeys(("dt",), "date"),
    **dict.fromkeys(("cust",), "customer"),
    **dict.fromkeys(("mat", "matl"), "material"),
    **dict.fromkeys(("desc", "descr"), "description"),
    **dict.fromkeys(("ord",), "order"),
    **dict.fromkeys(("std",), "standard"),
    **dict.fromkeys(("loc",), "location"),
    **dict.fromkeys(("wh", "whse"), "warehouse"),
    **dict.fromkeys(("cur", "curr", "ccy"), "currency"),
    **dict.fromkeys(("acct", "acc"), "account"),
    **dict.fromkeys(("dlv", "deliv"), "delivery"),
    **dict.fromkeys(("avail",), "available"),
    **dict.fromkeys(("centre", "ctr"), "center"),
}
_ARTICLES = "of the a de du des der die das den dem von van del della di la le el d l"
_SMALL = frozenset(_ARTICLES.split())
_NUMBER = "number"
_NOT_ALONE = "stock"  # a stock code is an item, stock is none
# What a name that is written in one word ends with where it is the number of something: KUNDENNR, SALESORDERID.
_GLUED_NUMBER = re.compile(r"(?:number|nummer|numer|num|code|id|no|nr)$")
_HUMP = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words(text: str) -> list[str]:
    """The words of `text` as they are compared, in its order: "Qty. (shipped)" is quantity, shipped."""
    found = [_WORDS.get(word, word) for word in map(_singular, _written(text))]
    return [_folded(word) for word in [word for word in found if word not in _SMALL] or found]


def plainly(text: str) -> str:
    """`text` in small letters without accents; ß is ss."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return letters.replace("ø", "o").replace("æ", "ae")


@cache
def spellings(text: str, is_code: bool = False) -> frozenset[str]:
    """The keys of `text`: two names are the same where they share one.

    Words in any order, or all in one; camelCase counts as words. For a code the number it ends with does not
    matter: "Customer", "CustomerID" and KUNDENNR's "Kunden" stand for what they identify.
    """
    keys: set[str] = set()
    for written in {text, _HUMP.sub(" ", text)}:
        read = words(written)
        glued = _folded("".join(_written(written)))
        keys |= _keys(read) | {glued}
        if is_code:
            cut = _keys([word for word in read if word != _NUMBER])
            cut |= {bare for key in ("".join(read), glued) if len(bare := _GLUED_NUMBER.sub("", key)) > 3}
            keys |= cut - {_NOT_ALONE}
    return frozenset(keys - {""})


@cache
def stems(text: str, is_code: bool = False) -> frozenset[str]:
    """The keys of `text` that slips of the pen are looked for in: of a code without its number."""
    return frozenset(key for key in spellings(text, is_code) if not is_code or _NUMBER not in key)


def apart(one: str, other: str, limit: int) -> int:
    """How many letters must be changed, added, taken out or swapped; `limit` + 1 where it is more than that."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, above, row = row, before, [at]
        for to, found in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != found))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == found:
                cost = min(cost, above[to - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _written(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plainly(text))


def _folded(word: str) -> str:
    """ä may be written ae, or a where the accents are lost."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _keys(read: list[str]) -> set[str]:
    return {" ".join(sorted(read)), "".join(read)}


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
