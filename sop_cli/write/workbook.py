"""The pack as a workbook: contents, one sheet per section, the numbers behind the charts; values, no formulas."""

import re
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from sop_cli.errors import SopError
from sop_cli.schemas.pack import Pack, Section
from sop_cli.write import palette
from sop_cli.write.chartdata import ChartData
from sop_cli.write.sheet import Sheet
from sop_cli.write.styles import Styles

CONTENTS, CHART_DATA = "Contents", "Chart data"
# Two runs of one cycle must give one file, so no clock.
_CREATED = datetime(2000, 1, 1)
_LONGEST_NAME = 31


def write_workbook(pack: Pack, path: Path) -> None:
    """Write `pack` to `path`, sections first, then the appendix; the same pack always gives the same bytes.

    Raises SopError where the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # XlsxWriter changes the options it is given, and the second workbook of a process would differ.
    book = xlsxwriter.Workbook(path, deepcopy(_OPTIONS))
    book.set_properties({"title": f"S&OP pack {pack.cycle}", "company": pack.company, "created": _CREATED})
    _fill(book, pack)
    try:
        book.close()
    except FileCreateError as error:
        hint = "Close it if it is open in a spreadsheet, then run again."
        raise SopError(f"the workbook cannot be written: {error}", hint=hint, file=path) from error


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name a spreadsheet accepts for each wanted one: no []:*?/\\, at most 31 characters, each once."""
    used = {name.casefold() for name in (*taken, "history")}
    names = []
    for name in wanted:
        clean = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).split()).strip("'").strip() or "Section"
        names.append(_unused(clean, used))
        used.add(names[-1].casefold())
    return names


_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": palette.FONT, "font_size": 10},
}


def _unused(name: str, used: set[str]) -> str:
    number, candidate = 1, name[:_LONGEST_NAME].rstrip(" '")
    while candidate.casefold() in used:
        number += 1
        ending = f" {number}"
        candidate = name[: _LONGEST_NAME - len(ending)].rstrip(" '") + ending
    return candidate


def _fill(book: Any, pack: Pack) -> None:  # noqa: ANN401
    sections = (*pack.sections, *pack.appendix)
    charted = any(section.charts for section in sections)
    names = sheet_names((section.name for section in sections), (CONTENTS, CHART_DATA))
    styles = Styles(book)
    contents = book.add_worksheet(CONTENTS)
    pages = [book.add_worksheet(name) for name in names]
    numbers_sheet = Sheet(book.add_worksheet(CHART_DATA), styles, pack, CONTENTS) if charted else None
    chart_data = ChartData(numbers_sheet, CHART_DATA) if numbers_sheet else None
    for section, page in zip(sections, pages, strict=True):
        Sheet(page, styles, pack, CONTENTS).write_section(section, book, chart_data)
    if chart_data:
        chart_data.finish()
    _write_contents(Sheet(contents, styles, pack, None), pack, sections, names, charted)


def _write_contents(sheet: Sheet, pack: Pack, sections: tuple[Section, ...], names: list[str], charted: bool) -> None:
    entries = [(name, section.title) for name, section in zip(names, sections, strict=True)]
    if charted:
        entries.append((CHART_DATA, "The numbers behind the charts"))
    sheet.write_contents(f"{pack.company}: Sales & Operations Planning, cycle {pack.cycle}", entries)
