"""Whatever trick a file plays, the typed table is that of its clean twin, and every record knows its true row."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from tests.end_to_end.tricks import MUSEUM, Taken, Trick, content, ingested, ingested_trick, tricks

TRICKS = tricks()
TWINS = {trick.twin: trick.table for trick in TRICKS}
IN_PASSING = {"I304", "I323"}  # a column is not used, months run across: told of many files

Twin = Callable[[Path], Taken]


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """What ingest makes of a clean twin, each read once."""

    @cache
    def read(path: Path) -> Taken:
        return ingested({"twin.csv": path}, TWINS[path], tmp_path_factory.mktemp("twin"))

    return read


@pytest.mark.parametrize("trick", TRICKS, ids=[trick.room.name for trick in TRICKS])
def test_a_trick_yields_the_table_of_its_clean_twin_with_its_true_rows(
    trick: Trick, twin: Twin, tmp_path: Path
) -> None:
    clean = content(twin(trick.twin).table, trick.table)
    taken = ingested_trick(trick, tmp_path)
    table = content(taken.table, trick.table)
    said = taken.findings.select("code", "row", "column", "message").rows()
    assert table.schema == clean.schema
    assert table.drop("row").rows() == clean.drop("row").rows(), said
    places = dict(zip(sorted(clean["row"]), trick.rows, strict=True))
    assert table["row"].to_list() == [places[row] for row in clean["row"]]
    assert sorted(taken.told - IN_PASSING) == sorted(trick.told), said


@pytest.mark.parametrize("path", TWINS, ids=[path.relative_to(MUSEUM).as_posix() for path in TWINS])
def test_a_clean_twin_is_read_to_the_letter_and_nothing_is_said(path: Path, twin: Twin) -> None:
    taken = twin(path)
    with path.open(newline="", encoding="utf-8") as file:
        header, *records = csv.reader(file)
    written = [_written(taken.table, name) for name in header]
    assert taken.table.select(written).rows() == [tuple(cell or None for cell in record) for record in records]
    assert taken.findings.is_empty()


def _written(table: pl.DataFrame, name: str) -> pl.Expr:
    """The column as a clean twin writes it."""
    if name == "month":
        return pl.col(name).dt.strftime("%Y-%m")
    text = pl.col(name).cast(pl.String)
    return text.str.replace(r"\.?0+$", "") if table[name].dtype.is_decimal() else text
