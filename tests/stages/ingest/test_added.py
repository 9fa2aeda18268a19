"""Stock by storage location, deliveries by batch: parts with one key are added up where the source says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.added import ADDED
from sop_cli.stages.ingest.ingest import Intake
from sop_cli.stages.ingest.keys import repeated, seen_twice
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]
AS_OF = date(2026, 10, 1)
HEADER = "month,item,site,bin,qty\n"
BINS = HEADER + "2026-10,A,P1,0001,10\n2026-10,A,P1,0002,12\n2026-10,A,P1,0003,10\n2026-10,B,P1,0001,5\n"


def _stock(*pages: Grid, repeats: str = "sum") -> Source:
    return ingest(pages, SourceRules("stock", TABLES["stock"], repeats=repeats), AS_OF)  # type: ignore[arg-type]


def _kept(found: Source) -> list[tuple[object, ...]]:
    return found.table.select("item", "file", "row", pl.col("quantity").cast(pl.Int64)).rows()


def _totals(found: Source) -> dict[str, tuple[int, ...]]:
    lines = found.controls.select("column", "read", "accepted", "rejected", "excluded").rows()
    return {column: tuple(map(int, counts)) for column, *counts in lines}


def test_parts_count_together_under_the_first_of_them_and_stay_accepted(csv: Csv) -> None:
    found = _stock(csv(BINS))
    assert _kept(found) == [("A", "x.csv", 2, 32), ("B", "x.csv", 5, 5)]
    assert found.rejects.is_empty()
    assert _totals(found) == {
        "records": (4, 4, 0, 0),
        "records added to others": (2, 2, 0, 0),
        "quantity": (37, 37, 0, 0),
    }
    assert found.findings.filter(code="I233").select("severity", "row", "message").rows() == [
        ("info", 3, "2 records added to 1 other with the same key, such as bin 0002; the first to x.csv:2; "
         "quantity 22 in all"),
    ]  # fmt: skip


def test_without_sum_the_hint_says_that_the_rows_could_be_parts(csv: Csv) -> None:
    found = _stock(csv(BINS), repeats="first")
    assert found.rejects.select("row", "rule", "message").rows() == [
        (3, "I221", "same month, item and site (2026-10-01 / A / P1) as x.csv:2, but here qty 12 instead of 10; "
         "here stands bin 0002"),
        (4, "I203", "same record as x.csv:2, but for bin 0003"),
    ]  # fmt: skip
    assert found.rejects["hint"].str.contains("`repeats: sum`").to_list() == [True, True]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("month,item,site,qty", "2026-10,A,P1,10", "2026-10,A,P1,12"),  # no other column
        ("month,item,site,bin,qty", "2026-10,A,P1,1,10", "2026-10,A,P1,1,12"),  # the other column is the same
        ("month,item,site,bin,qty,uom", "2026-10,A,P1,1,10,EA", "2026-10,A,P1,2,12,CS"),  # not the same unit
    ],
)
def test_what_cannot_be_parts_is_offered_no_sum(csv: Csv, header: str, first: str, second: str) -> None:
    found = _stock(csv(f"{header}\n{first}\n{second}\n"), repeats="first")
    assert found.rejects["rule"].to_list() == ["I221"]
    assert not found.rejects["hint"].str.contains("sum").any()


def test_pieces_and_cases_are_never_added_up(csv: Csv) -> None:
    found = _stock(csv("month,item,site,bin,qty,uom\n2026-10,A,P1,1,10,EA\n2026-10,A,P1,2,12,CS\n"))
    assert found.rejects.select("row", "rule", "column").rows() == [(3, "I221", "qty")]
    assert _totals(found)["quantity"] == (22, 10, 12, 0)


def test_a_row_that_is_the_same_to_the_letter_is_there_twice_and_no_part(csv: Csv) -> None:
    found = _stock(csv(BINS + "2026-10,A,P1,0002,12\n"))
    assert found.rejects.select("row", "rule", "message").rows() == [(6, "I203", "same record as x.csv:3")]
    assert _totals(found)["quantity"] == (49, 37, 12, 0)


def test_the_same_parts_in_a_second_file_are_left_out_as_a_whole(csv: Csv) -> None:
    rows = BINS.removeprefix(HEADER)
    found = _stock(csv(BINS, name="a.csv"), csv(HEADER + rows.replace("B", "C"), name="b.csv"))
    assert _kept(found) == [("A", "a.csv", 2, 32), ("B", "a.csv", 5, 5), ("C", "b.csv", 5, 5)]
    told = [(file, row, message[:22]) for file, row, message in found.rejects.select("file", "row", "message").rows()]
    assert told == [("b.csv", row, "same record as a.csv:2") for row in (2, 3, 4)]
    own = found.controls.filter(file="b.csv").select("column", "read", "accepted", "rejected").rows()
    assert [(column, *map(int, counts)) for column, *counts in own] == [
        ("records", 4, 1, 3),
        ("quantity", 37, 5, 32),
    ]


def test_other_parts_in_a_second_file_are_a_conflict_of_sums(csv: Csv) -> None:
    other = csv(HEADER + "2026-10,A,P1,0001,20\n2026-10,A,P1,0002,20\n", name="b.csv")
    found = _stock(csv(BINS, name="a.csv"), other)
    assert found.rejects["message"].str.extract("here (.*)$").to_list() == ["qty 40 instead of 32"] * 2
    assert int(found.controls.filter(file="b.csv", column="quantity")["rejected"][0]) == 40
    assert found.rejects["hint"].str.contains("keep only the newest under `files`").to_list() == [True, True]
    assert not found.rejects["hint"].str.contains("repeats: last").any()


def test_two_sources_may_read_the_same_file(csv: Csv) -> None:
    page = csv(BINS)
    intakes = [Intake(SourceRules(name, TABLES["stock"], repeats="sum"), AS_OF) for name in ("one", "two")]
    records = pl.concat([intake.take(page, lambda: [page]) for intake in intakes])
    twice = seen_twice([prints for intake in intakes for prints in intake.prints])

    def again(suspects: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([intake.again(suspects) for intake in intakes])

    found = repeated(records.lazy(), twice, TABLES["stock"], adding=("one", "two"), again=again)
    assert found["verdict"].to_list() == [ADDED, ADDED, *["I203"] * 4]


def test_prices_cannot_be_added_up(csv: Csv) -> None:
    rules = SourceRules("prices", TABLES["prices"], repeats="sum")
    with pytest.raises(SopError, match="prices cannot be added up"):
        Intake(rules, AS_OF)


def test_rejects_show_the_row_as_it_was_read_under_the_headers_of_the_file(csv: Csv) -> None:
    page = csv("Monat;Artikel;Werk;Menge\n10.2026; A;P1;1.000,50\n10.2026;A;P1;2.000,00\n", ";")
    [reject] = _stock(page, repeats="first").rejects.to_dicts()
    assert (reject["column"], reject["value"]) == ("Menge", "2.000,00")  # as corrections.csv wants them
    assert reject["record"] == "10.2026 | A | P1 | 2.000,00"
    assert "same Monat, Artikel and Werk" in reject["message"]
    assert "Menge 2000 instead of 1000.5" in reject["message"]


def test_months_that_run_across_are_added_up_month_by_month(csv: Csv) -> None:
    page = csv("item,segment,bin,2026-11,2026-12,2027-01\nA,R,1,1,2,3\nA,R,2,10,20,30\n")
    found = ingest([page], SourceRules("forecast", TABLES["forecast"], repeats="sum"), AS_OF)
    assert found.table.select("cell", pl.col("quantity").cast(pl.Int64), "row").rows() == [
        ("2026-11", 11, 2),
        ("2026-12", 22, 2),
        ("2027-01", 33, 2),
    ]
    assert _totals(found)["records added to others"] == (3, 3, 0, 0)


ROWS = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("12"), st.integers(0, 4) | st.none()), min_size=1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, size=st.integers(1, 5))
def test_whatever_the_pages_what_is_accepted_is_what_the_table_holds(
    csv: Csv, rows: list[tuple[str, str, int | None]], size: int
) -> None:
    lines = [f"2026-10,{item},P1,{place},{'x' if qty is None else qty}\n" for item, place, qty in rows]
    whole = csv(HEADER + "".join(lines))
    whole = replace(whole, fields=None, dialect=None)
    starts = [0, *range(size + 1, whole.cells.height, size)]
    ends = [*starts[1:], whole.cells.height]
    pages = [replace(whole, cells=whole.cells[start:end]) for start, end in zip(starts, ends, strict=True)]
    found = _stock(*pages)
    totals = _totals(found)
    once = {row for row in rows if row[2] is not None}
    assert {item: int(sum(qty or 0 for other, _, qty in once if other == item)) for item, _, _ in once} == dict(
        found.table.select("item", pl.col("quantity").cast(pl.Int64)).rows()
    )
    assert totals["records"][1] == len(once)
    assert totals["records"][1] - totals.get("records added to others", (0, 0))[1] == found.table.height
    assert totals["quantity"][1] == sum(qty or 0 for _, _, qty in once) == found.table["quantity"].sum()
    for read, *parts in totals.values():
        assert read == sum(parts)
    assert Decimal(totals["quantity"][0]) == sum(qty or 0 for _, _, qty in rows)
