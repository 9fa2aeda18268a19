"""Months that are empty, cut off or of another scale are told; those that merely differ are not."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.completeness.months import month_findings

AS_OF = date(2026, 10, 1)
MONTHS = [add_months(AS_OF, -step) for step in range(11, -1, -1)]


def _shipments(lines: dict[date, list[tuple[int, float]]], source: str = "shipments") -> pl.DataFrame:
    """Shipments by month, each a day of the month and a quantity."""
    rows = [
        {"shipped": month + timedelta(days=day - 1), "quantity": Decimal(str(size)), "amount": Decimal(str(size))}
        for month, parts in lines.items()
        for day, size in parts
    ]
    frame = pl.DataFrame(rows, schema_overrides={"quantity": EXACT, "amount": EXACT})
    blank = {name: pl.lit(None, kind) for name, kind in TABLES["shipments"].schema().items()}
    given = {name: pl.col(name) for name in frame.columns}
    return frame.select(**{**blank, **given, "source": pl.lit(source)})


def _regular() -> dict[date, list[tuple[int, float]]]:
    return {month: [(day, 10.0) for day in (2, 8, 14, 20, 26, 28)] for month in MONTHS}


def _told(records: pl.DataFrame) -> list[tuple[str, str]]:
    found = month_findings(records.lazy(), TABLES["shipments"], AS_OF, Decimal(50))
    return [(code, message) for code, message in found.select("code", "message").rows()]


def test_regular_months_are_not_told() -> None:
    assert _told(_shipments(_regular())) == []


def test_months_without_records_in_between_are_one_finding() -> None:
    lines = {month: parts for month, parts in _regular().items() if month not in MONTHS[4:6]}
    assert _told(_shipments(lines)) == [
        ("I230", "no records of 2026-03 to 2026-04, though there are some from 2025-11 to 2026-10")
    ]


def test_a_month_of_zeros_is_told_for_the_column_that_holds_them() -> None:
    records = _shipments(_regular())
    zero = pl.when(pl.col("shipped").dt.truncate("1mo") == MONTHS[7]).then(pl.lit(0, EXACT)).otherwise("amount")
    assert _told(records.with_columns(amount=zero)) == [("I230", "amount is 0 in all 6 records of 2026-06")]


def _plan(table: str, number: str, sizes: Mapping[date, int], **kind: str) -> pl.DataFrame:
    """A plan of three records in each of the months, all of this size."""
    months = [month for month in sizes for _ in range(3)]
    given = {"month": pl.Series(months, dtype=pl.Date), number: pl.Series([sizes[one] for one in months]).cast(EXACT)}
    blank = {name: pl.lit(None, kind) for name, kind in TABLES[table].schema().items()}
    words = {name: pl.lit(word) for name, word in kind.items()}
    return pl.DataFrame(given).select(
        **{**blank, **{name: pl.col(name) for name in given}, "source": pl.lit("p"), **words}
    )


def _told_of_plan(table: str, *plans: pl.DataFrame) -> list[tuple[str, str]]:
    found = month_findings(pl.concat(plans).lazy(), TABLES[table], AS_OF, Decimal(50))
    return found.select("place", "message").rows()


def test_a_month_without_rows_or_of_zeros_within_a_forecast_is_told() -> None:
    ahead = {add_months(AS_OF, step): 0 if step == 7 else 10 for step in range(1, 19) if step != 11}
    assert _told_of_plan("forecast", _plan("forecast", "quantity", ahead)) == [
        ("p", "no records of 2027-09, though there are some from 2026-11 to 2028-04"),
        ("p", "quantity is 0 in all 3 records of 2027-05"),
    ]


def test_each_version_and_measure_of_a_budget_has_its_own_months() -> None:
    year = {date(2027, month, 1): 10 for month in range(1, 13)}
    parts = [
        _plan("aop", "value", year, version="AOP", measure="units"),
        _plan("aop", "value", year | {date(2027, 8, 1): 0}, version="AOP", measure="revenue"),
        _plan("aop", "value", {date(2028, month, 1): 9 for month in range(1, 13)}, version="Next", measure="units"),
    ]
    assert _told_of_plan("aop", *parts) == [("p / AOP / revenue", "value is 0 in all 3 records of 2027-08")]


def test_a_plan_may_begin_late_end_in_zeros_and_have_overtime_in_some_months_alone() -> None:
    ends = {add_months(AS_OF, step): 10 if step < 13 else 0 for step in range(1, 19)}
    assert _told_of_plan("forecast", _plan("forecast", "quantity", ends)) == []
    some = {add_months(AS_OF, step): 8 if step % 3 else 0 for step in range(1, 19)}
    assert _told_of_plan("capacity", _plan("capacity", "hours", some, measure="overtime")) == []
    seldom = {add_months(AS_OF, step): 10 for step in range(1, 30, 3)}
    assert _told_of_plan("forecast", _plan("forecast", "quantity", seldom)) == []


def test_a_source_that_seldom_has_records_has_no_empty_months() -> None:
    lines = {month: parts for at, (month, parts) in enumerate(_regular().items()) if at % 3}
    assert _told(_shipments(lines)) == []


def test_a_last_month_that_ends_early_and_is_small_is_told() -> None:
    cut = _regular() | {AS_OF: [(2, 10.0), (8, 10.0)]}
    assert _told(_shipments(cut)) == [
        ("I231", "2026-10 has 2 records, usual in the 6 months before is 6, and the last is of 2026-10-08")
    ]


def test_a_last_month_that_is_small_but_whole_or_early_but_full_is_not_told() -> None:
    assert _told(_shipments(_regular() | {AS_OF: [(2, 10.0), (28, 10.0)]})) == []
    assert _told(_shipments(_regular() | {AS_OF: [(day, 10.0) for day in (1, 3, 5, 6, 7, 8)]})) == []


def test_a_source_of_one_month_is_held_against_the_history_of_its_table() -> None:
    lines = _regular()
    history = _shipments({month: parts for month, parts in lines.items() if month < AS_OF}, "history")
    assert [code for code, _ in _told(pl.concat([history, _shipments({AS_OF: [(2, 10.0)]})]))] == ["I231"]


def test_a_month_in_thousands_is_told_with_what_it_would_be() -> None:
    thousands = _regular() | {MONTHS[5]: [(day, 0.01) for day in (2, 8, 14, 20, 26, 28)]}
    assert _told(_shipments(thousands)) == [
        ("I232", f"{name} of 2026-04 is 0.01 a record, about 1/1000 of the usual 10; scaled, the month would add up to "
         "about 60")
        for name in ("quantity", "amount")
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 9999), trend=st.floats(0.9, 1.1), spread=st.floats(1, 4))
def test_seasons_trends_and_noise_raise_no_alarm(seed: int, trend: float, spread: float) -> None:
    random = Random(seed)
    lines = {}
    for at, month in enumerate(MONTHS):
        season = random.uniform(0.4, 1.6) * trend**at
        days = [random.randint(1, 28) for _ in range(int(20 * season) + 3)]
        lines[month] = [(day, round(100 * season * random.uniform(1, spread), 2)) for day in days]
        lines[month].append((27, 50.0))
    assert _told(_shipments(lines)) == []
