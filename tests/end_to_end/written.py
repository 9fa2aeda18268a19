"""Tables as people export them: a table, a dialect, and a layout around it become a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

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
