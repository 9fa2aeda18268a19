"""How much sense the letters of a text make, read in one old encoding or another."""

from collections.abc import Sequence
from functools import cache

from sop_cli.read.text.alphabets import ALPHABETS, USUAL

_SIGNS = "‘’“”„«»–—…•·®©™§²³µ±×½¼¾÷\u00a0€£°ºª¿¡´‹›¢¥¦¬¤þ"

# Bytes beyond ASCII with the two beside them, and how often they stand so in the text.
Places = Sequence[tuple[bytes, int]]


def most_plausible(places: Places) -> list[str]:
    """The old encodings, the one in which the letters make most sense first."""
    return sorted(ALPHABETS, key=lambda encoding: plausibility(encoding, places), reverse=True)


def plausibility(encoding: str, places: Places) -> float:
    """How much sense the letters make, in the language of `encoding` where they make most."""
    best, impossible = _best(places, encoding, ALPHABETS[encoding])
    return best * (USUAL[encoding] if best > 0 else 1) - 8 * impossible


def makes_more_sense_as_utf_8(places: Places, encoding: str) -> bool:
    """Whether bytes that can be UTF-8 are rather that than letters of `encoding`."""
    return _best(places, "utf-8", _ALL)[0] > plausibility(encoding, places)


def can_write(encoding: str, places: Places) -> bool:
    """Whether nearly all of what is UTF-8 could be written in `encoding` too: one file is mostly in one language."""
    total = sum(times for _, times in places)
    return sum(times for place, times in places if not _writes(encoding, place.decode("utf-8"))) <= 0.1 * total


def is_meant(char: str) -> bool:
    """Whether people in any of the languages write that character."""
    return char.lower() in _LETTERS or char in _SIGNS


def _writes(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _best(places: Places, encoding: str, alphabets: Sequence[str]) -> tuple[float, int]:
    """The most sense that one of the alphabets gives, and how many characters are none."""
    read = [(place.decode(encoding, "replace"), times) for place, times in places]
    impossible = sum(times * text.count("\ufffd") for text, times in read)
    best = max(
        sum(times * _sense(text, at, alphabet) for text, times in read for at in range(len(text)) if text[at] > "\x7f")
        for alphabet in alphabets
    )
    return best, impossible


def _sense(text: str, at: int, alphabet: str) -> float:
    char = text[at]
    before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
    if char.lower() in _weights(alphabet):
        foreign = ord(alphabet[0]) > 0x36F and any("a" <= beside.lower() <= "z" for beside in (before, after))
        shouted = char.isupper() and before.islower()
        alone = not before.isalpha() and not after.isalpha()
        return -2.0 if foreign or shouted else _weights(alphabet)[char.lower()] * (0.15 if alone else 1.0)
    in_word = before.isalpha() and after.isalpha()
    if char in "’´" and in_word:
        return 0.5
    if char in "€£°²³" and before.isalnum() | (before == " ") and not after.isalpha() | (char == "°"):
        return 0.5
    if char == "\u00a0":
        return 0.5 if before.isdigit() and after.isdigit() else 0.1
    if char in _SIGNS:
        return -1.5 if in_word else 0.2
    return -1.0 if char.isalpha() and not (char.isupper() and before.islower()) else -2.5


@cache
def _weights(alphabet: str) -> dict[str, float]:
    fall = 0.5 if len(alphabet) < 25 else 0.9
    return {char: 1.0 - fall * place / len(alphabet) for place, char in enumerate(alphabet)}


_ALL = tuple({alphabet: None for alphabets in ALPHABETS.values() for alphabet in alphabets})
_LETTERS = frozenset("".join(_ALL))
