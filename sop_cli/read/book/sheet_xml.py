"""Sheets of .xlsx workbooks as nearly all programs write them: cut into cells by search, without a parser."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from sop_cli.read.book.marks import Marks, column_index

RECORDS = {
    "row": pl.Int64,
    "letters": pl.String,
    "style": pl.Int64,
    "kind": pl.String,
    "value": pl.String,
    "formula": pl.String,
}
_CELL = (
    r'^(?<letters>[A-Z]{1,3})(?<row>[1-9][0-9]{0,6})"(?: s="(?<style>[0-9]+)")?(?: t="(?<kind>[a-zA-Z]+)")?>%s'
    r'(?:<v>(?<stored>[^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>(?<inline>[^<]*)</t></is>)?</c>'
)
_BETWEEN = (
    r"""(?:</row>|<row(?: r="[1-9][0-9]{0,6}"(?: [^>]*)?| [a-qs-z][^>]*)?>)*$"""  # all that may stand between two cells
)
_FORMULA = r"(?:<f(?: [^>]*)?/>|<f(?: [^>]*)?>(?<formula>[^<]*)</f>)?"
_BLANK = r'^[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?(?: t="(?:n|s|str|b|d|inlineStr)")? ?/>'
_SLICE = 1 << 23  # bytes cut at a time, on all cores
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^>]* hidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


def cut_sheet(xml: bytes) -> tuple[pl.DataFrame, Marks] | None:
    """The cells of a sheet that are not blank, as RECORDS, and its marks; None for a sheet written in another way.

    A single cell that is not understood to its end gives None.
    """
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if start < 0 or end < 0 or b"='" in xml[:start] or b"<!" in xml[:start]:
        return None
    with ThreadPoolExecutor(os.cpu_count()) as beside:
        found = list(beside.map(_cut, _slices(xml, start, end)))
    slices = [part for part in found if part is not None]
    if len(slices) < len(found):
        return None
    hidden = _HIDDEN_ROW.findall(xml) if b' hidden="' in xml else []
    marks = Marks(
        merged=tuple(_merged(xml[end:])),
        hidden_rows=frozenset(map(int, hidden)),
        hidden_columns=frozenset(_hidden_columns(xml[:start])),
        filtered=b"<filterColumn" in xml[end:],
    )
    return pl.concat(slices), marks


def _slices(xml: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        cut = xml.rfind(b"<row ", start + 1, start + _SLICE) if end - start > _SLICE else end
        yield xml[start : cut if cut > 0 else end]
        start = cut if cut > 0 else end


def _cut(xml: bytes) -> pl.DataFrame | None:
    if b"\r" in xml or b"&#" in xml:  # a parser would make other signs of them
        return None
    try:
        text = pl.Series("cell", [xml], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:  # not UTF-8
        return None
    pieces = text.str.split('<c r="').list.explode()
    before, pieces = pieces[0].removeprefix("<sheetData>"), pieces.slice(1)
    formulas = b"<f" in xml
    groups = pieces.str.extract_groups(_CELL % (_FORMULA if formulas else "") + _BETWEEN).struct.unnest()
    understood = groups["row"].is_not_null()
    blank = pieces.filter(~understood).str.contains(_BLANK + _BETWEEN)
    if not blank.all() or not re.match(_BETWEEN, before):
        return None
    formula = pl.lit(None, pl.String)
    if formulas:  # one that is shared is written where it is used first
        formula = pl.when(pieces.str.contains("^[^>]*><f")).then(pl.col("formula").fill_null(""))
    cells = groups.select(
        pl.col("row").cast(pl.Int64),
        "letters",
        pl.col("style").cast(pl.Int64).fill_null(0),
        "kind",
        value=pl.coalesce("stored", "inline").replace("", None),
        formula=formula,
    ).filter(
        understood
        & pl.any_horizontal(pl.col("value").is_not_null(), pl.col("formula").is_not_null(), pl.col("kind") == "e")
    )
    return cells.with_columns(without_entities(pl.col("value", "formula"))) if b"&" in xml else cells


def without_entities(text: pl.Expr) -> pl.Expr:
    """`text` with the five signs that XML writes as entities."""
    escaped = ["&lt;", "&gt;", "&quot;", "&apos;", "&amp;"]
    return text.str.replace_many(escaped, ["<", ">", '"', "'", "&"])


def _merged(tail: bytes) -> Iterator[tuple[int, int, int, int]]:
    for first, top, last, bottom in _MERGED.findall(tail):
        yield int(top), column_index(first), int(bottom), column_index(last)


def _hidden_columns(head: bytes) -> Iterator[int]:
    for attributes in _COLUMN.findall(head):
        said = dict(re.findall(rb'(\w+)="([^"]*)"', attributes))
        if (
            said.get(b"hidden") in (b"1", b"true")
            and said.get(b"min", b"").isdigit()
            and said.get(b"max", b"").isdigit()
        ):
            yield from range(int(said[b"min"]) - 1, min(int(said[b"max"]), 16_384))
