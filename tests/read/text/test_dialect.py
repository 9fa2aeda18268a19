"""A table written in any usual dialect is read back as it was, with its lines, and with nothing declared."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.read.how import How
from sop_cli.read.text.text import parse

_HEADERS = ("item", "Größe", "Bezeichnung", "date", "qty", "price", "Straße", "note", "site")
_WORDS = ("pump", "Schraube", "valve 3/4", "Kühler", "Nürnberg", "big box", "O'Neil", "A-100", "x", "Süßwaren groß")
_SIGNS = (", and", "; or", "|", ' 5" wide', "it's", "\n", "\t", ": so", '"', "''", "\\")


@dataclass(frozen=True)
class _Written:
    delimiter: str
    quote: str
    escape: str | None  # None: a quote within a quoted field is doubled
    everything: bool  # all fields are quoted
    newline: str
    encoding: str
    decimal: str
    last: bool  # whether the last line ends with a newline

    def text(self, table: list[list[str]]) -> str:
        lines = [self.delimiter.join(self.field(field) for field in record) for record in table]
        return self.newline.join(lines) + (self.newline if self.last else "")

    def field(self, text: str) -> str:
        special = any(sign in text for sign in (self.quote, "\n", *self.delimiter, self.escape or self.quote))
        if not (special or self.everything):
            return text
        if self.escape is None:
            inner = text.replace(self.quote, self.quote * 2)
        else:
            inner = text.replace(self.escape, self.escape * 2).replace(self.quote, self.escape + self.quote)
        return self.quote + inner.replace("\n", self.newline) + self.quote


_dialects = st.builds(
    _Written,
    delimiter=st.sampled_from([",", ";", "\t", "|", "^", "~", "\x1f", "::", "||", ", ", "¦"]),
    quote=st.sampled_from('""\''),
    escape=st.sampled_from([None, None, "\\"]),
    everything=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    decimal=st.sampled_from(".,"),
    last=st.booleans(),
)


@st.composite
def _tables(draw: st.DrawFn) -> list[list[str]]:
    """A header, and columns of codes, numbers, dates, words and free text; `#` stands for the decimal sign."""
    width, height = draw(st.integers(3, 6)), draw(st.integers(3, 8))
    kinds = ["number", "date", *draw(st.lists(st.sampled_from(["number", "words", "note"]), min_size=width - 2))]
    columns = [
        [header, *(draw(_cell(kind)) for _ in range(height))] for header, kind in zip(_HEADERS, kinds, strict=False)
    ]
    return [list(record) for record in zip(*columns, strict=True)]


def _cell(kind: str) -> st.SearchStrategy[str]:
    if kind == "number":
        return st.builds(lambda whole, part: f"{whole}#{part:02}", st.integers(0, 9999), st.integers(0, 99))
    if kind == "date":
        return st.builds(lambda day, month: f"2026-{month:02}-{day:02}", st.integers(1, 28), st.integers(1, 12))
    words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2).map(" ".join)
    return (
        words if kind == "words" else st.builds(lambda a, sign, b: a + sign + b, words, st.sampled_from(_SIGNS), words)
    )


@settings(max_examples=30, deadline=None)
@given(table=_tables(), dialect=_dialects)
def test_a_table_in_any_dialect_is_read_back_with_its_lines(table: list[list[str]], dialect: _Written) -> None:
    # A backslash beside no quote does not tell whether it escapes anything.
    slash = "/" if dialect.escape else "\\"
    table = [[field.replace("#", dialect.decimal).replace("\\", slash) for field in record] for record in table]
    grid = parse(dialect.text(table).encode(dialect.encoding), "x.csv", How())
    line, expected = 1, []
    for record in table:
        expected.append((line, *record))
        line += 1 + sum(field.count("\n") for field in record)
    assert grid.cells.rows() == expected
