"""One sheet of the workbook: where it is from, what it says, its sentences, charts and tables, ready to print."""

from typing import Any

from sop_cli.schemas.pack import Chart, Pack, PackColumn, PackTable, Section, Value
from sop_cli.write import layout, numbers, palette
from sop_cli.write.chartdata import ChartData
from sop_cli.write.styles import Styles

_CHART_ROW = 20  # px
_LONGEST_TEXT = 32_767  # characters a cell can hold
_LONGEST_HEADING = 255
_FROZEN_AT_MOST = 300  # px of a screen that may stand still
_PRINTED_HEIGHT = 640  # px of a landscape A4 page at full size
_SMALLEST_PRINT = 0.75


class Sheet:
    """Writes a worksheet from top to bottom."""

    def __init__(self, page: Any, styles: Styles, pack: Pack, contents: str | None) -> None:  # noqa: ANN401
        self.page = page
        self.styles = styles
        self._pack = pack
        self._contents = contents
        self.row = 0
        self._height = 0.0  # px above `row`
        self._widths: tuple[int, ...] = ()

    def write_section(self, section: Section, book: Any, chart_data: ChartData | None) -> None:  # noqa: ANN401
        """The whole section."""
        tables = tuple(table for table in section.tables if table.columns)
        self.begin(section.title, layout.column_widths(tables, self._pack.currency))
        head = self.row
        self.skip()
        for sentence in section.sentences:
            self.write_wide(sentence, self.styles.sentence, 11)
        if section.charts and chart_data:
            self._write_charts(section.charts, book, chart_data)
        headers = [self._write_table(table) for table in tables]
        alone = len(headers) == 1 and not section.charts
        if alone and headers[0][1] <= _FROZEN_AT_MOST:
            self.page.freeze_panes(headers[0][0] + 1, 0)
        else:
            self.page.freeze_panes(head, 0)
        self.finish(headers[0][0] if alone else None)

    def write_contents(self, title: str, entries: list[tuple[str, str]]) -> None:
        """The list of sheets: a link to each, and what it says."""
        self.begin(title, (44, 250, layout.PAGE - 294))
        self.skip()
        for column, heading in enumerate(("", "Section", "What it says")):
            self.page.write_string(self.row, column, heading, self.styles.header(right=False))
        self.advance()
        for number, (name, says) in enumerate(entries, start=1):
            link = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
            self.page.write_string(self.row, 0, str(number), self.styles.told)
            self.page.write_url(self.row, 1, link, self.styles.entry, string=name)
            self.page.write_string(self.row, 2, says[:_LONGEST_TEXT], self.styles.told)
            self.advance(max(layout.lines(says, self._widths[2] - 12), layout.lines(name, self._widths[1] - 12)))
        self.finish(None)

    def begin(self, title: str, widths: tuple[int, ...]) -> None:
        """Column widths, the line that says where the sheet is from, the title, and the stamp if there is one."""
        self._widths = widths
        for column, width in enumerate(widths):
            self.page.set_column_pixels(column, column, width)
        pack, last = self._pack, len(widths) - 1
        place = f"{pack.company}  |  S&OP cycle {pack.cycle}  |  as of {pack.as_of}  |  {pack.currency}"
        self.page.write_string(0, 0, place, self.styles.place)
        if self._contents:
            self.page.write_url(0, last, f"internal:'{self._contents}'!A1", self.styles.link, string="Contents")
        self.advance()
        self.write_wide(title, self.styles.title, 16, bold=True)
        if pack.stamp:
            self.write_wide(pack.stamp, self.styles.stamp, 12, bold=True)

    def write_wide(self, text: str, style: Any, size: float, bold: bool = False) -> None:  # noqa: ANN401
        """One text across the width of the page, as high as it needs to be."""
        text = text[:_LONGEST_TEXT]
        self.page.merge_range(self.row, 0, self.row, len(self._widths) - 1, "", style)
        self.page.write_string(self.row, 0, text, style)
        self.advance(layout.lines(text, sum(self._widths) - 12, size, bold), size)

    def finish(self, repeated: int | None) -> None:
        """Print set-up: A4 landscape, one page wide, head or table header repeated, company, cycle and page below."""
        page, pack = self.page, self._pack
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.5 if repeated is None else 0.7, bottom=0.7)
        scale = min(layout.PAGE / sum(self._widths), 1.0)
        one_page = min(_PRINTED_HEIGHT / self._height, 1.0) >= min(scale, 1.0) * _SMALLEST_PRINT
        page.fit_to_pages(1, 1 if one_page else 0)
        page.print_area(0, 0, max(self.row - 1, 0), len(self._widths) - 1)
        if repeated is None:
            page.repeat_rows(0, 2 if pack.stamp else 1)
        else:
            page.repeat_rows(repeated)
            if pack.stamp:
                page.set_header(f'&C&"{palette.FONT},Bold"&10 {_printed(pack.stamp, 180)}')
        font = f'&"{palette.FONT},Regular"&8 '
        page.set_footer(f"&L{font}{_printed(pack.company, 80)} &C{font}S&&OP cycle {pack.cycle} &R{font}Page &P of &N")

    def _write_charts(self, charts: tuple[Chart, ...], book: Any, chart_data: ChartData) -> None:  # noqa: ANN401
        self.skip()
        width = sum(self._widths)
        pairs = [charts[at : at + 2] for at in range(0, len(charts), 2)]
        for pair in pairs:
            share = width // len(pair)
            height = min(max(share * 3 // 10, 330), 480)
            for at, chart in enumerate(pair):
                native = chart_data.chart(chart, book, share - 8, height)
                if native is None:
                    self.write_wide(f"{chart.title}: no values to draw.", self.styles.note, 10)
                    continue
                place = {"x_offset": at * share, "description": chart.alt, "object_position": 2}
                self.page.insert_chart(self.row, 0, native, place)
            self._reserve(height)

    def _reserve(self, height: int) -> None:
        """Leave `height` px free for what floats over the cells."""
        for _ in range(-(-height // _CHART_ROW)):
            self.page.set_row_pixels(self.row, _CHART_ROW)
            self._height += _CHART_ROW
            self.row += 1

    def _write_table(self, table: PackTable) -> tuple[int, float]:
        """The row of its header, and the px down to the rows below it."""
        self.skip()
        title, headings = numbers.headings(table, self._pack.currency)
        self.page.write_string(self.row, 0, title[:_LONGEST_TEXT], self.styles.table_title)
        self.advance(1, 12)
        header, body = self.row, len(table.rows) - table.total
        filtered = layout.is_long(table) and _can_filter(headings)
        if filtered:
            columns = [{"header": heading} for heading in headings]
            last = len(headings) - 1
            self.page.add_table(header, 0, header + body, last, {"columns": columns, "style": None})
        indents = _indents(table, filtered)
        for at, heading in enumerate(headings):
            style = self.styles.header(right=table.columns[at].format != "text", indent=indents[at])
            self.page.write_string(header, at, heading[:_LONGEST_TEXT], style)
        room = [width - (34 if filtered else 12) for width in self._widths]
        self.advance(max(layout.lines(text, room[at], bold=True) for at, text in enumerate(headings)))
        below = self._height
        places = numbers.column_decimals(table.columns, table.rows)
        for at, row in enumerate(table.rows):
            total = table.total and at == len(table.rows) - 1
            self._write_row(table.columns, row, places, indents, total=total)
        if not table.rows:
            self.page.write_string(self.row, 0, "Nothing to report.", self.styles.note)
            self.advance()
        self._heat(table, header + 1, header + body)
        return header, below

    def _write_row(
        self,
        columns: tuple[PackColumn, ...],
        row: tuple[Value, ...],
        places: tuple[int, ...],
        indents: list[int],
        *,
        total: bool,
    ) -> None:
        texts = [cell[:_LONGEST_TEXT] if isinstance(cell, str) else "" for cell in row]
        height = max(layout.lines(text, self._widths[at] - layout.PADDING, bold=total) for at, text in enumerate(texts))
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            value, right = numbers.known(cell), column.format != "text"
            pattern = numbers.pattern(column.format, places[at])
            style = self.styles.value(pattern, right=right, total=total, indent=indents[at], tall=height > 1)
            if value is None or isinstance(value, str):
                self.page.write_string(self.row, at, numbers.MISSING if value is None else texts[at], style)
            else:
                self.page.write_number(self.row, at, float(value), style)
        self.advance(height)

    def _heat(self, table: PackTable, first: int, last: int) -> None:
        """Shade load in percent, the fuller the darker."""
        (low, pale), (full, middle), (over, dark) = palette.HEAT
        whole = _is_load(table.title)
        for at, column in enumerate(table.columns):
            if first <= last and column.format == "percent" and (whole or _is_load(column.title)):
                scale = {
                    "type": "3_color_scale",
                    "min_type": "num",
                    "min_value": low,
                    "min_color": pale,
                    "mid_type": "num",
                    "mid_value": full,
                    "mid_color": middle,
                    "max_type": "num",
                    "max_value": over,
                    "max_color": dark,
                }
                self.page.conditional_format(first, at, last, at, scale)

    def skip(self) -> None:
        self.page.set_row(self.row, 9)
        self._height += 12
        self.row += 1

    def advance(self, line_count: int = 1, size: float = 10) -> None:
        """Give the row just written its height and move below it."""
        height = max(layout.points(line_count, size), 15)
        self.page.set_row(self.row, height)
        self._height += height * 4 / 3
        self.row += 1


def _indents(table: PackTable, filtered: bool) -> list[int]:
    """Text stands clear of the number left of it; numbers stand clear of the filter's button."""
    return [
        1 if column.format == "text" and at else 2 if filtered and column.format != "text" else 0
        for at, column in enumerate(table.columns)
    ]


def _can_filter(headings: tuple[str, ...]) -> bool:
    """A spreadsheet's table wants every heading once, none empty, none long."""
    different = {heading.casefold() for heading in headings}
    return len(different) == len(headings) and all(0 < len(heading) <= _LONGEST_HEADING for heading in headings)


def _is_load(title: str) -> bool:
    return any(word in title.lower() for word in ("load", "utilisation", "utilization"))


def _printed(text: str, longest: int) -> str:
    """Text of a printed header or footer, where & begins a code."""
    return " ".join(text.split())[:longest].replace("&", "&&")
