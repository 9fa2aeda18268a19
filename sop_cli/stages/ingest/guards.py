"""Codes guarded from spreadsheets, as ="00123" in a text file: what stands between the quotes is meant."""

from dataclasses import replace

import polars as pl

from sop_cli.findings.values import GUARDED
from sop_cli.findings.words import counted
from sop_cli.schemas.grid import Grid, Remark

_GUARD = r'^\s*="([^"]*)"\s*$'


def unguarded(page: Grid) -> Grid:
    """The page with what its guarded cells mean, and a remark that says so."""
    if not page.may_guard:
        return page
    cells = pl.exclude("row")
    guarded = page.cells.select("row", cells.str.contains(_GUARD).fill_null(value=False))
    places = guarded.filter(pl.any_horizontal(cells))
    if places.is_empty():
        return page
    count = int(places.select(pl.sum_horizontal(cells.sum())).item())
    row = places.row(0)
    at = row.index(True, 1) - 1
    value = page.cells.filter(pl.col("row") == row[0])[str(at)][0]
    message = f"{counted(count, 'cell')} with a guard against spreadsheets, read without it"
    meant = page.cells.with_columns(cells.str.replace(_GUARD, "${1}").replace({"": None}))
    return replace(page, cells=meant, remarks=(*page.remarks, Remark(GUARDED.code, int(row[0]), at, value, message)))
