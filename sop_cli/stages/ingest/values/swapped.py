"""Real dates of a workbook that took 12/05 for the fifth of December, beside texts it could take for no date."""

from collections.abc import Iterator

import polars as pl

from sop_cli.findings.values import UNCLEAR_ORDER
from sop_cli.findings.words import counted
from sop_cli.stages.ingest.values.days import day
from sop_cli.stages.ingest.values.patterns import is_day_first
from sop_cli.stages.ingest.values.told import Told

_FEWEST = 2  # real dates; one alone is up to the twelfth often enough


def swapped(texts: pl.Series, pattern: str, header: str) -> Iterator[Told]:
    """That the real dates of a column of a workbook may have day and month swapped; nothing where they may not.

    They may where each of them is up to the twelfth of its month and each text is not: what is left as text is what
    the program that read the dates could not take for one.
    """
    if is_day_first(pattern) is None:
        return
    real = texts.filter(texts.str.contains(r"^\d{4}-\d{2}-\d{2}"))
    typed = texts.filter(~texts.str.contains(r"^\d{4}-\d{2}-\d{2}")).alias("text").to_frame()
    left = typed.select("text", day=day(pl.col("text"), pattern)).drop_nulls()
    if real.len() < _FEWEST or left.is_empty() or (left["day"].dt.day() <= 12).any():
        return
    days = real.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).drop_nulls()
    if (days.dt.day() > 12).any() or (days.dt.day() == days.dt.month()).all():
        return
    some = next(found for found in days if found.day != found.month)
    other = some.replace(month=some.day, day=some.month)
    yield Told(
        UNCLEAR_ORDER,
        header,
        left["text"][0],
        f"{counted(real.len(), 'real date')} with no day after the 12th beside {counted(left.height, 'text')} with no "
        f"other, such as '{left['text'][0]}': a program that expects day and month the other way round may have "
        f"swapped those of the real ones, and {some} may be {other}",
        hint="Compare one of them with the system it comes from; if it is wrong, export the dates as YYYY-MM-DD.",
    )
