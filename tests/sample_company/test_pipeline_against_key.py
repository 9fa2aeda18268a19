"""The whole pipeline, over three cycles, leads to every figure of the answer key and to nothing else."""

import json
import shutil
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sop_cli import pipeline
from sop_cli.schemas.calendar import month_of
from sop_cli.schemas.dataset import GRAIN
from sop_cli.stages.variance.outlook import PLANNED, SEEN
from sop_cli.workspace.outcome import Outcome, StepReport
from sop_cli.workspace.request import Request
from sop_cli.workspace.step import Step
from tests.sample_company.consensus import consensus
from tests.sample_company.months import text

ROOT = Path(__file__).parents[2]
KEY: dict[str, Any] = json.loads((Path(__file__).parent / "answer_key.json").read_text(encoding="utf-8"))
CYCLES = ("2026-09", "2026-10", "2026-11")


class Silent:
    """A reporter that nobody listens to."""

    def started(self, cycle: str, step: Step) -> None:
        """Nothing."""

    def finished(self, report: StepReport) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Runs:
    """The workspace after all three cycles have run in order."""

    base: Path
    outcomes: dict[str, Outcome]

    def table(self, cycle: str, name: str) -> pl.DataFrame:
        """A table of a cycle, e.g. `2-reconciled/breaks`."""
        return pl.read_parquet(self.base / "cycles" / cycle / f"{name}.parquet")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    base = tmp_path_factory.mktemp("company")
    shutil.copytree(ROOT / "sample_data", base / "sample_data")
    shutil.copy(ROOT / "config.example.yaml", base / "config.yaml")
    return Runs(base, {cycle: _run(base, cycle) for cycle in CYCLES})


def _run(base: Path, cycle: str) -> Outcome:
    return pipeline.run(Request("run", base / "config.yaml", cycle), "pack", Silent())


def _of(part: str, cycle: str) -> list[dict[str, Any]]:
    return [entry for entry in KEY[part] if entry["cycle"] == cycle]


def test_the_gate_fails_until_the_breaks_are_waived(runs: Runs) -> None:
    assert {cycle: outcome.exit_code for cycle, outcome in runs.outcomes.items()} == {
        "2026-09": 3,
        "2026-10": 3,
        "2026-11": 0,
    }


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_planted_break_is_found_with_its_figure(runs: Runs, cycle: str) -> None:
    register = {row["break"]: row for row in runs.table(cycle, "2-reconciled/breaks").to_dicts()}
    planted = [defect for defect in _of("defects", cycle) if defect["code"].startswith("R") and defect.get("break")]
    assert planted
    for defect in planted:
        found = register[defect["break"]]
        assert found["severity"] == defect["severity"], defect["break"]
        if defect["code"] in ("R101", "R102", "R103"):
            assert _to_the_cent(found["difference"]) == Decimal(defect["difference"]), defect["break"]


@pytest.mark.parametrize("cycle", CYCLES)
def test_nothing_else_is_reported_as_an_error(runs: Runs, cycle: str) -> None:
    breaks = runs.table(cycle, "2-reconciled/breaks").filter(pl.col("severity") == "error")["break"].to_list()
    ingested = runs.table(cycle, "1-ingested/findings").filter(pl.col("severity") == "error")
    planted = {
        defect["break"] for defect in _of("defects", cycle) if defect["severity"] == "error" and defect.get("break")
    }
    assert sorted(breaks) == sorted(planted)
    assert ingested.height == 0


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_planted_reject_is_found_and_no_other_record_is_rejected(runs: Runs, cycle: str) -> None:
    rejects = runs.table(cycle, "1-ingested/rejects")
    planted = sorted(defect["code"] for defect in _of("defects", cycle) if defect["code"].startswith("I"))
    assert sorted(rejects["rule"].to_list()) == planted


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_warning_of_reconcile_is_planted(runs: Runs, cycle: str) -> None:
    warned = runs.table(cycle, "2-reconciled/breaks").filter(pl.col("severity") == "warning")["code"].to_list()
    planted = [d["code"] for d in _of("defects", cycle) if d["severity"] == "warning" and d["code"].startswith("R")]
    story = [chapter["finding"] for chapter in KEY["story"] if chapter["finding"] == "R301" and cycle == "2026-11"]
    assert sorted(warned) == sorted(planted + story)


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_figure_of_the_key_matches_to_the_cent(runs: Runs, cycle: str) -> None:
    dataset = runs.table(cycle, "2-reconciled/reconciled")
    figures = _of("figures", cycle)
    found = {figure["name"]: _to_the_cent(_figure(dataset, figure["filters"])) for figure in figures}
    assert found == {figure["name"]: Decimal(figure["value"]) for figure in figures}
    assert len(figures) > 100


