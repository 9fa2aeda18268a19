"""Files of two cycles belong together by their names without months and dates."""

import pytest

from sop_cli.stages.ingest.completeness.counterparts import counterparts, without_month


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("e/2026-10/stock_P1.csv", "e/2026-11/stock_P1.csv"),
        ("P1 Okt 2026.csv", "P1 Nov 2026.csv"),
        ("stock_P1_311026.csv", "stock_P1_301126.csv"),
        ("x/P1 20261103_0815.csv", "x/P1 20261203_1712.csv"),
        ("shipments_oct.csv", "shipments_nov.csv"),
        ("Bestand P1 31.10.2026.csv", "Bestand P1 30.11.2026.xlsx"),
    ],
)
def test_a_file_that_merely_carries_a_month_finds_its_counterpart_among_those_of_other_plants(
    then: str, now: str
) -> None:
    assert without_month(then) == without_month(now)
    assert without_month(then) != without_month(then.replace("P1", "P2").replace("shipments", "orders"))
    found = counterparts([then, "e/2026-10/other.csv"], ["e/2026-11/other.csv", now])
    assert found.pairs[then] == now
    assert (found.gone, found.new) == ((), ())


def test_of_files_numbered_on_by_week_the_one_whose_plant_is_not_there_is_gone() -> None:
    found = counterparts([f"P{plant}_W44.csv" for plant in (1, 2, 3)], ["P1_W48.csv", "P3_W48.csv"])
    assert (found.gone, found.new) == (("P2_W44.csv",), ())


@pytest.mark.parametrize("name", ["P1 KW{}", "P1_2026-W{}", "ship part {}", "ship_Teil{}", "Bestand ({})"])
def test_weeks_and_pieces_of_an_export_may_be_fewer(name: str) -> None:
    then, now = ([f"e/{name.format(at)}.csv" for at in numbers] for numbers in (range(40, 45), range(45, 49)))
    found = counterparts(then, now)
    assert (found.gone, found.new, dict(found.pairs)) == ((), (), {})
