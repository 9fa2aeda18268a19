"""The numbers behind the charts on a sheet of their own, and the workbook's native charts that draw them."""

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sop_cli.schemas.pack import Chart, Series, Value
from sop_cli.write import layout, numbers, palette, waterfall
from sop_cli.write.charts import drawn_series, has_lone_value

if TYPE_CHECKING:
    from sop_cli.write.sheet import Sheet

_TITLE = "The numbers behind the charts"
_WIDTHS = (230, *[120] * 7)
_INCREASE, _DECREASE = "Increase", "Decrease"
_LETTER = 7.4  # px of an average letter of a chart title


class ChartData:
    """Puts the numbers of each chart on one sheet, below one another, and draws charts from there."""

    def __init__(self, sheet: "Sheet", name: str) -> None:
        self._sheet = sheet
        self._name = name
        self._widths = dict(enumerate(_WIDTHS))
        sheet.begin(_TITLE, _WIDTHS)
        sheet.page.freeze_panes(sheet.row, 0)

    def chart(self, chart: Chart, book: Any, width: int, height: int) -> Any | None:  # noqa: ANN401
        """A native chart of `width` x `height` px ready to be inserted; None where there is nothing to draw."""
        series = drawn_series(chart)
        if not series:
            return None
        native = self._bridge(chart, book) if chart.kind == "bridge" else self._combo(chart, series, book)
        title = "\n".join(textwrap.wrap(chart.title, int(width / _LETTER)))
        native.set_title({"name": _literal(title), "name_font": _font(11, palette.INK, bold=True), "overlay": False})
        native.set_size({"width": width, "height": height})
        native.set_chartarea({"border": {"none": True}, "fill": {"color": palette.PAPER}})
        native.show_blanks_as("gap")
        return native

    def finish(self) -> None:
        """Column widths and print set-up of the sheet."""
        for column, width in self._widths.items():
            self._sheet.page.set_column_pixels(column, column, width)
        self._sheet.finish(None)

    def _combo(self, chart: Chart, series: tuple[Series, ...], book: Any) -> Any:  # noqa: ANN401
        values = [value for one in series for value in one.values]
        block = self._put(chart, [(one.name, one.values) for one in series])
        colours = palette.colours(series)
        bars = [at for at, one in enumerate(series) if one.mark == "bar"]
        lines = [at for at, one in enumerate(series) if one.mark == "line"]
        stacked: Any = book.add_chart({"type": "column", "subtype": "stacked"}) if bars else None
        for at in bars:
            fill = {"fill": {"color": colours[at]}, "border": {"none": True}, "gap": 45}
            stacked.add_series(block.series(at) | fill)
        drawn: Any = book.add_chart({"type": "line"}) if lines else None
        for at in lines:
            dash = "dash" if series[at].role in palette.DASHED else "solid"
            line = {"color": colours[at], "width": 2.25, "dash_type": dash}
            dot = {"type": "circle", "size": 6, "fill": {"color": colours[at]}, "border": {"color": colours[at]}}
            marker = dot if has_lone_value(series[at]) else {"type": "none"}
            drawn.add_series(block.series(at) | {"line": line, "marker": marker})
        if stacked and drawn:
            stacked.combine(drawn)
        native = stacked or drawn
        _axes(native, chart, chart.unit, values)
        native.set_legend({"position": "bottom", "font": _font(9, palette.INK)})
        return native

    def _bridge(self, chart: Chart, book: Any) -> Any:  # noqa: ANN401
        bars = waterfall.bars(chart)
        starts = waterfall.floor(bars)
        columns = stacks(bars)
        tops = ("Label at", tuple(bar.high for bar in bars))
        values = (chart.series[0].name, chart.series[0].values)
        block = self._put(chart, [values, *((name, stack) for name, stack, _ in columns), tops])
        native = book.add_chart({"type": "column", "subtype": "stacked"})
        for at, (_, _, colour) in enumerate(columns, start=1):
            fill = {"color": colour} if colour else {"none": True}
            native.add_series(block.series(at) | {"fill": fill, "border": {"none": True}, "gap": 45})
        labels = book.add_chart({"type": "line"})
        labels.add_series(
            block.series(len(columns) + 1)
            | {
                "line": {"none": True},
                "marker": {"type": "none"},
                "data_labels": {
                    "value": True,
                    "position": "above",
                    "font": _font(9, palette.INK, bold=True),
                    "custom": [{"value": bar.label} for bar in bars],
                },
            }
        )
        native.combine(labels)
        _axes(native, chart, waterfall.axis_title(chart.unit, starts), [bar.end for bar in bars], starts)
        native.set_legend({"none": True})
        return native

    def _put(self, chart: Chart, columns: list[tuple[str, tuple[Decimal | None, ...]]]) -> "_Block":
        sheet, styles = self._sheet, self._sheet.styles
        sheet.skip()
        title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
        sheet.page.write_string(sheet.row, 0, title, styles.table_title)
        sheet.advance(1, 12)
        header, headings = sheet.row, ("Category", *(name for name, _ in columns))
        for at, heading in enumerate(headings):
            sheet.page.write_string(header, at, heading, styles.header(right=at > 0))
        sheet.advance(max(layout.lines(heading, _WIDTHS[1] - 20, bold=True) for heading in headings))
        places = numbers.data_decimals(value for _, values in columns for value in values)
        named = styles.value("General", right=False)
        shown = styles.value(numbers.pattern("units", places), right=True)
        for at, category in enumerate(chart.categories):
            sheet.page.write_string(sheet.row, 0, category, named)
            for column, (_, values) in enumerate(columns, start=1):
                self._put_number(column, numbers.known(values[at]), places, shown)
            sheet.advance(layout.lines(category, _WIDTHS[0] - 20))
        return _Block(self._name, header, len(chart.categories))

    def _put_number(self, column: int, value: Value, places: int, style: Any) -> None:  # noqa: ANN401
        page, row = self._sheet.page, self._sheet.row
        needed = _WIDTHS[1]
        if isinstance(value, Decimal):
            page.write_number(row, column, float(value), style)
            needed = max(needed, round(layout.pixels(numbers.grouped(value, places))) + 20)
        else:
            page.write_blank(row, column, None, style)
        self._widths[column] = max(self._widths.get(column, 0), needed)


