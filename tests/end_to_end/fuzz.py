"""Tables as people export them: a random table, written in a random dialect, with a random layout around it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st

from sop_cli.schemas.tables import TABLES

Value = str | Decimal | date
Cell = Value | None

HEADERS = {
    "orders": {
        "order": ("Order number", "Auftragsnummer"),
        "line": ("Order line", "Position"),
        "item": ("Item code", "Materialnummer"),
        "site": ("Site", "Werk"),
        "account": ("Customer number", "Kundennummer"),
        "promised": ("Promised date", "Bestätigtes Lieferdatum"),
        "quantity": ("Open quantity", "Offene Menge"),
        "amount": ("Net amount", "Nettowert"),
    },
    "ledger": {
        "month": ("Posting period", "Buchungsperiode"),
        "gl_account": ("GL account", "Sachkonto"),
        "text": ("Account text", "Kontobezeichnung"),
        "amount": ("Amount", "Betrag"),
    },
    "forecast": {
        "item": ("Item code", "Materialnummer"),
        "segment": ("Customer segment", "Segment"),
        "month": ("Month", "Monat"),
        "quantity": ("Forecast quantity", "Menge"),
    },
}
_NAMES = {
    False: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    True: ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
}


@dataclass(frozen=True)
class Style:
    """How numbers, dates and months are written."""

    decimal: str
    thousands: str
    negative: str  # n stands for the number without its sign
    currency: str  # n stands for the number with its sign
    dates: str
    months: str
    german: bool  # headers and names of months

    def text(self, cell: Cell, header: str = "") -> str:
        """The cell as text."""
        if isinstance(cell, Decimal):
            return self._number(cell, money=header in ("Net amount", "Nettowert", "Amount", "Betrag"))
        if isinstance(cell, datetime):
            return self.named(cell, self.months)
        return self.named(cell, self.dates) if isinstance(cell, date) else cell or ""

    def named(self, day: date, pattern: str) -> str:
        """The day as the pattern has it, names of months in the language of the headers."""
        return day.strftime(pattern.replace("%b", _NAMES[self.german][day.month - 1]))

    def _number(self, value: Decimal, money: bool) -> str:
        whole = f"{abs(value):,f}".replace(",", "t").replace(".", self.decimal).replace("t", self.thousands)
        signed = self.negative.replace("n", whole) if value < 0 else whole
        return self.currency.replace("n", signed) if money else signed


@dataclass(frozen=True)
class Dialect:
    """How a text file separates and quotes its fields."""

    delimiter: str
    quote: str
    escape: str | None  # None: a quote within a quoted field is doubled
    everything: bool  # all fields are quoted
    newline: str
    encoding: str
    ends: bool  # the last line has an end

    def field(self, text: str) -> str:
        """The field as it is written."""
        if not (self.everything or any(sign in text for sign in (self.quote, self.delimiter, "\n"))):
            return text
        inner = text.replace(self.quote, (self.escape or self.quote) + self.quote)
        return self.quote + inner.replace("\n", self.newline) + self.quote


@dataclass(frozen=True)
class Shape:
    """What stands around and between the records."""

    titles: tuple[tuple[str, ...], ...]
    gap: int  # blank rows below the titles
    two_rows: bool  # headers of two words take two rows
    blank: int | None  # records before a blank row
    again: int | None  # records before the header stands there again, as on a new page
    total: bool
    footer: str | None
    order: tuple[int, ...]  # of the columns
    extra: bool  # a column that nobody needs
    across: bool  # months run across
    right: int  # columns to the left of the table, in a sheet
    typed: bool  # numbers and dates of a sheet are such, and no texts


@dataclass
class Example:
    """A table, and how it is written."""

    table: str
    records: list[dict[str, Cell]]
    style: Style
    dialect: Dialect | None  # None: it is a workbook
    shape: Shape
    rows: list[int] = field(default_factory=list)  # where each record came to stand

    def write(self, folder: Path) -> Path:
        """The file; `rows` are known afterwards."""
        grid, places = self._grid()
        if self.dialect is None:
            self.rows = [place + 1 for place in places]
            return _workbook(folder / "extract.xlsx", grid, self.shape.right, self.style, typed=self.shape.typed)
        lines, at, starts = [], 1, []
        header = [str(cell or "") for cell in grid[self.header]]
        for row in grid:
            texts = [self.style.text(cell, name) for cell, name in zip(row, header, strict=True)]
            starts.append(at)
            at += 1 + sum(text.count("\n") for text in texts)
            lines.append(self.dialect.delimiter.join(map(self.dialect.field, texts)))
        self.rows = [starts[place] for place in places]
        text = self.dialect.newline.join(lines) + (self.dialect.newline if self.dialect.ends else "")
        (folder / "extract.csv").write_bytes(text.encode(self.dialect.encoding))
        return folder / "extract.csv"

    @property
    def header(self) -> int:
        """The place of the first row of the header in the grid."""
        return len(self.shape.titles) + (self.shape.gap if self.shape.titles else 0)

    def _grid(self) -> tuple[list[list[Cell]], list[int]]:
        """Every row of the file from its first line on, and the place of each record."""
        body = self._across() if self.shape.across else self._long()
        order = [at for at in self.shape.order if at < len(body[0])]
        if self.shape.across:
            order = sorted(order)
        body = [[row[at] for at in order] for row in body]
        width = len(body[0])
        blank: list[Cell] = [None] * width
        grid = [[*title, *blank[len(title) :]] for title in self.shape.titles]
        grid += [list(blank) for _ in range(self.header - len(grid))]
        heads = self._heads(body[0])
        grid += heads
        places = []
        for number, row in enumerate(body[1:]):
            if number == self.shape.blank:
                grid.append(list(blank))
            if number == self.shape.again:
                grid += heads
            places.append(len(grid))
            grid.append(row)
        if self.shape.total:
            grid.append(_total(body[1:]))
        if self.shape.footer:
            grid += [list(blank), [self.shape.footer, *blank[1:]]]
        if self.shape.across:
            months = len({record["month"] for record in self.records})
            places = [place for place in places for _ in range(months)]
        return grid, places

    def _heads(self, names: Sequence[Cell]) -> list[list[Cell]]:
        if not self.shape.two_rows:
            return [list(names)]
        parts = [str(name).split(" ") for name in names]
        return [[part[0] for part in parts], [" ".join(part[1:]) or None for part in parts]]

    def _name(self, column: str) -> str:
        return HEADERS[self.table][column][self.style.german]

    def _long(self) -> list[list[Cell]]:
        body: list[list[Cell]] = [[self._name(column) for column in HEADERS[self.table]]]
        body += [[record[column] for column in HEADERS[self.table]] for record in self.records]
        return self._with_extra(body)

    def _across(self) -> list[list[Cell]]:
        months = sorted({record["month"] for record in self.records if isinstance(record["month"], datetime)})
        body: list[list[Cell]] = [[self._name("item"), self._name("segment")]]
        body[0] += [self.style.named(month, self.style.months) for month in months]
        for first in range(0, len(self.records), len(months)):
            some = self.records[first : first + len(months)]
            body.append([some[0]["item"], some[0]["segment"], *(record["quantity"] for record in some)])
        return body

    def _with_extra(self, body: list[list[Cell]]) -> list[list[Cell]]:
        if not self.shape.extra:
            return body
        return [[*row, "Batch" if at == 0 else f"B{at:03}"] for at, row in enumerate(body)]

    def expected(self) -> list[tuple[object, ...]]:
        """The typed records with their rows, as ingest should leave them."""
        columns = [column.name for column in TABLES[self.table].columns if column.name in HEADERS[self.table]]
        found = [
            (*(_plain(record[name]) for name in columns), row)
            for record, row in zip(self.records, self.rows, strict=True)
        ]
        return sorted(found, key=in_order)


def in_order(record: tuple[object, ...]) -> tuple[object, ...]:
    """Sorts records with their rows: by row, then by the months that share one."""
    return record[-1], [str(value) for value in record if not isinstance(value, Decimal)]


def _plain(value: Cell) -> object:
    return value.date() if isinstance(value, datetime) else value


def _total(records: Sequence[Sequence[Cell]]) -> list[Cell]:
    sums: list[Cell] = []
    for column in zip(*records, strict=True):
        numbers = [cell for cell in column if isinstance(cell, Decimal)]
        sums.append(sum(numbers, Decimal(0)) if numbers else None)
    sums[next(at for at, cell in enumerate(sums) if cell is None)] = "Total"
    return sums


def _workbook(path: Path, grid: Sequence[Sequence[Cell]], right: int, style: Style, *, typed: bool) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        dated = book.add_format({"num_format": "dd.mm.yyyy"})
        for at, row in enumerate(grid):
            for column, cell in enumerate(row, right):
                if cell is None or cell == "":
                    continue
                if typed and isinstance(cell, Decimal):
                    sheet.write_number(at, column, float(cell))
                elif typed and isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, dated)
                else:
                    sheet.write_string(at, column, style.text(cell))
    return path


_WORDS = ("pump", "Schraube", "valve 3/4", "Kühler", "Nürnberg", "big box", "O'Neil", "Süßwaren", "x", "Öl")
_JOINTS = (", and", "; or", " | ", ' 5" wide', " 'so'", "\n", "\t", ": so", " (2)", "", "^", "~", "\n\n", ' "', "||")
_PLAIN = ("12", "-5", "1.5", "2026-10", "n.a.", "=SUM(A1)", "Total costs", "# 5", "Ä", "Text", "P1", "true")
_codes = st.one_of(
    st.from_regex(r"\A0{0,3}[1-9][0-9]{2,5}\Z"),
    st.from_regex(r"\A[A-Z]{1,3}-?[0-9]{2,4}\Z"),
    st.just("1E5"),
    st.just("00012"),
)
_texts = st.one_of(
    st.builds(lambda a, joint, b: f"{a}{joint} {b}", *map(st.sampled_from, (_WORDS, _JOINTS, _WORDS))),
    st.sampled_from(_PLAIN),
)
_numbers = st.one_of(
    st.integers(-99_999, 9_999_999).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.integers(-500, 99_999).map(Decimal),
    st.just(Decimal("1234.5")),
)
_days = st.dates(date(2026, 9, 1), date(2027, 3, 31))
_styles = st.builds(
    Style,
    decimal=st.sampled_from(".,"),
    thousands=st.sampled_from(["", "", "other", " ", "'", "\u00a0"]),
    negative=st.sampled_from(["-n", "-n", "n-", "(n)", "−n", "- n"]),
    currency=st.sampled_from(["n", "n", "€ n", "n €", "n EUR", "$n", "EUR n"]),
    dates=st.sampled_from(
        [
            "%Y-%m-%d",
            "%d.%m.%Y",
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%d.%m.%y",
            "%Y%m%d",
            "%d-%b-%Y",
            "%d. %b %Y",
            "%Y/%m/%d",
            "%Y-%m-%d 00:00:00",
            "%d.%m.%Y 14:30",
            "%m/%d/%Y 2:05 PM",
            "%b %d, %Y",
        ]
    ),
    months=st.sampled_from(
        ["%Y-%m", "%m/%Y", "%b-%y", "%b %Y", "%Y%m", "%d.%m.%Y", "%YM%m", "%m.%Y", "%Y/%m", "%b. %y", "%m/%d/%Y"]
    ),
    german=st.booleans(),
).map(lambda style: _resolved(style))
_dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ",", ";", ";", "\t", "|", "^", "~", "||"]),
    quote=st.sampled_from('"""\''),
    escape=st.sampled_from([None, None, None, "\\"]),
    everything=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    ends=st.booleans(),
)
_shapes = st.builds(
    Shape,
    titles=st.sampled_from(
        [
            (),
            (),
            (("Monthly report",),),
            (("Extract of the ERP, all plants",), ("printed by M. Weber; on Monday",)),
            (("Plant:", "P1"), ("Printed:", "2026-11-03")),
        ]
    ),
    gap=st.integers(0, 2),
    two_rows=st.booleans(),
    blank=st.one_of(st.none(), st.integers(1, 4)),
    again=st.one_of(st.none(), st.none(), st.integers(1, 4)),
    total=st.booleans(),
    footer=st.sampled_from([None, None, "Source: ERP", "End of report"]),
    order=st.permutations(range(9)).map(tuple),
    extra=st.booleans(),
    across=st.booleans(),
    right=st.integers(0, 3),
    typed=st.booleans(),
)


