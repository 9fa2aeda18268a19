"""corrections.csv: cells of the extracts that people correct, copied from rejects.csv with what they should hold."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from sop_cli.config.document import Mark, Mistake, refuse
from sop_cli.errors import SopError
from sop_cli.schemas.correction import RUNS, Correction

NAME = "corrections.csv"
# Columns and what they say; `sheet` and `value` may be empty.
COLUMNS = {
    "file": "The extract, as rejects.csv names it.",
    "sheet": "Sheet of a workbook; empty for a text file.",
    "row": "Line of a text file or row of a sheet, counted from 1.",
    "column": "Header, as in the file.",
    "value": "What the cell holds, as it was read; the correction counts only while it does.",
    "corrected": "What the cell should hold, written as the file writes it.",
    "who": "Who corrects it.",
    "why": "Why.",
}
_MAY_BE_EMPTY = ("sheet", "value")
_REJECTS_ONLY = ("source", "rule", "message", "hint", "record")  # a whole line of rejects.csv may be copied


def load_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections in `folder`/corrections.csv in the order written; none where the file is absent.

    SopError naming every line that cannot be understood. Fields may be separated by comma, semicolon or tab.
    """
    path = folder / NAME
    if not path.exists():
        return ()
    text = _text(path)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    mistakes: list[Mistake] = []
    found: dict[tuple[str, str | None, int, str], Correction] = {}
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        if header:
            _refuse_header(path, header)
        for line, fields in _records(lines):
            given = dict(zip(header, (field.strip() for field in fields), strict=False))
            if problem := _problem(given, len(fields), len(header)):
                mistakes.append(Mistake(Mark(line, 1), problem))
                continue
            one = _correction(line, given)
            if one.place in found:
                mistakes.append(Mistake(Mark(line, 1), f"corrects the same cell as line {found[one.place].line}"))
            found[one.place] = one
    except csv.Error as problem:
        mistakes.append(Mistake(Mark(lines.line_num, 1), f"not readable as CSV: {problem}"))
    if mistakes:
        raise refuse(path, mistakes)
    return tuple(found.values())


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise SopError(f"cannot be read: {problem.strerror}", file=path) from problem
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # saved by a spreadsheet on Windows
        return raw.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _refuse_header(path: Path, header: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in (*COLUMNS, *_REJECTS_ONLY)]
    if missing or unknown:
        said = [f"there is no column {', '.join(missing)}"] if missing else []
        said += [f"column {', '.join(map(repr, unknown))} is not known"] if unknown else []
        raise SopError(
            "; ".join(said),
            hint=f"the header is {','.join(COLUMNS)}; lines of rejects.csv can be copied as they are",
            file=path,
            line=1,
        )


def _records(lines: "Iterator[list[str]]") -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank with the line it begins in."""
    before = lines.line_num  # type: ignore[attr-defined]
    for fields in lines:
        if any(field.strip() for field in fields):
            yield before + 1, fields
        before = lines.line_num  # type: ignore[attr-defined]


def _problem(given: dict[str, str], fields: int, headers: int) -> str:
    if fields > headers:
        return f"has {fields} fields, the header has {headers}; put a text that contains the separator in quotes"
    if not given.get("column") and given.get("row"):
        return "a whole record cannot be corrected here, only a cell; mend it in the extract"
    empty = [name for name in COLUMNS if name not in _MAY_BE_EMPTY and not given.get(name)]
    if empty:
        return f"{', '.join(empty)} must be filled in"
    if not given["row"].isdecimal() or int(given["row"]) < 1:
        return f"row {given['row']!r} is not a row number"
    return ""


def _correction(line: int, given: dict[str, str]) -> Correction:
    return Correction(
        line=line,
        file=given["file"],
        sheet=given["sheet"] or None,
        row=int(given["row"]),
        column=given["column"],
        value=_unguarded(given["value"]) or None,
        corrected=_unguarded(given["corrected"]),
        who=given["who"],
        why=given["why"],
    )


def _unguarded(text: str) -> str:
    """Without the apostrophe that rejects.csv puts before what a spreadsheet would run as a formula."""
    return text[1:] if re.match(f"'{RUNS}", text) else text
