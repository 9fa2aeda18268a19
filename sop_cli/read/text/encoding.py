"""Which encoding a text file is written in, where nobody says so."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sop_cli.errors import SopError
from sop_cli.read.text.alphabets import ALPHABETS, USUAL

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = {(2, 1): "utf-16-le", (2, 0): "utf-16-be", (4, 3): "utf-32-le", (4, 0): "utf-32-be"}
_BINARY = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook or document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_STRANGE = re.compile(rb"[\x04-\x08\x0e-\x1b\x7f]")  # control characters no text holds; others separate fields
_NEAR = re.compile(rb"[^\x80-\xff]{0,2}[\x80-\xff]+[^\x80-\xff]{0,2}")
_JUDGED = 4000  # places with bytes beyond ASCII that are looked at
_SIGNS = "‘’“”„«»–—…•·®©™§²³µ±×½¼¾÷\u00a0€£°ºª¿¡´‹›¢¥¦¬¤þ"


@dataclass(frozen=True)
class Written:
    """The encoding of a file, and how sure that is."""

    encoding: str
    sure: bool  # a mark, UTF-8, plain ASCII, or declared
    strays: int = 0  # bytes that do not fit, in a file that is UTF-8 otherwise
    first_stray_line: int | None = None


def find_encoding(raw: bytes, name: str, declared: str | None = None) -> Written:
    """How `raw`, the start of file `name` or all of it, is written.

    A byte order mark wins, then what is `declared`. Otherwise it is UTF-8 if it can be, or else the
    old encoding in which the letters make the best sense. SopError if it is no text.
    """
    refuse_binary(raw, name)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Written(encoding, True)
    if declared is not None:
        return Written(declared, True)
    if wide := _wide(raw):
        return Written(wide, True)
    strange = len(_STRANGE.findall(raw[:65536])) + raw.count(b"\0", 0, 65536)
    if strange > 0.04 * min(len(raw), 65536):
        raise _no_text("what it holds is not readable as text", name)
    strays = _strays(raw)
    if not strays:
        return Written("utf-8", True)
    letters = raw.count(b"\xc3") + raw.count(b"\xc2") + raw.count(b"\xe2")
    if len(strays) <= 0.1 * (letters - len(strays)):
        return Written("utf-8", True, len(strays), raw.count(b"\n", 0, strays[0]) + 1)
    return Written(_most_plausible(raw), False)


def decode(raw: bytes, written: Written, name: str) -> str:
    """The text of `raw`; stray bytes in UTF-8 are read as cp1252. SopError with the line for a byte that cannot be."""
    if written.strays:
        return raw.decode("utf-8", "cp1252 for strays")
    try:
        return raw.decode(written.encoding)
    except LookupError:
        raise SopError(
            f"there is no encoding called {written.encoding!r}", hint="usual ones: utf-8, cp1252, utf-16", file=name
        ) from None
    except UnicodeDecodeError as problem:
        if written.encoding == "cp1252":  # five bytes of it mean nothing
            return raw.decode("cp1252", "cp1252 for strays")
        guess = find_encoding(raw, name).encoding
        raise SopError(
            f"byte 0x{raw[problem.start]:02X} is not {written.encoding}",
            hint=f"take `encoding` out of the config, or declare how the file was written, e.g. `encoding: {guess}`",
            file=name,
            line=raw.count(b"\n", 0, problem.start) + 1,
        ) from None


def refuse_binary(raw: bytes, name: str) -> None:
    """SopError if `raw` begins like something that is no text."""
    for start, what in _BINARY:
        if raw.startswith(start):
            raise _no_text(f"it is {what}", name)


def _no_text(why: str, name: str) -> SopError:
    return SopError(f"this is not a text file: {why}", hint="export the table as CSV or as a workbook", file=name)


def _wide(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: in plain text every other byte, or three of four, are NUL."""
    head = raw[:4096]
    for size in (4, 2):
        if len(raw) % size or len(head) < size:
            continue
        empty = [head[at::size].count(0) / len(head[at::size]) for at in range(size)]
        for at in (size - 1, 0):
            others = empty[:at] + empty[at + 1 :]
            if size == 2 and empty[at] > 0.5 and others[0] < 0.1:
                return _WIDE[2, at]
            if size == 4 and empty[at] == 1 and sorted(others)[1] > 0.5 and sorted(others)[0] < 0.1:
                return _WIDE[4, at]
    return None


def _strays(raw: bytes) -> tuple[int, ...]:
    """Offsets of the bytes that are not UTF-8; a character cut off at the end is none."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data":
            return ()
    found: list[int] = []

    def note(problem: UnicodeError) -> tuple[str, int]:
        assert isinstance(problem, UnicodeDecodeError)
        found.extend(range(problem.start, problem.end))
        return "", problem.end

    codecs.register_error("note strays", note)
    raw.decode("utf-8", "note strays")
    return tuple(found)


def _read_stray(problem: UnicodeError) -> tuple[str, int]:
    assert isinstance(problem, UnicodeDecodeError)
    stray = problem.object[problem.start : problem.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in stray), problem.end


codecs.register_error("cp1252 for strays", _read_stray)


def _most_plausible(raw: bytes) -> str:
    near = Counter(match.group() for match, _ in zip(_NEAR.finditer(raw), range(_JUDGED), strict=False))
    places = list(near.items())
    best = sorted(ALPHABETS, key=lambda encoding: _plausibility(encoding, places), reverse=True)
    return next((encoding for encoding in best if encoding == "cp1252" or _decodes(raw, encoding)), "cp1252")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _plausibility(encoding: str, places: Sequence[tuple[bytes, int]]) -> float:
    """How much sense the characters beyond ASCII make, in the language of `encoding` where they make most."""
    read: list[tuple[str, int]] = []
    impossible = 0
    for place, times in places:
        text = place.decode(encoding, "replace")
        impossible += times * text.count("\ufffd")
        read.append((text, times))
    best = max(
        sum(times * _sense(text, at, alphabet) for text, times in read for at in range(len(text)) if text[at] > "\x7f")
        for alphabet in ALPHABETS[encoding]
    )
    return best * (USUAL[encoding] if best > 0 else 1) - 8 * impossible


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
