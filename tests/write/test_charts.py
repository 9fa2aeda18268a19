from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sop_cli.schemas.pack import Chart, Pack, Series
from sop_cli.write.charts import chart_spec, chart_svg
from sop_cli.write.palette import ROLES
from tests.write.packs import BRIDGE, COMBO, awkward_packs

MONTHS = replace(
    COMBO,
    categories=tuple(f"2027-{month:02d}" for month in range(1, 13)),
    series=(Series("Load", tuple(Decimal(month) for month in range(12)), "demand", "bar"),),
)
ALL = {"bridge": BRIDGE, "combo": COMBO, "a year": MONTHS}


@pytest.mark.parametrize("chart", ALL.values(), ids=ALL.keys())
def test_a_chart_is_well_formed_and_carries_title_and_alternative_text(chart: Chart) -> None:
    root = ElementTree.fromstring(chart_svg(chart))
    texts = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert (texts["title"], texts["desc"]) == (chart.title, chart.alt)
    assert chart.unit in "".join(root.itertext())


@pytest.mark.parametrize("chart", ALL.values(), ids=ALL.keys())
def test_a_chart_gives_the_same_bytes_twice(chart: Chart) -> None:
    assert chart_svg(chart) == chart_svg(chart)


def test_categories_keep_their_order_and_series_the_colour_of_their_role() -> None:
    svg = chart_svg(COMBO)
    drawn = "".join(ElementTree.fromstring(svg).itertext())
    assert drawn.index("2026-10") < drawn.index("2026-11") < drawn.index("2026-12")
    for role in ("actual", "projection", "budget"):
        assert ROLES[role].lower() in svg.lower()
    assert all(name in drawn for name in ("Actual", "Projection", "Budget"))


def test_steps_of_a_bridge_are_labelled_with_their_sign() -> None:
    drawn = "".join(ElementTree.fromstring(chart_svg(BRIDGE)).itertext())
    assert all(label in drawn for label in ("121.5", "-5.3", "+1.2", "117.4"))


def test_every_category_is_named_up_to_twenty() -> None:
    names = tuple(f"Filling line {at}" for at in range(20))
    chart = replace(COMBO, categories=names, series=(Series("Load", tuple(map(Decimal, range(20))), "demand", "bar"),))
    drawn = list(ElementTree.fromstring(chart_svg(chart)).itertext())
    assert all(name in drawn for name in names)


def test_categories_that_share_a_name_are_drawn_apart() -> None:
    chart = replace(COMBO, categories=("same", "same", "same"))
    assert list(ElementTree.fromstring(chart_svg(chart)).itertext()).count("same") == 3


def test_a_month_without_value_is_a_gap_and_a_series_without_values_is_not_drawn() -> None:
    empty = Series("Nothing", (None, None, None), "target")
    spec = chart_spec(replace(COMBO, series=(*COMBO.series, empty)))
    values = [point["value"] for layer in spec["layer"] for point in layer["data"]["values"]]
    assert values.count(None) == 4
    assert "Nothing" not in str(spec)


@pytest.mark.parametrize("pack", awkward_packs().values(), ids=awkward_packs().keys())
def test_awkward_charts_are_drawn_all_the_same(pack: Pack) -> None:
    for section in pack.sections:
        for chart in section.charts:
            ElementTree.fromstring(chart_svg(chart))


def test_a_chart_without_values_says_so() -> None:
    empty = replace(COMBO, series=())
    assert "No values to draw" in "".join(ElementTree.fromstring(chart_svg(empty)).itertext())
