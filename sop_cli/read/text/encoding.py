"""Which encoding a text file is written in, where nobody says so."""

import codecs
import re
from dataclasses import dataclass, replace

from sop_cli.errors import SopError
from sop_cli.read.text.alphabets import ALPHABETS
from sop_cli.read.text.letters import Places, can_write, makes_more_sense_as_utf_8, most_plausible, plausibility
from sop_cli.read.text.mixed import decode_mixed, is_utf_8, may_hold_utf_8, places, strays, word_at

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
_ASCII = bytes(range(128))
_FEW = 0.1  # share of bytes that may be of another encoding in a file of UTF-8


@dataclass(frozen=True)
class Written:
    """The encoding of a file, and how sure that is."""

    encoding: str
    sure: bool  # a mark, UTF-8, plain ASCII, or declared
    strays: int = 0  # bytes that do not fit: in a file of UTF-8 those of `other`, in a declared encoding those of UTF-8
    first_stray_line: int | None = None
    other: str | None = None  # what bytes that are not UTF-8 are read as
    first_stray: str | None = None  # the word that holds the first of them, as it is read
    declared: bool = False
    before: str | None = None  # how the pages before this one are written, if otherwise


def find_encoding(raw: bytes, name: str, declared: str | None = None) -> Written:
    """How `raw`, the start of file `name` or all of it, is written.

    A byte order mark wins, then what is `declared`. Otherwise it is UTF-8 if it can be; where only part of it can, the
    rest is read in the old encoding in which its letters make the best sense. SopError if it is no text.
    """
    refuse_binary(raw, name)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return find_letters(raw, marked=True) if encoding == "utf-8-sig" else Written(encoding, True)
    if declared is not None:
        return as_declared(raw, declared)
    if wide := _wide(raw):
        return Written(wide, True)
    strange = len(_STRANGE.findall(raw[:65536])) + raw.count(b"\0", 0, 65536)
    if strange > 0.04 * min(len(raw), 65536):
        raise _no_text("what it holds is not readable as text", name)
    return find_letters(raw)


def find_letters(raw: bytes, old: str | None = None, *, marked: bool = False) -> Written:
    """How the letters of `raw` are written; `old` is the encoding that was met before, in lines that are not UTF-8.

    `marked` says that a byte order mark promises UTF-8.
    """
    utf_8 = "utf-8-sig" if marked else "utf-8"
    if is_utf_8(raw):
        return Written(utf_8, True)
    as_utf_8, otherwise = places(raw.removeprefix(codecs.BOM_UTF8))
    if not as_utf_8 and not marked:
        return Written(old or _decodable(raw, otherwise), False)
    written = _beside_utf_8(raw, utf_8, as_utf_8, otherwise, old)
    if marked or written.strays <= _FEW * sum(times for _, times in as_utf_8):
        return written
    if makes_more_sense_as_utf_8(as_utf_8, written.other or "cp1252"):
        return written
    return Written(old or _decodable(raw, [*as_utf_8, *otherwise]), False)


def as_declared(raw: bytes, declared: str) -> Written:
    """The encoding that was declared, and how many bytes are rather UTF-8: the file may be written otherwise by now."""
    as_utf_8 = places(raw)[0] if (old := _old(declared)) and may_hold_utf_8(raw) else ()
    if not as_utf_8 or not makes_more_sense_as_utf_8(as_utf_8, old or ""):
        return Written(declared, True, declared=True)
    at = next(found.end() - 1 for found in re.finditer(re.escape(as_utf_8[0][0].rstrip(_ASCII)), raw))
    line, word = raw.count(b"\n", 0, at) + 1, word_at(raw, at).decode(declared, "replace")
    return Written(declared, True, sum(times for _, times in as_utf_8), line, None, word, declared=True)


def turned(raw: bytes, here: Written, before: str) -> Written:
    """A page that is written otherwise than those before it."""
    found = re.search(rb"[\x80-\xff]", raw)
    at = found.start() if found else 0
    word = word_at(raw, at).decode(here.encoding, "replace")
    return replace(here, sure=True, before=before, first_stray_line=raw.count(b"\n", 0, at) + 1, first_stray=word)


def decode(raw: bytes, written: Written, name: str, line: int = 1) -> str:
    """The text of `raw`, which begins on that line of the file; where encodings are mixed, each line by its own.

    SopError with the line for a byte that cannot be.
    """
    if written.other is not None:
        return decode_mixed(raw, written.other).removeprefix("\ufeff" if written.encoding == "utf-8-sig" else "")
    try:
        return raw.decode(written.encoding)
    except LookupError:
        raise SopError(
            f"there is no encoding called {written.encoding!r}", hint="usual ones: utf-8, cp1252, utf-16", file=name
        ) from None
    except UnicodeDecodeError as problem:
        if written.encoding == "cp1252":  # five bytes of it mean nothing
            return raw.decode("cp1252", "themselves")
        if written.declared:
            hint = "take `encoding` out of the config, or declare how the file was written, e.g. `encoding: {guess}`"
        else:
            hint = "export the file again as UTF-8"
        raise SopError(
            f"byte 0x{raw[problem.start]:02X} is not {written.encoding}",
            hint=hint.format(guess=find_encoding(raw, name).encoding),
            file=name,
            line=raw.count(b"\n", 0, problem.start) + line,
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


def _beside_utf_8(raw: bytes, encoding: str, as_utf_8: Places, otherwise: Places, old: str | None = None) -> Written:
    """UTF-8, and the bytes in it that are not; a few of them say too little to doubt that they are Windows text."""
    found = strays(raw)
    if not found:
        return Written(encoding, True)
    few = len(found) <= _FEW * sum(times for _, times in as_utf_8)
    likely = [one for one in most_plausible(otherwise) if can_write(one, as_utf_8)]
    usual = "cp1252" if few and "cp1252" in likely and plausibility("cp1252", otherwise) >= 0 else None
    other = old or usual or next(iter(likely), "cp1252")
    line = raw.count(b"\n", 0, found[0]) + 1
    return Written(encoding, True, len(found), line, other, decode_mixed(word_at(raw, found[0]), other))


def _old(encoding: str) -> str | None:
    """The old encoding of that name, as it is called here."""
    try:
        called = codecs.lookup(encoding).name
    except LookupError:
        return None
    called = "cp1252" if called == "iso8859-1" else called
    return called if called in ALPHABETS else None


def _decodable(raw: bytes, judged: Places) -> str:
    return next((one for one in most_plausible(judged) if one == "cp1252" or _decodes(raw, one)), "cp1252")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _read_stray(problem: UnicodeError) -> tuple[str, int]:
    assert isinstance(problem, UnicodeDecodeError)
    return "".join(map(chr, problem.object[problem.start : problem.end])), problem.end


codecs.register_error("themselves", _read_stray)
