import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from sop_cli.errors import SopError
from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract
from sop_cli.read.unpack import opened

Write = Callable[[str, bytes], Extract]
TABLE = b"item;qty\nA;1\n"


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))
    return packed.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["x.csv.gz", "x.csv", "x"])
@pytest.mark.parametrize(
    "packed",
    [gzip.compress(TABLE), bz2.compress(TABLE), lzma.compress(TABLE), _zip({"x.csv": TABLE}), TABLE],
    ids=["gz", "bz2", "xz", "zip", "plain"],
)
def test_a_packed_table_is_read_whatever_it_is_called(extract: Write, name: str, packed: bytes) -> None:
    [grid] = read(extract(name, packed), How())
    assert grid.cells.rows() == [(1, "item", "qty"), (2, "A", "1")]


def test_the_only_table_of_an_archive_is_read_whatever_lies_beside_it(extract: Write) -> None:
    beside = {"readme.md": b"hello", "x.csv.sha256": b"00", "__MACOSX/x.csv": b"junk", ".DS_Store": b"junk"}
    packed = _zip({**beside, "../../etc/x.csv": TABLE})
    assert opened(extract("x.zip", packed)).read() == TABLE


@pytest.mark.parametrize(
    ("packed", "message"),
    [
        (_zip({"a.csv": TABLE, "b.csv": TABLE}), "the archive holds 2 files, and which one is the table is not clear"),
        (_zip({"a.csv": TABLE, "b.xlsx": b"PK"}), "the archive holds 2 files, and which one is the table is not clear"),
        (_zip({"a.csv": TABLE, "b.csv.gz": b""}), "the archive holds 2 files, and which one is the table is not clear"),
        (_zip({"a.csv": TABLE, "part2": TABLE}), "the archive holds 2 files, and which one is the table is not clear"),
        (_zip({}), "the archive is empty"),
        (_zip({"a.csv": gzip.compress(TABLE)}), "the archive holds another archive or a workbook"),
        (gzip.compress(gzip.compress(TABLE)), "the archive holds another archive or a workbook"),
        (gzip.compress(TABLE * 100)[:-20], "the archive is damaged or cut short"),
        (_zip({"a.csv": TABLE})[:40], "the archive is damaged or cut short"),
        (b"\x1f\x8b", "the archive is damaged or cut short"),
        (gzip.compress(_tar()), "this is a tar archive with files in it, not a table"),
        (_tar(), "this is a tar archive with files in it, not a table"),
    ],
    # Archives hold the time they were made at, so what is in them names no test.
    ids=lambda given: "archive" if isinstance(given, bytes) else given,
)
def test_an_archive_that_is_no_single_table_is_told(extract: Write, packed: bytes, message: str) -> None:
    with pytest.raises(SopError, match=message):
        opened(extract("x.zip", packed))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lambda bomb: _zip({"a.csv": bomb})])
def test_an_archive_that_unpacks_beyond_all_bounds_is_refused(extract: Write, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(SopError, match="which no extract does"):
        opened(extract("x.zip", pack(bytes(80 << 20))))