def test_records_of_every_source_are_counted_as_the_key_has_them(runs: Runs) -> None:
    controls = runs.table("2026-11", "1-ingested/controls").filter(pl.col("column") == "records")
    totals = controls.group_by("source").agg(pl.col("read", "accepted", "rejected", "excluded").sum())
    found = {row["source"]: row for row in totals.to_dicts()}
    for line in _of("controls", "2026-11"):
        row = found[line["source"]]
        assert (row["accepted"], row["rejected"]) == (line["accepted"], line["rejected"]), line["source"]
        assert row["read"] == row["accepted"] + row["rejected"] + row["excluded"], line["source"]


def test_the_key_resource_overloads_by_the_hours_of_the_story(runs: Runs) -> None:
    story = _story("key resource overloads")
    found = runs.table("2026-11", "3-projected/findings").filter(pl.col("code") == "P101")
    assert found["place"].to_list() == [story["place"]]
    assert found["value"].to_list() == [f"{story['figure']} h"]


@pytest.mark.parametrize("cycle", CYCLES)
def test_consensus_demand_is_what_the_documented_rules_make_of_the_extracts(runs: Runs, cycle: str) -> None:
    projection = runs.table(cycle, "3-projected/projection")
    rows = projection.filter((pl.col("version") == "consensus") & (pl.col("measure") == "demand"))
    found = {
        (row["item"], row["site"], row["segment"], f"{row['month']:%Y-%m}"): row["value"]
        for row in rows.select("item", "site", "segment", "month", "value").to_dicts()
    }
    due = consensus(cycle).due
    assert found == {(*strand, text(n)): q for strand, months in due.items() for n, q in months.items() if q}
    assert len(found) > 7_000


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_finding_of_the_projection_is_in_the_key_and_nothing_else_is_found(runs: Runs, cycle: str) -> None:
    columns = ("code", "severity", "place", "value")
    found = runs.table(cycle, "3-projected/findings").select(columns).rows()
    assert sorted(found) == sorted(tuple(known[column] for column in columns) for known in _of("projected", cycle))


@pytest.mark.parametrize("cycle", CYCLES)
def test_stock_in_the_wrong_place_is_worth_what_the_key_says_to_the_cent(runs: Runs, cycle: str) -> None:
    found = runs.table(cycle, "3-projected/findings").filter(pl.col("code") == "P104")
    worth = {row["place"]: _to_the_cent(row["worth"]) for row in found.to_dicts()}
    known = {entry["place"]: Decimal(entry["worth"]) for entry in _of("projected", cycle) if entry["code"] == "P104"}
    assert worth == known


def test_the_story_of_supplier_order_book_and_stock_is_told_with_the_figures_of_the_projection(runs: Runs) -> None:
    found = runs.table("2026-11", "3-projected/findings")
    values = {(row["code"], row["place"]): row["value"] for row in found.to_dicts()}
    for name in ("supplier cut by 40 percent", "a full order book is late"):
        chapter = _story(name)
        assert values[chapter["finding"], chapter["place"]] == f"{chapter['figure']} units", name
    assert values["P104", "HAIRCARE"] == f"{_story('stock in the wrong place')['figure']} units"
    worth = found.filter((pl.col("code") == "P104") & (pl.col("place") == "HAIRCARE"))["worth"].item()
    assert _to_the_cent(worth) == Decimal(_story("stock in the wrong place, worth")["figure"])


def test_neither_budget_fits_into_the_hours_there_are(runs: Runs) -> None:
    found = runs.table("2026-11", "3-projected/findings").filter(pl.col("code") == "P103").sort("first")
    told = [_story("budget that was never feasible"), _story("proposed budget is not feasible either")]
    assert found["value"].to_list() == [f"{chapter['figure']} h" for chapter in told]


