"""Receivables and payables by count-back."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sop_cli.schemas.calendar import add_months, month_of
from sop_cli.stages.project.cash import balance_of, days_outstanding

OCTOBER = month_of("2026-10")
FLOW = {add_months(OCTOBER, -back): Decimal(value) for back, value in enumerate((310, 300, 310))}


def test_count_back_takes_whole_months_and_then_part_of_the_one_before() -> None:
    assert days_outstanding(Decimal(460), FLOW, OCTOBER) == 31 + 15
    assert balance_of(Decimal(46), FLOW, OCTOBER) == 460


def test_a_balance_older_than_what_is_known_has_no_days() -> None:
    assert days_outstanding(Decimal(921), FLOW, OCTOBER) is None
    assert balance_of(Decimal(93), FLOW, OCTOBER) is None


def test_a_month_of_credits_passes_with_its_days() -> None:
    flow = FLOW | {add_months(OCTOBER, -1): Decimal(-5)}
    assert days_outstanding(Decimal(320), flow, OCTOBER) == 31 + 30 + 1


@given(st.lists(st.integers(1, 10**7), min_size=4, max_size=4), st.integers(1, 100))
def test_days_and_balance_are_each_others_inverse(months: list[int], days: int) -> None:
    flow = {add_months(OCTOBER, -back): Decimal(value) for back, value in enumerate(months)}
    balance = balance_of(Decimal(days), flow, OCTOBER)
    assert balance is not None
    found = days_outstanding(balance, flow, OCTOBER)
    assert found is not None
    assert abs(found - days) < Decimal("1e-18")