class _Block:
    """Where the numbers of one chart stand."""

    def __init__(self, sheet: str, header: int, count: int) -> None:
        self._sheet, self._header, self._count = sheet, header, count

    def series(self, at: int) -> dict[str, Any]:
        """References of the series in column `at` + 1."""
        first, last = self._header + 1, self._header + self._count
        return {
            "name": [self._sheet, self._header, at + 1],
            "categories": [self._sheet, first, 0, last, 0],
            "values": [self._sheet, first, at + 1, last, at + 1],
        }


def stacks(bars: tuple[waterfall.Bar, ...]) -> list[tuple[str, tuple[Decimal | None, ...], str | None]]:
    """A bridge as stacked columns: an unseen base, then a stack per kind, and one more where a bar crosses zero."""
    zero = Decimal(0)
    base = tuple(bar.low if bar.low > 0 else min(bar.high, zero) for bar in bars)
    stacks: list[tuple[str, tuple[Decimal | None, ...], str | None]] = [("Base, not drawn", base, None)]
    kinds = (("Total", "total", palette.TOTAL), (_INCREASE, "up", palette.UP), (_DECREASE, "down", palette.DOWN))
    for name, kind, colour in kinds:
        above = tuple(max(bar.high, zero) - max(bar.low, zero) if bar.kind == kind else zero for bar in bars)
        below = tuple(min(bar.low, zero) - min(bar.high, zero) if bar.kind == kind else zero for bar in bars)
        stacks.append((name, _there(above), colour))
        if any(below):
            stacks.append((f"{name} below zero", _there(below), colour))
    return stacks


def _there(values: tuple[Decimal, ...]) -> tuple[Decimal | None, ...]:
    return tuple(value or None for value in values)


def _axes(
    native: Any,  # noqa: ANN401
    chart: Chart,
    title: str,
    values: Sequence[Decimal | None],
    starts: Decimal = Decimal(0),
) -> None:
    crowded = len(chart.categories) > 8 or sum(map(len, chart.categories)) > 110
    font = _font(9, palette.MUTED)
    native.set_x_axis(
        {
            "num_font": font | {"rotation": -45} if crowded else font,
            "label_position": "low",
            "line": {"color": palette.RULE},
            "major_tick_mark": "none",
        }
    )
    native.set_y_axis(
        {
            "name": _literal(title),
            "name_font": font,
            "num_font": font,
            "num_format": numbers.axis_pattern(values),
            "major_gridlines": {"visible": True, "line": {"color": palette.GRID, "width": 0.75}},
            "line": {"none": True},
            "major_tick_mark": "none",
        }
        | ({"min": float(starts)} if starts else {})
    )


def _font(size: float, colour: str, bold: bool = False) -> dict[str, Any]:
    return {"name": palette.FONT, "size": size, "color": colour, "bold": bold}


def _literal(text: str) -> str:
    """Text that a chart must not take for a reference to a cell."""
    return f" {text}" if text.startswith("=") else text
