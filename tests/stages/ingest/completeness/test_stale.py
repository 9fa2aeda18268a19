from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.completeness.stale import stale
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import ingest

Csv = Callable[..., Grid]
AS_OF = date(2026, 10, 1)


def _reach(csv: Csv, source: str, status: str, *files: tuple[str, ...], table: str = "production") -> pl.DataFrame:
    """REACH of a source with one file for each tuple of dates, all its records of one status."""
    grids = [
        csv("order,item,site,date,qty\n" + "".join(f"{date},A,P1,{date},1\n" for date in dates), name=f"{source}{at}")
        for at, dates in enumerate(files, 1)
    ]
    return ingest(grids, SourceRules(source, TABLES[table], constants={"status": status}), AS_OF).reach


def _told(*reaches: pl.DataFrame) -> list[tuple[str, ...]]:
    return stale(pl.concat(reaches), AS_OF).select("code", "source", "file", "column", "message").rows()


def test_last_months_extract_is_told_though_orders_are_planned(csv: Csv) -> None:
    text = "order,item,site,date,qty,status\n1,A,P1,2026-09-30,1,actual\n3,A,P1,2026-12-01,4,planned\n"
    found = ingest([csv(text)], SourceRules("production", TABLES["production"]), AS_OF)
    assert _told(found.reach) == [
        (
            "I301",
            "production",
            "x.csv",
            "date",
            "expected date to reach 2026-10, the last closed month; the newest is 2026-09",
        )
    ]


def test_a_second_source_with_planned_orders_only_is_not_stale_beside_one_with_actuals(csv: Csv) -> None:
    assert _told(_reach(csv, "made", "actual", ("2026-10-31",)), _reach(csv, "plan", "planned", ("2026-12-01",))) == []


def test_a_table_is_stale_where_none_of_its_sources_reaches_the_month(csv: Csv) -> None:
    made = _reach(csv, "made", "actual", ("2026-07-01",), ("2026-08-01",))
    assert _told(made, _reach(csv, "plan", "planned", ("2026-12-01",))) == [
        (
            "I301",
            "made",
            "made2",
            "date",
            "expected date to reach 2026-10, the last closed month; the newest is 2026-08; looked in made1, made2, "
            "plan1",
        )
    ]


def test_a_table_of_planned_orders_alone_is_stale(csv: Csv) -> None:
    [(*_, message)] = _told(_reach(csv, "plan", "planned", ("2026-12-01",)))
    assert message == "expected date to reach 2026-10, the last closed month; there is none that is actual"


def test_one_table_does_not_stand_for_another(csv: Csv) -> None:
    bought = _reach(csv, "bought", "actual", ("2026-10-01",), table="purchases")
    [(_, source, *_)] = _told(bought, _reach(csv, "made", "actual", ("2026-09-01",)))
    assert source == "made"


@pytest.mark.parametrize("dates", [("2026-11-02",), ("2026-10-01", "2026-01-01")])
def test_a_record_of_the_month_or_of_a_later_one_is_enough(csv: Csv, dates: tuple[str, ...]) -> None:
    assert _told(_reach(csv, "made", "actual", dates)) == []


def test_a_table_without_a_sound_record_is_not_called_stale(csv: Csv) -> None:
    assert _told(_reach(csv, "made", "actual", ("soon",))) == []
    assert _told(_reach(csv, "made", "actual", ())) == []


def test_the_one_record_of_the_newest_month_is_named_by_its_row(csv: Csv) -> None:
    [row] = stale(_reach(csv, "made", "actual", ("2026-07-01", "2026-08-01", "2026-07-02")), AS_OF)["row"]
    assert row == 3
    [row] = stale(_reach(csv, "made", "actual", ("2026-08-01", "2026-08-02")), AS_OF)["row"]
    assert row is None  # no single record makes it so


def test_a_single_record_that_says_the_month_is_closed_is_named_where_all_others_end_before(csv: Csv) -> None:
    bought = _reach(csv, "bought", "actual", ("2026-08-01", "2027-10-14", "2026-08-03"), table="purchases")
    [(*_, message)] = _told(bought, _reach(csv, "made", "actual", ("2026-08-01",)))
    assert message.endswith(
        "the newest is 2026-08; of the other tables only one record comes that far: bought1:3 with date in 2027-10; is "
        "it mistyped, and the cycle too late?"
    )
    [(*_, message)] = _told(
        _reach(csv, "bought", "actual", ("2026-10-01", "2026-10-02"), table="purchases"),
        _reach(csv, "made", "actual", ("2026-08-01",)),
    )
    assert message.endswith("the newest is 2026-08")


@pytest.mark.parametrize(("newest", "told"), [("2022-10-30", True), ("2022-09-30", False), ("2022-11-30", False)])
def test_days_four_years_too_old_may_count_from_1904(csv: Csv, newest: str, told: bool) -> None:
    [(*_, message)] = _told(_reach(csv, "production", "actual", (newest,)))
    assert message.endswith("`dates: excel-1904`") == told
