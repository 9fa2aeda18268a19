"""A register remembers: in which cycle each entry was first seen, and for how many cycles it has stood."""

from datetime import date

import polars as pl


def aged(entries: pl.DataFrame, key: str, previous: pl.DataFrame | None, cycle: date) -> pl.DataFrame:
    """`entries` plus first_seen (cycle), age (cycles running, this one included) and seen_before.

    `previous` is the register of the cycle before; an entry with the same `key` in it keeps its first cycle.
    """
    before = (
        previous.select(key, "first_seen")
        if previous is not None
        else pl.DataFrame(schema={key: pl.String(), "first_seen": pl.Date()})
    )
    since = pl.col("first_seen")
    months = (cycle.year - since.dt.year().cast(pl.Int64)) * 12 + cycle.month - since.dt.month().cast(pl.Int64)
    return (
        entries.join(before, on=key, how="left", validate="m:1", maintain_order="left")
        .with_columns(seen_before=since.is_not_null(), first_seen=since.fill_null(cycle))
        .with_columns(age=months + 1)
    )
