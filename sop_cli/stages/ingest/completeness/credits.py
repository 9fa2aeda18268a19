"""Numbers with the sign of a credit: lines of the ledger or the budget, or goods and revenue below zero."""

from collections.abc import Mapping, Sequence

import polars as pl

from sop_cli.findings.completeness import CREDIT
from sop_cli.findings.finding import findings
from sop_cli.findings.words import plain
from sop_cli.schemas.chart import of_chart
from sop_cli.schemas.column import Table
from sop_cli.stages.ingest.values.parse import listed

_FEWEST = 3  # records of a line before its sign says anything
_NEARLY = 0.9  # share of them that are negative: there are cancellations
_SHOWN = 5  # accounts that are named one by one
_POSITIVE = ("units", "revenue", "cogs")  # measures of a budget that are hardly ever negative


def credit_findings(
    records: pl.LazyFrame, table: Table, accounts: Mapping[str, Sequence[str]], signs: Mapping[str, int]
) -> pl.DataFrame:
    """The findings on the sources of a `table` with credit signs.

    `accounts` are those of the ledger by line of the plan, or beginnings that end in `*`, `signs` the `scale` that a
    source declares already.
    """
    names = {column.name for column in table.columns}
    if {"gl_account", "amount"} <= names:
        by, value = "gl_account", "amount"
        codes = records.select(pl.col(by).unique()).collect().to_series().to_list()
        lines = {account: line for line, own in of_chart(accounts, codes).items() for account in own}
    elif {"measure", "value"} <= names:
        by, value, lines = "measure", "value", {measure: measure for measure in _POSITIVE}
    else:
        return findings(CREDIT, [])
    amount = pl.col(value)
    counted = (
        records.filter(amount != 0)
        .group_by("source", by)
        .agg(many=pl.len(), negative=(amount < 0).sum(), file=pl.col("file").first(), row=pl.col("row").first())
        .filter(pl.col("many") >= _FEWEST)
        .sort("source", by)
        .collect()
        .with_columns(credit=pl.col("negative") >= _NEARLY * pl.col("many"))
    )
    found = []
    for (source,), own in counted.group_by("source", maintain_order=True):
        credit = own.filter("credit", pl.col(by).is_in(list(lines)))
        if credit.is_empty():
            continue
        codes = credit[by].to_list()
        whole = bool(own["credit"].all())  # also of accounts that the plan does not use
        found.append(
            {
                "source": source,
                "file": credit["file"][0],
                "row": credit["row"][0],
                "column": value,
                "message": _message(codes, credit, lines, by),
                "hint": _hint(codes, by, value, signs.get(str(source), 1), whole=whole),
            }
        )
    return findings(CREDIT, found)


def sums_below_zero(
    controls: pl.DataFrame, tables: Mapping[str, Table], signs: Mapping[str, Mapping[str, int]]
) -> pl.DataFrame:
    """The findings on sources whose quantities or amounts add up to less than zero.

    `tables` has the table that each source feeds, `signs` the `scale` that it declares by column; one that turns a
    sign already means what it says. The ledger and the budget, whose lines differ in sign, are judged line by line.
    """
    wanted = pl.lit(False)
    for source, table in tables.items():
        goods = [column.name for column in table.columns if column.additive and column.sign == "any"]
        if "quantity" in goods:
            open_signs = [name for name in goods if signs.get(source, {}).get(name, 1) > 0]
            wanted |= pl.col("source").eq(source) & pl.col("column").is_in(open_signs)
    sums = controls.filter(wanted).group_by("source", "column", maintain_order=True)
    below = sums.agg(pl.col("accepted").sum(), pl.col("file").first()).filter(pl.col("accepted") < 0)
    lines = [
        {
            "source": source,
            "file": file,
            "column": column,
            "message": f"{column} adds up to {plain(total)} in the records accepted; the plan has what goes out "
            "positive and only returns negative",
            "hint": f"If the system writes it with the other sign, declare `scale: "
            f"{{{column}: {-signs.get(source, {}).get(column, 1)}}}` for the source; nothing, if these are returns.",
        }
        for source, column, total, file in below.rows()
    ]
    return findings(CREDIT, lines)


def _message(codes: Sequence[str], credit: pl.DataFrame, lines: Mapping[str, str], by: str) -> str:
    meant = listed(list(dict.fromkeys(lines[code].replace("_", " ") for code in codes)), "and")
    shown = [*codes[:_SHOWN], *([f"{len(codes) - _SHOWN} more"] if len(codes) > _SHOWN else [])]
    where = f"{meant}, account {listed(shown, 'and')}," if by == "gl_account" else meant
    return (
        f"{where} is negative in {credit['negative'].sum():,} of {credit['many'].sum():,} records, as credits are "
        "posted; the plan has revenue, costs and balances positive"
    )


def _hint(codes: Sequence[str], by: str, value: str, factor: int, *, whole: bool) -> str:
    if whole:
        return f"If so, declare `scale: {{{value}: {-factor}}}` for the source, which turns all of it."
    return f"If so, declare `turn_sign: {{{by}: [{', '.join(codes)}]}}` for the source; the others keep their sign."
