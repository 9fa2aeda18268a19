"""Severities by config: fixed ones, and those that depend on how many records a verdict concerns."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.ingest import DUPLICATE, STALE, UNREADABLE, UNUSED_COLUMN
from sop_cli.stages.ingest.checks import Check, Checks, Limit, checked

FOUND = all_findings(
    [
        findings(STALE, [{"source": "a", "message": "old"}]),
        findings(UNREADABLE, [{"source": source, "message": "x"} for source in "aab"]),
        findings(UNUSED_COLUMN, [{"source": "a", "message": "n"}]),
    ]
)
REJECTS = pl.DataFrame(
    [(source, UNREADABLE.code, "f", None, row) for source, row in [("a", 2), ("a", 2), ("a", 3), ("a", 4), ("b", 2)]],
    schema={"source": pl.String, "rule": pl.String, "file": pl.String, "sheet": pl.String, "row": pl.Int64},
    orient="row",
)
CONTROLS = pl.DataFrame(
    {"source": ["a", "b"], "column": ["records", "records"], "read": [Decimal(100), Decimal(10)]},
)


def _severities(checks: Checks, code: str) -> list[tuple[str, str]]:
    found = checked(FOUND, REJECTS, CONTROLS, checks)
    return found.filter(pl.col("code") == code).select("source", "severity").rows()


def test_without_checks_nothing_changes() -> None:
    assert checked(FOUND, REJECTS, CONTROLS, Checks()).equals(FOUND)


@pytest.mark.parametrize(
    ("check", "a", "b"),
    [
        (Check("error"), "error", "error"),
        (Check("info"), "info", "info"),
        (Check(error_if=Limit(Decimal(2))), "error", "warning"),
        (Check(error_if=Limit(Decimal(3))), "warning", "warning"),
        (Check(error_if=Limit(Decimal(3), inclusive=True)), "error", "warning"),
        (Check(warn_if=Limit(Decimal(5), percent=True)), "info", "warning"),
        (Check(warn_if=Limit(Decimal(2)), error_if=Limit(Decimal(9), percent=True)), "warning", "error"),
    ],
)
def test_a_check_counts_rejected_records_of_the_source(check: Check, a: str, b: str) -> None:
    expected = [("a", a), ("a", a), ("b", b)]
    assert sorted(_severities(Checks({UNREADABLE.code: check}), UNREADABLE.code)) == expected


def test_a_verdict_that_is_off_is_not_told_and_a_source_may_say_otherwise() -> None:
    checks = Checks({UNREADABLE.code: Check("off")}, {"b": {UNREADABLE.code: Check("error")}})
    assert _severities(checks, UNREADABLE.code) == [("b", "error")]
    assert checked(FOUND, REJECTS, CONTROLS, checks)["severity"].to_list() == ["error", "error", "info"]


def test_an_error_with_a_limit_that_is_not_met_is_a_warning() -> None:
    assert _severities(Checks({STALE.code: Check(error_if=Limit(Decimal(5)))}), STALE.code) == [("a", "warning")]


@given(count=st.integers(0, 50), limit=st.integers(0, 50))
def test_a_limit_is_met_above_it_and_an_inclusive_one_from_it_on(count: int, limit: int) -> None:
    assert Limit(Decimal(limit)).met(count, 0) == (count > limit)
    assert Limit(Decimal(limit), inclusive=True).met(count, 0) == (count >= limit)


def test_duplicates_are_counted_as_findings_where_no_record_was_rejected() -> None:
    twice = findings(DUPLICATE, [{"source": "c", "message": "m"}] * 2)
    found = checked(twice, REJECTS, CONTROLS, Checks({"I203": Check(error_if=Limit(Decimal(1)))}))
    assert found["severity"].to_list() == ["error", "error"]
