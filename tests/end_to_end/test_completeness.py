"""Nothing is lost between an extract and the totals that `sop ingest` prints, and what is not complete is told."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from sop_cli import pipeline
from sop_cli.workspace.outcome import Outcome
from sop_cli.workspace.request import Request
from tests.end_to_end import small
from tests.toy import Listener

CONFIG = """company: Small
currency: EUR
sources:
  stock:
    files: "{cycle}/*.csv"
"""
HEADER = "month,item,site,qty\n"
Corrected = Callable[..., None]


def _write(base: Path, cycle: str, **files: str) -> None:
    (base / cycle).mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        (base / cycle / f"{name}.csv").write_text(HEADER + lines)


def _ingest(base: Path, more: str = "", cycle: str = "2026-11", listener: Listener | None = None) -> Outcome:
    (base / "config.yaml").write_text(CONFIG + more)
    return pipeline.run(Request("ingest", base / "config.yaml", cycle), "ingest", listener or Listener())


def _left(base: Path, name: str, cycle: str = "2026-11") -> pl.DataFrame:
    return pl.read_parquet(base / "cycles" / cycle / "1-ingested" / f"{name}.parquet")


def _codes(base: Path) -> list[tuple[str, str]]:
    return _left(base, "findings").select("code", "severity").rows()


def test_a_row_that_is_deleted_from_an_extract_changes_the_printed_total(tmp_path: Path) -> None:
    lines = [f"2026-10,{item},P1,{size}\n" for item, size in (("A", 1), ("B", 2), ("C", "x"), ("A", 1))]
    printed = set()
    for gone in (None, 0, 1, 2, 3):
        _write(tmp_path, "2026-11", a="".join(line for at, line in enumerate(lines) if at != gone))
        said = _ingest(tmp_path).reports[0].result.answer
        total = re.split(r"\s+", said.splitlines()[-1])
        assert total[0] == "all"
        read, accepted, rejected, excluded = map(int, total[2:6])
        assert read == len(lines) - (gone is not None) == accepted + rejected + excluded
        printed.add((read, accepted, rejected))
        assert max(map(len, said.splitlines())) <= 80
    assert printed == {(4, 2, 2), (3, 1, 2), (3, 2, 1)}


def test_a_corrected_cell_counts_and_leads_to_a_fresh_run(tmp_path: Path) -> None:
    _write(tmp_path, "2026-11", a="2026-10,A,P1,5OO\n")
    assert _ingest(tmp_path).exit_code == 5  # no record was accepted
    rejects = (tmp_path / "cycles/2026-11/1-ingested/rejects.csv").read_text().splitlines()
    lines = [f"{rejects[0]},corrected,who,why", f"{rejects[1]},500,Ann,letter O"]
    (tmp_path / "corrections.csv").write_text("\n".join(lines) + "\n")
    listener = Listener()
    assert _ingest(tmp_path, listener=listener).exit_code == 0
    assert listener.reasons == ["corrections.csv is new"]
    assert _left(tmp_path, "stock").select("quantity", "file", "row").row(0) == (Decimal(500), "2026-11/a.csv", 2)
    assert _left(tmp_path, "corrected").select("value", "corrected", "who").rows() == [("5OO", "500", "Ann")]
    assert _codes(tmp_path) == [("I223", "info")]
    assert (tmp_path / "2026-11" / "a.csv").read_text() == HEADER + "2026-10,A,P1,5OO\n"


def test_files_say_how_many_records_and_which_sha256_the_same_as_the_manifest(tmp_path: Path) -> None:
    _write(tmp_path, "2026-11", a="2026-10,A,P1,5\n2026-09,A,P1,5\n", b="2026-10,B,P1,5\n")
    _ingest(tmp_path)
    files = _left(tmp_path, "files")
    assert files.select("file", pl.col("records").cast(pl.Int64)).rows() == [("2026-11/a.csv", 2), ("2026-11/b.csv", 1)]
    inputs = json.loads((tmp_path / "cycles/2026-11/1-ingested/manifest.json").read_text())["inputs"]
    for name, size, digest in files.select("file", "bytes", "sha256").rows():
        content = (tmp_path / name).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (size, digest) == (len(content), inputs[name])


def test_a_later_file_corrects_an_earlier_one_across_two_sources(tmp_path: Path) -> None:
    _write(tmp_path, "2026-11", first="2026-10,A,P1,5\n2026-10,B,P1,1\n", second="2026-10,A,P1,6\n")
    sources = "\n  later:\n    table: stock\n    files: '{cycle}/second.csv'\n    repeats: last\n"
    (tmp_path / "config.yaml").write_text(CONFIG.replace("*.csv", "first.csv") + sources)
    pipeline.run(Request("ingest", tmp_path / "config.yaml", "2026-11"), "ingest", Listener())
    kept = _left(tmp_path, "stock").select("source", "item", "quantity").rows()
    assert kept == [("stock", "B", Decimal(1)), ("later", "A", Decimal(6))]
    assert _codes(tmp_path) == [("I222", "info")]


@pytest.mark.parametrize(
    ("checks", "code", "told"),
    [
        ("", 0, [("I221", "warning")]),
        ("checks: {I221: error}\n", 3, [("I221", "error")]),
        ("checks: {I221: 'off'}\n", 0, []),
        ("checks: {I221: {error_if: '> 1'}}\n", 0, [("I221", "warning")]),
        ("checks: {I221: {error_if: '>= 25 %'}}\n", 3, [("I221", "error")]),
        ("    checks: {I221: info}\n", 0, [("I221", "info")]),
    ],
)
def test_the_config_says_how_serious_a_verdict_is_and_an_error_fails_the_gate(
    tmp_path: Path, checks: str, code: int, told: list[tuple[str, str]]
) -> None:
    _write(tmp_path, "2026-11", a="2026-10,A,P1,5\n2026-10,A,P1,6\n2026-10,B,P1,6\n2026-10,C,P1,6\n")
    assert _ingest(tmp_path, checks).exit_code == code
    assert _codes(tmp_path) == told


def test_a_stale_extract_stops_the_run_unless_the_config_lets_it_pass(tmp_path: Path) -> None:
    _write(tmp_path, "2026-11", a="2026-09,A,P1,5\n")
    assert _ingest(tmp_path).exit_code == 5
    assert _ingest(tmp_path, "checks: {I301: warning}\n").exit_code == 0


def test_a_source_cut_to_a_tenth_of_last_cycle_stops_the_run_and_last_cycle_is_an_input(tmp_path: Path) -> None:
    rows = "".join(f"2026-{{month}},{at},P1,5\n" for at in range(20))
    _write(tmp_path, "2026-10", a=rows.replace("{month}", "09"))
    _write(tmp_path, "2026-11", a="2026-10,1,P1,5\n")
    _ingest(tmp_path, cycle="2026-10")
    done = _ingest(tmp_path)
    assert (done.exit_code, done.reports[0].result.blocks) == (5, ("I225 stock: 1 row, 20 in 2026-10: 5 % of it",))
    _write(tmp_path, "2026-10", a="2026-09,1,P1,5\n")
    _ingest(tmp_path, cycle="2026-10")
    listener = Listener()
    assert _ingest(tmp_path, listener=listener).exit_code == 0
    assert listener.reasons == ["cycle 2026-10: ingest changed"]


def test_a_gate_that_ingest_fails_stamps_the_pack(tmp_path: Path) -> None:
    config = small.write(tmp_path)
    text = config.read_text()
    config.write_text(text + "checks: {I221: error}\n")
    stock = tmp_path / "stock.csv"
    header, first, *_ = stock.read_text().splitlines()
    column = header.split(",").index("quantity")
    other = first.split(",")
    other[column] = "7"
    stock.write_text(stock.read_text() + ",".join(other) + "\n")
    done = pipeline.run(Request("run", config, "2026-11"), "pack", Listener())
    assert done.exit_code == 3
    assert [report.stage for report in done.reports][-1] == "pack"
    pack = (tmp_path / "cycles/2026-11/5-pack/sop-pack-2026-11.md").read_text()
    assert "NOT RECONCILED" in pack
