"""Which of several records with one key counts, and that every other one is accounted for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.column import PROVENANCE, Column, Table
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.keys import CORRECTED, fingerprints, repeated, seen_twice
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]
HEADER = "month,item,site,qty\n"
TABLE = Table("t", "", (Column("k", "code", ""), Column("v", "text", ""), Column("n", "number", "")), key=("k",))


def _stock(csv: Csv, *files: str) -> Source:
    pages = [csv(HEADER + text, name=f"{name}.csv") for name, text in zip("abc", files, strict=False)]
    return ingest(pages, SourceRules("stock", TABLES["stock"], repeats="last"), date(2026, 10, 1))


def test_a_later_file_corrects_an_earlier_one_where_the_source_says_so(csv: Csv) -> None:
    found = _stock(csv, "2026-10,A,P1,1\n2026-10,B,P1,5\n", "2026-10,A,P1,7\n")
    assert found.table.select("item", "quantity", "file").rows() == [
        ("B", Decimal(5), "a.csv"),
        ("A", Decimal(7), "b.csv"),
    ]
    assert found.rejects.is_empty()
    told = found.findings.select("code", "severity", "file", "row", "message").rows()
    assert told == [("I222", "info", "a.csv", 2, "1 record corrected later, the first by b.csv:2; quantity +6")]


def test_what_a_later_record_replaces_is_excluded_under_its_rule_in_the_controls(csv: Csv) -> None:
    found = _stock(csv, "2026-10,A,P1,1\n2026-10,B,P1,5\n", "2026-10,A,P1,7\n2026-10,A,P1,7\n")
    totals = found.controls.select("file", "column", "read", "accepted", "rejected", "excluded").rows()
    assert [(file, column, *map(int, counts)) for file, column, *counts in totals] == [
        ("a.csv", "records", 2, 1, 0, 1),
        ("a.csv", "records excluded: corrected later", 1, 0, 0, 1),
        ("a.csv", "quantity", 6, 5, 0, 1),
        ("b.csv", "records", 2, 1, 1, 0),
        ("b.csv", "quantity", 14, 7, 7, 0),
    ]


def test_a_file_that_a_later_one_replaces_as_a_whole_is_not_one_without_records(csv: Csv) -> None:
    found = _stock(csv, "2026-10,A,P1,1\n", "2026-10,A,P1,7\n")
    assert found.findings["code"].to_list() == ["I222"]


def test_a_value_that_comes_back_counts_again(csv: Csv) -> None:
    found = _stock(csv, "2026-10,A,P1,1\n", "2026-10,A,P1,7\n", "2026-10,A,P1,1\n")
    assert found.table.select("file", "quantity").rows() == [("c.csv", Decimal(1))]


RECORDS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xy"), st.sampled_from([None, 1, 2]), st.sampled_from("pq")),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(lines=RECORDS, correcting=st.sets(st.sampled_from("pq")))
def test_the_record_that_counts_is_the_one_a_reader_of_the_files_would_name(
    lines: list[tuple[str, str, int | None, str]], correcting: set[str]
) -> None:
    records = pl.DataFrame(
        [
            {"k": k, "v": v, "n": None if n is None else Decimal(n), "source": source, "file": "f", "row": at}
            for at, (k, v, n, source) in enumerate(lines)
        ],
        schema=TABLE.schema(),
    )
    found = repeated(records.lazy(), seen_twice([fingerprints(records, TABLE)]), TABLE, correcting)
    counts: dict[str, int] = {}
    verdicts: dict[int, str] = {}
    for at, (key, *said, source) in enumerate(lines):
        if key not in counts:
            counts[key] = at
        elif said == list(lines[counts[key]][1:3]):
            verdicts[at] = "I203"
        elif source in correcting:
            verdicts[counts[key]] = CORRECTED
            counts[key] = at
        else:
            verdicts[at] = "I221"
    assert dict(found.select("row", "verdict").rows()) == verdicts
    differs = found.filter(pl.col("verdict") != "I203")["differs"]
    assert all(any(said) for said in differs)


@pytest.mark.parametrize("repeats", ["first", "last"])
def test_records_without_a_repeat_are_not_even_looked_at(repeats: str) -> None:
    records = pl.DataFrame([{"k": "A"}, {"k": None}], schema=TABLE.schema())
    assert seen_twice([fingerprints(records, TABLE)]).is_empty()
    assert repeated(records.lazy(), seen_twice([]), TABLE, [repeats]).is_empty()
    assert set(PROVENANCE) <= set(repeated(records.lazy(), seen_twice([]), TABLE).columns)
