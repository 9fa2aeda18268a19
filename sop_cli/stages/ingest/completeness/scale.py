"""Values about 100 or 1000 times what their own history says: thousands read as units, lost decimal signs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.findings.completeness import SCALE
from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.words import month, plain
from sop_cli.schemas.column import Column, Table
from sop_cli.stages.ingest.completeness.magnitude import FACTORS, is_off, off_by, rough
from sop_cli.stages.ingest.completeness.slips import price_slips, value_slips

_MANY = 6  # values of one kind before one of them is called unusual
_STEADY = 5.0  # the largest of the others over the smallest
_SOME = 400_000  # records that show which items have one price,
_NEAR, _MOSTLY = 3, 0.8  # which is, within this factor, what so many of their records have
_TENFOLD = 5  # the dearest price of an item over its cheapest, before its records are looked at one by one
_SYMBOLIC = 1  # an amount below it is no price that anybody pays
_PLACE = ("source", "file", "sheet", "row")
_FEW = 5  # wrong amounts of a file that are told one by one
_TOLD = 20  # findings of one kind that are told one by one
_WIDE = 0.2  # decades a price paid may lie off the exact factor: customers pay different prices


def scale_findings(records: pl.LazyFrame, table: Table, before: pl.LazyFrame | None) -> pl.DataFrame:
    """The findings on values of a `table` of the wrong scale; `before` is the table as last cycle left it."""
    names = {column.name for column in table.columns}
    parts = [_prices_paid(records, table)] if {"item", "quantity", "amount", "uom", "currency"} <= names else []
    running = next((name for name in table.key if table.column(name).kind == "month"), None)
    for column in table.columns:
        priced = {"item", "quantity", "amount"} <= names
        if column.kind == "number" and not priced:
            parts.append(value_slips(records, table, column))
        if column.kind == "number" and running is not None:
            parts.append(_series(records, table, column, running))
        if column.kind == "number" and before is not None and table.key and " per " in column.unit:
            parts.append(_since(records, before, table, column))
    return all_findings(parts)


def sources_off(controls: pl.DataFrame, before: pl.DataFrame, cycle: str) -> pl.DataFrame:
    """The findings on sources whose average value is of another scale than in `cycle`; both are CONTROLS."""
    means, then = _means(controls), _means(before)
    lines = []
    for place, mean in means.items():
        source, column = place
        if words := off_by(mean, then.get(place, 0.0)):
            text = f"{column} is {rough(mean)} a record on average, about {words} the {rough(then[place])} of {cycle}"
            lines.append({"source": source, "place": source, "column": column, "message": text})
    return findings(SCALE, lines)


def _means(controls: pl.DataFrame) -> dict[tuple[str, str], float]:
    sums = controls.group_by("source", "column", maintain_order=True).agg(pl.col("accepted").sum().cast(pl.Float64))
    counts = {source: count for source, column, count in sums.rows() if column == "records"}
    return {
        (source, column): total / counts[source]
        for source, column, total in sums.rows()
        if not column.startswith("records") and counts[source] >= _MANY
    }


def _prices_paid(records: pl.LazyFrame, table: Table) -> pl.DataFrame:
    """Records whose amount by quantity is far off what is usual for the item, in the same unit and currency."""
    amount, quantity = pl.col("amount").cast(pl.Float64).abs(), pl.col("quantity").cast(pl.Float64).abs()
    price = pl.col("price")
    paid_each = pl.when(amount >= _SYMBOLIC, quantity > 0).then(amount / quantity)
    # The items first, which is quick; what remains of them is looked at unit by unit.
    steady = _steady_items(records.head(_SOME).with_columns(price=paid_each))
    if steady.is_empty():
        return findings(SCALE, [])
    paid = records.filter(pl.col("item").is_in(steady.implode())).with_columns(price=paid_each)
    spread = paid.group_by("item").agg(
        price.min().alias("least"), price.max().alias("most"), price.count().alias("many")
    )
    wide = spread.filter(pl.col("many") >= _MANY, pl.col("most") / pl.col("least") > _TENFOLD).collect()
    if wide.is_empty():
        return findings(SCALE, [])
    kind = ["item", "uom", "currency"]
    kept = paid.select(*kind, "amount", "quantity", "price", *_PLACE).filter(price.is_not_null())
    suspects = kept.filter(pl.col("item").is_in(wide["item"].implode())).collect()
    slips = price_slips(suspects)
    suspects = suspects.filter(pl.len().over(kind) >= _MANY)
    usual = suspects.with_columns(usual=price.median().over(kind))
    off = usual.filter(is_off(price / pl.col("usual"), _WIDE)).sort("source", "file", "row", maintain_order=True)
    lines = [line for _, part in off.group_by("file", maintain_order=True) for line in _paid(part)]
    return all_findings([findings(SCALE, lines), slips])


def _steady_items(paid: pl.LazyFrame) -> pl.Series:
    """Items whose first records nearly all have about one price, or that times a factor.

    Of others nothing can be called unusual.
    """
    some = paid.filter(pl.col("price").is_not_null())
    ratio = pl.col("price") / pl.col("price").median().over("item")
    near = ratio.is_between(1 / _NEAR, _NEAR) | is_off(ratio, _WIDE)
    share = some.group_by("item", maintain_order=True).agg(near.mean().alias("near"))
    return share.filter(pl.col("near") >= _MOSTLY).collect()["item"]


def _paid(off: pl.DataFrame) -> Iterator[dict[str, object]]:
    """The records of one file one by one, or with one word for all where they are many."""
    for row in off.head(1 if off.height > _FEW else _FEW).iter_rows(named=True):
        scaled = row["usual"] * abs(float(row["quantity"]))
        text = (
            f"{plain(row['amount'])} for {plain(row['quantity'])} of {row['item']} is {rough(row['price'])} each, "
            f"about {off_by(row['price'], row['usual'], _WIDE)} the usual {rough(row['usual'])}; scaled it would be "
            f"about {scaled:,.2f}"
        )
        many = f"{off.height:,} records have amounts of the wrong scale, the first: " if off.height > _FEW else ""
        yield {**_place(row), "column": "amount", "value": plain(row["amount"]), "message": many + text}


def _series(records: pl.LazyFrame, table: Table, column: Column, running: str) -> pl.DataFrame:
    """Single months of a steady series, such as the stock of an item at a site, that are far off the others."""
    group = [name for name in table.key if name != running]
    size = pl.col("size")
    sized = records.with_columns(size=pl.col(column.name).cast(pl.Float64).abs()).filter(size > 0)
    spread = sized.group_by(group).agg(size.min().alias("least"), size.max().alias("most"), pl.len().alias("many"))
    wide = spread.filter(pl.col("many") > _MANY, pl.col("most") / pl.col("least") > min(FACTORS) / 2).collect()
    if wide.is_empty():
        return findings(SCALE, [])
    suspects = sized.join(wide.lazy().select(group), on=group, how="semi", nulls_equal=True).collect()
    judged = suspects.with_columns(usual=size.median().over(group)).with_columns(
        off=is_off(size / pl.col("usual"), _WIDE)
    )
    others = pl.when(~pl.col("off")).then("size")
    steady = (others.max() <= _STEADY * others.min()) & (others.count() >= _MANY)
    off = judged.with_columns(steady=steady.over(group)).filter("off", "steady")
    off = off.sort("source", "file", "row", maintain_order=True)
    lines = [
        {
            **_place(row),
            "column": column.name,
            "value": plain(row[column.name]),
            "first": row[running],
            "last": row[running],
            "message": f"{column.name} {plain(row[column.name])} of {_named(row, group)} in {row[running]:%Y-%m} is "
            f"about {off_by(row['size'], row['usual'], _WIDE)} the usual {rough(row['usual'])}",
        }
        for row in off.head(_TOLD).iter_rows(named=True)
    ]
    return _told(lines, off)


def _since(records: pl.LazyFrame, before: pl.LazyFrame, table: Table, column: Column) -> pl.DataFrame:
    """Prices, costs and rates that are about 100 or 1000 times those of last cycle."""
    name = column.name
    then = before.select(*table.key, then=name).unique(list(table.key), keep="first", maintain_order=True)
    pairs = records.join(then, on=list(table.key), how="inner", nulls_equal=True, maintain_order="left")
    known = pairs.filter(pl.col("then") > 0, pl.col(name) > 0)
    off = known.filter(is_off(pl.col(name).cast(pl.Float64) / pl.col("then").cast(pl.Float64))).collect()
    lines = list(_moved(off.head(_TOLD), table, name))
    return _told(lines, off)


def _moved(off: pl.DataFrame, table: Table, name: str) -> Iterator[dict[str, object]]:
    for row in off.iter_rows(named=True):
        words = off_by(float(row[name]), float(row["then"]))
        yield {
            **_place(row),
            "column": name,
            "value": plain(row[name]),
            "message": f"{name} {plain(row[name])} of {_named(row, table.key)} is about {words} last cycle's "
            f"{plain(Decimal(row['then']))}",
        }


def _told(lines: list[dict[str, object]], off: pl.DataFrame) -> pl.DataFrame:
    if off.height > _TOLD:
        lines.append({"source": off["source"][0], "message": f"and {off.height - _TOLD} more like these"})
    return findings(SCALE, lines)


def _place(row: dict[str, object]) -> dict[str, object]:
    return {name: row[name] for name in _PLACE}


def _named(row: dict[str, object], names: list[str] | tuple[str, ...]) -> str:
    parts = [month(value) if isinstance(value := row[name], date) else str(value) for name in names]
    return " / ".join(part for part in parts if part != "None")
