"""This cycle's extracts beside those of the cycle before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from sop_cli.stages.ingest.completeness.changed import changed_columns
from sop_cli.stages.ingest.completeness.files import COLUMNS, FILES
from sop_cli.stages.ingest.completeness.last import LastCycle, Shortness, against_last, wrong_months

AS_OF = date(2026, 10, 1)
NO_FILES, NO_COLUMNS = pl.DataFrame(schema=FILES), pl.DataFrame(schema=COLUMNS)


def _controls(records: int, file: str = "f.csv", **sums: int) -> pl.DataFrame:
    lines = [("s", column, Decimal(read), Decimal(read), Decimal(0)) for column, read in sums.items()]
    lines += [("s", "records", Decimal(records + 500), Decimal(records), Decimal(0))]
    lines += [("s", "records excluded: blank row", Decimal(500), Decimal(0), Decimal(0))]
    found = pl.DataFrame(lines, schema=["source", "column", "read", "accepted", "rejected"], orient="row")
    return found.with_columns(file=pl.lit(file))


def _files(*lines: Mapping[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(lines), schema=FILES)


def _columns(*headers: tuple[str, str | None] | tuple[str, str | None, date]) -> pl.DataFrame:
    lines = [("s", "f", None, at, *header, *([None] * (3 - len(header)))) for at, header in enumerate(headers, 1)]
    return pl.DataFrame(lines, schema=COLUMNS, orient="row")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (_controls(60, q=60), []),
        (_controls(49, q=100), [("warning", "49 rows, 100 in 2026-10: 49 % of it")]),
        (_controls(9, q=9), [("error", "9 rows, 100 in 2026-10: 9 % of it")]),
        (_controls(90, q=40), [("warning", "q adds up to 40, 100 in 2026-10: 40 % of it")]),
        (_controls(0, q=0), [("error", "0 rows, 100 in 2026-10: 0 % of it")]),
    ],
)
def test_a_source_far_below_last_cycle_is_told_by_rows_or_else_by_its_sum(
    now: pl.DataFrame, told: list[tuple[str, str]]
) -> None:
    last = LastCycle("2026-10", _controls(100, q=100), NO_FILES, NO_COLUMNS)
    found = against_last(now, NO_FILES, NO_COLUMNS, last, Shortness(), AS_OF, {"s": "stock"})
    assert found.select("severity", "message").rows() == told


def test_a_sum_in_thousands_is_no_short_file_and_a_few_rows_are_never_short() -> None:
    def found(now: pl.DataFrame, before: pl.DataFrame) -> list[str]:
        last = LastCycle("2026-10", before, NO_FILES, NO_COLUMNS)
        return against_last(now, NO_FILES, NO_COLUMNS, last, Shortness(), AS_OF, {"s": "stock"})["message"].to_list()

    assert found(_controls(100, q=1), _controls(100, q=1000)) == []
    assert found(_controls(2), _controls(8)) == []


def test_a_copy_of_last_cycles_file_is_told_unless_it_is_history_that_stays() -> None:
    october, march = {"newest": date(2026, 9, 1), "sha256": "x"}, {"newest": date(2026, 3, 1), "sha256": "h"}
    before = _files({"source": "s", "file": "10/s.csv", **october}, {"source": "s", "file": "history.csv", **march})
    now = _files({"source": "s", "file": "11/s.csv", **october}, {"source": "s", "file": "history.csv", **march})
    last = LastCycle("2026-10", _controls(0), before, NO_COLUMNS)
    found = against_last(_controls(0), now, NO_COLUMNS, last, Shortness(), AS_OF, {"s": "stock"})
    assert found.select("code", "file", "message").rows() == [
        ("I227", "11/s.csv", "byte for byte the same as 10/s.csv of cycle 2026-10")
    ]


def test_an_old_file_of_the_same_name_is_told_where_its_part_of_a_month_would_now_count() -> None:
    same = _files({"source": "s", "file": "s.csv", "newest": AS_OF, "sha256": "x"})
    last = LastCycle("2026-09", _controls(0), same, NO_COLUMNS)
    found = against_last(_controls(0), same, NO_COLUMNS, last, Shortness(), AS_OF, {"s": "stock"})
    assert found["code"].to_list() == ["I227"]


def test_one_of_several_files_in_the_folder_of_the_cycle_that_ends_a_month_early_is_told() -> None:
    files = _files(
        {"source": "n", "file": "2026-11/north.csv", "newest": date(2026, 9, 1)},
        {"source": "n", "file": "2026-11/south.csv", "newest": AS_OF},
        {"source": "n", "file": "history/north.csv", "newest": date(2026, 3, 1)},
    ).with_columns(table=pl.lit("shipments"))
    assert wrong_months(files, "2026-11", AS_OF).select("file", "message").rows() == [
        ("2026-11/north.csv", "the newest record is of 2026-09; other files of shipments reach 2026-10")
    ]


def _of_files(table: str, now: Mapping[str, tuple[int, str]], then: Mapping[str, tuple[int, str]]) -> list[str]:
    """What is told of files with these records and hashes, in two cycles."""
    controls = [pl.concat(_controls(count, file) for file, (count, _) in each.items()) for each in (now, then)]
    files = [
        _files(
            *(
                {"source": "s", "file": file, "records": Decimal(count), "sha256": digest}
                for file, (count, digest) in each.items()
            )
        )
        for each in (now, then)
    ]
    last = LastCycle("2026-10", controls[1], files[1], NO_COLUMNS)
    found = against_last(controls[0], files[0], NO_COLUMNS, last, Shortness(), AS_OF, {"s": table})
    return [f"{code} {file or '-'} {message}" for code, file, message in found.select("code", "file", "message").rows()]


def test_a_file_of_last_cycle_for_which_none_has_come_is_told_and_one_far_shorter_than_its_counterpart() -> None:
    plants = {f"2026-10/stock_P{at}.csv": (400 - at, f"{at}") for at in (1, 2, 3)}
    two = {"2026-11/stock_P1.csv": (400, "4"), "2026-11/stock_P2.csv": (380, "5")}
    assert _of_files("stock", two, plants) == [
        "I237 - 2026-10/stock_P3.csv of 2026-10, with 397 rows, has no counterpart"
    ]
    assert _of_files("stock", two | {"2026-11/stock_P3.csv": (3, "6")}, plants) == [
        "I225 2026-11/stock_P3.csv 3 rows, 2026-10/stock_P3.csv of 2026-10 has 397: 0.8 % of it"
    ]


def test_files_named_by_month_that_accumulate_a_single_file_and_other_names_altogether_are_nothing_to_be_told() -> None:
    months = {f"s/ship 2026-0{at}.csv": (100, f"{at}") for at in (7, 8, 9)}
    assert _of_files("shipments", months, dict(list(months.items())[:2])) == []
    assert _of_files("stock", {"b.csv": (90, "2")}, {"a.csv": (100, "1")}) == []
    names = {"Kopie von Lager.csv": (100, "1"), "Bestand neu.csv": (100, "2")}
    assert _of_files("stock", {"x.csv": (100, "3"), "y.csv": (100, "4")}, names) == []
    weeks = [{f"{at}/P{plant} W{at}.csv": (100, f"{at}{plant}") for plant in (1, 2)} for at in (44, 48)]
    assert _of_files("stock", weeks[1], weeks[0]) == []


def test_open_orders_and_a_forecast_of_last_cycle_are_told_and_master_data_may_stay() -> None:
    for table, told in (("orders", 1), ("forecast", 1), ("items", 0), ("prices", 0)):
        for name in ("11/f.csv", "10/f.csv"):
            found = _of_files(table, {name: (50, "x")}, {"10/f.csv": (50, "x")})
            assert found == [f"I227 {name} byte for byte the same as 10/f.csv of cycle 2026-10"] * told


def test_a_forecast_of_an_earlier_month_may_stay_where_a_newer_one_has_come_beside_it() -> None:
    plans = {"f/Plan Okt 2026.csv": (50, "x"), "f/Plan Nov 2026.csv": (50, "y")}
    assert _of_files("forecast", plans, {"f/Plan Okt 2026.csv": (50, "x")}) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((("b", None), ("A", "item")), []),
        ((("a", "item"),), [("info", "since 2026-10: gone: 'b'")]),
        ((("a", "item"), ("b", None), ("c", None)), [("info", "since 2026-10: new: 'c'")]),
        ((("x", "item"), ("b", None)), [("info", "since 2026-10: 'a' is 'x' now (item)")]),
        ((("b", None),), [("warning", "since 2026-10: 'a' is gone, which was item")]),
        ((("a", None), ("b", None)), [("warning", "since 2026-10: 'a' was item and is not used now")]),
        ((("a", "item"), ("b", None), ("Nov", "quantity", AS_OF)), []),
    ],
)
def test_changed_headers_are_told_and_another_order_is_not(
    now: tuple[tuple[str, str | None], ...], told: list[tuple[str, str]]
) -> None:
    found = changed_columns(_columns(*now), _columns(("a", "item"), ("b", None)), "2026-10")
    assert found.select("severity", "message").rows() == told


def test_a_header_nobody_uses_that_is_written_a_little_differently_is_one_change() -> None:
    found = changed_columns(_columns(("Gross weight", None)), _columns(("Gross weight kg", None)), "2026-10")
    assert found["message"].to_list() == ["since 2026-10: 'Gross weight kg' is 'Gross weight' now"]
