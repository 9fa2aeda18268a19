from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from sop_cli.errors import SopError
from sop_cli.read.extract import How, read
from sop_cli.read.files import Extract
from sop_cli.read.parquet import read_parquet


def _written(values: pl.DataFrame, folder: Path, name: str = "x.parquet") -> Extract:
    values.write_parquet(folder / name)
    return Extract(folder / name, name)


def test_column_names_are_row_1_and_the_first_record_is_row_2(tmp_path: Path) -> None:
    grid = read_parquet(_written(pl.DataFrame({"item": ["A", None, ""], "qty": [1, 2, None]}), tmp_path))
    assert grid.cells.rows() == [(1, "item", "qty"), (2, "A", "1"), (3, None, "2"), (4, None, None)]
    assert grid.numeric is not None
    assert grid.numeric.rows() == [(False, False), (False, True), (False, True), (False, False)]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pl.Series([0.1, 1e-7, 1e22, 12.0]), ["0.1", "0.0000001", "1" + "0" * 22, "12"]),
        (pl.Series([0.1, 2.5], dtype=pl.Float32), ["0.1", "2.5"]),
        (pl.Series([2**63 - 1, -1], dtype=pl.Int64), ["9223372036854775807", "-1"]),
        (pl.Series([Decimal("1.10"), Decimal("-0.05")]), ["1.10", "-0.05"]),
        (pl.Series([True, False]), ["TRUE", "FALSE"]),
        (pl.Series([date(2026, 11, 3)]), ["2026-11-03"]),
        (
            pl.Series([datetime(2026, 11, 3), datetime(2026, 11, 3, 14, 30, 0, 500)]),
            ["2026-11-03", "2026-11-03T14:30:00.0005"],
        ),
        (pl.Series([datetime(2026, 11, 3)]).dt.replace_time_zone("UTC"), ["2026-11-03T00:00:00+00:00"]),
        (pl.Series([time(6, 15), time(6, 15, 0, 250_000)]), ["06:15:00", "06:15:00.25"]),
        (pl.Series(["P1"], dtype=pl.Categorical), ["P1"]),
        (pl.Series(["00123", "1E5"]), ["00123", "1E5"]),
    ],
)
def test_values_become_exact_texts(tmp_path: Path, values: pl.Series, texts: Sequence[str]) -> None:
    grid = read_parquet(_written(values.alias("x").to_frame(), tmp_path))
    assert grid.cells["0"].to_list()[1:] == texts


@pytest.mark.parametrize(("value", "what"), [([1, 2], "lists"), ({"a": 1}, "records"), (b"\0", "bytes")])
def test_columns_of_more_than_single_values_are_told(tmp_path: Path, value: object, what: str) -> None:
    with pytest.raises(SopError, match=f"column 'x' holds {what}, not single values"):
        read_parquet(_written(pl.DataFrame({"x": [value]}), tmp_path))


def test_every_column_is_one_piece_however_the_file_has_them(tmp_path: Path) -> None:
    pl.DataFrame({"x": ["1.5", "y", "z"]}).write_parquet(tmp_path / "x.parquet", row_group_size=1)
    grid = read_parquet(Extract(tmp_path / "x.parquet", "x.parquet"))
    assert grid.numeric is not None
    assert (grid.cells.n_chunks("all"), grid.numeric.n_chunks("all")) == ([1, 1], [1])


def test_a_damaged_parquet_file_is_told_in_one_line(tmp_path: Path) -> None:
    whole = _written(pl.DataFrame({"x": [1]}), tmp_path).path.read_bytes()
    (tmp_path / "x.parquet").write_bytes(whole[:-6])
    with pytest.raises(SopError, match=r"x.parquet: the Parquet file is damaged or cut short"):
        read_parquet(Extract(tmp_path / "x.parquet", "x.parquet"))


def test_a_parquet_file_is_known_by_what_it_holds(tmp_path: Path) -> None:
    [grid] = read(_written(pl.DataFrame({"item": ["A"]}), tmp_path, "x.dat"), How())
    assert grid.cells.rows() == [(1, "item"), (2, "A")]
