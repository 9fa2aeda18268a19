"""Codes that a spreadsheet has spoilt: 1,23457E+12, TRUE and 2026-03-01 look like codes, and are none."""

from collections.abc import Iterator, Sequence

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.mapping import SPOILT_CODES
from sop_cli.findings.words import counted
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.monthnames import month_words
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import present

SPOILT: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "header": pl.String(),
    "form": pl.String(),  # what the code has become
    "value": pl.String(),
    "row": pl.Int64(),  # the first one it stands in
    "records": pl.Int64(),
}
_BEGINS = 100_000  # rows within which a page begins that is looked at,
_LOOKED = 10_000  # and records of it: a spreadsheet spoils a column, not a cell
_DIGITS = 15  # that a spreadsheet keeps of a number
_CHANCE = 3  # zeros beyond them that are no chance
_MONTH = rf"(?:{'|'.join(sorted(month_words(), key=len, reverse=True))})"
_FORMS = {
    "numbers with an exponent": r"^\d(?:[.,]\d+)?E\+\d+$",
    "truth values": r"(?i)^(?:true|false|wahr|falsch|vrai|faux|verdadero|falso|vero)$",
    "dates": rf"(?i)^(?:(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}[-. ]{{1,2}}{_MONTH}|{_MONTH}[-. ]\d\d)$",
    "numbers without their last digits": rf"^[1-9]\d{{{_DIGITS - 1}}}0+$",
}
_OWN = 0.5  # of the codes of a column are so: it is how they are


def spoilt(accepted: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """SPOILT codes of one page's accepted records."""
    found = [pl.DataFrame(schema=SPOILT)]
    if accepted.height and page.cells["row"][0] <= _BEGINS:
        for name in present(layout, rules):
            if rules.table.column(name).kind == "code":
                found += _of_column(
                    accepted.head(_LOOKED).select("row", value=as_read(name)), layout.headers[layout.columns[name]]
                )
    place = {"file": pl.lit(page.file), "sheet": pl.lit(page.sheet, pl.String)}
    return pl.concat([part.with_columns(**place).select(*SPOILT) for part in found])


def spoilt_codes(pages: Sequence[pl.DataFrame], rules: SourceRules) -> pl.DataFrame:
    """The findings on SPOILT codes of all pages: one for each file, column and form."""
    codes = (
        pl.concat([pl.DataFrame(schema=SPOILT), *pages])
        .group_by("file", "sheet", "header", "form", maintain_order=True)
        .agg(pl.col("value", "row").first(), pl.col("records").sum(), pl.col("value").n_unique().alias("codes"))
    )
    lines = [
        {
            "source": rules.name,
            "file": code["file"],
            "sheet": code["sheet"],
            "row": code["row"],
            "column": code["header"],
            "value": code["value"],
            "message": f"codes have become {code['form']}: {counted(code['codes'], 'code')} in "
            f"{counted(code['records'], 'record')}, such as '{code['value']}'",
        }
        for code in codes.iter_rows(named=True)
    ]
    return findings(SPOILT_CODES, lines)


def _of_column(cells: pl.DataFrame, header: str) -> Iterator[pl.DataFrame]:
    codes = cells.drop_nulls().group_by("value").agg(pl.col("row").min(), records=pl.len().cast(pl.Int64))
    long = codes.filter(pl.col("value").str.contains(rf"^\d{{{_DIGITS + 1},}}$"))
    for form, pattern in _FORMS.items():
        own = codes.filter(pl.col("value").str.contains(pattern))
        if form.startswith("numbers without"):  # all that are long end in zeros, and not by chance
            zeros = int((own["value"].str.len_bytes() - _DIGITS).sum())
            is_so = own.height == long.height and zeros >= _CHANCE
        else:
            is_so = form.startswith("numbers") or own.height < _OWN * codes.height
        if own.height and is_so:
            yield own.sort("row").with_columns(header=pl.lit(header), form=pl.lit(form))