def _resolved(style: Style) -> Style:
    other = {".": ",", ",": "."}[style.decimal]
    thousands = other if style.thousands == "other" else style.thousands
    return Style(style.decimal, thousands, style.negative, style.currency, style.dates, style.months, style.german)


@st.composite
def examples(draw: st.DrawFn, clear: bool) -> Example:
    """A table and how it is written; if `clear`, every column holds a value that can be read in one way only."""
    table = draw(st.sampled_from(sorted(HEADERS)))
    style, shape = draw(_styles), draw(_shapes)
    dialect = draw(st.one_of(_dialects, _dialects, st.none()))
    if dialect is not None and dialect.encoding == "cp1252" and style.negative == "−n":
        dialect = replace(dialect, encoding="utf-8")
    if table != "forecast":
        shape = replace(shape, across=False)
    if shape.across or style.german:  # their headers are of one word
        shape = replace(shape, two_rows=False)
    records = draw(_RECORDS[table])
    if clear and style.dates == "%d.%m.%y":  # 28.10.26 could be of 2028
        style = replace(style, dates="%d.%m.%Y")
    if clear:
        records[0] |= {name: Decimal("1234.56") for name, value in records[0].items() if isinstance(value, Decimal)}
        records[0] |= {
            name: date(2026, 10, 28)
            for name, value in records[0].items()
            if isinstance(value, date) and not isinstance(value, datetime)
        }
    return Example(table, records, style, dialect, shape)


