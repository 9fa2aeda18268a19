"""What the pack says, before it is a workbook or a page: sections of sentences, tables and charts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# How a column or axis reads: "money" is in reporting currency, "percent" is a number such as 5.2, "count" has no unit.
Format = Literal["text", "count", "units", "money", "percent", "hours", "days"]
Value = str | Decimal | None  # None is "not known" or "no budget", shown as a dash


@dataclass(frozen=True)
class PackColumn:
    """One column of a table: its heading and how its values read."""

    title: str
    format: Format = "text"


@dataclass(frozen=True)
class PackTable:
    """One table; every row has a value for every column. A total row comes last and is shown as such."""

    title: str
    columns: tuple[PackColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: bool = False


@dataclass(frozen=True)
class Series:
    """One line, stack or bar of a chart; `role` decides its colour, the same in every chart."""

    name: str
    values: tuple[Decimal | None, ...]
    role: Literal["actual", "projection", "budget", "target", "limit", "demand", "overtime", "other"]
    mark: Literal["line", "bar"] = "line"


@dataclass(frozen=True)
class Chart:
    """One picture that says one thing.

    `combo` draws bars (stacked where there are several) and lines over the same categories;
    `bridge` draws a waterfall of one series whose first and last values are totals, the others steps.
    """

    name: str  # file name without ending, e.g. "landing-bridge"
    title: str  # the finding, as a sentence
    kind: Literal["combo", "bridge"]
    unit: str  # axis title, e.g. "EUR million"
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str  # what a reader who cannot see it must know


@dataclass(frozen=True)
class Section:
    """One page: a title that states the finding, then sentences, charts and tables."""

    name: str  # sheet name, at most 31 characters, e.g. "Decisions"
    title: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[PackTable, ...] = ()


@dataclass(frozen=True)
class Pack:
    """The whole pack of one cycle."""

    company: str
    cycle: str  # "2026-11"
    as_of: str  # "2026-10"
    currency: str
    stamp: str | None  # "NOT RECONCILED ..." when the data gate failed, on every page
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...] = ()  # families, definitions; items only here
