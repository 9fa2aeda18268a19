"""A changed config leads to what a fresh workspace with that config would hold: no stage keeps what is stale."""

from pathlib import Path

import pytest

from sop_cli import pipeline
from sop_cli.workspace.request import Request
from tests.end_to_end import small
from tests.toy import Listener

CHANGED = (
    "currency: USD",
    "fiscal_year_start: 4",
    "horizon: 5",
    "plan: {frozen: 0, demand_fence: 0}",
    "materiality: {percent: 1, floor: 1}",
    "owners: {demand: Sales director, finance: Treasurer}",
    "tie_outs: {revenue_to_ledger: {absolute: 99999}}",
)


@pytest.mark.parametrize("line", CHANGED)
def test_after_a_change_of_the_config_every_stage_holds_what_a_fresh_run_would(tmp_path: Path, line: str) -> None:
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    for base in (kept, fresh):
        base.mkdir()
    config = _written(kept)
    _run(config)
    for one in (config, _written(fresh)):
        part = line.partition(":")[0]
        others = [each for each in one.read_text().splitlines() if not each.startswith(f"{part}:")]
        one.write_text("\n".join([line, *others]))
        _run(one)
    left = [path.relative_to(fresh) for path in sorted((fresh / "cycles").rglob("*.csv"))]
    assert len(left) > 10
    for path in left:
        assert (kept / path).read_bytes() == (fresh / path).read_bytes(), path.name


def _written(base: Path) -> Path:
    """The small company with a currency sign in a cell, which is told where the plan is in another."""
    config = small.write(base)
    targets = base / "targets.csv"
    targets.write_text(targets.read_text().replace(",30", ",€ 30"))
    return config


def _run(config: Path) -> None:
    pipeline.run(Request("run", config, "2026-11", "never"), "variance", Listener())