def _orders() -> st.SearchStrategy[list[dict[str, Cell]]]:
    record: st.SearchStrategy[dict[str, Cell]] = st.fixed_dictionaries(
        {
            "order": st.integers(1, 99_999).map(lambda number: f"{number:07}"),
            "item": _codes,
            "site": st.sampled_from(["P1", "P2", "D01"]),
            "account": _codes,
            "promised": _days,
            "quantity": _numbers,
            "amount": st.one_of(_numbers, _numbers, _numbers, st.none()),
        }
    )
    return st.lists(record, min_size=4, max_size=9).map(
        lambda records: [record | {"line": f"{at}0"} for at, record in enumerate(records, 1)]
    )


def _ledger() -> st.SearchStrategy[list[dict[str, Cell]]]:
    record: st.SearchStrategy[dict[str, Cell]] = st.fixed_dictionaries(
        {
            "month": st.integers(5, 10).map(lambda month: datetime(2026, month, 1)),
            "gl_account": st.integers(1000, 999_999).map(lambda number: f"{number:06}"),
            "text": st.one_of(_texts, _texts, _texts, st.none()),
            "amount": _numbers,
        }
    )
    return st.lists(record, min_size=4, max_size=9).map(
        lambda records: [
            records[0] | {"month": datetime(2026, 10, 1)},
            records[1] | {"month": datetime(2026, 5, 1)},
            *records[2:],
        ]
    )


@st.composite
def _forecast(draw: st.DrawFn) -> list[dict[str, Cell]]:
    months = [datetime(2026, 11, 1), datetime(2026, 12, 1), datetime(2027, 1, 1), datetime(2027, 2, 1)]
    items = draw(st.lists(_codes, min_size=3, max_size=6, unique=True))
    segments = st.lists(st.sampled_from(["RETAIL", "ONLINE"]), min_size=6, max_size=6)
    return [
        {"item": item, "segment": segment, "month": month, "quantity": draw(_numbers)}
        for item, segment in zip(items, draw(segments), strict=False)
        for month in months
    ]


_RECORDS = {"orders": _orders(), "ledger": _ledger(), "forecast": _forecast()}
