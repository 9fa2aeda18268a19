"""What an extract really is, whatever its name says; archives are unpacked within bounds and in memory alone."""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from os import fstat
from typing import IO, cast

from sop_cli.errors import SopError
from sop_cli.read.files import Extract

_LARGEST = 4 << 30  # bytes of a file, packed or unpacked
_FREE, _STEEPEST = 64 << 20, 200  # beyond so many bytes no text packs better than this, unless to do harm
_CHUNK = 1 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PACKED: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda packed: cast(IO[bytes], gzip.GzipFile(fileobj=packed))),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
_TAR, _TAR_AT = b"ustar", 257
# What lies beside a table in an archive and is none: documents, pictures, checksums, words about the export.
_BESIDE = (
    ".md", ".pdf", ".doc", ".docx", ".rtf", ".html", ".htm", ".xml", ".xsd", ".json", ".yaml", ".yml", ".sql", ".ini",
    ".png", ".jpg", ".jpeg", ".gif", ".svg", ".md5", ".sha1", ".sha256", ".sha512", ".sig", ".ctl", ".log",
    ".ok", ".done", ".trg",
)  # fmt: skip


def is_workbook(extract: Extract) -> bool:
    """Whether `extract` is a workbook, judged by what it holds and not by its name."""
    with _opened(extract) as file:
        start = file.read(8)
        if not start.startswith(_ZIP):
            return start.startswith(_OLE)
        try:
            with zipfile.ZipFile(file) as archive:
                # The workbook formats are archives of a known make; an OpenDocument says so in its first member.
                return bool({"[Content_Types].xml", "mimetype"} & set(archive.namelist()))
        except zipfile.BadZipFile:
            return extract.path.suffix.lower() != ".zip"  # cut short; the reader of workbooks has the words for it


def opened(extract: Extract) -> IO[bytes]:
    """A text file to read from, unpacked if it is packed.

    SopError for an archive that holds no table or several, that holds another archive, and for one that unpacks
    beyond all bounds.
    """
    file = _opened(extract)
    size = fstat(file.fileno()).st_size
    if size > _LARGEST:
        file.close()
        raise SopError(
            f"the file has {size / (1 << 30):.1f} GiB, at most {_LARGEST >> 30} GiB are read",
            hint="split it, for instance by month",
            file=extract.name,
        )
    start = file.read(_TAR_AT + len(_TAR))
    file.seek(0)
    unpack = next((unpack for magic, unpack in _PACKED if start.startswith(magic)), None)
    if unpack is None and not start.startswith((_ZIP, b"PK\x05\x06")):
        if _is_tar(start):
            file.close()
            raise _of_files(extract)
        return file
    with file:
        unpacked = _bounded(unpack(file), size, extract) if unpack else _from_zip(file, extract)
    return _not_packed(unpacked, extract)


def _opened(extract: Extract) -> IO[bytes]:
    """The file as it is; SopError where it is gone by now, or may not be read."""
    try:
        return extract.path.open("rb")
    except OSError as problem:
        hint = "is it still there, and may you read it?"
        raise SopError(f"cannot be read: {problem.strerror}", hint=hint, file=extract.name) from None


def _from_zip(file: IO[bytes], extract: Extract) -> io.BytesIO:
    try:
        with zipfile.ZipFile(file) as archive:
            member = _the_table([one for one in archive.infolist() if not one.is_dir()], extract)
            if member.flag_bits & 1:
                raise SopError("the archive is protected by a password", hint="unpack it", file=extract.name)
            with archive.open(member) as packed:
                return _bounded(packed, max(member.compress_size, 1), extract)
    except (zipfile.BadZipFile, NotImplementedError) as problem:
        raise _damaged(extract, str(problem)) from None


def _the_table(members: list[zipfile.ZipInfo], extract: Extract) -> zipfile.ZipInfo:
    """The only member, or the only one that may be a table; what others hold would be lost."""
    members = [one for one in members if not _of_a_system(one.filename)]
    tables = [one for one in members if not one.filename.lower().endswith(_BESIDE)]
    for found in (members, tables):
        if len(found) == 1:
            return found[0]
    if any(one.filename.endswith(".iwa") or one.filename.lower().endswith("index.zip") for one in members):
        raise SopError(
            "this is a document of Apple Numbers, not a table",
            hint="export it from Numbers as .xlsx",
            file=extract.name,
        )
    if not members:
        raise SopError("the archive is empty", hint="export it again", file=extract.name)
    listed = ", ".join(one.filename for one in (tables or members)[:8])
    raise SopError(
        f"the archive holds {len(members)} files, and which one is the table is not clear",
        hint=f"unpack it and name the file, or all that are to be read, under `files`; in it: {listed}",
        file=extract.name,
    )


def _of_a_system(name: str) -> bool:
    """Whether a member is what a computer puts beside the files of its user."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].lower().startswith((".", "thumbs.db", "desktop.ini"))


def _bounded(packed: IO[bytes], size: int, extract: Extract) -> io.BytesIO:
    """Everything that comes out of `packed`, which has `size` bytes; SopError as soon as it is too much."""
    out, length = io.BytesIO(), 0
    try:
        while chunk := packed.read(_CHUNK):
            length += len(chunk)
            if length > _LARGEST or (length > _FREE and length > _STEEPEST * size):
                raise SopError(
                    f"the archive of {size:,} bytes unpacks to more than {length:,}, which no extract does",
                    hint="if this is really your file, unpack it yourself and name the unpacked one",
                    file=extract.name,
                )
            out.write(chunk)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as problem:
        raise _damaged(extract, str(problem)) from None
    out.seek(0)
    return out


def _not_packed(unpacked: io.BytesIO, extract: Extract) -> io.BytesIO:
    if _is_tar(unpacked.getbuffer()[: _TAR_AT + len(_TAR)].tobytes()):
        raise _of_files(extract)
    if unpacked.getbuffer()[:8].tobytes().startswith((_ZIP, _OLE, *(magic for magic, _ in _PACKED))):
        raise SopError(
            "the archive holds another archive or a workbook",
            hint="unpack it, and name the file in it under `files`",
            file=extract.name,
        )
    return unpacked


def _is_tar(start: bytes) -> bool:
    return start[_TAR_AT:] == _TAR and b"\0" in start  # which no text holds


def _of_files(extract: Extract) -> SopError:
    return SopError(
        "this is a tar archive with files in it, not a table",
        hint="unpack it, and name the file in it under `files`",
        file=extract.name,
    )


def _damaged(extract: Extract, reason: str) -> SopError:
    return SopError(
        f"the archive is damaged or cut short ({reason})", hint="copy or download it again", file=extract.name
    )
