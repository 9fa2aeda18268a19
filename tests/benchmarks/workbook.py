"""`python -m tests.benchmarks workbook`: reading a workbook of 100,000 x 15, beside a bare read and other readers."""

import os
import random
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from sop_cli.read.book.workbook import read_workbook
from sop_cli.read.files import Extract

_ROWS = 100_000
_TIMES = 5


def main(_: Sequence[str]) -> None:
    """Print the median of each reader and its ratio to the bare read, on the clock and of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shipments.xlsx"
        _write(path)
        extract = Extract(path, path.name)
        readers: dict[str, tuple[Callable[[], object], int]] = {
            "bare calamine read": (lambda: _bare(path), _TIMES),
            "sop, all as text with true rows": (lambda: read_workbook(extract, None), _TIMES),
            "openpyxl, read_only": (lambda: _openpyxl(path), 1),
        }
        took = {name: _seconds(*reader) for name, reader in readers.items()}
    clock, processor = took["bare calamine read"]
    print(f"{_ROWS:,} x 15 on {os.cpu_count()} cores")
    for name, (on_clock, of_processor) in took.items():
        print(f"{name:32} {on_clock:6.2f} s {on_clock / clock:5.2f} x   processor {of_processor / processor:5.2f} x")


def _write(path: Path) -> None:
    """Codes as text and by number format, names, dates, quantities, prices, percents, a column with gaps."""
    pick = random.Random(1)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Shipments")
        day, code, money, percent = (
            book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "00000", "#,##0.00", "0.0%")
        )
        for column in range(15):
            sheet.write_string(0, column, f"column {column}")
        for row in range(1, _ROWS + 1):
            sheet.write_string(row, 0, f"{pick.randrange(2000):06}")
            sheet.write_string(row, 1, pick.choice(["North", "South", "East"]))
            sheet.write_string(row, 2, f"C{pick.randrange(50_000)}")
            sheet.write_datetime(row, 3, datetime(2024, 1, 1) + timedelta(days=pick.randrange(900)), day)
            sheet.write_number(row, 4, pick.randrange(1000))
            sheet.write_number(row, 5, round(pick.random() * 100, 2), money)
            sheet.write_number(row, 6, pick.random() * 1000, money)
            sheet.write_number(row, 7, pick.randrange(99_999), code)
            sheet.write_number(row, 8, pick.choice([0, 0.05, 0.1]), percent)
            sheet.write_string(row, 9, "EA")
            sheet.write_string(row, 10, "EUR")
            if pick.random() < 0.1:
                sheet.write_string(row, 11, f"note {row}")
            sheet.write_number(row, 12, 4_500_000_000 + row)
            sheet.write_number(row, 13, row % 10)
            sheet.write_string(row, 14, f"Product name {pick.randrange(2000)}")


def _bare(path: Path) -> object:
    with CalamineWorkbook.from_path(str(path)) as book:
        return book.get_sheet_by_index(0).to_python()


def _openpyxl(path: Path) -> object:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = list(book.active.iter_rows(values_only=True))
    book.close()
    return rows


def _seconds(read: Callable[[], object], times: int) -> tuple[float, float]:
    clock, processor = [], []
    for _ in range(times):
        start, start_processor = perf_counter(), process_time()
        read()
        clock.append(perf_counter() - start)
        processor.append(process_time() - start_processor)
    return median(clock), median(processor)
