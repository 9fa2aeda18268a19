"""A table on a hidden sheet is named, and read only when it is declared."""

from pathlib import Path

import openpyxl
import pytest

from sop_cli import pipeline
from sop_cli.errors import SopError
from sop_cli.workspace.request import Request
from tests.toy import Listener


def _ingest(base: Path, sheet: str = "") -> None:
    (base / "config.yaml").write_text(
        f"company: T\ncurrency: EUR\nsources:\n  stock: {{files: stock.xlsx{sheet}}}\n", encoding="utf-8"
    )
    pipeline.run(Request("ingest", base / "config.yaml", "2026-11"), "ingest", Listener())


def _saved(base: Path, *rows: list[object]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = book.create_sheet("Data")
    data.append(["month", "item", "site", "quantity"])
    data.append(["2026-10", "A", "P1", 5])
    data.sheet_state = "hidden"
    book.save(base / "stock.xlsx")


def test_where_only_a_hidden_sheet_holds_the_table_it_is_named(tmp_path: Path) -> None:
    _saved(tmp_path, ["Contact", "Meier"])
    with pytest.raises(SopError, match="no visible sheet holds the columns of stock; hidden sheet 'Data' does") as stop:
        _ingest(tmp_path)
    assert stop.value.hint == "declare it: `sheet: Data`"
    _ingest(tmp_path, ", sheet: Data")


def test_a_hidden_sheet_beside_one_that_holds_the_table_is_no_matter(tmp_path: Path) -> None:
    _saved(tmp_path, ["month", "item", "site", "quantity"], ["2026-10", "B", "P1", 7])
    _ingest(tmp_path)
