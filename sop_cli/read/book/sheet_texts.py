"""The cells of an .xlsx sheet become texts: what each is, its kind and its number format say together."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import polars as pl

from sop_cli.read.book.book import Contents, DamagedError, Entry, refuse_too_large
from sop_cli.read.book.marks import Marks, column_index, error_defect, formula_defect
from sop_cli.read.book.moments import moment_text, serial_text
from sop_cli.read.book.number_format import CodeFormat, Format
from sop_cli.read.book.shared_strings import unescaped
from sop_cli.read.number_texts import number_texts
from sop_cli.schemas.grid import Defect

_LARGE, _DIGITS = 1e15, r"^-?[1-9][0-9]{15,}$"
_PART = 200_000  # records made into texts at a time, on all cores
_NOTHING = pl.DataFrame(
    schema={"row": pl.Int64, "letters": pl.String, "style": pl.Int64, "text": pl.String, "numeric": pl.Boolean}
)


@dataclass(frozen=True)
class Styles:
    """What the cells of a workbook have in common."""

    strings: pl.Series  # shared texts by number
    formats: Mapping[int, Format]  # what the number formats of cell styles mean, where it is more than a number
    since_1904: bool
    left_to_count: bool = False  # whoever opens the workbook is to calculate its formulas first


def sheet_contents(entry: Entry, records: pl.DataFrame, marks: Marks, styles: Styles) -> Contents:
    """The sheet of these RECORDS, as far as a value or a defect reaches."""
    columns = {letters: column_index(letters.encode()) for letters in records["letters"].unique().to_list()}
    height, width = records.select(pl.col("row").max().fill_null(0)).item(), max(columns.values(), default=-1) + 1
    refuse_too_large(entry.name, height, width)
    records = records.with_columns(uncalculated=_uncalculated(records, styles.left_to_count))
    with ThreadPoolExecutor(os.cpu_count()) as beside:
        done = list(beside.map(lambda part: _texts(part, styles), records.iter_slices(_PART)))
    there = pl.concat([_NOTHING, *done])
    dates = [style for style, meant in styles.formats.items() if meant == "date"]
    no_dates = there.filter("numeric", pl.col("style").is_in(dates)).select("row", "letters", "text").sort("row")
    cells, masks = _empty(width, height, pl.String), _empty(width, height, pl.Boolean)
    for part in there.partition_by("letters"):
        at = columns[part["letters"][0]]
        place = pl.repeat(None, height, dtype=pl.UInt32, eager=True)
        place = place.scatter(part["row"] - 1, pl.int_range(part.height, dtype=pl.UInt32, eager=True))
        cells[at], masks[at] = part["text"].gather(place), part["numeric"].gather(place).fill_null(False)
    return Contents(
        entry,
        pl.DataFrame([column.alias(str(at)) for at, column in enumerate(cells)]),
        pl.DataFrame([column.alias(str(at)) for at, column in enumerate(masks)]),
        tuple(_defects(records, columns)),
        marks,
        tuple((row, columns[letters], text) for row, letters, text in no_dates.iter_rows()),
    )


def _empty(width: int, height: int, kind: type[pl.DataType]) -> list[pl.Series]:
    blank = pl.repeat(False if kind is pl.Boolean else None, height, dtype=kind, eager=True)
    return [blank] * width


def _texts(records: pl.DataFrame, styles: Styles) -> pl.DataFrame:
    """Where every record stands, its text, and whether it is a number."""
    kind, value = records["kind"].fill_null("n"), records["value"]
    values = value.set(kind != "n", None).cast(pl.Float64, strict=False)
    numeric = values.is_not_null()
    text = value.zip_with(~numeric | _exact(value, values), number_texts(values))
    uncalculated = records["uncalculated"]
    for what in kind.unique().to_list():
        places = (kind == what).arg_true()
        if what != "n":
            text = text.scatter(places, _as_kind(what, value.gather(places), styles.strings))
    if uncalculated.any():
        text = text.set(uncalculated, None).zip_with(~uncalculated, "=" + records["formula"])
    for style in records["style"].unique().to_list():
        meant = styles.formats.get(style)
        if meant is not None:
            places = ((records["style"] == style) & numeric).arg_true()
            shown = _shown(meant, values.gather(places), text.gather(places), styles.since_1904)
            places, shown = places.filter(shown.is_not_null()), shown.drop_nulls()
            text, numeric = text.scatter(places, shown), numeric.scatter(places, False)
    return records.select("row", "letters", "style", text=text, numeric=numeric)


def _exact(value: pl.Series, numbers: pl.Series) -> pl.Series:
    """Where a whole number has more digits than a workbook counts with, and the file has them all."""
    large = (numbers.abs() >= _LARGE).fill_null(False)
    return large & value.str.contains(_DIGITS).fill_null(False) if large.any() else large


def _as_kind(kind: str, value: pl.Series, strings: pl.Series) -> pl.Series:
    """The texts of cells that are no numbers."""
    match kind:
        case "s":
            number = value.str.strip_chars().cast(pl.UInt32, strict=False)
            if (number >= strings.len()).any() or number.null_count() > value.null_count():
                raise DamagedError("a shared text is missing")
            shared = strings.gather(number)
            return shared.set(shared == "", None)
        case "b":
            return value.replace_strict({"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}, default=value)
        case "d":
            return pl.Series([_iso_text(each) for each in value], dtype=pl.String)
        case "e":
            return value.fill_null("#ERROR")
    text = unescaped(value)
    return text.set(text == "", None)


def _iso_text(text: str | None) -> str | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return text
    return text if moment is None or moment.tzinfo else moment_text(moment)


def _shown(
    meant: CodeFormat | Literal["date", "duration"], values: pl.Series, text: pl.Series, since_1904: bool
) -> pl.Series:
    """What numbers look like as dates, durations or codes; null where they stay numbers."""
    if isinstance(meant, CodeFormat):
        return text.alias("text").to_frame().select(meant.shown(pl.col("text"))).to_series()
    serials = values.unique()
    known = [serial_text(serial, meant, since_1904) for serial in serials]
    return values.replace_strict(serials, pl.Series(known, dtype=pl.String))


def _uncalculated(records: pl.DataFrame, left_to_count: bool) -> pl.Series:
    """Where a formula has no stored value. One that gives an empty text stores just that: kind "str" and no value.

    Where formulas are left to whoever opens the workbook, a program may have put 0 behind every one of them. That is
    no value, unless another formula of the column has one: then its zeros have been calculated, too.
    """
    if records["formula"].null_count() == records.height:
        return pl.repeat(False, records.height, dtype=pl.Boolean, eager=True)
    formula, number = pl.col("formula").is_not_null(), ~pl.col("kind").fill_null("n").is_in(["str", "e"])
    value = pl.col("value").fill_null("").str.strip_chars()
    none = formula & number & (value == "")
    if left_to_count:
        nought = value.is_in(["", "0"])
        none |= formula & number & nought & ~(formula & ~nought).any().over("letters")
    return records.select(none).to_series()


def _defects(records: pl.DataFrame, columns: Mapping[str, int]) -> Iterator[Defect]:
    broken = pl.col("uncalculated") | (pl.col("kind") == "e").fill_null(False)
    for cell in records.filter(broken).iter_rows(named=True):
        if cell["kind"] == "e":
            yield error_defect(cell["row"], columns[cell["letters"]], cell["value"] or "#ERROR")
        else:
            yield formula_defect(cell["row"], columns[cell["letters"]], cell["formula"])
