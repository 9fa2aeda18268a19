"""Currency signs within cells: read as part of the number, and held against the currency of the record."""

from collections.abc import Sequence

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.mapping import OTHER_CURRENCY
from sop_cli.findings.words import counted
from sop_cli.schemas.column import Column
from sop_cli.schemas.currencies import SIGNS, meant_by
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.select import present
from sop_cli.stages.ingest.values.numbers import CURRENCY

MARKED: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "column": pl.String(),  # our column
    "header": pl.String(),
    "mark": pl.String(),  # as it stands in the cell
    "currency": pl.String(),  # of the record; null where the column is no money
    "clash": pl.Boolean(),  # the two are not the same
    "given": pl.Boolean(),  # the file or the config says the currency of each record
    "value": pl.String(),
    "row": pl.Int64(),  # the first one it stands in
    "records": pl.Int64(),
}
_PLAIN = b"0123456789.,-+ '()%"  # what a number without a currency is made of


def marked(accepted: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """MARKED numbers of one page's accepted records."""
    found = [pl.DataFrame(schema=MARKED)]
    for name in present(layout, rules):
        column, texts = rules.table.column(name), accepted[as_read(name)]
        if column.kind == "number" and _any_mark(texts):
            found.append(_with_mark(accepted, column, page, layout, rules))
    return pl.concat(found)


def other_currency(pages: Sequence[pl.DataFrame], rules: SourceRules) -> pl.DataFrame:
    """The findings on MARKED numbers of all pages: one for each file, column, sign and currency."""
    signs = (
        pl.concat([pl.DataFrame(schema=MARKED), *pages])
        .group_by("file", "sheet", "column", "header", "mark", "currency", "clash", "given", maintain_order=True)
        .agg(pl.col("value", "row").first(), pl.col("records").sum())
    )
    several = signs.group_by("file", "sheet", "column").agg(pl.col("mark").n_unique().alias("marks"))
    signs = signs.join(several, on=["file", "sheet", "column"], nulls_equal=True, maintain_order="left", validate="m:1")
    return findings(OTHER_CURRENCY, [_told(sign, rules) for sign in signs.filter("clash").iter_rows(named=True)])


def _any_mark(texts: pl.Series) -> bool:
    """Whether any cell has more in it than a plain number; a page of those is looked at no further."""
    return bool(texts.str.join("").item().encode().translate(None, _PLAIN))


def _with_mark(accepted: pl.DataFrame, column: Column, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    text = pl.col(as_read(column.name))
    mark = text.str.extract(rf"(?i)(?:^|[-+( ])({CURRENCY})[-+( ]*[\d.,]").fill_null(
        text.str.extract(rf"(?i)[\d.,][-) ]*({CURRENCY})[-) ]*$")
    )
    spelt = pl.col("mark").str.to_uppercase().str.strip_chars_end(".")
    meant = spelt.replace_strict(SIGNS, default=pl.concat_list(spelt), return_dtype=pl.List(pl.String))
    currency = _currency_of(column, rules)
    known = pl.col("currency").str.to_uppercase().is_in(meant) | pl.col("currency").eq("")
    place = pl.col("at") if column.name == rules.wide else pl.lit(layout.columns.get(column.name), pl.String)
    return (
        accepted.lazy()
        .select("row", value=text, mark=mark, currency=currency, at=place)
        .filter(pl.col("mark").is_not_null())
        .with_columns(clash=~known.fill_null(False))
        .group_by("mark", "currency", "clash", maintain_order=True)
        .agg(pl.col("value", "row", "at").first(), records=pl.len().cast(pl.Int64))
        .with_columns(
            given=pl.lit("currency" in layout.columns or "currency" in rules.constants),
            file=pl.lit(page.file),
            sheet=pl.lit(page.sheet, pl.String),
            column=pl.lit(column.name),
            header=pl.col("at").replace_strict(layout.headers, default=None, return_dtype=pl.String),
        )
        .select(*MARKED)
        .collect()
    )


def _currency_of(column: Column, rules: SourceRules) -> pl.Expr:
    """The currency that a number of `column` is in; null where it is no money."""
    if not any(word in column.unit for word in ("currency", "metric")):
        return pl.lit(None, pl.String)
    own = any(other.name == "currency" for other in rules.table.columns) and "reporting" not in column.unit
    return pl.col("currency").fill_null(rules.currency) if own else pl.lit(rules.currency)


def _told(sign: dict[str, str | int | None], rules: SourceRules) -> dict[str, str | int | None]:
    mark, currency, value = sign["mark"], sign["currency"], sign["value"]
    code = meant_by(str(mark))[0]
    if currency is None:
        said = f"{sign['column']} is no money"
        hint = "Map the column to what it holds with `columns`, or remove the sign from the extract."
    else:
        said = f"its record is in {currency}"
        hint = "Have the currency exported as a column of its own; a number is taken to be in that of its record."
        if sign["given"]:
            hint = "Correct the sign in the extract, or the currency of the record; the number is taken to be in that."
        elif sign["marks"] == 1:
            hint = f"Declare `constants: {{currency: {code}}}` if all of the file is in it. {hint}"
    message = f"{counted(int(sign['records'] or 0), 'number')} with '{mark}', such as '{value}', though {said}"
    place = {"file": sign["file"], "sheet": sign["sheet"], "row": sign["row"], "column": sign["header"]}
    return {"source": rules.name, **place, "value": value, "message": message, "hint": hint}