def test_the_strategic_customer_who_delays_a_programme_is_seen(runs: Runs) -> None:
    story = _story("strategic customer delays a programme")
    row = runs.table("2026-11", "2-reconciled/breaks").filter(pl.col("code") == "R301").row(0, named=True)
    assert row["place"] == story["place"]
    assert _to_the_cent(row["worth"]) == Decimal(story["figure"])
    assert row["difference"] == story["pieces"]


def test_the_price_leak_is_found_with_what_it_cost_to_date(runs: Runs) -> None:
    story = _story("margin leaks through price")
    leaks = runs.table("2026-11", "4-variance/flags").filter(pl.col("code") == "V105")
    assert leaks.select("family", "difference").rows() == [(story["place"], Decimal(story["figure"]))]


def test_a_break_and_a_flag_that_stay_grow_older_from_cycle_to_cycle(runs: Runs) -> None:
    name = "R101/LAUNDRY/2026-08"
    ages = [
        runs.table(cycle, "2-reconciled/breaks").filter(pl.col("break") == name).select("age", "status").row(0)
        for cycle in CYCLES
    ]
    assert ages == [(1, "new"), (2, "open"), (3, "waived")]
    flags = runs.table("2026-11", "4-variance/flags")
    assert flags.filter(pl.col("status") == "continuing")["age"].max() == 3


def test_the_projection_has_one_row_per_number(runs: Runs) -> None:
    projection = runs.table("2026-11", "3-projected/projection")
    assert projection.select(*GRAIN).is_unique().all()


def test_the_planned_stock_rolls_forward_in_every_cell(runs: Runs) -> None:
    plan = runs.table("2026-11", "3-projected/plan")
    supply = pl.col("production") + pl.col("purchases") + pl.col("spot")
    assert plan.filter(pl.col("closing") != pl.col("opening") + supply - pl.col("shipped")).height == 0
    met = pl.col("shipped") + pl.col("unmet") + pl.col("lost")
    assert plan.filter(pl.col("unmet_before") + pl.col("demand") != met).height == 0


def test_the_landing_is_what_the_ledger_and_the_projection_say(runs: Runs) -> None:
    landing = runs.table("2026-11", "4-variance/landing").filter(pl.col("family") == "all families")
    projection = runs.table("2026-11", "3-projected/projection").filter(
        pl.col("month").is_between(month_of("2026-11"), month_of("2027-03")) & (pl.col("version") == "projection")
    )
    for measure in ("revenue", "cogs", "gross_margin", "reactive_cost", "fixed_cost", "ebitda"):
        to_go = landing.filter(pl.col("measure") == measure)["to_go"].item()
        projected = projection.filter(pl.col("measure") == measure)["value"].sum()
        assert _to_the_cent(to_go) == _to_the_cent(Decimal(projected)), measure


def test_same_inputs_give_the_same_bytes(runs: Runs, tmp_path: Path) -> None:
    shutil.copytree(runs.base / "sample_data", tmp_path / "sample_data")
    shutil.copy(runs.base / "config.yaml", tmp_path / "config.yaml")
    _run(tmp_path, "2026-09")
    left = [path for path in sorted((runs.base / "cycles/2026-09").rglob("*")) if path.is_file()]
    texts = [path for path in left if path.suffix in (".csv", ".md", ".svg", ".xlsx") or path.name == "manifest.json"]
    assert len(texts) > 20
    for path in texts:
        again = tmp_path / path.relative_to(runs.base)
        assert again.read_bytes() == path.read_bytes(), path.name


def _story(name: str) -> dict[str, Any]:
    return next(chapter for chapter in KEY["story"] if chapter["name"] == name)


def _figure(dataset: pl.DataFrame, filters: dict[str, str]) -> Decimal:
    """The sum the filters ask for; a measure made of others is the sum of its parts."""
    recipes = PLANNED if filters["version"].startswith("AOP") else SEEN
    parts = recipes.get(filters["measure"], {filters["measure"]: 1})
    rows = dataset.filter((pl.col("version") == filters["version"]) & pl.col("measure").is_in(list(parts)))
    if "family" in filters:
        rows = rows.filter(pl.col("family") == filters["family"])
    first = filters.get("from") or filters.get("month")
    last = filters.get("to") or filters.get("month")
    if first and last:
        rows = rows.filter(pl.col("month").is_between(month_of(first), month_of(last)))
    elif "family" not in filters:
        rows = rows.filter(pl.col("family").is_not_null())
    return Decimal(rows["value"].sum())


def _to_the_cent(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
