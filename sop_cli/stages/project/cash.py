"""Receivables and payables by count-back: the last so many days of revenue or of cost of goods sold."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sop_cli.schemas.calendar import add_months

Flow = Mapping[date, Decimal]


def days_outstanding(balance: Decimal, flow: Flow, month: date) -> Decimal | None:
    """How many days of `flow`, walking back from the end of `month`, make up `balance`; None if it lasts too short.

    Count-back: whole months as long as the balance exceeds them, then the part of the month before.
    A month that is not above 0 passes with its days and takes nothing.
    """
    days, left = Decimal(0), balance
    while left > 0:
        if month not in flow:
            return None
        length = Decimal(monthrange(month.year, month.month)[1])
        if flow[month] > left:
            return days + left / flow[month] * length
        days, left, month = days + length, left - max(flow[month], Decimal(0)), add_months(month, -1)
    return days


def balance_of(days: Decimal, flow: Flow, month: date) -> Decimal | None:
    """The last `days` days of `flow` at the end of `month`; None if it lasts too short. The inverse of the above."""
    balance, left = Decimal(0), days
    while left > 0:
        if month not in flow:
            return None
        length = Decimal(monthrange(month.year, month.month)[1])
        amount = max(flow[month], Decimal(0))
        balance += amount * min(left, length) / length
        left, month = left - length, add_months(month, -1)
    return balance
