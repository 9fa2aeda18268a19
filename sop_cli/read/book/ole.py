"""Old Office files are a file system of their own: the streams in it, by name."""

import struct

_LAST = 0xFFFFFFF0  # numbers from here on are no sectors


def stream(raw: bytes, *names: str) -> bytes | None:
    """The bytes of the first stream that has one of `names`, whatever its case; None if there is none."""
    return _Ole(raw).stream({name.lower() for name in names})


class _Ole:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._size = 1 << min(struct.unpack_from("<H", raw, 30)[0], 16)
        self._small_size = 1 << min(struct.unpack_from("<H", raw, 32)[0], 16)
        self._directory, _, self._cutoff, self._small_start, _, more = struct.unpack_from("<IIIIII", raw, 48)
        tables = [*struct.unpack_from("<109I", raw, 76)]
        while more < _LAST and len(tables) * self._size < len(raw):
            entries = self._numbers(self._sector(more))
            tables += entries[:-1]
            more = entries[-1]
        self._next = [number for table in tables if table < _LAST for number in self._numbers(self._sector(table))]

    def stream(self, names: set[str]) -> bytes | None:
        directory = self._chain(self._directory)
        entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        for entry in entries:
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind == 2 and entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower() in names:
                content = self._chain(start) if size >= self._cutoff else self._small(start, entries[0])
                return content[:size]
        return None

    def _small(self, start: int, root: bytes) -> bytes:
        whole = self._chain(struct.unpack_from("<I", root, 116)[0])
        links = self._numbers(self._chain(self._small_start))
        parts: list[bytes] = []
        while start < _LAST and len(parts) <= len(links):
            parts.append(whole[start * self._small_size : (start + 1) * self._small_size])
            start = links[start]
        return b"".join(parts)

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        while start < _LAST and len(parts) <= len(self._next):  # a chain that bites its tail ends all the same
            parts.append(self._sector(start))
            start = self._next[start]
        return b"".join(parts)

    def _sector(self, number: int) -> bytes:
        return self._raw[(number + 1) * self._size : (number + 2) * self._size]

    def _numbers(self, sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
