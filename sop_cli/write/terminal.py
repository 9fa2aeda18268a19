"""Answers and findings as lines on a terminal or in a log: aligned, never cut off where nobody can scroll."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from sop_cli.schemas.pack import PackColumn, Value
from sop_cli.write import numbers

if TYPE_CHECKING:
    import polars as pl

_MOST = 10  # findings shown of one code
_NARROWEST = 12  # characters a wrapped column keeps
_GAP = "  "
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def print_findings(
    findings: pl.DataFrame,
    stream: TextIO,
    *,
    width: int | None = None,
    colour: bool = False,
    most: int = _MOST,
    rest: str = "breaks.csv",
    fold_info: bool = False,
) -> None:
    """Print findings, worst first and by code: at most `most` of a code, then how many more there are in `rest`.

    Where the same is said of many rows of a file it is said once, and what to do once per code. With `fold_info` a code
    that is merely info is said with its first case alone. `width` is that of a terminal; without it nothing is wrapped.
    """
    import polars as pl  # a table alone is printed without it

    same = ["severity", "code", "file", "sheet", "place", "message"]
    limit = pl.when((pl.col("severity") == "info") & fold_info).then(1).otherwise(most)
    shown = (
        findings.with_columns(_all=pl.len().over("code", "severity"), _alike=pl.len().over(same))
        .unique(same, keep="first", maintain_order=True)
        .with_columns(_nth=pl.int_range(pl.len()).over("code", "severity"))
        .filter(pl.col("_nth") < limit)
        .sort("severity", "code", "_nth", descending=[True, False, False])
    )
    hinted: set[str] = set()
    for (_, code), group in shown.group_by("severity", "code", maintain_order=True):
        rows = group.to_dicts()
        more = rows[0]["_all"] - sum(row["_alike"] for row in rows)
        folded = ""
        if more > 0 and fold_info and rows[0]["severity"] == "info":
            folded = f" (the first of {rows[0]['_all']:,} in {rest})"
        for row in rows:
            _print_finding(row, stream, width, colour, folded)
        if more > 0 and not folded:
            stream.write(f"  and {more:,} more in {rest}\n")
        hint = next((row["hint"] for row in rows if row["hint"]), None)
        if hint and code not in hinted:
            _write_wrapped(f"  hint: {_one_line(hint)}", stream, width, "        ")
            hinted.add(code)


def print_table(
    rows: Sequence[Sequence[Value]],
    columns: Sequence[PackColumn],
    stream: TextIO,
    *,
    width: int | None = None,
    colour: bool = False,
) -> None:
    """Print rows under their headings: text left, numbers right, None as a dash.

    `width` is that of a terminal: the widest text columns are wrapped until the table fits. Without
    it every row is one line.
    """
    places = numbers.column_decimals(columns, rows)
    cells = [
        [
            _one_line(numbers.text(value, column.format, digits))
            for value, column, digits in zip(row, columns, places, strict=True)
        ]
        for row in rows
    ]
    headings = [_one_line(column.title) for column in columns]
    widths = [max(1, *map(len, column)) for column in zip(headings, *cells, strict=True)]
    if width is not None:
        _narrow(widths, columns, headings, width)
    lines = _wrapped(headings, columns, widths)
    lines = [f"{_BOLD}{line}{_PLAIN}" for line in lines] if colour else lines
    lines.append(_GAP.join("-" * one for one in widths))
    for row in cells:
        lines += _wrapped(row, columns, widths)
    stream.writelines(f"{line}\n" for line in lines)


def _print_finding(row: dict[str, Any], stream: TextIO, width: int | None, colour: bool, folded: str) -> None:
    severity, where = row["severity"], _one_line(_where(row))
    if row["row"] is not None and (column := _one_line(row["column"] or "")) and column not in row["message"]:
        where += f" {column}"
    again = folded or (f" (and {row['_alike'] - 1:,} more such)" if row["_alike"] > 1 else "")
    text = f"{severity} {row['code']}{' ' + where if where else ''}: {_one_line(row['message'] or '')}{again}"
    lines = _lines(text, width, "  ")
    if colour:
        lines[0] = f"{_COLOURS[severity]}{severity}{_PLAIN}" + lines[0][len(severity) :]
    stream.writelines(f"{line}\n" for line in lines)


def _where(row: dict[str, Any]) -> str:
    """`gl.csv:14 F03 / 2026-08`; a sheet stands behind its file: `gl.xlsx!Ledger:14`."""
    file = row["file"] or ""
    file += f"!{row['sheet']}" if file and row["sheet"] else ""
    file += f":{row['row']}" if file and row["row"] is not None else ""
    return " ".join(part for part in (file, row["place"] or "") if part)


def _write_wrapped(text: str, stream: TextIO, width: int | None, indent: str) -> None:
    stream.writelines(f"{line}\n" for line in _lines(text, width, indent))


def _lines(text: str, width: int | None, indent: str) -> list[str]:
    """`text` on lines of a terminal; long words such as paths are left whole so that they can be copied."""
    if width is None:
        return [text]
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _narrow(widths: list[int], columns: Sequence[PackColumn], headings: list[str], width: int) -> None:
    """Take room from the widest text columns until the table fits, or none can give more."""
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        texts = [at for at, column in enumerate(columns) if column.format == "text"]
        texts = [at for at in texts if widths[at] > max(_NARROWEST, *map(len, headings[at].split() or [""]))]
        if not texts:
            return
        widths[max(texts, key=lambda at: widths[at])] -= 1


def _wrapped(row: list[str], columns: Sequence[PackColumn], widths: list[int]) -> list[str]:
    parts = [textwrap.wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
    lines = []
    for at in range(max(map(len, parts), default=0)):
        texts = (part[at] if at < len(part) else "" for part in parts)
        padded = (
            text.ljust(width) if column.format == "text" else text.rjust(width)
            for text, column, width in zip(texts, columns, widths, strict=True)
        )
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _one_line(text: str) -> str:
    """Text from an extract must not break a line or steer the terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
