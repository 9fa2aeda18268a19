"""Single values about ten times what the same item otherwise has: one digit too many, a decimal sign one place off."""

from collections.abc import Sequence

import polars as pl

from sop_cli.findings.completeness import SLIP
from sop_cli.findings.finding import findings
from sop_cli.findings.words import month, plain
from sop_cli.schemas.column import Column, Table
from sop_cli.stages.ingest.completeness.magnitude import rough

_OTHERS = 8  # values of the same kind before one of them is called a slip
_LEAST, _MOST = 7, 15  # times the largest of the others: beyond is another order of magnitude, or another thing
_EVEN = 3  # the largest of the others over the usual one: lumpy demand has no usual value
_ALIKE = 2.5  # the highest of the other prices over the lowest
_FEW = 3  # slips of a table, beyond one in a hundred series, that make it lumpy rather than wrong
_SHARE = 0.01
_PLACE = ("source", "file", "sheet", "row")


def value_slips(records: pl.LazyFrame, table: Table, column: Column) -> pl.DataFrame:
    """The findings on values of an additive `column` far beyond every other of their series."""
    group = _series(table)
    if not column.additive or not group:
        return findings(SLIP, [])
    size = pl.col("size")
    sized = records.with_columns(size=pl.col(column.name).cast(pl.Float64).abs()).filter(size > 0)
    sums = sized.group_by(group).agg(many=pl.len(), most=size.max(), total=size.sum())
    judged = sums.filter(pl.col("many") > _OTHERS).collect()
    # Only where the largest is far beyond the mean of the others it can be far beyond the largest of them.
    mean = (pl.col("total") - pl.col("most")) / (pl.col("many") - 1)
    far = judged.filter(pl.col("most") >= _LEAST * mean).select(group)
    if far.is_empty():
        return findings(SLIP, [])
    series = sized.join(far.lazy(), on=group, how="semi", nulls_equal=True).group_by(group)
    wild = series.agg(most=size.max(), second=size.top_k(2).min(), usual=size.median()).filter(
        (pl.col("most") / pl.col("second")).is_between(_LEAST, _MOST), pl.col("second") <= _EVEN * pl.col("usual")
    ).collect()  # fmt: skip
    if wild.is_empty() or wild.height > max(_FEW, _SHARE * judged.height):
        return findings(SLIP, [])
    off = sized.join(wild.lazy(), on=group, how="inner", nulls_equal=True).filter(size == pl.col("most")).collect()
    named = [name for name in group if name != "source"]
    return _told(off, column.name, named, "the largest of the others", "second")


def price_slips(paid: pl.DataFrame) -> pl.DataFrame:
    """The findings on single records whose `price` is about ten times or a tenth of what the item always has.

    An unusual quantity at the usual price is an unusual order and no slip.
    """
    kind = ["source", "item", "uom", "currency"]
    ratio = pl.col("price") / pl.col("usual")
    judged = paid.with_columns(usual=pl.col("price").median().over(kind)).with_columns(
        off=ratio.is_between(_LEAST, _MOST) | ratio.is_between(1 / _MOST, 1 / _LEAST)
    )
    others = pl.when(~pl.col("off")).then("price")
    alike = (others.max() <= _ALIKE * others.min()) & (others.count() >= _OTHERS) & (pl.col("off").sum() == 1)
    off = judged.with_columns(alike=alike.over(kind)).filter("off", "alike")
    if off.height > max(_FEW, _SHARE * judged["item"].n_unique()):
        return findings(SLIP, [])
    lines = [
        {
            **{name: row[name] for name in _PLACE},
            "column": "amount",
            "value": plain(row["amount"]),
            "message": f"{plain(row['amount'])} for {plain(row['quantity'])} of {row['item']} is {rough(row['price'])} "
            f"each, about {'ten times' if row['price'] > row['usual'] else 'a tenth of'} the usual "
            f"{rough(row['usual'])}: a digit too many or too few in the amount or the quantity?",
        }
        for row in off.sort("source", "file", "row").iter_rows(named=True)
    ]
    return findings(SLIP, lines)


def _series(table: Table) -> list[str]:
    """What the values of one series have in common."""
    names = [column.name for column in table.columns]
    running = [name for name in table.key if table.column(name).kind == "month"]
    if running:
        return ["source", *(name for name in table.key if name not in running), *({"uom"} & {*names})]
    return ["source", *(name for name in ("item", "site", "uom") if name in names)] if "item" in names else []


def _told(off: pl.DataFrame, name: str, group: Sequence[str], held: str, against: str) -> pl.DataFrame:
    months = [column for column, kind in off.schema.items() if column == "month" and kind == pl.Date]
    lines = []
    for row in off.sort("source", "file", "row").iter_rows(named=True):
        of = " / ".join(str(row[part]) for part in group if row[part] is not None)
        when = f" in {month(row[months[0]])}" if months else ""
        lines.append(
            {
                **{part: row[part] for part in _PLACE},
                "column": name,
                "value": plain(row[name]),
                "message": f"{name} {plain(row[name])} of {of}{when} is {row['most'] / row[against]:.0f} times {held}, "
                f"{rough(row[against])}: a digit too many?",
            }
        )
    return findings(SLIP, lines)
