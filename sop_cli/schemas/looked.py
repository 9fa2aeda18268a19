"""What is seen of a sheet or text file before anyone has said which table it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sop_cli.schemas.recognised import Recognised


@dataclass(frozen=True)
class Looked:
    """One sheet or text file: its headers, what they could stand for, and the first of its records."""

    file: str  # path below the folder that was looked through
    sheet: str | None  # None for text files
    alone: bool  # no other visible sheet of the workbook holds anything
    header: int | None  # row of the header; None where there is none
    headers: Mapping[str, str]  # cell column: header, those that are no months
    months: Mapping[str, str]  # cell column: header, where months run across
    measures: Mapping[str, str]  # what stands beside the months: how to declare them, the one of `months` first
    first_month: int | None  # number of the month that the first of them is
    merged: frozenset[str]  # cell columns in which cells of several rows are merged
    records: pl.DataFrame  # some records, the first ones first: String cell columns, trimmed, null where empty
    looks: Mapping[str, Mapping[str, float]]  # cell column: share of its cells that could be a number, date, month
    recognised: Mapping[str, Recognised]  # table: what the headers stand for
    rows: Sequence[int]  # row in the file of each of the records
    titles: tuple[str, ...]  # texts above the header
    units: Mapping[
        str, Mapping[str, str]
    ]  # cell column: `uom` and `currency` that its header, or a row below it, names
    scales: Mapping[str, int]  # header or title that speaks of thousands or millions: how many those are
