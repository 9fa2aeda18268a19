"""Writes the workbooks: sales forecast, budgets, capacity, supplier limits, levers and targets."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.sample_company import extracts
from tests.sample_company.company import COMPANY, FAMILIES, RESOURCES, items, uom_of
from tests.sample_company.demand import budget_units, forecast
from tests.sample_company.money import budget, budget_costs
from tests.sample_company.months import HORIZON, LATEST, day, fiscal_months, fiscal_year, month, text
from tests.sample_company.supply import CAPACITY_MONTHS, hours_of, hours_per_piece, supplier_limit
from tests.sample_company.text_files import month_heading

CREATED = datetime(2026, 1, 5)
SUPPLIERS = {"S1": ("Vliesstoff Aurach", 45), "S2": ("Tecelagem do Vale", 60)}
LEVERS = (
    ("overtime", "P1-FILL", 58, "hour"), ("overtime", "P1-PACK", 46, "hour"), ("overtime", "P2-FILL", 64, "hour"),
    ("overtime", "P2-PACK", 46, "hour"), ("overtime", "P3-FILL", 56, "hour"), ("overtime", "P3-PACK", 46, "hour"),
    ("overtime", "P3-PRO", 72, "hour"), ("expedite", "", 6, "percent"), ("fine", "GROCERY", 4, "percent"),
    ("fine", "DRUG", 3, "percent"), ("fine", "DISCOUNT", 5, "percent"), ("spot", "S1", 18, "percent"),
    ("spot", "S2", 24, "percent"),
)  # fmt: skip
TARGETS = (
    ("service differentiation", "on-time in full, percent", (94, 95.5, 97)),
    ("margin", "gross margin, percent", (38.5, 39.5, 40.5)),
    ("margin", "reactive cost, percent of gross margin", (2.4, 2, 1.5)),
    ("working capital", "days of inventory", (46, 42, 38)),
    ("working capital", "cash conversion cycle, days", (53, 48, 43)),
    ("throughput", "key resource utilisation, percent", (88, 86, 85)),
)


class Book:
    """A workbook with the house formats; saved without a clock, so that the same content is the same file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(str(path))
        self.book.set_properties({"title": path.stem, "company": COMPANY, "created": CREATED})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.head = self.book.add_format({"bold": True, "bg_color": "#DDE6E0", "bottom": 1})
        self.date_head = self.book.add_format({"bold": True, "bg_color": "#DDE6E0", "bottom": 1, "num_format": "mmm yyyy"})
        self.label = self.book.add_format({"valign": "top"})
        self.band = self.book.add_format({"bold": True, "align": "center", "bg_color": "#C9D8CE"})
        self.units = self.book.add_format({"num_format": "#,##0"})
        self.money = self.book.add_format({"num_format": "#,##0.00"})
        self.hours = self.book.add_format({"num_format": "#,##0.0"})
        self.fine = self.book.add_format({"num_format": "0.000000"})
        self.total = self.book.add_format({"bold": True, "num_format": "#,##0", "top": 1})
        self.total_money = self.book.add_format({"bold": True, "num_format": "#,##0.00", "top": 1})

    def sheet(self, name: str, title: str, note: str, widths: Sequence[float]) -> Any:
        """A sheet with its title in the first row and a note in the second."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, note)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def merged(self, sheet: Any, first: int, last: int, column: int, value: str) -> None:
        """A label over several rows."""
        if first == last:
            sheet.write_string(first, column, value, self.label)
        else:
            sheet.merge_range(first, column, last, column, value, self.label)

    def close(self) -> None:
        """Save."""
        self.book.close()


def write_forecast(path: Path, cycle: str) -> None:
    """Item and segment down, eighteen months across, subtotals and a grand total."""
    book = Book(path)
    months = range(month(cycle), month(cycle) + HORIZON)
    sheet = book.sheet("Forecast", f"Sales forecast, cycle {cycle}", COMPANY, (12, 11, 34, 11, 6, *[9] * HORIZON))
    sheet.write_string(2, 0, "Retail in cases (CS), professional in pieces (EA); professional programmes are bookings.")
    for column, heading in enumerate(("Family", "Item", "Description", "Segment", "UoM", *map(month_heading, months))):
        sheet.write_string(4, column, heading, book.head)
    sheet.freeze_panes(5, 5)
    quantities = forecast(cycle) | (extracts.typo_row() if cycle == LATEST else {})
    broken = extracts.error_cell() if cycle == LATEST else None
    grand = dict.fromkeys(months, 0)
    row = 5
    for family in FAMILIES:
        start, subtotal = row, dict.fromkeys(months, 0)
        for code in _codes(family, quantities):
            segments = sorted({segment for item, segment, _ in quantities if item == code})
            book.merged(sheet, row, row + len(segments) - 1, 1, code)
            name = items()[code].name if code in items() else items()[extracts.TYPO_ITEM[1]].name
            book.merged(sheet, row, row + len(segments) - 1, 2, name)
            for segment in segments:
                sheet.write_string(row, 3, segment)
                sheet.write_string(row, 4, uom_of(segment))
                for column, number in enumerate(months, 5):
                    if (code, segment, number) == broken:
                        sheet.write_formula(row, column, "=NA()", book.units, "#N/A")
                        continue
                    sheet.write_number(row, column, quantities[code, segment, number], book.units)
                    subtotal[number] += quantities[code, segment, number]
                row += 1
        book.merged(sheet, start, row - 1, 0, family)
        _sums(book, sheet, row, f"Total {family}", 5, list(subtotal.values()))
        grand = {number: grand[number] + subtotal[number] for number in months}
        row += 1
    _sums(book, sheet, row, "Grand total", 5, list(grand.values()))
    readme = book.sheet("Read me", "About this file", f"{COMPANY}. Figures, names and places are invented.", (90,))
    readme.write_string(3, 0, "Totals add cases and pieces as they stand; they are there to check the typing.")
    book.close()


def _codes(family: str, quantities: dict[tuple[str, str, int], int]) -> list[str]:
    known = {code for code, _, _ in quantities}
    codes = [item.code for item in items().values() if item.family == family and item.code in known]
    if family == items()[extracts.TYPO_ITEM[1]].family and extracts.TYPO_ITEM[0] in known:
        codes.insert(codes.index(extracts.TYPO_ITEM[1]) + 1, extracts.TYPO_ITEM[0])
    return codes


def _sums(book: Book, sheet: Any, row: int, label: str, column: int, values: Sequence[Any]) -> None:
    for empty in range(1, column):
        sheet.write_blank(row, empty, None, book.total)
    sheet.write_string(row, 0, label, book.total)
    for place, value in enumerate(values, column):
        sheet.write_number(row, place, value, book.total)


def write_budget(path: Path, year: int, version: str) -> None:
    """The AOP of a year: volume, revenue, COGS by item; fixed cost; and a stale volume sheet that is hidden."""
    book = Book(path)
    stale = book.sheet("Volume v0", f"{version}: FIRST DRAFT, superseded", "Do not use.", (16, 12, 11, 34))
    _budget_rows(book, stale, year, f"{version} draft", {key: q * 9 // 10 for key, q in budget_units(year).items()})
    stale.hide()
    names = {"units": "Volume", "revenue": "Revenue", "cogs": "COGS"}
    for measure, name in names.items():
        note = "Pieces (EA)" if measure == "units" else "EUR, at budget rates"
        widths = (22, 16, 11, 34, *[13] * 13)
        sheet = book.sheet(name, f"{version}: {name.lower()} by item", f"{note}. {COMPANY}.", widths)
        _budget_rows(book, sheet, year, version, budget(year)[measure], money=measure != "units")
        if measure == "units":
            sheet.activate()
            sheet.set_first_sheet()
    _budget_costs(book, year, version)
    book.close()


def _budget_head(book: Book, sheet: Any, year: int, labels: Sequence[str]) -> None:
    months = fiscal_months(year)
    first = len(labels)
    span = f"FY{year}: {text(months[0])} to {text(months[-1])}"
    sheet.merge_range(2, first, 2, first + 11, span, book.band)
    for column, label in enumerate((*labels, *[""] * 12, "Full year")):
        if label:
            sheet.write_string(3, column, label, book.head)
    for column, number in enumerate(months, first):
        moment: date = day(number)
        sheet.write_datetime(3, column, datetime(moment.year, moment.month, 1), book.date_head)
    sheet.freeze_panes(4, first)


def _budget_rows(
    book: Book, sheet: Any, year: int, version: str, values: dict[tuple[str, int], Any], money: bool = False
) -> None:
    months = fiscal_months(year)
    _budget_head(book, sheet, year, ("Budget", "Family", "Item", "Description"))
    grand = [values[next(iter(values))] * 0] * 12
    plain, bold = (book.money, book.total_money) if money else (book.units, book.total)
    row = 4
    for family in FAMILIES:
        start = row
        subtotal = [values[next(iter(values))] * 0] * 12
        for code in (i.code for i in items().values() if i.family == family and (i.code, months[0]) in values):
            sheet.write_string(row, 2, code)
            sheet.write_string(row, 3, items()[code].name)
            across = [values[code, number] for number in months]
            for column, value in enumerate((*across, sum(across)), 4):
                sheet.write_number(row, column, value, plain)
            subtotal = [total + value for total, value in zip(subtotal, across, strict=True)]
            row += 1
        book.merged(sheet, start, row - 1, 1, family)
        sheet.write_string(row, 1, f"Subtotal {family}", bold)
        for column, value in enumerate((*subtotal, sum(subtotal)), 4):
            sheet.write_number(row, column, value, bold)
        grand = [total + value for total, value in zip(grand, subtotal, strict=True)]
        row += 1
    sheet.write_string(row, 1, "Total", bold)
    for column, value in enumerate((*grand, sum(grand)), 4):
        sheet.write_number(row, column, value, bold)
    book.merged(sheet, 4, row, 0, version)


def _budget_costs(book: Book, year: int, version: str) -> None:
    months = fiscal_months(year)
    sheet = book.sheet("Fixed cost", f"{version}: costs that do not follow volume", f"EUR. {COMPANY}.", (22, 14, 24))
    sheet.set_column(3, 15, 13)
    _budget_head(book, sheet, year, ("Budget", "Line", "Text"))
    parts = budget_costs(year)
    total = [sum(values[number] for name, values in parts.items() if name != "reactive_cost") for number in months]
    reactive = list(parts.pop("reactive_cost").values())
    written: list[tuple[str, str, list[Any]]] = [("fixed_cost", "Fixed cost, total", total)]
    written += [("of which", name, [values[number] for number in months]) for name, values in parts.items()]
    written += [("reactive_cost", "Expedite, overtime, fines, spot", reactive)]
    for row, (line, name, across) in enumerate(written, 4):
        sheet.write_string(row, 1, line)
        sheet.write_string(row, 2, name)
        for column, value in enumerate((*across, sum(across)), 3):
            sheet.write_number(row, column, value, book.money)
    book.merged(sheet, 4, 3 + len(written), 0, version)


def write_capacity(path: Path) -> None:
    """Hours by resource and month, regular and overtime, and the bill of resources."""
    book = Book(path)
    sheet = book.sheet("Capacity", "Capacity and overtime, hours", COMPANY, (8, 13, 12, *[9] * len(CAPACITY_MONTHS)))
    for column, heading in enumerate(("Plant", "Work centre", "Hours type", *map(month_heading, CAPACITY_MONTHS))):
        sheet.write_string(2, column, heading, book.head)
    sheet.freeze_panes(3, 3)
    for place, (resource, plant) in enumerate(RESOURCES.items()):
        top = 3 + 2 * place
        book.merged(sheet, top, top + 1, 0, plant)
        book.merged(sheet, top, top + 1, 1, resource)
        for kind, name in enumerate(("regular", "overtime")):
            sheet.write_string(top + kind, 2, name)
            for column, number in enumerate(CAPACITY_MONTHS, 3):
                sheet.write_number(top + kind, column, hours_of(resource, number)[kind], book.hours)
    bill = book.sheet("Bill of resources", "Hours per piece", COMPANY, (12, 13, 14))
    for column, heading in enumerate(("Item", "Work centre", "Hours per unit")):
        bill.write_string(2, column, heading, book.head)
    row = 3
    for item in items().values():
        for resource in FAMILIES[item.family].hours:
            bill.write_string(row, 0, item.code)
            bill.write_string(row, 1, resource)
            bill.write_number(row, 2, hours_per_piece(item.code, resource), book.fine)
            row += 1
    book.close()


def write_suppliers(path: Path, cycle: str) -> None:
    """What each supplier can deliver, by month."""
    book = Book(path)
    months = range(month("2026-04"), month("2028-06") + 1)
    sheet = book.sheet("Limits", "Supplier limits, pieces a month", COMPANY, (10, 22, 17, *[10] * len(months)))
    for column, heading in enumerate(("Supplier", "Supplier name", "Lead time (days)", *map(month_heading, months))):
        sheet.write_string(2, column, heading, book.head)
    for row, (code, (name, lead)) in enumerate(SUPPLIERS.items(), 3):
        sheet.write_string(row, 0, code)
        sheet.write_string(row, 1, name)
        sheet.write_number(row, 2, lead)
        for column, number in enumerate(months, 3):
            sheet.write_number(row, column, supplier_limit(code, number, cycle), book.units)
    book.close()


def write_levers(path: Path) -> None:
    """What levers cost, and where the strategy wants each metric to be."""
    book = Book(path)
    sheet = book.sheet("Lever costs", "Cost of a lever, on top of the normal cost", COMPANY, (12, 14, 10, 10, 10))
    for column, heading in enumerate(("Lever", "Applies to", "Cost", "Basis", "Currency")):
        sheet.write_string(2, column, heading, book.head)
    for row, (lever, scope, cost, basis) in enumerate(LEVERS, 3):
        sheet.write_string(row, 0, lever)
        if scope:
            sheet.write_string(row, 1, scope)
        sheet.write_number(row, 2, cost)
        sheet.write_string(row, 3, basis)
        sheet.write_string(row, 4, "EUR")
    goals = book.sheet("Strategic targets", "The three-year path", COMPANY, (24, 42, 8, 10))
    for column, heading in enumerate(("Lever", "Metric", "Year", "Target")):
        goals.write_string(2, column, heading, book.head)
    row = 3
    for lever, metric, path_of_targets in TARGETS:
        for year, target in zip((2027, 2028, 2029), path_of_targets, strict=True):
            for column, value in enumerate((lever, metric, str(year))):
                goals.write_string(row, column, value)
            goals.write_number(row, 3, target)
            row += 1
    book.close()


def budget_version(year: int) -> str:
    """What the extracts call the budget of a year."""
    return f"AOP FY{year}" if year == fiscal_year(month("2026-04")) else f"AOP FY{year} proposed"
