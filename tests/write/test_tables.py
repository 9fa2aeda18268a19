import csv
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sop_cli.config.corrections import load_corrections
from sop_cli.findings.finding import FINDING_COLUMNS, no_findings
from sop_cli.schemas.column import EXACT
from sop_cli.write.tables import write_csv, write_parquet

PLAN = pl.DataFrame(
    {
        "family": ["=cmd()", "+1", "-x", "@a", "\tb", "Färg, \"A\"", None],
        "month": [date(2026, 10, 1)] * 7,
        "due": [date(2026, 10, 31)] * 7,
        "units": [Decimal("1234.50"), Decimal(0), Decimal("-7"), Decimal("0.00000001"), Decimal(100), None, Decimal(1)],
    },
    schema_overrides={"units": EXACT},
)  # fmt: skip


def test_a_csv_is_exact_readable_and_runs_nothing(tmp_path: Path) -> None:
    write_csv(PLAN, tmp_path / "plan.csv")
    assert (tmp_path / "plan.csv").read_bytes().decode("utf-8").split("\n") == [
        "family,month,due,units",
        "'=cmd(),2026-10,2026-10-31,1234.5",
        "'+1,2026-10,2026-10-31,0",
        "'-x,2026-10,2026-10-31,-7",
        "'@a,2026-10,2026-10-31,0.00000001",
        "'\tb,2026-10,2026-10-31,100",
        '"Färg, ""A""",2026-10,2026-10-31,',
        ",2026-10,2026-10-31,1",
        "",
    ]


def test_a_formula_behind_a_line_break_or_in_full_width_signs_is_guarded_and_a_copied_correction_reads_without(
    tmp_path: Path,
) -> None:
    texts = ["\n=1+1", "＝1+1", "\r\n-x", "a=b", "﹣", "- "]
    write_csv(pl.DataFrame({"record": texts}), tmp_path / "rejects.csv")
    with (tmp_path / "rejects.csv").open(newline="") as file:
        written = [line[0] for line in csv.reader(file)][1:]
    assert written == ["'\n=1+1", "'＝1+1", "'\r\n-x", "a=b", "﹣", "'- "]
    head = "file,row,column,value,corrected,who,why,sheet\n"
    (tmp_path / "corrections.csv").write_text(head + "x.csv,2,qty,'＝1+1,2,Ann,typo,\n")
    assert load_corrections(tmp_path)[0].value == "＝1+1"


def test_any_month_column_reads_as_a_month(tmp_path: Path) -> None:
    write_csv(PLAN.select(first_seen="month"), tmp_path / "plan.csv")
    assert (tmp_path / "plan.csv").read_text().startswith("first_seen\n2026-10\n")


def test_findings_without_rows_keep_their_header(tmp_path: Path) -> None:
    write_csv(no_findings(), tmp_path / "breaks.csv")
    assert (tmp_path / "breaks.csv").read_text() == ",".join(FINDING_COLUMNS) + "\n"


@given(st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=8), min_size=1, max_size=20))
def test_exact_numbers_survive_the_csv(values: list[Decimal]) -> None:
    frame = pl.DataFrame({"value": values}, schema={"value": EXACT})
    text = written(frame)
    assert [Decimal(line) for line in text.splitlines()[1:]] == values


def written(frame: pl.DataFrame) -> str:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(frame, Path(folder) / "x.csv")
        return (Path(folder) / "x.csv").read_text()


def test_a_table_gives_the_same_bytes_twice_and_parquet_keeps_types(tmp_path: Path) -> None:
    for write, name in ((write_csv, "a.csv"), (write_parquet, "a.parquet")):
        write(PLAN, tmp_path / name)
        first = (tmp_path / name).read_bytes()
        write(PLAN, tmp_path / name)
        assert (tmp_path / name).read_bytes() == first
    assert_frame_equal(pl.read_parquet(tmp_path / "a.parquet"), PLAN)
