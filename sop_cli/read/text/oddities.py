"""What is odd about the way a text file is written, in words, with the line."""

import re
from collections.abc import Iterator, Sequence

import polars as pl

from sop_cli.findings.reading import (
    CONTROL_CHARACTERS,
    GUESSED_ENCODING,
    OTHER_DELIMITER,
    STRAY_BYTES,
    TOO_FEW_FIELDS,
    TOO_MANY_FIELDS,
    UNCLOSED_QUOTE,
    UNSURE_DELIMITER,
    WRONG_QUOTE,
)
from sop_cli.findings.rule import Rule
from sop_cli.read.text.dialect import Verdict
from sop_cli.read.text.encoding import Written
from sop_cli.read.text.fields import Oddity, Splitter
from sop_cli.read.text.records import Odd, Split
from sop_cli.read.text.usual import Usual, sort_of
from sop_cli.schemas.grid import Dialect, Remark

_TOLD = 20  # oddities of one kind that are told one by one
_OTHERWISE = 0.6  # share of the records of a file that another delimiter may separate
_TYPED = 2  # numbers or dates where others have them, by which a record is told from a note
_ALIKE = 0.93  # a second delimiter this close to the first is told
_NAMES = {"\t": "tab", " ": "space"}
_DRAWN = r"^(?:\s*|[-=_*~+|. ]{3,})$"  # a field that says nothing: blank, or part of a line
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def remarks(
    split: Split,
    text: str,
    written: Written,
    possible: Sequence[Verdict],
    usual: Usual,
    *,
    first: bool = True,
    last: bool = True,
) -> tuple[pl.DataFrame, list[Remark]]:
    """The records, those that are separated otherwise now split too, and a remark on everything odd.

    `first` and `last` say whether the file begins and ends with these records: titles and notes stand there.
    """
    records, odd, dialect = split.records, split.odd, possible[0].dialect
    otherwise: list[Remark] = []
    within = _within(records, usual.width, first=first, last=last)
    if not possible[0].declared and within:
        records, otherwise = _separated_otherwise(records, usual, dialect, within)
    return records, [
        *_encoding(text, written),
        *(_delimiter(possible, usual.width) if first else ()),
        *_limited(UNCLOSED_QUOTE, [_quote(one) for one in odd if one.oddity is Oddity.UNCLOSED]),
        *_limited(WRONG_QUOTE, [_quote(one) for one in odd if one.oddity is not Oddity.UNCLOSED]),
        *_limited(OTHER_DELIMITER, otherwise),
        *_widths(records, usual.width, _within(records, usual.width, first=first, last=last)),
        *_limited(CONTROL_CHARACTERS, list(_control(records, dialect))),
    ]


def _within(records: pl.DataFrame, width: int, *, first: bool, last: bool) -> tuple[int, int] | None:
    """Between which rows the table lies for sure; None if no row is as wide."""
    usual: list[int] = records.filter(pl.col("fields").list.len() == width)["row"].to_list()
    if (first or last) and not usual:
        return None
    return usual[0] if first else 0, usual[-1] if last else int(records["row"][-1]) + 1


def shown(delimiter: str) -> str:
    """A delimiter as a person would call it."""
    return _NAMES.get(delimiter, repr(delimiter))


def _limited(rule: Rule, told: Sequence[Remark]) -> list[Remark]:
    if len(told) <= _TOLD:
        return list(told)
    rest = len(told) - _TOLD
    return [*told[:_TOLD], Remark(rule.code, told[_TOLD].row, None, None, f"and {rest:,} more from here on")]


def _encoding(text: str, written: Written) -> Iterator[Remark]:
    beyond = re.search(r"[^\x00-\x7f]", text)
    message = f"read as {written.encoding}"
    if not written.sure and beyond:
        line = text.count("\n", 0, beyond.start()) + 1
        word = re.search(r"[^\s,;|\t\"]*\Z", text[: beyond.start()][-30:])
        end = re.match(r"[^\s,;|\t\"]*", text[beyond.start() :][:30])
        yield Remark(GUESSED_ENCODING.code, line, None, (word[0] if word else "") + (end[0] if end else ""), message)
    elif not written.sure:
        yield Remark(GUESSED_ENCODING.code, None, None, None, message)
    if written.strays or written.before:
        yield Remark(STRAY_BYTES.code, written.first_stray_line, None, written.first_stray, _strays(written))


def _strays(written: Written) -> str:
    count = written.strays
    if written.before:
        return f"from here on the file is {written.encoding}, and {written.before} above"
    if written.declared:
        what = "a character looks" if count == 1 else f"{count:,} characters look"
        return f"{what} like UTF-8, the first on this line; {written.encoding} is declared"
    if count == 1:
        return f"one byte of the file is not UTF-8, and is read as {written.other}"
    return f"{count:,} bytes of the file are not UTF-8 and are read as {written.other}, the first on this line"


