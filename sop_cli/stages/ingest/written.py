"""How the columns of a file are written, found out from one page, and from the next ones where that is not enough."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.called import beside
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.columns.units import units_below
from sop_cli.stages.ingest.records import places_of
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found, carry_on
from sop_cli.stages.ingest.table.totals import plain_number
from sop_cli.stages.ingest.values.decimals import LONG
from sop_cli.stages.ingest.values.forms import Written, decide
from sop_cli.stages.ingest.values.parse import Form, Forms


def found_out(
    page: Grid, found: Found, pages: Callable[[], Iterable[Grid]], layout: Layout, rules: SourceRules, as_of: date
) -> Forms:
    """The forms of the file as far as `page` needs them; `layout` has those that earlier pages gave.

    A column that can be read in two ways here may be plain on another page; then the rest of the file is looked
    through before anything is read by a guess.
    """
    if _settled(page, layout, rules):
        return layout.forms
    forms = decide(_written(page, found, layout, rules), rules, as_of, layout.forms)
    forms = _as_totals(forms, found, layout, rules)
    if page.sheet is not None or not forms.guessed:  # a sheet is one page
        return replace(forms, guessed=frozenset())
    for other in pages():
        if _last(other) <= _last(page):
            continue
        found = carry_on(other, found)
        forms = decide(_written(other, found, layout, rules), rules, as_of, forms)
        if not forms.guessed:
            break
    return replace(forms, guessed=frozenset())


def _as_totals(forms: Forms, found: Found, layout: Layout, rules: SourceRules) -> Forms:
    """`forms` with the decimal sign of whole numbers that only a total row separates: the one it adds up with."""
    known = dict(forms.known)
    for column in rules.table.columns:
        if column.kind != "number" or column.name in known or not found.totals.height:
            continue
        own = found.totals.filter(pl.col("column").is_in(places_of(column.name, layout, rules)))
        point, comma = _off(own, "."), _off(own, ",")
        if point != comma:
            known[column.name] = Form(decimal="." if point < comma else ",")
    return replace(forms, known=known)


def _off(totals: pl.DataFrame, sign: str) -> Decimal:
    """By how much the totals, read with `sign`, differ from what their records add up to."""
    pairs = totals.filter(pl.col("sum").is_not_null()).select("value", "sum").rows()
    read = [(plain_number(text, sign), total) for text, total in pairs]
    return sum((abs(value - total) if value is not None else abs(total) for value, total in read), Decimal(0))


def _settled(page: Grid, layout: Layout, rules: SourceRules) -> bool:
    """Whether earlier pages have said how all is written, and no number here has more decimals than are kept."""
    for column in rules.table.columns:
        places = places_of(column.name, layout, rules) if column.kind in ("number", "date", "month") else []
        cells = [page.cells[at] for at in places if at in page.cells.columns]
        if column.kind == "number":
            if any(_tells(texts, column.name in layout.forms.known) for texts in cells):
                return False
        elif cells and column.name not in layout.forms.known:
            return False
    return bool(layout.forms.known)


def _tells(texts: pl.Series, known: bool) -> bool:
    """Whether numbers say anything about how they are written, or have more decimals than are kept."""
    if not known:  # whole numbers say nothing
        return texts.cast(pl.Int64, strict=False).null_count() > texts.null_count()
    longest = texts.str.len_bytes().max()
    return isinstance(longest, int) and longest >= LONG


def month_column(layout: Layout, rules: SourceRules) -> tuple[str, Form]:
    """The month column of the table ("" where it has none), and how it is written in the file."""
    if rules.month:
        return rules.month, layout.month_form
    name = next((column.name for column in rules.table.columns if column.kind == "month"), "")
    return name, layout.forms.of(name)


def _last(page: Grid) -> int:
    return int(page.cells["row"][-1]) if page.cells.height else 0


def _written(page: Grid, found: Found, layout: Layout, rules: SourceRules) -> Written:
    columns = {
        column.name: places
        for column in rules.table.columns
        if column.kind in ("number", "date", "month") and (places := places_of(column.name, layout, rules))
    }
    cells = found.records(page)
    joined = {at: parts for places in columns.values() for at in places if len(parts := layout.parts(at)) > 1}
    cells = cells.with_columns(pl.concat_str(parts, separator=rules.join).alias(at) for at, parts in joined.items())
    unused = [at for at in layout.free() if at in cells.columns]
    if not page.tidy:
        used = {at for places in columns.values() for at in places} | {*unused}
        cells = cells.with_columns(pl.col(list(used)).str.strip_chars().replace({"": None}))
    return Written(
        page.file,
        page.sheet,
        cells,
        columns,
        layout.headers,
        beside(page, found),
        None if page.numeric is None else page.numeric.filter(page.cells["row"].is_in(cells["row"].implode())),
        page.dialect.delimiter if page.dialect else None,
        since_1904=page.since_1904,
        unused=unused,
        units={
            at: " ".join(units_below(found, at)) for places in columns.values() for at in places if at not in joined
        },
    )
