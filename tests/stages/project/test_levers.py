"""What a lever costs where."""

import polars as pl

from sop_cli.stages.project.levers import rated
from tests.stages.project.company import TABLES, Row, table

PLACES = pl.DataFrame({"resource": ["R1", "R2", "R3"], "site": ["P1", "P1", "P2"]})


def rates(*costs: Row) -> list[int | None]:
    known = table(TABLES["lever_costs"], [{"lever": "overtime", "basis": "hour", **cost} for cost in costs])
    found = rated(PLACES, known, "overtime", ("hour",), "resource", "site").sort("resource")["rate"]
    return [None if rate is None else int(rate) for rate in found]


def test_the_most_particular_scope_wins() -> None:
    assert rates({"scope": "R1", "cost": 3}, {"scope": "P1", "cost": 2}, {"cost": 1}) == [3, 2, 1]


def test_without_a_general_rate_the_rest_is_not_known() -> None:
    assert rates({"scope": "P2", "cost": 2}) == [None, None, 2]
    assert rates() == [None, None, None]


def test_other_levers_and_bases_do_not_count() -> None:
    assert rates({"lever": "spot", "cost": 3}, {"basis": "percent", "cost": 3}) == [None, None, None]
