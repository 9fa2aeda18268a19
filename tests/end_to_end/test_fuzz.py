"""Whatever table is written, in whatever dialect and layout, ingest gives it back, or says what it could not tell."""

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings

from sop_cli.schemas.tables import TABLES
from tests.end_to_end.fuzz import examples
from tests.end_to_end.tricks import Taken, ingested
from tests.end_to_end.written import HEADERS, Example, in_order

_UNSURE = {"I211", "I212", "I213"}  # a decimal sign or an order of day and month that nothing in the column settles


@settings(max_examples=25, deadline=None)
@given(example=examples(clear=True))
def test_a_table_written_in_any_dialect_and_layout_is_given_back_with_its_true_rows(example: Example) -> None:
    taken = _ingested(example)
    assert _records(example, taken) == example.expected()
    allowed = {"I111"} if example.shape.again is not None else set()
    assert _warnings(taken) <= allowed | ({"I325"} if example.style.currency == "$n" else set())  # the plan is in EUR


@settings(max_examples=25, deadline=None)
@given(example=examples(clear=False))
def test_what_can_be_read_in_two_ways_is_never_read_wrongly_without_a_word(example: Example) -> None:
    taken = _ingested(example)
    assert _records(example, taken) == example.expected() or taken.told & _UNSURE


def _ingested(example: Example) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        path = example.write(Path(folder))
        return ingested({path.name: path}, example.table, Path(folder) / "workspace")


def _records(example: Example, taken: Taken) -> list[tuple[object, ...]]:
    names = [column.name for column in TABLES[example.table].columns if column.name in HEADERS[example.table]]
    return sorted(taken.table.select(*names, "row").rows(), key=in_order)


def _warnings(taken: Taken) -> set[str]:
    """Codes of what is said about how the file is written; what is said about its contents beside."""
    reading = pl.col("code").str.contains("^I(?:1|20|21|32)") & (pl.col("severity").cast(pl.String) != "info")
    return set(taken.findings.filter(reading)["code"])
