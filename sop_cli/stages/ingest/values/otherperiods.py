"""Weeks and quarters among what should be months: what to do about those that a column or its table cannot take."""

import polars as pl

from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.headerwords import says_week
from sop_cli.stages.ingest.values.patterns import Span
from sop_cli.stages.ingest.values.spread import spans

_SPREAD: tuple[Span, Span] = ("week", "quarter")
# 202648 and 48/2026, beyond the periods 13 to 16 that SAP keeps for the year end.
_PAST = r"(?:1[7-9]|[2-4]\d|5[0-3])"
_PLAIN = rf"^(?:19|20)\d\d[-/. ]?{_PAST}$|^{_PAST}[-/. ](?:19|20)\d\d$"
_MARKED: dict[Span, str] = {
    "week": r"(?i)(?:^|[^a-z])(?:w|wk|cw|kw|week|woche)[-. ]?\d{1,2}(?:\D|$)",
    "quarter": r"(?i)(?:^|[^a-z])(?:q|qtr|quarter|quartal)[-. ]?[1-4](?:\D|$)|(?:^|\D)[1-4]q(?:[^a-z]|$)",
}


def is_other_period(text: pl.Expr, header: str, rules: SourceRules) -> pl.Expr:
    """Whether `text`, which is no month, is a week or quarter that its table does not take, or a week in digits."""
    taken = spans(rules.table)
    refused = [text.str.contains(_MARKED[span]) for span in _SPREAD if span not in taken]
    below = pl.lit(says_week(header) and "week" not in taken)
    return pl.any_horizontal(text.str.contains(_PLAIN), below, *refused)


def hint_of(rules: SourceRules) -> str:
    """What to do about such a text."""
    taken = spans(rules.table)
    if "week" in taken:
        return 'If it is a week, and the whole column of weeks, declare `months: "%G%V"` (2026-48 is `"%G-%V"`).'
    kinds, refused = ("months and quarters", "no weeks") if "quarter" in taken else ("months", "no weeks or quarters")
    return (
        f"Table {rules.table.name} takes {kinds} only, {refused}: have the extract made by month; numbers of months "
        'below a header that speaks of weeks are declared as `months: "%Y%m"`.'
    )
