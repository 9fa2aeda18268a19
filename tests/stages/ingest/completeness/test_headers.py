"""A finding on a cell names the header a person finds above it."""

import polars as pl

from sop_cli.findings.completeness import FUTURE
from sop_cli.findings.finding import findings
from sop_cli.stages.ingest.completeness.files import COLUMNS
from sop_cli.stages.ingest.completeness.headers import in_headers

HEADERS = [
    ("stock", "a.csv", None, 1, "Menge", "quantity", None),
    ("stock", "b.csv", None, 1, "Qty", "quantity", None),
    ("stock", "c.csv", None, 1, "Werk", "site", None),
    ("stock", "c.csv", None, 2, "Lager", "site", None),
    ("stock", "c.csv", None, 3, "Lot", None, None),
]


def _named(source: str, file: str | None, row: int | None, column: str | None) -> str | None:
    columns = pl.DataFrame(HEADERS, schema=COLUMNS, orient="row")
    told = findings(FUTURE, [{"source": source, "file": file, "row": row, "column": column, "message": ""}])
    named: str | None = in_headers(told, columns)["column"].item()
    return named


def test_each_file_has_its_own_header() -> None:
    assert [_named("stock", file, 2, "quantity") for file in ("a.csv", "b.csv")] == ["Menge", "Qty"]


def test_what_is_said_of_no_row_or_has_two_headers_or_none_stays_as_we_call_it() -> None:
    assert _named("stock", "a.csv", None, "quantity") == "quantity"
    assert _named("stock", None, None, "quantity") == "quantity"
    assert _named("stock", "c.csv", 2, "site") == "site"
    assert _named("other", "a.csv", 2, "quantity") == "quantity"
    assert _named("stock", "a.csv", 2, None) is None
