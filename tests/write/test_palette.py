from decimal import Decimal
from itertools import combinations
from typing import get_args, get_type_hints

from sop_cli.schemas.pack import Series
from sop_cli.write import palette


def test_every_role_has_a_colour_of_its_own() -> None:
    roles = get_args(get_type_hints(Series)["role"])
    assert set(palette.ROLES) == set(roles)
    assert len(set(palette.ROLES.values())) == len(roles)


def test_a_role_has_one_colour_and_its_twins_are_shades_of_it() -> None:
    one = Series("x", (Decimal(1),), "budget")
    other = Series("y", (Decimal(1),), "actual")
    chosen = palette.colours([one, other, one, one])
    assert chosen[:2] == (palette.ROLES["budget"], palette.ROLES["actual"])
    assert len(set(chosen)) == 4


def test_load_gets_darker_the_fuller_so_that_it_reads_in_grey() -> None:
    greys = [_grey(colour) for _, colour in palette.HEAT]
    assert greys == sorted(greys, reverse=True)


def test_the_colours_of_a_bridge_are_told_apart_in_grey() -> None:
    greys = [_grey(colour) for colour in (palette.UP, palette.DOWN, palette.TOTAL)]
    assert min(abs(one - other) for one, other in combinations(greys, 2)) > 20


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
