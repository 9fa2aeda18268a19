"""Texts in which UTF-8 and an old encoding stand side by side, as when files of two programs are put together."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from sop_cli.read.text.letters import Places, is_meant

_NEAR = re.compile(rb"[^\x80-\xff]{0,2}[\x80-\xff]+[^\x80-\xff]{0,2}")
_WIDE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_PIECE = re.compile(rb"%s|[\x80-\xff]" % _WIDE)
_MAYBE_UTF_8 = re.compile(rb"(?:%s)(?![\x80-\xff])" % _WIDE)
_JUDGED = 4000  # different places with bytes beyond ASCII that are looked at
_WORD = 30  # characters of a word that are shown


def strays(raw: bytes) -> tuple[int, ...]:
    """Offsets of the bytes that are not UTF-8."""
    found: list[int] = []

    def note(problem: UnicodeError) -> tuple[str, int]:
        assert isinstance(problem, UnicodeDecodeError)
        found.extend(range(problem.start, problem.end))
        return "", problem.end

    codecs.register_error("note strays", note)
    raw.decode("utf-8", "note strays")
    return tuple(found)


def places(raw: bytes) -> tuple[Places, Places]:
    """The bytes beyond ASCII with what is beside them: those that can be UTF-8, and those that cannot."""
    found = Counter(match[0] for match in _NEAR.finditer(raw))
    as_utf_8 = [place for place in found.items() if is_utf_8(place[0])]
    otherwise = [place for place in found.items() if not is_utf_8(place[0])]
    return as_utf_8[:_JUDGED], otherwise[:_JUDGED]


def may_hold_utf_8(raw: bytes) -> bool:
    """Whether something in a text of an old encoding could be UTF-8; quick, and true for some that is not."""
    return not raw.isascii() and _MAYBE_UTF_8.search(raw) is not None


def is_utf_8(raw: bytes) -> bool:
    """Whether the bytes can be UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode_mixed(raw: bytes, other: str) -> str:
    """The text of `raw`: a line that can be UTF-8 is read so; in any other, what is not UTF-8 is read as `other`."""
    return "\n".join(_line(line, other) for line in raw.split(b"\n"))


def word_at(raw: bytes, offset: int) -> bytes:
    """The word around that byte."""
    before = re.search(rb"[^\s,;|\t\"]*\Z", raw[max(0, offset - _WORD) : offset])
    after = re.match(rb"[^\s,;|\t\"]*", raw[offset : offset + _WORD])
    return (before[0] if before else b"") + (after[0] if after else b"")


def _line(line: bytes, other: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_pieces(line, other))


def _pieces(line: bytes, other: str) -> Iterator[str]:
    at = 0
    for piece in _PIECE.finditer(line):
        yield line[at : piece.start()].decode("ascii")
        yield _character(piece[0], other)
        at = piece.end()
    yield line[at:].decode("ascii")


def _character(piece: bytes, other: str) -> str:
    """What one byte beyond ASCII, or several that can be UTF-8, mean in a line that is not wholly UTF-8."""
    if len(piece) > 1 and is_utf_8(piece) and is_meant(piece.decode("utf-8")):
        return piece.decode("utf-8")
    return "".join(_of(bytes([byte]), other) for byte in piece)


def _of(byte: bytes, other: str) -> str:
    # Five bytes of cp1252 mean nothing there, and stay what they are.
    return byte.decode(other, "ignore") or byte.decode("cp1252", "ignore") or chr(byte[0])
