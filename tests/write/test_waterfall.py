from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sop_cli.schemas.pack import Chart, Series
from sop_cli.write import waterfall
from sop_cli.write.chartdata import stacks
from tests.write.packs import BRIDGE

amounts = st.decimals(min_value=-1000, max_value=1000, places=2)


def bridge(values: list[Decimal]) -> Chart:
    whole = (values[0], *values[1:], sum(values, Decimal(0)))
    names = tuple(f"Step {at}" for at in range(len(whole)))
    return replace(BRIDGE, categories=names, series=(Series("Value", whole, "actual", "bar"),))


def test_steps_hang_between_the_totals() -> None:
    bars = waterfall.bars(BRIDGE)
    assert [(bar.kind, bar.start, bar.end, bar.label) for bar in bars] == [
        ("total", Decimal(0), Decimal("121.5"), "121.5"),
        ("down", Decimal("121.5"), Decimal("116.2"), "-5.3"),
        ("up", Decimal("116.2"), Decimal("117.4"), "+1.2"),
        ("total", Decimal(0), Decimal("117.4"), "117.4"),
    ]


def test_an_unknown_step_moves_nothing_and_says_so() -> None:
    values = (Decimal(5), None, Decimal(5))
    chart = replace(BRIDGE, categories=("a", "b", "c"), series=(Series("Value", values, "actual", "bar"),))
    assert [(bar.start, bar.end, bar.label) for bar in waterfall.bars(chart)][1] == (Decimal(5), Decimal(5), "–")


@given(st.lists(amounts, min_size=2, max_size=8))
def test_each_step_begins_where_the_one_before_ends(values: list[Decimal]) -> None:
    bars = waterfall.bars(bridge(values))
    assert all(after.start == before.end for before, after in pairwise(bars[:-1]))
    assert bars[-1].end == bars[-2].end


@given(st.lists(amounts, min_size=2, max_size=8))
def test_stacks_draw_each_bar_from_its_lower_to_its_upper_edge(values: list[Decimal]) -> None:
    bars = waterfall.bars(bridge(values))
    columns = stacks(bars)
    for at, bar in enumerate(bars):
        base = columns[0][1][at] or Decimal(0)
        parts = [stack[at] or Decimal(0) for _, stack, _ in columns[1:]]
        above = sum((part for part in parts if part > 0), Decimal(0))
        below = sum((part for part in parts if part < 0), Decimal(0))
        if above or below:
            assert (base + below if base <= 0 else base) == bar.low
            assert (base + above if base >= 0 else base) == bar.high


@given(st.lists(amounts, min_size=2, max_size=8))
def test_the_axis_never_begins_above_a_level(values: list[Decimal]) -> None:
    bars = waterfall.bars(bridge(values))
    assert waterfall.floor(bars) == 0 or waterfall.floor(bars) < min(bar.end for bar in bars)


def test_an_axis_that_does_not_begin_at_zero_says_where() -> None:
    starts = waterfall.floor(waterfall.bars(BRIDGE))
    assert starts == 110
    assert waterfall.axis_title("EUR million", starts) == "EUR million (axis starts at 110)"
    assert waterfall.axis_title("EUR million", Decimal(0)) == "EUR million"
