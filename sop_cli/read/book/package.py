"""A workbook that is a zip archive: its parts, unpacked within bounds and handed on without the rest."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType

from sop_cli.errors import SopError
from sop_cli.read.book.book import DamagedError, spelled

_LARGEST = 1 << 30  # bytes of all parts that are read, once unpacked
_FREE, _STEEPEST = 64 << 20, 200  # beyond so many bytes no sheet packs better than this, unless to do harm
_PIECE = 1 << 22
# What zipfile raises where an archive is broken, encrypted or packed by an unknown method.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


class Package:
    """The parts of a workbook by name. Only what is asked for is unpacked, and never beyond all measure.

    That is 1 GiB, or 64 MiB where that is more than 200 times the size of the file. The size an archive declares is
    not believed: bytes are counted as they come. Nothing is written to disk.
    """

    def __init__(self, path: Path, name: str) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except _BROKEN as problem:
            raise DamagedError(str(problem)) from None
        self._name = name
        self._size = path.stat().st_size
        self._parts: dict[str, bytes] = {}
        self._left = _LARGEST

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @cached_property
    def names(self) -> dict[str, str]:
        """The member behind every part, by the part's name as indexes spell it: lower case, / between, none first."""
        return {spelled(member): member for member in self._archive.namelist() if not member.endswith("/")}

    def read(self, part: str) -> bytes:
        """The bytes of `part`, empty if there is none; SopError when all that was read is too much."""
        member = self.names.get(spelled(part))
        if member is None:
            return b""
        if member not in self._parts:
            self._parts[member] = self._unpacked(member)
        return self._parts[member]

    def stored(self, parts: Iterable[str], instead: Mapping[str, bytes] = MappingProxyType({})) -> io.BytesIO:
        """A new archive of those of these parts that there are, not compressed; of some the bytes given `instead`."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as written:
            for part in parts:
                if member := self.names.get(spelled(part)):
                    content = instead.get(part) or self.read(part)
                    written.writestr(zipfile.ZipInfo(member.replace("\\", "/").lstrip("/")), content)
        archive.seek(0)
        return archive

    def _unpacked(self, member: str) -> bytes:
        try:
            return b"".join(self._pieces(member))
        except _BROKEN as problem:
            raise DamagedError(str(problem)) from None

    def _pieces(self, member: str) -> Iterator[bytes]:
        with self._archive.open(member) as packed:
            while piece := packed.read(_PIECE):
                self._left -= len(piece)
                if _LARGEST - self._left > max(_FREE, _STEEPEST * self._size):
                    raise SopError(
                        f"the workbook of {self._size:,} bytes unpacks to more than {_LARGEST - self._left:,}, which "
                        "none does",
                        hint="open it in a spreadsheet program and save it anew, or export the table as CSV",
                        file=self._name,
                    )
                if self._left < 0:
                    raise SopError(
                        "the workbook unpacks to more than 1 GiB, at most 1 GiB is read",
                        hint="export the table as CSV",
                        file=self._name,
                    )
                yield piece
