"""Lines added up to the dataset: one number per month, item, site, segment, account, version and measure."""

import polars as pl

from sop_cli.schemas.dataset import DATASET, GRAIN


def dataset(lines: pl.LazyFrame) -> pl.LazyFrame:
    """The reconciled dataset, columns DATASET, sorted by its key; lines without a value are left out."""
    return (
        lines.filter(pl.col("value").is_not_null())
        .group_by(*GRAIN)
        .agg(pl.col("value").sum(), pl.col("unit").min())
        .select(*DATASET)
        .sort(*GRAIN, nulls_last=True)
    )


def total(dataset: pl.LazyFrame, version: str, measure: str, by: list[str], name: str) -> pl.LazyFrame:
    """One measure of one version, added up to the levels `by`; the sum is called `name`."""
    wanted = (pl.col("version") == version) & (pl.col("measure") == measure)
    return dataset.filter(wanted).group_by(by).agg(pl.col("value").sum().alias(name))
