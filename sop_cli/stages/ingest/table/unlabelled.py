"""Subtotals that repeat the outer label, leave the inner one empty, and say no word."""

from decimal import Decimal

import polars as pl

from sop_cli.stages.ingest.table.totals import Keys, decimal_sign
from sop_cli.stages.ingest.values.numbers import number

_SOME_OTHERS = 4  # rows that add up for each one that does not, where empty labels mean subtotals


def added_up(cells: pl.DataFrame, start: int, known: Keys, pointed: frozenset[int]) -> frozenset[int]:
    """Places of rows without one of their names that say what the rows since the last such row add up to.

    So a list writes subtotals that repeat the outer label and leave the inner one empty. Where a cell is merely not
    filled in, hardly any of these rows adds up.
    """
    body, found = cells.slice(start), frozenset[int]()
    before = range(max(known.numbers, default=0))
    gaps = [at for at in before if at not in known.numbers and 0 < body[str(at)].null_count() * 2 <= body.height]
    if not gaps:
        return found
    signs = {at: "." if at in pointed else decimal_sign(body[str(at)]) for at in known.numbers}
    values = body.select(number(pl.col(str(at)), sign).fill_null(Decimal(0)) for at, sign in signs.items())
    lacking, run = pl.col("lacking"), pl.col("lacking").cast(pl.UInt32).cum_sum().shift(1, fill_value=0)
    records = (~lacking).sum().over("run")
    sums = [pl.when(~lacking).then(name).sum().over("run") for name in values.columns]
    equal = pl.sum_horizontal(
        (pl.col(name) == own) & (own != 0) for name, own in zip(values.columns, sums, strict=True)
    )
    for at in gaps:
        held = values.with_columns(lacking=body[str(at)].is_null()).with_columns(run=run)
        judged = held.select(
            # Two records and one number may add up by chance; a number may be a code or a price.
            sums=lacking & (records > 1) & ((equal > 1) | (equal > 0) & (records > 2)),
            others=lacking & (records > 0) & (equal == 0),
        )
        own = judged["sums"].arg_true()
        if own.len() > 1 and judged["others"].sum() * _SOME_OTHERS <= own.len():
            found |= {start + place for place in own.to_list()}
    return found
