"""Landing, materiality and the flag register on figures small enough to check by hand."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from sop_cli.schemas.calendar import Calendar, add_months
from sop_cli.schemas.dataset import DATASET
from sop_cli.stages.variance.materiality import Thresholds
from sop_cli.stages.variance.variance import Variance, variance

CALENDAR = Calendar(cycle=date(2026, 11, 1), horizon=18, fiscal_start=4)
APRIL = date(2026, 4, 1)
THRESHOLDS = Thresholds(Decimal(5), Decimal(1000), Decimal(15), Decimal(3))


def rows(version: str, measure: str, family: str, first: date, values: list[str]) -> list[tuple[object, ...]]:
    """One measure of a family in consecutive months."""
    return [
        (add_months(first, step), f"{family}-1", family, None, None, None, version, measure, Decimal(value), "EUR")
        for step, value in enumerate(values)
    ]


def frame(*parts: list[tuple[object, ...]]) -> pl.DataFrame:
    """Parts as a dataset."""
    return pl.DataFrame([row for part in parts for row in part], schema=DATASET, orient="row")


def compared(
    families: dict[str, tuple[list[str], list[str], list[str]]], previous: pl.DataFrame | None = None
) -> Variance:
    """Revenue of families: 7 actual months, projected months from November, budget from April."""
    dataset, projection = [], []
    for family, (actual, projected, planned) in families.items():
        dataset.append(rows("actual", "revenue", family, APRIL, actual))
        dataset.append(rows("AOP", "revenue", family, APRIL, planned))
        projection.append(rows("projection", "revenue", family, date(2026, 11, 1), projected))
    return variance(
        frame(*dataset), frame(*projection), CALENDAR,
        approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=previous,
    )  # fmt: skip


def test_landing_is_actual_to_date_plus_projection_for_the_rest_of_the_year() -> None:
    result = compared({"F": (["100"] * 7, ["110"] * 18, ["120"] * 12)})
    row = result.landing.filter((pl.col("family") == "F") & (pl.col("measure") == "revenue")).row(0, named=True)
    assert row["to_date"] == Decimal(700)
    assert row["to_go"] == Decimal(550)
    assert row["outlook"] == Decimal(1250)
    assert row["budget"] == Decimal(1440)
    assert row["required_run_rate"] == Decimal(148)  # (1440 - 700) / 5
    assert row["projected_run_rate"] == Decimal(110)


def test_a_closed_month_counts_as_actual_only_even_where_a_projection_for_it_is_left() -> None:
    dataset = frame(rows("actual", "revenue", "F", APRIL, ["100"] * 7), rows("AOP", "revenue", "F", APRIL, ["1"] * 12))
    projection = frame(rows("projection", "revenue", "F", APRIL, ["999"] * 12))
    result = variance(
        dataset, projection, CALENDAR,
        approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=None,
    )  # fmt: skip
    october = result.months.filter((pl.col("month") == date(2026, 10, 1)) & (pl.col("family") == "F"))
    assert october.filter(pl.col("measure") == "revenue")["outlook"].to_list() == [Decimal(100)]


def test_reactive_cost_counts_once_where_both_its_lines_and_their_sum_are_there() -> None:
    december = date(2026, 12, 1)
    projection = frame(
        rows("projection", "spot", "F", december, ["30"]), rows("projection", "reactive_cost", "F", december, ["30"])
    )
    dataset = frame(rows("AOP", "reactive_cost", "F", APRIL, ["1"] * 12), rows("ledger", "spot", "F", APRIL, ["5"]))
    result = variance(
        dataset, projection, CALENDAR,
        approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=None,
    )  # fmt: skip
    row = result.landing.filter((pl.col("family") == "F") & (pl.col("measure") == "reactive_cost")).row(0, named=True)
    assert (row["outlook"], row["budget"], row["favourable"]) == (Decimal(35), Decimal(12), False)


def test_a_horizon_that_ends_before_the_year_gives_no_landing_and_no_variance_beyond_it() -> None:
    short = Calendar(cycle=date(2026, 11, 1), horizon=2, fiscal_start=4)
    dataset = frame(
        rows("actual", "revenue", "F", APRIL, ["9000"] * 7), rows("AOP", "revenue", "F", APRIL, ["9000"] * 12)
    )
    result = variance(
        dataset, frame(rows("projection", "revenue", "F", short.cycle, ["9000"] * 2)), short,
        approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=None,
    )  # fmt: skip
    beyond = result.months.filter(pl.col("month") > date(2026, 12, 1))
    assert set(beyond["status"]) == {"not projected"}
    assert result.landing["outlook"].null_count() == result.landing.height
    assert result.flags.height == 0


def test_revenue_without_a_cost_has_no_margin_rather_than_a_full_one() -> None:
    dataset = frame(
        rows("actual", "revenue", "F", APRIL, ["100"]), rows("actual", "cogs", "F", APRIL, ["60"]),
        rows("actual", "revenue", "G", APRIL, ["900"]), rows("AOP", "revenue", "F", APRIL, ["0"] * 12),
        rows("AOP", "cogs", "F", APRIL, ["0"] * 12),
    )  # fmt: skip
    result = variance(
        dataset, frame(rows("projection", "revenue", "F", CALENDAR.cycle, ["0"])), CALENDAR,
        approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=None,
    )  # fmt: skip
    total = result.landing.filter(pl.col("family") == "all families")
    assert total.filter(pl.col("measure") == "revenue")["outlook"].to_list() == [Decimal(1000)]
    assert total.filter(pl.col("measure") == "gross_margin")["outlook"].to_list() == [Decimal(40)]


def test_months_beyond_the_budget_have_no_budget_and_no_variance() -> None:
    result = compared({"F": (["100"] * 7, ["110"] * 18, ["120"] * 12)})
    beyond = result.months.filter(pl.col("month") > date(2027, 3, 1))
    assert set(beyond["status"]) == {"no budget"}
    assert beyond["difference"].null_count() == beyond.height


@pytest.mark.parametrize(
    ("budget", "projected", "flagged"),
    [
        ("1000000", "951000", False),  # 4.9 % of a big line
        ("10", "10.60", False),  # 6 % of ten
        ("1000000", "940000", True),  # both
        ("0", "2000", True),  # nothing budgeted, and beyond the floor
        ("0", "900", False),
    ],
)
def test_a_divergence_is_material_by_percent_and_floor(budget: str, projected: str, flagged: bool) -> None:
    year = ["0"] * 7 + [budget] + ["0"] * 4
    result = compared({"F": (["0"] * 7, [projected], year)})
    assert ("months/F/revenue/to-2026-11" in result.flags["flag"].to_list()) is flagged


def test_a_family_nobody_budgeted_lands_against_a_budget_of_zero() -> None:
    dataset = frame(
        rows("AOP", "revenue", "F", APRIL, ["0"] * 12), rows("actual", "revenue", "G", APRIL, ["0", "5000"])
    )
    result = variance(
        dataset, frame(rows("projection", "revenue", "F", CALENDAR.cycle, ["0"] * 5)), CALENDAR,
        approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=None,
    )  # fmt: skip
    row = result.landing.filter((pl.col("family") == "G") & (pl.col("measure") == "revenue")).row(0, named=True)
    assert (row["budget"], row["difference"], row["percent"]) == (Decimal(0), Decimal(5000), None)
    assert "landing/G/revenue" in result.flags["flag"].to_list()


def test_consecutive_months_are_one_flag_with_first_and_last() -> None:
    result = compared({"F": (["10000"] * 7, ["10000", "8000", "8000", "10000", "12000"], ["10000"] * 12)})
    runs = result.flags.filter(pl.col("level") == "months").sort("first")
    assert runs.select("first", "last", "difference").rows() == [
        (date(2026, 12, 1), date(2027, 1, 1), Decimal(-4000)),
        (date(2027, 3, 1), date(2027, 3, 1), Decimal(2000)),
    ]


def test_families_that_cancel_out_are_flagged_although_the_total_is_on_budget() -> None:
    up = (["1000000"] * 7, ["1400000"] * 5, ["1000000"] * 12)
    down = (["1000000"] * 7, ["600000"] * 5, ["1000000"] * 12)
    codes = compared({"F": up, "G": down}).flags.select("code", "family").rows()
    assert ("V104", "all families") in codes
    assert ("V103", "all families") not in codes
    assert {("V102", "F"), ("V102", "G")} <= set(codes)


def test_a_landing_that_misses_the_budget_is_flagged_in_total() -> None:
    result = compared({"F": (["100000"] * 7, ["90000"] * 5, ["100000"] * 12)})
    flag = result.flags.filter((pl.col("code") == "V103") & (pl.col("measure") == "revenue")).row(0, named=True)
    assert flag["difference"] == Decimal(-50000)
    assert flag["message"] == "all families: revenue at landing EUR 50 thousand below budget (4.2 %)"


def test_a_flag_that_stays_keeps_its_identity_and_grows_older() -> None:
    families = {"F": (["100000"] * 7, ["50000"] * 5, ["100000"] * 12)}
    first = compared(families)
    older = first.flags.with_columns(first_seen=pl.lit(date(2026, 9, 1)))
    second = compared(families, previous=older)
    assert set(first.flags["status"]) == {"new"}
    assert set(second.flags.select("status", "age").rows()) == {("continuing", 3)}


def test_between_material_and_escalation_a_divergence_is_v101_and_beyond_it_v102() -> None:
    material = compared({"F": (["10000"] * 7, ["8000"] * 18, ["10000"] * 12)})  # 8.3 % of the year
    beyond = compared({"F": (["10000"] * 7, ["5000"] * 18, ["10000"] * 12)})  # 20.8 %
    codes = [found.flags.filter(pl.col("flag") == "landing/F/revenue")["code"].item() for found in (material, beyond)]
    assert codes == ["V101", "V102"]


def test_a_family_behind_to_date_is_flagged_although_the_rest_of_the_year_is_on_budget() -> None:
    result = compared({"F": (["90000"] * 7, ["100000"] * 5, ["100000"] * 12)})
    flag = result.flags.filter((pl.col("level") == "year to date") & (pl.col("measure") == "revenue"))
    assert flag.select("flag", "code", "difference", "percent").rows() == [
        ("year to date/F/revenue", "V101", Decimal(-70000), Decimal(-10))
    ]
    assert flag["message"].to_list() == ["F: revenue year to date EUR 70 thousand below budget (10.0 %)"]


def test_a_price_is_not_below_a_budget_that_the_year_does_not_have_in_full() -> None:
    def leaks(budgeted: int) -> list[str]:
        dataset = frame(
            rows("actual", "units", "F", APRIL, ["100"] * 7),
            rows("actual", "revenue", "F", APRIL, ["9000"] * 7),
            rows("AOP", "units", "F", APRIL, ["100"] * budgeted),
            rows("AOP", "revenue", "F", APRIL, ["10000"] * budgeted),
        )
        projection = frame(rows("projection", "revenue", "F", date(2026, 11, 1), ["10000"] * 18))
        result = variance(
            dataset, projection, CALENDAR,
            approved="AOP", thresholds=THRESHOLDS, currency="EUR", owners={"": "CFO"}, previous=None,
        )  # fmt: skip
        return result.flags.filter(pl.col("code") == "V105")["family"].to_list()

    assert leaks(12) == ["F"]
    assert leaks(9) == []
