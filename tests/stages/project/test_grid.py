"""Between tables and arrays."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sop_cli.stages.project.grid import split, whole

AMOUNTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=24)


@given(st.lists(st.floats(0, 1_000), min_size=1, max_size=24))
def test_whole_units_stay_within_half_a_unit_of_the_running_total(amounts: list[float]) -> None:
    units = whole(np.array([amounts]))
    assert (units >= 0).all()
    assert np.abs(np.cumsum(units[0]) - np.cumsum(amounts)).max() <= 0.5 + 1e-6


@given(AMOUNTS, st.lists(st.floats(0, 10), min_size=1, max_size=5).filter(lambda weights: sum(weights) > 0.01))
def test_a_split_adds_up_every_month_and_nobody_gets_less_than_nothing(
    amounts: list[int], weights: list[float]
) -> None:
    parts = split(np.array([amounts]), np.array([weights]))
    assert (parts.sum(axis=1) == amounts).all()
    assert (parts >= 0).all()
    assert (parts[0, np.array(weights) == 0] == 0).all()


def test_a_split_runs_on_so_that_a_small_share_gets_its_unit_in_the_end() -> None:
    parts = split(np.ones((1, 10), dtype=np.int64), np.array([[0.7, 0.2, 0.1]]))
    assert parts.sum(axis=2).tolist() == [[7, 2, 1]]
