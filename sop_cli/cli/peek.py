"""`sop peek`: what the tool sees in a file, before any config."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from sop_cli.cli import options as given
from sop_cli.cli.speak import answer, answer_json, speaking
from sop_cli.findings.words import counted

if TYPE_CHECKING:
    from sop_cli.pipeline.peek import Peek

EXAMPLE = "sop peek extracts/2026-11/shipments.csv"
_MOST = 8  # runs of rows outside the table that are shown, and remarks of one kind
_SHOWN = 16  # letters of an example
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank", ":": "colon"}
_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR", "": "mixed"}


def peek(
    file: Annotated[Path, Argument(metavar="FILE", help="A text file or a workbook.")],
    sheet: Annotated[
        str | None,
        Option("--sheet", help="Sheet of a workbook, by name or number.", show_default="the fullest visible one"),
    ] = None,
    dump: Annotated[
        Path | None, Option("--dump", metavar="OUT.csv", help="Write header and records to this file, to the letter.")
    ] = None,
    header: Annotated[
        int | None,
        Option("--header", min=0, metavar="ROW", help="Row of the header; 0: it has none.", show_default="found"),
    ] = None,
    format: given.FormatOption = "text",
    no_color: given.NoColorOption = False,
) -> None:
    """Show what is in a file: how it is written, where its table lies, its columns, what is odd.

    Needs no config and changes nothing.
    """
    with speaking(format, file, no_color):
        from sop_cli import pipeline

        rows = None if header is None else (header,) if header else ()
        seen = pipeline.peek(file, sheet, rows, dump)
        if format == "json":
            answer_json(_json(seen))
        else:
            answer(_text(seen))


def _text(seen: Peek) -> str:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    parts = [[seen.file, *_written(seen), *_where(seen)], _outside(seen), _columns(seen, width), _odd(seen, width)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _written(seen: Peek) -> list[str]:
    """How the file is written: the dialect of a text file, the sheets of a workbook."""
    lines = []
    if written := seen.dialect:
        delimiter = "one column" if written.delimiter is None else f"fields parted by {_named(written.delimiter)}"
        delimiter = "fields aligned by blanks" if written.cuts else delimiter
        quote = f"quoted by {written.quote}" if written.quote else "nothing quoted"
        escape = f", quotes escaped by {_named(written.escape)}" if written.escape else ""
        ends = f"{_ENDS.get(written.newline, repr(written.newline))} line ends"
        lines.append(f"  written  {written.encoding}, {delimiter}, {quote}{escape}, {ends}")
    for nth, one in enumerate(seen.sheets):
        mark = "*" if one.name == seen.sheet else " "
        hidden = "" if one.visibility == "visible" else f", {one.visibility}"
        size = f"{one.rows:,} rows x {one.columns:,} columns" if one.rows else "empty"
        lines.append(f"  {'sheets' if not nth else '':8}{mark}{one.name}: {size}{hidden}")
    return lines


def _named(sign: str) -> str:
    return _NAMES.get(sign, repr(sign) if not sign.isprintable() or len(sign) > 1 else sign)


def _where(seen: Peek) -> list[str]:
    if not seen.columns:
        return ["  table    none: the file is empty"]
    header = "none" if not seen.header_rows else f"row {_runs(seen.header_rows)}, {seen.confidence} confidence"
    records = "none" if seen.first_row is None else f"{seen.records:,} in rows {seen.first_row:,} to {seen.last_row:,}"
    return [f"  header   {header}", f"  records  {records}, {counted(seen.width, 'column')}"]


def _outside(seen: Peek) -> list[str]:
    """The rows that are no records, one line for neighbours of one reason."""
    runs: list[tuple[list[int], str, str]] = []
    for row, reason, text in seen.outside:
        if runs and runs[-1][1] == reason and row == runs[-1][0][-1] + 1:
            runs[-1][0].append(row)
        else:
            runs.append(([row], reason, text))
    lines = [f"  {_runs(rows):>9}  {reason:15}  {_short(text, 48)}".rstrip() for rows, reason, text in runs[:_MOST]]
    more = [f"  and {len(runs) - _MOST:,} more places"] if len(runs) > _MOST else []
    return ["outside the table", *lines, *more] if lines else []


def _columns(seen: Peek, width: int | None) -> list[str]:
    from decimal import Decimal

    from sop_cli.schemas.pack import PackColumn, Value
    from sop_cli.write.terminal import print_table

    if not seen.columns:
        return []
    headings = ("", "header", "kind", "filled", "empty", "for example")
    rows: list[tuple[Value, ...]] = [
        (
            _letters(column.at) if seen.sheet else str(column.at + 1),
            _short(column.header, 32) or "(none)",
            column.kind,
            Decimal(column.filled),
            Decimal(column.empty),
            " | ".join(_short(text, _SHOWN) for text in column.examples),
        )
        for column in seen.columns
    ]
    table = StringIO()
    formats = [PackColumn(name, "count" if name in ("filled", "empty") else "text") for name in headings]
    print_table(rows, formats, table, width=width)
    more = seen.width - len(seen.columns)
    return table.getvalue().rstrip("\n").split("\n") + ([f"and {counted(more, 'more column')}"] if more else [])


def _odd(seen: Peek, width: int | None) -> list[str]:
    """What a person should look at, most of a kind first said and then counted."""
    import textwrap
    from collections import Counter

    from sop_cli.findings.rules import RULES

    headers = {column.at: column.header for column in seen.columns}
    told: Counter[str] = Counter()
    lines: list[str] = []
    for remark in sorted(seen.remarks, key=lambda one: RULES[one.code].severity == "info"):
        told[remark.code] += 1
        if told[remark.code] <= _MOST:
            row = "" if remark.row is None else f" row {remark.row:,}"
            header = headers.get(-1 if remark.column_index is None else remark.column_index)
            row += f", {_short(header, 32)}" if header else ""
            told_too = remark.column_index is not None and remark.value and remark.value not in remark.message
            value = f": {_short(remark.value or '', 40)}" if told_too else ""
            lines.append(f"  {RULES[remark.code].severity:7} {remark.code}{row}: {remark.message}{value}")
    lines += [f"  and {count - _MOST:,} more of {code}" for code, count in told.items() if count > _MOST]
    if seen.formulas:
        where = f" in {seen.dumped}" if seen.dumped else ""
        begin = counted(seen.formulas, "text begins", "texts begin")
        lines.append(f"  warning {begin} like a formula (= + - @){where}: a spreadsheet would run it")
    if width:
        lines = [part for line in lines for part in textwrap.wrap(line, width, subsequent_indent="    ")]
    if seen.dumped:
        lines.append(f"  written to {seen.dumped}")
    return ["to look at", *lines] if lines else ["nothing odd"] if seen.columns else []


def _runs(rows: Sequence[int]) -> str:
    return f"{rows[0]:,}" if len(rows) == 1 else f"{rows[0]:,}-{rows[-1]:,}"


def _short(text: str, most: int) -> str:
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _letters(at: int) -> str:
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _json(seen: Peek) -> dict[str, object]:
    from dataclasses import asdict

    document = asdict(seen)
    outside = [{"row": row, "reason": reason, "text": text} for row, reason, text in seen.outside]
    return document | {"outside": outside, "dumped": str(seen.dumped) if seen.dumped else None}
