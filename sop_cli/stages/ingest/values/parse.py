"""Text becomes numbers, dates, months, codes and words; what cannot be read becomes null."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from sop_cli.schemas.column import EXACT, Column
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.days import day, month
from sop_cli.stages.ingest.values.numbers import number
from sop_cli.stages.ingest.values.patterns import EXCEL, EXCEL_1904, Span, has_year
from sop_cli.stages.ingest.values.told import Told

# What people and databases write for "no value"; the last ones are how an ERP prints a date that nobody set.
NOTHING = (
    "-", "--", "–", "—", "−", ".", "#", "n/a", "n.a.", "na", "null", "none", "nil", "(blank)", "(leer)",
    "\\n", "(null)", "<null>", "[null]",
    "00.00.0000", "00/00/0000", "0000-00-00", "00000000",
)  # fmt: skip
# Of these what no code and no text reads, letter by letter: NA may be a region, and None a family.
_NO_CODE = (
    "-", "--", "–", "—", "−", "n/a", "N/A", "NULL", "null",
    "\\N", "(null)", "(NULL)", "<null>", "<NULL>", "[null]", "[NULL]",
)  # fmt: skip
# What a spreadsheet shows instead of a value it cannot find, in English and as it is translated.
_ERRORS = (
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#VALOR!", "#VALORE!", "#RIF!", "#NOME?",
    "#ERROR!", "#ERROR",
)  # fmt: skip
_EXAMPLE = date(2026, 11, 30)  # shows in messages how dates are written


@dataclass(frozen=True)
class Form:
    """How one column of a file is written, as declared or as found out; only what its kind needs is looked at."""

    decimal: str = "."
    dates: str = "%Y-%m-%d"
    months: str = "%Y-%m"
    span: Span = "month"  # what one value of a month column covers
    year: int | None = None  # of months that name none
    fiscal_start: int = 1  # month number the periods P01.. count from
    fiscal: bool = False  # months are numbers of the fiscal year, though `months` does not mark them so


@dataclass(frozen=True)
class Forms:
    """The form of every column of a file; one that is not known has the form numbers and dates have in a config."""

    known: Mapping[str, Form] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()  # known, but other cells of the column could show that it is another
    told: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)  # our column: what is to be said about it

    def of(self, name: str) -> Form:
        """The form of our column `name`."""
        return self.known.get(name, Form())

    def every(self) -> list[Told]:
        """All that is to be said, column by column."""
        return [one for told in self.told.values() for one in told]


def typed(column: Column, text: pl.Expr, form: Form, rules: SourceRules) -> pl.Expr:
    """`text` as the kind of `column` has it, null where it is empty or cannot be read.

    Numbers are Decimal(38, 8), multiplied by the source's scale; months are the first day of what they cover;
    words that have choices come in lower case, and null if they are none of them.
    """
    if column.kind == "number":
        scale = rules.scale.get(column.name, 1)
        read = number(text, form.decimal)
        return read if scale == 1 else read * pl.lit(scale).cast(EXACT)
    if column.kind == "date":
        return day(text, form.dates)
    if column.kind == "month":
        return month(
            text, form.months, year=form.year, fiscal_start=form.fiscal_start, fiscal=form.fiscal, span=form.span
        )
    if column.choices:
        return text.str.to_lowercase().replace_strict(column.choices, column.choices, default=None)
    return text.map_batches(_given, return_dtype=pl.String, is_elementwise=True)


def _given(texts: pl.Series) -> pl.Series:
    """The codes without the words that stand for none; a column that has no such word stays as it is."""
    none = texts.is_in([*_NO_CODE, *_ERRORS])
    return texts.set(none.fill_null(False), None) if none.any() else texts


def in_our_words(column: Column, text: pl.Expr, rules: SourceRules) -> pl.Expr:
    """`text` as the source's `values` or `crosswalk` has it; otherwise as it is.

    `values` are found trimmed and without case, the codes of a crosswalk to the letter.
    """
    ours = {theirs.strip().lower(): word for theirs, word in rules.values.get(column.name, {}).items()}
    if codes := rules.crosswalk.get(column.name):
        text = text.replace_strict(codes, default=text, return_dtype=pl.String)
    if not ours:
        return text
    return text.str.strip_chars().str.to_lowercase().replace_strict(ours, default=text, return_dtype=pl.String)


def is_empty(column: Column, text: pl.Expr) -> pl.Expr:
    """Whether the cell holds no value; a code or a text may well read NA."""
    if column.kind in ("code", "text"):
        return text.is_null() | text.is_in(_NO_CODE)
    return text.is_null() | text.str.to_lowercase().str.strip_chars().is_in(NOTHING)


def is_error(text: pl.Expr) -> pl.Expr:
    """Whether the cell shows the error of a spreadsheet that this text was saved from."""
    return text.is_in(_ERRORS).fill_null(False)


def expected(column: Column, forms: Forms) -> str:
    """What a cell of `column` should hold, in words; dates by example, the decimal sign where any number has one."""
    form = forms.of(column.name)
    if column.kind == "number":
        kind = {"positive": "a number above 0", "not negative": "a number of 0 or more"}.get(column.sign, "a number")
        sign = f" with decimal {'point' if form.decimal == '.' else 'comma'}" if column.name in forms.known else ""
        return kind + sign
    if column.kind == "date":
        return f"a date such as {example(form.dates)}"
    if column.kind == "month" and form.year is None and not has_year(form.months):
        return "a month with its year"
    if column.kind == "month":
        return f"a {form.span} such as {example(form.months)}"
    return listed(column.choices, "or") if column.choices else f"a {column.name}"


def example(written: str) -> str:
    """A date, month, quarter or week as `written` has it."""
    if written in (EXCEL, EXCEL_1904):
        return "2026-11-30, or 46356 as workbooks count days"
    return _EXAMPLE.strftime(written.replace("%q", "4"))


def listed(names: Sequence[str], last: str) -> str:
    """`names` as one says them: "a, b and c"."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)
