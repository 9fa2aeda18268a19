"""A column that can be read in two ways is read as the others of its file tell, or the doubt is said."""

import polars as pl
import pytest

from sop_cli.stages.ingest.columns.doubts import Column, settled
from sop_cli.stages.ingest.table.kinds import column_kind


def _settled(delimiter: str | None, **columns: str) -> tuple[dict[str, str], list[tuple[str, int | None, str]]]:
    """Kinds by header; code, row and message of what is to be looked at. Records begin in row 2."""
    texts = {name: pl.Series(cells.split("|")) for name, cells in columns.items()}
    seen = {str(at): Column(name, column_kind(cells), cells) for at, (name, cells) in enumerate(texts.items())}
    rows = pl.Series(range(2, 2 + len(next(iter(texts.values())))))
    kinds, remarks = settled(seen, rows, delimiter)
    named = {seen[at].header: kind for at, kind in kinds.items()}
    return named, [(remark.code, remark.row, remark.message) for remark in remarks]


def test_what_is_plain_is_left_alone() -> None:
    assert _settled(",", qty="1,5|2", due="2026-03-04|2026-05-06", code="A|B") == ({}, [])


def test_another_column_tells_the_decimal_sign_without_a_word() -> None:
    assert _settled(",", qty="850|1.050", value="1.200,50|7") == ({"qty": "number, decimal comma"}, [])


def test_a_decimal_sign_that_only_the_delimiter_tells_is_to_be_looked_at() -> None:
    kinds, [(code, row, message)] = _settled(",", qty="2|1.050")
    assert (kinds, code, row) == ({"qty": "number, decimal point?"}, "I211", 3)
    assert message.endswith("because fields are separated by ','")


@pytest.mark.parametrize(
    ("other", "shown"), [("25/12/2026|01/02/2026", "DD/MM/YYYY"), ("12/25/26|1/2/26", "MM/DD/YYYY")]
)
def test_another_column_tells_the_order_of_dates_without_a_word(other: str, shown: str) -> None:
    assert _settled(";", due="03/04/2026|05/06/2026", made=other) == ({"due": f"date, {shown}"}, [])


def test_an_order_of_dates_that_nothing_tells_is_to_be_looked_at() -> None:
    kinds, remarks = _settled(";", due="05/05/2026|03/04/2026")
    assert kinds == {"due": "date, DD/MM/YYYY or MM/DD/YYYY?"}
    assert remarks == [("I213", 3, "'03/04/2026' could be 2026-04-03 or 2026-03-04; nothing in the file tells")]


def test_dates_that_are_the_same_either_way_are_no_doubt() -> None:
    assert _settled(";", due="05/05/2026|03/03/2026")[1] == []