def _delimiter(possible: Sequence[Verdict], width: int) -> Iterator[Remark]:
    best, *others = possible
    if best.dialect.cuts:
        message = "the file has no delimiter and was cut where blanks stand below each other"
        yield Remark(UNSURE_DELIMITER.code, None, None, None, message)
        return
    # That || is written with | is no doubt.
    part = best.dialect.delimiter or ""
    rival = next((one for one in others if (mark := one.dialect.delimiter) is None or mark not in part), None)
    if rival and rival.score > _ALIKE * best.score and not (width == 1 and rival.score < 0.4):
        message = f"the file was read {_how(best.dialect.delimiter)}; {_how(rival.dialect.delimiter)} it reads as well"
        yield Remark(UNSURE_DELIMITER.code, None, None, None, message)


def _how(delimiter: str | None) -> str:
    return "as a single column" if delimiter is None else f"as separated by {shown(delimiter)}"


def _quote(odd: Odd) -> Remark:
    if odd.oddity is Oddity.UNCLOSED:
        return Remark(UNCLOSED_QUOTE.code, odd.row, odd.column_index, odd.value, "the quote is read as plain text")
    message = f"the field holds {odd.oddity.value}"
    return Remark(WRONG_QUOTE.code, odd.row, odd.column_index, odd.value, message)


def _widths(records: pl.DataFrame, width: int, within: tuple[int, int] | None) -> list[Remark]:
    """Records with another number of fields, from the first to the last one that has as many as most."""
    if width < 2 or within is None or within[0] == within[1]:
        return []
    counted = records.select("row", width=pl.col("fields").list.len(), filled=_filled())
    counted = counted.filter("filled", pl.col("row").is_between(*within))
    few = [
        Remark(TOO_FEW_FIELDS.code, row, None, None, f"the record has {_fields(has)}, most have {width}")
        for row, has in counted.filter(pl.col("width") < width).select("row", "width").iter_rows()
    ]
    many = [
        Remark(TOO_MANY_FIELDS.code, row, None, None, f"the record has {_fields(has)}, most have {width}")
        for row, has in counted.filter(pl.col("width") > width).select("row", "width").iter_rows()
    ]
    return [*_limited(TOO_MANY_FIELDS, many), *_limited(TOO_FEW_FIELDS, few)]


def _fields(count: int) -> str:
    return f"{count} field{'s' if count != 1 else ''}"


def _filled() -> pl.Expr:
    """Whether a record holds anything but blanks and lines drawn with dashes or the like."""
    return pl.col("fields").list.eval(~pl.element().str.contains(_DRAWN)).list.any()


def _control(records: pl.DataFrame, dialect: Dialect) -> Iterator[Remark]:
    strange = pl.col("fields").list.eval(pl.element().str.contains(_CONTROL)).list.any()
    for row, fields in records.filter(strange).select("row", "fields").iter_rows():
        for at, field in enumerate(fields):
            if found := re.search(_CONTROL, field):
                message = f"the cell holds the character {found[0]!r}"
                yield Remark(CONTROL_CHARACTERS.code, row, at, field, message)


def _separated_otherwise(
    records: pl.DataFrame, usual: Usual, dialect: Dialect, within: tuple[int, int]
) -> tuple[pl.DataFrame, list[Remark]]:
    """Records of one field, or few, that another delimiter splits into as many as most have, of the same kinds."""
    width = usual.width
    few = records.filter(pl.col("fields").list.len() < max(width * 0.67, 2), _filled()).head(2000)
    if width < 3 or few.height == 0 or dialect.delimiter is None or few.height > _OTHERWISE * records.height + 2:
        return records, []
    first, last = within
    kinds = usual.kinds()
    told: list[Remark] = []
    mended: dict[int, list[str]] = {}
    for row, fields in few.select("row", "fields").iter_rows():
        record = dialect.delimiter.join(fields)
        for delimiter in (",", ";", "\t", "|", " "):
            if delimiter == dialect.delimiter or record.count(delimiter) < width - 1:
                continue
            splitter = Splitter(delimiter, dialect.quote, dialect.escape)
            split = splitter.strict(record)
            if split is None or len(split) != width or sum(map(bool, split)) < max(2, width / 2):
                continue
            # Above and below the table are titles and footnotes; their commas mean nothing.
            quoted = any(splitter.quoted(record, split))
            typed = delimiter != " " and sum(sort_of(field) in ("number", "date") for field in split) >= _TYPED
            if not (first < row < last or quoted or typed) or not _like(split, kinds, quoted):
                continue
            mended[row] = split
            message = f"the record is separated by {shown(delimiter)}, most by {shown(dialect.delimiter)}"
            told.append(Remark(OTHER_DELIMITER.code, row, None, None, message))
            break
    if mended:
        new = pl.DataFrame({"row": list(mended), "fields": list(mended.values())}, schema=records.schema)
        records = pl.concat([records.filter(~pl.col("row").is_in(list(mended))), new]).sort("row")
    return records, told


def _like(fields: Sequence[str], kinds: Sequence[set[str]], quoted: bool) -> bool:
    """Whether the fields are of the kinds their columns hold, or all of them words, as a header is.

    A sentence has words too, so that words alone say little unless some are quoted.
    """
    found = [sort_of(field) for field in fields]
    if set(found) == {"words"}:
        return quoted
    return all(kind in usual for kind, usual in zip(found, kinds, strict=True))
