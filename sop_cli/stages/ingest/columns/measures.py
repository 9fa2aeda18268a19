"""Months that run across once for each measure, as `Menge Nov 26` beside `Umsatz Nov 26`: those of one are taken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sop_cli.findings.mapping import ACROSS
from sop_cli.schemas.column import Column
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.columns.headers import FEWEST_MONTHS, known_as
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.looks import look
from sop_cli.stages.ingest.values.monthheaders import MonthHeaders, month_headers
from sop_cli.stages.ingest.values.parse import listed
from sop_cli.stages.ingest.values.told import Told

PLAIN_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")  # 202611


def months_across(
    headers: Mapping[str, str], rules: SourceRules, near: Sequence[str] = (), *, since_1904: bool = False
) -> MonthHeaders:
    """The `headers` (cell column: text) that are months, with or without the measure that the source wants beside them.

    Of several measures the source wants the one that its column below the months is called; one alone may be called
    anything that no other number is called. `near` are texts that may hold a year.
    """
    found = month_headers(headers, rules, near, since_1904=since_1904)
    if len(found.months) >= FEWEST_MONTHS or (found.months and rules.months):
        return found
    measures = by_measure(headers)
    if (chosen := wanted_of(measures, rules)) is None:
        return found
    read = month_headers(measures[chosen], rules, near, since_1904=since_1904)
    if len(measures) == 1 or not read.months:
        return read
    first = headers[next(iter(read.months))]
    pattern = _pattern(first, chosen, read)
    text = f"months run across for {listed([*measures], 'and')}; those of {chosen} are taken"
    hint = f'Declare `months: "{pattern}"` to settle it; of the others each can be a source of its own.'
    return replace(read, told=[*read.told, Told(ACROSS, first, chosen, text, hint)])


def by_measure(headers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Measure: cell column: month, of the headers that are a month with the same words before or after it."""
    found: dict[str, dict[str, str]] = {}
    for at, header in headers.items():
        words = header.split()
        for cut in range(1, len(words)):
            for measure, month in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                if is_month(" ".join(month)) and not any(map(is_month, measure)):
                    found.setdefault(" ".join(measure), {})[at] = " ".join(month)
    return {measure: months for measure, months in found.items() if len(months) >= FEWEST_MONTHS}


def wanted_of(measures: Mapping[str, Mapping[str, str]], rules: SourceRules) -> str | None:
    """The measure that stands for the number the source has below its months; None where that is not known."""
    numbers = [column for column in rules.table.columns if column.kind == "number"]
    wanted = [column for column in numbers if rules.wide in (None, column.name)]
    called = [measure for measure in measures if known_as(measure, wanted)]
    if len(called) == 1:
        return called[0]
    alone = next(iter(measures)) if len(measures) == 1 else None
    return alone if alone and not _other_number(alone, wanted) else None


def patterns(headers: Mapping[str, str], measures: Mapping[str, Mapping[str, str]], rules: SourceRules) -> list[str]:
    """How each of the `measures` that `by_measure` found among `headers` is declared under `months`."""
    return [
        _pattern(headers[next(iter(months))], measure, month_headers(months, rules))
        for measure, months in measures.items()
    ]


def which_measure(headers: Mapping[str, str], rules: SourceRules) -> str:
    """What to declare where months run across for measures none of which is known to be the wanted one; else ""."""
    measures = by_measure(headers)
    if not measures or rules.months:
        return ""
    lines = [f'`months: "{pattern}"`' for pattern in patterns(headers, measures, rules)]
    wide = rules.wide or next((column.name for column in rules.table.columns if column.kind == "number"), None)
    also = "" if rules.wide else f"`wide: {wide}` and "
    return f"months run across for {listed([*measures], 'and')}: declare {also}{listed(lines, 'or')}; "


def _pattern(header: str, measure: str, read: MonthHeaders) -> str:
    """How a header with its measure is declared under `months`."""
    escaped = measure.replace("%", "%%")
    form = read.form.months
    return f"{escaped} {form}" if header.startswith(measure) else f"{form} {escaped}"


def _other_number(measure: str, wanted: Sequence[Column]) -> bool:
    """Whether the measure is what people call another number than the `wanted` ones, as Umsatz is no quantity."""
    named = {column.name for column in wanted}
    others = (column for table in TABLES.values() for column in table.columns if column.name not in named)
    return any(known_as(measure, [column]) for column in others if column.kind == "number")


def is_month(text: str) -> bool:
    """Whether a header looks like a month or a date, also in digits alone."""
    return look(text) in ("month", "date") or PLAIN_MONTH.fullmatch(text) is not None
