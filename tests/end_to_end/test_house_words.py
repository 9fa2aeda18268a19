"""A company that says things its own way: months in German, E and F for make and buy, plans in a file of their own."""

from pathlib import Path

import polars as pl
import pytest

from sop_cli.errors import SopError
from tests.end_to_end import small
from tests.end_to_end.test_missing_tables import left, run

FORECAST = "Artikel;Segment;Okt 26;Nov 26;Dez 26;Jan 27;Feb 27;Mrz 27\n00123;RETAIL;1;2;3;4;5;6\nSumme;;1;2;3;4;5;6\n"
SOURCE = """{files: forecast.csv, delimiter: ;, months: "%b %y", wide: quantity, fill_down: item,
    columns: {item: Artikel}, exclude: [{rule: total, column: Artikel, equals: Summe}]}"""


def company(base: Path) -> Path:
    """The small company in its own words; returns the config."""
    config = small.write(base)
    header, *orders = (base / "production.csv").read_text().splitlines()
    assert header.endswith(",status")
    for name, status in (("production", "actual"), ("planned", "planned")):
        rows = [row.rpartition(",")[0] for row in [header, *orders] if row.endswith(("status", f",{status}"))]
        (base / f"{name}.csv").write_text("\n".join(rows) + "\n")
    items = base / "items.csv"
    items.write_text(items.read_text().replace(",make,", ",E,").replace(",buy,", ",f,"))
    (base / "forecast.csv").write_text(FORECAST)
    text = config.read_text()
    for old, new in {
        "{files: production.csv}": "{files: production.csv, constants: {status: actual}}\n"
        "  plan: {table: production, files: planned.csv, constants: {status: planned}}",
        "{files: items.csv}": "{files: items.csv, values: {supply: {E: make, F: buy}}}",
        "{files: forecast.csv}": SOURCE,
    }.items():
        assert old in text
        text = text.replace(old, new)
    config.write_text(text)
    return config


def test_it_is_read_as_if_it_had_said_them_ours(tmp_path: Path) -> None:
    done = run(company(tmp_path), through="ingest")
    assert done.exit_code == 0
    assert left(tmp_path, "1-ingested/items")["supply"].to_list() == ["make", "buy"]
    assert left(tmp_path, "1-ingested/production").select("source", "status").rows() == [
        ("production", "actual"),
        ("production", "actual"),
        ("plan", "planned"),
    ]
    forecast = left(tmp_path, "1-ingested/forecast")
    assert [f"{month:%Y-%m} {quantity:f}"[:9] for month, quantity in forecast.select("month", "quantity").rows()] == [
        f"{month} {at}"
        for at, month in enumerate(["2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"], 1)
    ]
    codes = set(left(tmp_path, "1-ingested/findings").filter(pl.col("severity") != "info")["code"])
    assert not codes & {"I204", "I301", "I305"}


def test_a_month_that_is_not_understood_is_refused_and_never_dropped(tmp_path: Path) -> None:
    config = company(tmp_path)
    path = tmp_path / "forecast.csv"
    path.write_text(path.read_text().replace("Dez 26", "Rhagfyr 26"))
    with pytest.raises(SopError) as stop:
        run(config)
    assert (stop.value.code, stop.value.line) == (2, 1)
    assert "no header is 2026-12; between them stand 'Rhagfyr 26', neither mapped nor a month" in str(stop.value)
