"""Months that cannot be whole: no records, only zeros, a last month cut off, a month of the wrong scale."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from statistics import median

import polars as pl

from sop_cli.findings.completeness import EMPTY_MONTH, HALF_MONTH, SCALE
from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.words import month, plain
from sop_cli.findings.words import span as between
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.column import Table
from sop_cli.stages.ingest.completeness.magnitude import off_by, rough
from sop_cli.stages.ingest.select import actual

_MANY = 6  # months of history before anything is called unusual
_USUAL = 5  # records a usual month has at least
_PLANNED = 2  # the same of a plan, which has few records where it is by family
_KINDS = ("version", "measure")  # plans that a source may hold several of
_REGULAR = 0.75  # share of the months that have numbers, where one without is unusual
_STEADY = 10  # the largest month over the smallest, where a month of another scale can be told
_EARLY = 5  # days the last record lies further from month end than it usually does

Line = dict[str, object]


def month_findings(records: pl.LazyFrame, table: Table, as_of: date, half_percent: Decimal) -> pl.DataFrame:
    """The findings on the months of a `table`, source by source.

    Those of one that must reach `as_of` can be cut off or of another scale too; a plan may begin and end as it likes.
    """
    if table.current is None:
        return findings(EMPTY_MONTH, list(_planned(records, table)))
    numbers = [column.name for column in table.columns if column.kind == "number"]
    when = pl.col(table.current)
    sums = [pl.col(name).abs().sum() for name in numbers]
    by_day = records.filter(actual(table)).group_by("source", last=when).agg(pl.len().alias("records"), *sums)
    of_source = (
        by_day.group_by("source", month=pl.col("last").dt.truncate("1mo"))
        .agg(pl.col("records", *numbers).sum(), pl.col("last").max())
        .sort("source", "month")
        .collect()
    )
    of_table = of_source.group_by("month", maintain_order=True).agg(
        pl.col("records", *numbers).sum(), pl.col("last").max()
    )
    empty: list[Line] = []
    half: list[Line] = []
    scale: list[Line] = []
    dated = table.column(table.current).kind == "date"
    for (source,), months in of_source.group_by("source", maintain_order=True):
        known = {row["month"]: row for row in months.sort("month").iter_rows(named=True)}
        placed = {"source": str(source), "place": str(source), "column": table.current}
        empty += [placed | line for line in _empty(known, numbers, _USUAL)]
        scale += [placed | line for line in _scale(known, numbers)]
        usual = known if len(known) > _MANY else {row["month"]: row for row in of_table.iter_rows(named=True)}
        if as_of in known:
            half += [placed | line for line in _half(known[as_of], usual, as_of, numbers, half_percent, dated)]
    return all_findings([findings(EMPTY_MONTH, empty), findings(HALF_MONTH, half), findings(SCALE, scale)])


Month = dict[str, object]


def _planned(records: pl.LazyFrame, table: Table) -> Iterator[Line]:
    """Months without numbers within the plans of a `table` by month; each version and measure is one."""
    running = next((name for name in table.key if table.column(name).kind == "month"), None)
    numbers = [column.name for column in table.columns if column.additive]
    if running is None or not numbers:
        return
    kinds = ["source", *(column.name for column in table.columns if column.name in _KINDS)]
    sums = [pl.col(name).abs().sum() for name in numbers]
    months = records.group_by(*kinds, month=pl.col(running)).agg(pl.len().alias("records"), *sums).collect()
    for kind, part in months.sort(*kinds, "month").group_by(kinds, maintain_order=True):
        known = {row["month"]: row for row in part.iter_rows(named=True)}
        first, last = min(known), max(known)
        named = " / ".join(str(one) for one in kind if one is not None)
        placed = {"source": str(kind[0]), "place": named, "column": running}
        for line in _empty(known, numbers, _PLANNED):
            if line["first"] != first and line["last"] != last:
                yield placed | line


def _empty(known: dict[date, Month], numbers: list[str], usual: int) -> Iterator[Line]:
    """Months between others in which a source that has at least `usual` records in most of them has none, or zeros."""
    first, last = min(known), max(known)
    span = _span(first, last)
    if len(known) < _MANY or median(_count(row) for row in known.values()) < usual:
        return
    if len(known) >= _REGULAR * len(span):
        for begin, end in _runs([one for one in span if one not in known]):
            text = f"no records of {between(begin, end)}, though there are some from {month(first)} to {month(last)}"
            yield {"first": begin, "last": end, "message": text}
    for name in numbers:
        zero = [one for one, row in known.items() if not row[name]]
        if len(known) - len(zero) >= max(_MANY, _REGULAR * len(known)):
            for begin, end in _runs(zero):
                count = sum(_count(row) for one, row in known.items() if begin <= one <= end)
                text = f"{name} is 0 in all {count:,} records of {between(begin, end)}"
                yield {"column": name, "first": begin, "last": end, "message": text}


def _half(
    row: Month, usual: dict[date, Month], as_of: date, numbers: list[str], percent: Decimal, dated: bool
) -> Iterator[Line]:
    before = [usual[one] for one in _span(add_months(as_of, -_MANY), add_months(as_of, -1)) if one in usual]
    if len(before) < _MANY or median(_count(other) for other in before) < _USUAL:
        return
    ends = f", and the last is of {row['last']}" if dated else ""
    if dated and _left(row) < max(median(_left(other) for other in before), 0) + _EARLY:
        return
    for name in ["records", *(numbers if dated else [])]:
        often = median(Decimal(str(other[name])) for other in before)
        share = 100 * Decimal(str(row[name])) / often if often else Decimal(100)
        if share < percent:
            what = "" if name == "records" else f" {name}"
            text = (
                f"{month(as_of)} has{what} {plain(Decimal(str(row[name])))}{' records' if not what else ''}, usual in "
                f"the {_MANY} months before is {plain(often)}{ends}"
            )
            yield {"first": as_of, "last": as_of, "message": text}
            return


def _scale(known: dict[date, Month], numbers: list[str]) -> Iterator[Line]:
    """Months whose average record is about 100 or 1000 times that of the others, which are alike."""
    for name in numbers:
        means = {one: float(Decimal(str(row[name]))) / _count(row) for one, row in known.items() if row[name]}
        if len(means) < _MANY:
            continue
        usual = median(means.values())
        off = {one: words for one, mean in means.items() if (words := off_by(mean, usual))}
        others = [mean for one, mean in means.items() if one not in off]
        if not off or len(others) < _MANY or max(others) > _STEADY * min(others):
            continue
        for one, words in off.items():
            text = (
                f"{name} of {month(one)} is {rough(means[one])} a record, about {words} the usual {rough(usual)}; "
                f"scaled, the month would add up to about {usual * _count(known[one]):,.0f}"
            )
            yield {"column": name, "first": one, "last": one, "message": text}


def _runs(months: list[date]) -> Iterator[tuple[date, date]]:
    """First and last of the months that follow one another."""
    for at, one in enumerate(months):
        if at == 0 or add_months(months[at - 1], 1) != one:
            begin = one
        if at + 1 == len(months) or add_months(one, 1) != months[at + 1]:
            yield begin, one


def _span(first: date, last: date) -> list[date]:
    return pl.date_range(first, last, "1mo", eager=True).to_list()


def _count(row: Month) -> int:
    return int(str(row["records"]))


def _left(row: Month) -> int:
    """Days from the last record to the end of its month."""
    last, one = row["last"], row["month"]
    assert isinstance(last, date) and isinstance(one, date)
    return (add_months(one, 1) - last).days - 1
