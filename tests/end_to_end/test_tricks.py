"""Whatever trick a file plays, the typed table is that of its clean twin, and every record knows its true row."""

import csv
from pathlib import Path

import polars as pl
import pytest

from tests.end_to_end.tricks import MUSEUM, Trick, content, ingested, ingested_trick, tricks

TRICKS = tricks()
TWINS = sorted({trick.twin for trick in TRICKS})
SILENT = {"I304", "I323"}  # unused columns and months across are told in passing


@pytest.mark.parametrize("trick", TRICKS, ids=[trick.room.name for trick in TRICKS])
def test_a_trick_yields_the_table_of_its_clean_twin(trick: Trick, tmp_path: Path) -> None:
    twin = content(ingested({"twin.csv": trick.twin}, trick.table, tmp_path / "twin").table, trick.table)
    taken = ingested_trick(trick, tmp_path / "trick")
    table = content(taken.table, trick.table)
    print(taken.findings.select("code", "row", "column", "message").rows())
    assert table.drop("row").rows() == twin.drop("row").rows()
    assert table.schema == twin.schema
    rows = dict(zip(sorted(twin["row"]), trick.rows, strict=True))
    assert table["row"].to_list() == [rows[row] for row in twin["row"]]
    assert sorted(taken.told - SILENT) == sorted(trick.told)


@pytest.mark.parametrize("twin", TWINS, ids=[twin.relative_to(MUSEUM).as_posix() for twin in TWINS])
def test_a_clean_twin_is_read_to_the_letter_and_nothing_is_said(twin: Path, tmp_path: Path) -> None:
    table = next(trick.table for trick in TRICKS if trick.twin == twin)
    taken = ingested({"twin.csv": twin}, table, tmp_path)
    with twin.open(newline="", encoding="utf-8") as file:
        header, *records = csv.reader(file)
    months = [name for name, kind in taken.table.schema.items() if kind == pl.Date and "month" in name]
    texts = taken.table.with_columns(pl.col(months).dt.strftime("%Y-%m")).select(header)
    numbers = [pl.col(name).cast(pl.String).str.replace(r"\.?0+$", "") for name in header if _is_number(texts[name])]
    texts = texts.with_columns(numbers).with_columns(pl.col(header).cast(pl.String))
    assert texts.rows() == [tuple(cell or None for cell in record) for record in records]
    assert taken.findings.is_empty()


def _is_number(column: pl.Series) -> bool:
    return column.dtype.is_decimal()
