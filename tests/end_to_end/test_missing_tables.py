"""A company that does not have every extract: what it cannot plan without is said first, of the rest there is less."""

from pathlib import Path

import polars as pl
import pytest

from sop_cli import pipeline
from sop_cli.errors import SopError
from sop_cli.schemas.tables import TABLES
from sop_cli.workspace.outcome import Outcome, StepReport
from sop_cli.workspace.request import Request
from sop_cli.workspace.step import Step
from tests.end_to_end import small


class Silent:
    """A reporter that nobody listens to."""

    def started(self, cycle: str, step: Step) -> None:
        """Nothing."""

    def finished(self, report: StepReport) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


def run(config: Path, through: str = "pack") -> Outcome:
    return pipeline.run(Request("run", config, "2026-11", "never"), through, Silent())


def left(base: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(base / "cycles/2026-11" / f"{name}.parquet")


def test_the_small_company_has_every_table_there_is() -> None:
    assert set(small.tables()) == set(TABLES)


# Tables that sections of the pack are made of; the pack takes longest, so the others do without it.
SHOWN = {"aop", "capacity", "costs", "ledger", "lever_costs", "orders", "stock"}


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"items"}))
def test_without_one_table_the_cycle_runs_and_says_what_is_missing(tmp_path: Path, table: str) -> None:
    assert run(small.write(tmp_path, without=[table]), "pack" if table in SHOWN else "variance").exit_code == 0
    noted = left(tmp_path, "2-reconciled/findings").filter(pl.col("code") == "R402")["source"].to_list()
    assert noted == ([] if table in ("sites", "targets", "conversions") else [table])


def test_with_items_and_shipments_alone_the_cycle_runs(tmp_path: Path) -> None:
    others = set(TABLES) - {"items", "shipments"}
    assert run(small.write(tmp_path, without=others)).exit_code == 0
    assert left(tmp_path, "3-projected/projection").filter(pl.col("measure") == "units").height > 0


@pytest.mark.parametrize(
    ("without", "message"),
    [
        (["items"], "no source feeds the table items, and nothing can be planned without it"),
        (["shipments", "orders", "forecast"], "no source feeds any of shipments, orders, forecast: nothing says what"),
    ],
)
def test_what_nothing_can_be_planned_without_is_said_before_anything_runs(
    tmp_path: Path, without: list[str], message: str
) -> None:
    config = small.write(tmp_path, without=without)
    with pytest.raises(SopError) as stop:
        run(config)
    assert (stop.value.code, stop.value.file, stop.value.line) == (2, config, 5)
    assert message in stop.value.message
    assert not (tmp_path / "cycles").exists()
    assert run(config, "ingest").exit_code == 0  # to read what there is needs nothing else


def test_what_cannot_be_checked_is_no_break(tmp_path: Path) -> None:
    run(small.write(tmp_path, without=["customers", "costs", "prices", "production"]), "reconcile")
    assert left(tmp_path, "2-reconciled/breaks").height == 0


def test_a_cycle_after_one_without_orders_compares_with_none(tmp_path: Path) -> None:
    run(small.write(tmp_path, without=["orders"]), "reconcile")
    config = small.write(tmp_path)
    outcome = pipeline.run(Request("run", config, "2026-11", "never"), "reconcile", Silent())
    assert outcome.exit_code == 0
