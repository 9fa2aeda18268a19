"""The lines of a text become records, each with the physical line it begins on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sop_cli.read.text.aligned import cut_lines
from sop_cli.read.text.fields import Oddity, Splitter
from sop_cli.read.text.usual import Usual, fits, usual_of
from sop_cli.schemas.grid import Dialect

_SPAN, _SPAN_CHARS = 5_000, 1 << 20  # lines and characters one quoted field may hold
_BUDGET = 32 << 20  # characters looked through in vain for closing quotes, over the whole file
_RECORDS = 0.8  # share of the lines between two quotes that look like records
_NEAR = 100  # lines that are joined for all records at once
_DELIMITERS = 9  # in a text of several lines, as many in each as in a record, that is no chance any more
_PRIVATE = range(0xE000, 0xF8FF)  # characters no text uses; one stands for a delimiter of several


@dataclass(frozen=True)
class Odd:
    """A quote that is wrong, and how its record was read."""

    row: int
    column_index: int
    value: str
    oddity: Oddity


@dataclass(frozen=True)
class Split:
    """The records that begin within a page."""

    records: pl.DataFrame  # `row` and `fields`, blank ones too
    odd: list[Odd]  # their wrong quotes
    lines: int  # how many lines they take: the last of them may end below the page


def split_records(text: str, dialect: Dialect, page: int | None = None, usual: Usual | None = None) -> Split:
    """The records of a text whose lines end in LF that begin on its first `page` lines.

    `usual` is what the records of the file are like, if that is known from a page before.
    """
    mark = dialect.delimiter
    if mark is None or len(mark) > 1:
        stand_in = next(chr(code) for code in _PRIVATE if chr(code) not in text)
        text = text.replace(mark, stand_in) if mark else text
    else:
        stand_in = mark
    lines = pl.DataFrame({"line": [text.removesuffix("\n")]}).select(pl.col("line").str.split("\n").list.explode())
    lines = lines.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row"), "line")
    page = lines.height if page is None else min(page, lines.height)
    if dialect.cuts:
        return Split(cut_lines(lines.head(page), dialect.cuts), [], page)
    quoting = dialect.quote is not None and dialect.quote in text
    escaping = dialect.escape is not None and dialect.escape in text
    odd: list[Odd] = []
    taken: list[int] = []
    if not quoting and not escaping:
        records = lines.select("row", fields=pl.col("line").str.split(stand_in))
    else:
        quote = dialect.quote if quoting else None
        splitter = Splitter(stand_in, quote, dialect.escape)
        records, torn = _on_one_line(lines, stand_in, quote, dialect.escape)
        if torn:
            usual = usual or usual_of(records)
            joined = _to_next_quote(lines, torn, splitter, usual.width)
            mended = _Mending(lines["line"].to_list(), splitter, usual, joined)
            found = list(mended.records([row for row in torn if row <= page]))
            taken = mended.taken
            kept = records.filter(~pl.col("row").is_in(taken))
            rest = pl.DataFrame(
                {"row": [row for row, _ in found], "fields": [fields for _, fields in found]},
                schema={"row": pl.Int64, "fields": pl.List(pl.String)},
            )
            whole = joined.filter(pl.col("row").is_in(mended.whole)).select("row", "fields")
            records = pl.concat([kept, whole, rest]).sort("row")
            odd = mended.odd
    if mark is not None and stand_in != mark:
        back = pl.element().str.replace_all(stand_in, mark, literal=True)
        records = records.with_columns(fields=pl.col("fields").list.eval(back)) if quoting or escaping else records
        odd = [Odd(one.row, one.column_index, one.value.replace(stand_in, mark), one.oddity) for one in odd]
    return Split(records.filter(pl.col("row") <= page), odd, max([page, *taken[-1:]]))


def _on_one_line(
    lines: pl.DataFrame, mark: str, quote: str | None, escape: str | None
) -> tuple[pl.DataFrame, list[int]]:
    """`row` and `fields` of the lines that are whole records, and the rows of those that are not.

    Polars' own reader is not used: it refuses a quote within plain text (a 1/4" screw) and has to be
    told the number of fields before it can keep those that are too many.
    """
    bar, sign, out = (f"\\x{{{ord(char):x}}}" if char else "" for char in (mark, quote, escape))
    space = "" if mark == " " else " *"
    escaped = f"{out}.|" if escape else ""
    plain = f"(?:{escaped}[^{bar}{out}])*"
    field = f"{bar}(?:{plain})"
    if quote is not None:
        within = f"(?:{escaped}[^{sign}{out}]|{sign}{sign})*" if escape != quote else f"(?:[^{sign}]|{sign}{sign})*"
        first = f"(?:{escaped}[^{bar}{sign}{out}{' ' if space else ''}])"
        field = f"{bar}(?:{space}{sign}{within}{sign}{space}|{space}{first}{plain}|{space})"
    marked = pl.lit(mark) + pl.col("line")
    lines = lines.with_columns(marked.alias("line"), fields=marked.str.extract_all(field))
    taken = pl.col("fields").list.eval(pl.element().str.len_bytes()).list.sum()
    whole = (taken == pl.col("line").str.len_bytes()).alias("whole")
    lines = lines.with_columns(whole)
    torn = lines.filter(~pl.col("whole"))["row"].to_list()
    content = pl.element().str.slice(1)
    quoted = content.str.strip_chars_start(" ").str.starts_with(quote) if quote is not None else pl.lit(False)
    inner = content.str.strip_chars(" ").str.head(-1).str.slice(1)
    if escape is not None and escape != quote:
        undone = "|".join(part for part in (out, bar, sign) if part)
        inner = inner.str.replace_all(f"{out}({undone})|{sign}({sign})", "${1}${2}")
        content = content.str.replace_all(f"{out}({undone})", "${1}")
    elif quote is not None:
        inner = inner.str.replace_all(quote * 2, quote, literal=True)
    fields = pl.col("fields").list.eval(pl.when(quoted).then(inner).otherwise(content))
    return lines.filter("whole").select("row", fields=fields), torn


def _to_next_quote(lines: pl.DataFrame, torn: Sequence[int], splitter: Splitter, usual: int) -> pl.DataFrame:
    """The `torn` rows that make a whole record with the lines to the next one that holds a quote.

    Columns: `row`, `last`, `fields`, and `sure`: whether too few delimiters stand in those lines for them to be records
    of their own between two wrong quotes, so that nobody needs to read them one by one to know.
    """
    mark, quote = splitter.delimiter, splitter.quote
    if mark is None or quote is None:
        return pl.DataFrame(
            schema={"row": pl.Int64, "last": pl.Int64, "fields": pl.List(pl.String), "sure": pl.Boolean}
        )
    holding = lines.filter(pl.col("line").str.contains(quote, literal=True)).select("row", last=pl.col("row").shift(-1))
    ends = holding.filter(pl.col("row").is_in(torn), pl.col("last") - pl.col("row") < _NEAR)
    parts = ends.with_columns(part=pl.int_ranges("row", pl.col("last") + 1)).explode("part")
    parts = parts.with_columns(line=lines["line"].gather(parts["part"] - 1))
    most = pl.col("line").str.count_matches(mark, literal=True) + 1  # fields of a line, however it is read
    texts = parts.group_by("row", "last", maintain_order=True).agg(
        pl.col("line").str.join("\n"), least=most.min(), ends=most.last()
    )
    joined, _ = _on_one_line(texts.select("row", "line"), mark, quote, splitter.escape)
    whole = joined.join(texts.drop("line"), on="row", how="left", maintain_order="left", validate="1:1")
    few = (pl.col("least") - 1) * (pl.col("last") - pl.col("row")) < _DELIMITERS
    sure = pl.when(pl.col("fields").list.len() == usual).then(pl.col("ends") < usual).otherwise(few)
    return whole.select("row", "last", "fields", sure.alias("sure"))


class _Mending:
    """Reads the records that are not one line: quoted line breaks, and quotes that are wrong."""

    def __init__(self, lines: Sequence[str], splitter: Splitter, usual: Usual, joined: pl.DataFrame) -> None:
        self._lines, self._splitter, self._usual = lines, splitter, usual
        self._width = usual.width if usual.records else None
        self._budget = _BUDGET
        widths = joined.select("row", "last", "sure", pl.col("fields").list.len())
        self._joined = {row: (last, sure, width) for row, last, sure, width in widths.rows()}
        self.whole: list[int] = []  # rows of records that are as `joined` has them
        self.taken: list[int] = []  # rows that are part of a record that began above
        self.odd: list[Odd] = []

    def records(self, torn: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """Those of the `torn` rows that are neither `taken` nor `whole` in the end."""
        done = 0
        for row in torn:
            if row <= done:
                continue
            if (found := self._joined.get(row)) and self._budget > 0:
                last, sure, width = found
                if sure or not self._swallows(row, last, width):
                    self.whole.append(row)
                    self.taken += range(row + 1, last + 1)
                    done = last
                    continue
            record, last = self._whole(row)
            fields = self._splitter.strict(record)
            if fields is None:
                read = self._splitter.torn(record, self._width)
                fields = read.fields
                self.odd += [Odd(row, at, fields[at], oddity) for at, oddity in read.oddities]
            self.taken += range(row + 1, last + 1)
            done = last
            yield row, fields

    def _whole(self, row: int) -> tuple[str, int]:
        """The record that begins on `row`, and its last row: the same one unless a quoted field goes on."""
        record = first = self._lines[row - 1]
        if not self._splitter.left_open(first) or self._budget <= 0:
            return first, row
        pieces, length = [first], len(first)
        for last in range(row + 1, min(row + _SPAN, len(self._lines)) + 1):
            line = self._lines[last - 1]
            pieces.append(line)
            length += len(line)
            if length > _SPAN_CHARS:
                break
            if self._splitter.quote not in line:  # type: ignore[operator]
                continue
            record = "\n".join(pieces)
            fields = self._splitter.strict(record)
            if fields is not None:
                return (first, row) if self._swallows(row, last, len(fields)) else (record, last)
            self._budget -= length
            if self._budget <= 0 or not self._splitter.left_open(record):
                break
        self._budget -= length
        return first, row

    def _swallows(self, row: int, last: int, joined: int) -> bool:
        """Whether the lines are rather records of their own, between two quotes that are wrong.

        A text of several lines may have delimiters in them, but hardly numbers wherever records have numbers.
        """
        width, usual = len(self._read(self._lines[row - 1])), self._usual.width
        if joined == usual != width:
            return False
        lines = self._lines[row - 1 : last]
        typed = self._usual.typed(row, last)
        if typed and joined == usual:
            fitting = [fits(self._read(line), usual, typed) for line in lines]
            return fitting[0] and fitting[-1] and sum(fitting) >= _RECORDS * len(fitting)
        if (width - 1) * (last - row) < _DELIMITERS:
            return False
        return all(len(self._read(line)) == width for line in lines)

    def _read(self, line: str) -> list[str]:
        return self._splitter.strict(line) or self._splitter.torn(line, self._width).fields
