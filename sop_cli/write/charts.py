"""Charts as pictures: a Vega-Lite specification of each, and the SVG it draws."""

import json
import textwrap
from typing import Any
from xml.sax.saxutils import escape

from sop_cli.schemas.pack import Chart, Series
from sop_cli.write import numbers, palette, waterfall

Spec = dict[str, Any]

_WIDTH, _HEIGHT = 760, 280
_LETTER = 6.2  # px of an average letter at the size of a category
_CATEGORY_LIMIT = 120  # px a slanted category may take
_DASH = [6, 3]


def chart_svg(chart: Chart) -> str:
    """The chart as one SVG document whose title is the finding and whose description is the alternative text.

    The same chart always gives the same text.
    """
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(chart_spec(chart), vl_version="5.21")
    opening, bracket, rest = svg.partition(">")
    return f"{opening}{bracket}<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>{rest}\n"


def chart_spec(chart: Chart) -> Spec:
    """The chart as a Vega-Lite specification: `combo` as stacked bars and lines, `bridge` as a waterfall."""
    series = drawn_series(chart)
    layers = [] if not series else _bridge(chart) if chart.kind == "bridge" else _combo(chart, series)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": chart.alt,
        "title": {"text": textwrap.wrap(chart.title, 100) or [""], "anchor": "start", "offset": 14},
        "width": _WIDTH,
        "height": _HEIGHT if layers else 40,
        "layer": layers or [_nothing()],
        "resolve": {"scale": {"color": "independent", "strokeDash": "independent"}},
        "config": _CONFIG,
    }


def drawn_series(chart: Chart) -> tuple[Series, ...]:
    """The series that have a value to draw."""
    return tuple(one for one in chart.series if any(numbers.known(value) is not None for value in one.values))


def has_lone_value(series: Series) -> bool:
    """Whether a value stands alone between gaps, where a line would not be seen."""
    there = [False, *(numbers.known(value) is not None for value in series.values), False]
    return any(there[at] and not there[at - 1] and not there[at + 1] for at in range(1, len(there) - 1))


def _combo(chart: Chart, series: tuple[Series, ...]) -> list[Spec]:
    colours = dict(zip((id(one) for one in series), palette.colours(series), strict=True))
    bars = [one for one in series if one.mark == "bar"]
    lines = [one for one in series if one.mark == "line"]
    x, y = _categories(chart.categories), _values(chart.unit, "value", zero=bool(bars))
    layers = []
    if bars:
        colour = _legend(bars, [colours[id(one)] for one in bars])
        layers.append(
            {
                "data": {"values": _points(bars)},
                "mark": {"type": "bar", "width": {"band": 0.7}},
                "encoding": {"x": x, "y": y | {"stack": "zero"}, "color": colour, "order": {"field": "series"}},
            }
        )
    if lines:
        colour = _legend(lines, [colours[id(one)] for one in lines])
        dash = colour | {
            "scale": {
                "domain": colour["scale"]["domain"],
                "range": [_DASH if one.role in palette.DASHED else [1, 0] for one in lines],
            }
        }
        single = len(chart.categories) == 1 or any(has_lone_value(one) for one in lines)
        layers.append(
            {
                "data": {"values": _points(lines)},
                "mark": {"type": "line", "strokeWidth": 2.5, "point": {"size": 30} if single else False},
                "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash},
            }
        )
    return layers


def _bridge(chart: Chart) -> list[Spec]:
    bars = waterfall.bars(chart)
    starts = waterfall.floor(bars)
    rows = [
        {
            "place": at,
            "kind": bar.kind,
            "low": float(max(bar.low, starts) if starts else bar.low),
            "high": float(bar.high),
            "end": float(bar.end),
            "next": min(at + 1, len(bars) - 1),
            "label": bar.label,
        }
        for at, bar in enumerate(bars)
    ]
    x = _categories(chart.categories)
    y = _values(waterfall.axis_title(chart.unit, starts), "high", zero=not starts)
    if starts:
        y["scale"] = {"domainMin": float(starts), "zero": False, "nice": True}
    kinds = {"total": palette.TOTAL, "up": palette.UP, "down": palette.DOWN}
    colour = {"field": "kind", "scale": {"domain": list(kinds), "range": list(kinds.values())}, "legend": None}
    return [
        {
            "data": {"values": rows[:-1]},
            "mark": {"type": "rule", "color": palette.MUTED, "strokeWidth": 1},
            "encoding": {"x": x, "x2": {"field": "next"}, "y": y | {"field": "end"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "width": {"band": 0.6}},
            "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": colour | _NOMINAL},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "dy": -8, "fontWeight": "bold", "color": palette.INK},
            "encoding": {"x": x, "y": y, "text": {"field": "label", "type": "nominal"}},
        },
    ]


def _nothing() -> Spec:
    mark = {"type": "text", "text": "No values to draw", "color": palette.MUTED}
    return {"data": {"values": [{}]}, "mark": mark}


def _points(series: list[Series]) -> list[Spec]:
    return [
        {"place": place, "series": at, "value": None if numbers.known(value) is None else float(value or 0)}
        for at, one in enumerate(series)
        for place, value in enumerate(one.values)
    ]


def _categories(categories: tuple[str, ...]) -> Spec:
    """The axis of categories: by place, so that order and repeated names are kept; wrapped or slanted to fit."""
    room = _WIDTH / max(len(categories), 1)
    slanted = any(len(word) * _LETTER > room - 4 for category in categories for word in category.split())
    labels = [
        category if slanted else textwrap.wrap(category, max(int(room / _LETTER), 1)) or [""] for category in categories
    ]
    axis = {
        "title": None,
        "labelExpr": f"{json.dumps(labels, ensure_ascii=False)}[datum.value]",
        "labelAngle": -45 if slanted else 0,
        "labelLimit": _CATEGORY_LIMIT if slanted else room,
        "labelOverlap": False,
        "ticks": False,
        "labelPadding": 6,
    }
    scale = {"domain": list(range(len(categories)))}
    return {"field": "place", "type": "ordinal", "sort": None, "axis": axis, "scale": scale}


def _values(title: str, field: str, *, zero: bool) -> Spec:
    axis = {"title": title, "format": ",~f", "tickCount": 6}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": zero}}


def _legend(series: list[Series], colours: list[str]) -> Spec:
    names = json.dumps([one.name for one in series], ensure_ascii=False)
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(range(len(series))), "range": colours},
        "legend": {"title": None, "labelExpr": f"{names}[datum.value]"},
    }


_NOMINAL = {"type": "nominal"}
_CONFIG = {
    "font": f"{palette.FONT}, Helvetica, sans-serif",
    "background": palette.PAPER,
    "padding": 12,
    "view": {"stroke": None},
    "title": {"fontSize": 15, "fontWeight": "bold", "color": palette.INK, "lineHeight": 19},
    "axis": {
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "labelColor": palette.MUTED,
        "titleColor": palette.MUTED,
        "domainColor": palette.RULE,
        "gridColor": {"condition": {"test": "datum.value === 0", "value": palette.MUTED}, "value": palette.GRID},
    },
    "axisY": {"domain": False, "ticks": False},
    "axisX": {"grid": False},
    "legend": {
        "orient": "bottom",
        "direction": "horizontal",
        "labelFontSize": 11,
        "labelColor": palette.INK,
        "labelLimit": 240,
        "columnPadding": 16,
        "columns": 6,
        "offset": 12,
    },
    "text": {"fontSize": 11},
}
