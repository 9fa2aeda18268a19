"""A workbook is opened by what it is, not by what it is called; what is wrong with it is said in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, PasswordError

from sop_cli.errors import SopError
from sop_cli.read.book.book import MOST_CELLS, OLE, Book, DamagedError, TooLargeError, kind_of
from sop_cli.read.book.book_xml import XmlBook
from sop_cli.read.book.books_calamine import BinaryBook, OldBook, OpenBook
from sop_cli.read.book.package import Package
from sop_cli.read.book.safe_xml import BROKEN_XML, DoctypeError
from sop_cli.read.files import Extract

_RESAVE = "open it in a spreadsheet program and save it as .xlsx"


@contextmanager
def opened(extract: Extract) -> Iterator[Book]:
    """The workbook while its sheets are read; SopError for whatever goes wrong then."""
    try:
        with _book(extract) as book:
            yield book
    except PasswordError:
        raise SopError(
            "the workbook is protected by a password", hint="save a copy without password", file=extract.name
        ) from None
    except TooLargeError as problem:
        raise SopError(
            f"sheet {problem.sheet!r} reaches to row {problem.rows:,}, column {problem.columns:,}",
            hint="delete stray cells far from the table, or export it as CSV; "
            f"at most {MOST_CELLS:,} cells are read, blank ones between others included",
            file=extract.name,
        ) from None
    except DoctypeError:
        raise SopError(
            "the workbook declares XML entities, which no spreadsheet program does", hint=_RESAVE, file=extract.name
        ) from None
    except (CalamineError, DamagedError, OSError, *BROKEN_XML) as problem:
        raise _unreadable(extract, problem) from None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # how a fault in the reader's compiled part arrives
            raise
        raise _unreadable(extract, problem) from None


@contextmanager
def _book(extract: Extract) -> Iterator[Book]:
    kind = kind_of(extract.path)
    if kind == "old":
        yield OldBook(extract.path)
    elif kind is None:
        raise DamagedError("the parts of a workbook are not in it")
    else:
        with Package(extract.path, extract.name) as package:
            if kind == "xml":
                yield XmlBook(package)
            else:
                yield BinaryBook(package) if kind == "binary" else OpenBook(package)


def _unreadable(extract: Extract, problem: BaseException) -> SopError:
    with extract.path.open("rb") as file:
        start = file.read(1024)
    reason = " ".join(str(problem).split()) or type(problem).__name__
    message, hint = "the file is empty", "export it again"
    if start.startswith((b"PK", OLE)):
        message = f"the workbook is damaged or cut short ({reason})"
        hint = f"copy or download it again, or {_RESAVE}"
    elif start and b"\0" not in start:
        message = "this is a text file that is named like a workbook"
        hint = "name it .csv here and under `files` in the config, or save it as .xlsx from a spreadsheet program"
    elif start:
        message, hint = f"this is not a workbook that can be read ({reason})", _RESAVE
    return SopError(message, hint=hint, file=extract.name)
