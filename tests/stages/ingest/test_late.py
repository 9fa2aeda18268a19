"""A correction that moves a record into a month not closed yet takes it out of the one it stood in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]
HEADER = "order,line,item,site,account,promised,shipped,qty,amount\n"
OCTOBER = "8,10,A,P1,C,2026-10-01,2026-10-05,80,800\n"
NOVEMBER = "8,10,A,P1,C,2026-10-01,2026-11-05,81,810\n"
OTHER = "9,10,A,P1,C,2026-10-01,2026-10-06,5,50\n"


def _shipments(csv: Csv, *files: str, repeats: str = "last") -> Source:
    pages = [csv(HEADER + text, name=f"{name}.csv") for name, text in zip("abc", files, strict=False)]
    rules = SourceRules("shipments", TABLES["shipments"], repeats=repeats, constants={"currency": "EUR"})  # type: ignore[arg-type]
    return ingest(pages, rules, date(2026, 10, 1))


def _kept(found: Source) -> list[tuple[str, str, int]]:
    return found.table.select("file", "order", "quantity").cast({"quantity": int}).rows()


def test_the_later_extract_wins_though_its_month_is_not_closed_and_the_old_record_is_excluded(csv: Csv) -> None:
    found = _shipments(csv, OCTOBER + OTHER, NOVEMBER)
    assert _kept(found) == [("a.csv", "9", 5)]
    told = found.findings.filter(code="I222").select("file", "row", "message").rows()
    assert told == [("a.csv", 2, "1 record corrected later, the first by b.csv:2; quantity -80; amount -800")]
    totals = found.controls.filter(column="quantity").select("file", "read", "accepted", "excluded").rows()
    assert totals == [
        ("a.csv", Decimal(85), Decimal(5), Decimal(80)),
        ("b.csv", Decimal(81), Decimal(0), Decimal(81)),
    ]
    assert found.rejects.is_empty()


def test_a_still_later_extract_brings_it_back_and_an_earlier_one_moves_nothing(csv: Csv) -> None:
    assert _kept(_shipments(csv, OCTOBER + OTHER, NOVEMBER, OCTOBER.replace("80,", "79,"))) == [
        ("a.csv", "9", 5),
        ("c.csv", "8", 79),
    ]
    assert _kept(_shipments(csv, NOVEMBER + OTHER, OCTOBER)) == [("a.csv", "9", 5), ("b.csv", "8", 80)]
    assert _kept(_shipments(csv, OCTOBER, OCTOBER.replace("80,", "79,"), NOVEMBER + OTHER)) == [("c.csv", "9", 5)]


def test_within_one_file_the_later_row_wins_as_well(csv: Csv) -> None:
    assert _kept(_shipments(csv, OCTOBER + OTHER + NOVEMBER)) == [("a.csv", "9", 5)]
    assert _kept(_shipments(csv, NOVEMBER + OTHER + OCTOBER)) == [("a.csv", "9", 5), ("a.csv", "8", 80)]


def test_where_the_first_record_counts_an_open_month_takes_nothing_away(csv: Csv) -> None:
    assert _kept(_shipments(csv, OCTOBER, NOVEMBER, repeats="first")) == [("a.csv", "8", 80)]
