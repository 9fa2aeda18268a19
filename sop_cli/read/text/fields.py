"""One record becomes its fields: quotes, escapes, and what to make of quotes that are wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

_LATE = 4  # ends of a quoted field that are tried
_TRIED = 200  # readings of one torn record that are compared


class Oddity(Enum):
    """What is wrong with a quote."""

    UNCLOSED = "unclosed"
    AFTER = "text after a closing quote"
    INNER = "a quote within a quoted field that is not doubled"


@dataclass(frozen=True)
class Torn:
    """A record whose quotes are wrong, as it is best read."""

    fields: list[str]
    oddities: tuple[tuple[int, Oddity], ...]  # index of the field, what is wrong with it


@dataclass(frozen=True)
class _Chain:
    text: str
    oddity: Oddity | None
    before: "_Chain | None"

    def fields(self) -> list[tuple[str, Oddity | None]]:
        found, link = [], self
        while True:
            found.append((link.text, link.oddity))
            if link.before is None:
                return found[::-1]
            link = link.before


class Splitter:
    """Splits records under one delimiter, quote and escape; any of them may be None."""

    def __init__(self, delimiter: str | None, quote: str | None, escape: str | None) -> None:
        self.delimiter, self.quote, self.escape = delimiter, quote, escape
        self._plain = quote is None and escape is None
        mark = re.escape(delimiter) if delimiter else r"(?!)"
        bar = rf"(?={mark}|\Z)"
        # Spaces around a quoted field do not count, unless they delimit.
        space = "" if delimiter is not None and not delimiter.strip(" ") else "[ ]*"
        self._space = space
        other = rf"(?:(?!{mark}).)" if delimiter is None or len(delimiter) > 1 else rf"[^{mark}]"
        if escape:
            out = re.escape(escape)
            other = rf"(?:{out}.|{other})"
        self._unquoted = re.compile(rf"{other}*", re.DOTALL)
        if quote is None:
            self._quoted = self._open = re.compile(r"(?!)")
        else:
            sign = re.escape(quote)
            inner = rf"[^{sign}]" if not escape else rf"(?:{re.escape(escape)}.|[^{sign}{re.escape(escape)}])"
            if escape == quote:
                inner = rf"[^{sign}]"
            body = rf"((?:{inner}|{sign}{sign})*+)"
            self._open = re.compile(space + sign)
            self._quoted = re.compile(rf"{space}{sign}{body}{sign}{space}{bar}", re.DOTALL)
            self._body = re.compile(rf"{space}{sign}{body}", re.DOTALL)
            # A close that is followed by the end of the field, whatever came before it.
            self._late = re.compile(rf"{sign}{space}{bar}")
        self._undo = re.compile(self._undoing(), re.DOTALL) if escape and escape != quote else None

    def strict(self, record: str) -> list[str] | None:
        """The fields of a record; None if one of its quotes is wrong or still open at its end."""
        if self.quote is None or self.quote not in record:
            return self._split(record)
        fields, at, width = [], 0, len(self.delimiter or "")
        while True:
            if match := self._quoted.match(record, at):
                fields.append(self.content(match[1]))
            elif self._open.match(record, at):
                return None
            else:
                match = self._unquoted.match(record, at)
                assert match is not None
                fields.append(self._unescaped(match[0]))
            if match.end() >= len(record):
                return fields
            at = match.end() + width

    def quoted(self, record: str, fields: Sequence[str]) -> list[bool]:
        """Which fields of a record are quoted; none where its quotes are wrong."""
        if self.quote is None or self.quote not in record:
            return [False] * len(fields)
        found: list[bool] = []
        at, width = 0, len(self.delimiter or "")
        while len(found) < len(fields):
            match = self._quoted.match(record, at)
            found.append(match is not None)
            match = match or self._unquoted.match(record, at)
            assert match is not None
            at = match.end() + width
        return found

    def left_open(self, record: str) -> bool:
        """Whether the last quoted field of a record does not end on it."""
        at, width = 0, len(self.delimiter or "")
        if self.quote is None:
            return False
        while True:
            match = self._quoted.match(record, at)
            if match is None and self._open.match(record, at):
                body = self._body.match(record, at)
                assert body is not None
                if body.end() >= len(record):
                    return True
                late = self._late.search(record, body.end())
                if late is None:
                    return False
                match = late
            elif match is None:
                match = self._unquoted.match(record, at)
                assert match is not None
            if match.end() >= len(record):
                return False
            at = match.end() + width

    def torn(self, record: str, width: int | None) -> Torn:
        """The best reading of a record that `strict` refuses: as wide as expected, with as little wrong as can be."""
        readings = [reading for reading, _ in zip(self._readings(record), range(_TRIED), strict=False)]
        best = min(
            readings,
            key=lambda reading: (
                abs(len(reading) - width) if width else 0,
                sum(oddity is not None for _, oddity in reading),
                sum(oddity is Oddity.UNCLOSED for _, oddity in reading),
            ),
        )
        odd = tuple((at, oddity) for at, (_, oddity) in enumerate(best) if oddity)
        return Torn([text for text, _ in best], odd)

    def content(self, body: str) -> str:
        """What stands between two quotes, with doubled quotes and escapes undone."""
        if self._undo is not None:
            return self._undo.sub(lambda found: found[0][1:], body)
        return body.replace(self.quote * 2, self.quote) if self.quote and self.quote in body else body

    def _split(self, record: str) -> list[str]:
        if self.delimiter is None:
            return [self._unescaped(record)]
        if self.escape is None or self.escape not in record:
            return record.split(self.delimiter)
        fields, at = [], 0
        while True:
            match = self._unquoted.match(record, at)
            assert match is not None
            fields.append(self._unescaped(match[0]))
            if match.end() >= len(record):
                return fields
            at = match.end() + len(self.delimiter)

    def _readings(self, record: str) -> Iterator[list[tuple[str, Oddity | None]]]:
        """Every way to read a record, the likelier first."""
        ways: list[tuple[int, _Chain | None]] = [(0, None)]  # where a reading has got to, and its fields so far
        while ways:
            at, so_far = ways.pop()
            further = []
            for end, text, oddity in self._choices(record, at):
                chain = _Chain(text, oddity, so_far)
                if end >= len(record):
                    yield chain.fields()
                else:
                    further.append((end + len(self.delimiter or ""), chain))
            ways += reversed(further)

    def _choices(self, record: str, at: int) -> Iterator[tuple[int, str, Oddity | None]]:
        """The fields that may begin at `at`: where each ends, its content and what is wrong with it."""
        if match := self._quoted.match(record, at):
            yield match.end(), self.content(match[1]), None
            return
        plain = self._unquoted.match(record, at)
        assert plain is not None
        if not self._open.match(record, at):
            yield plain.end(), self._unescaped(plain[0]), None
            return
        body = self._body.match(record, at)
        assert body is not None
        start = record.index(self.quote or "", at) + 1
        for late, _ in zip(self._late.finditer(record, start), range(_LATE), strict=False):
            yield late.end(), self.content(record[start : late.start()]), Oddity.INNER
        if body.end() < len(record):  # closed, but not at the end of a field
            rest = self._unquoted.match(record, body.end())
            assert rest is not None
            if rest.end() != plain.end():
                yield rest.end(), record[at : rest.end()], Oddity.AFTER
            closed = (self.quote or "") in record[start : plain.end()]
            yield plain.end(), record[at : plain.end()], Oddity.AFTER if closed else Oddity.UNCLOSED
        else:
            yield plain.end(), record[at : plain.end()], Oddity.UNCLOSED

    def _unescaped(self, text: str) -> str:
        return self._undo.sub(lambda found: found[0][1:], text) if self._undo and self.escape in text else text  # type: ignore[operator]

    def _undoing(self) -> str:
        out = re.escape(self.escape or "")
        undone = [out, *(re.escape(sign) for sign in (self.quote, self.delimiter) if sign)]
        doubled = rf"|{re.escape(self.quote) * 2}" if self.quote else ""
        return rf"{out}(?:{'|'.join(undone)}){doubled}"
