"""Reconcile on a company small enough to check by hand: what ties, what breaks, by how much, where."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sop_cli.schemas.column import EXACT
from sop_cli.stages.reconcile.breaks import Waiver, gate
from sop_cli.stages.reconcile.reconcile import LastCycle, Reconciled, reconcile
from tests.inline_tables import inline
from tests.stages.reconcile.company import rules, tables

Tables = dict[str, pl.DataFrame]


def test_a_company_that_ties_has_no_break_and_passes_the_gate() -> None:
    result = reconcile(tables(), rules(), None)
    assert result.breaks.height == 0
    assert result.left_out.height == 0
    assert gate(result.breaks)
    assert result.tie_outs.group_by("tie_out").len().height == 3


def test_quantities_come_out_in_base_units_and_money_in_reporting_currency() -> None:
    result = reconcile(tables(), rules(), None)
    assert _value(result, "2026-09", "units", "SOAP") == Decimal(120)
    assert _value(result, "2026-10", "revenue", "SOAP") == Decimal("22")  # 50 USD x 0.92 - 24
    assert _value(result, "2026-10", "cogs", "TOOLS") == Decimal("10.8")  # 3 x 4 USD x 0.90
    assert _value(result, "2026-09", "demand", "SOAP") == Decimal(144)  # the late line counts where it was promised


@pytest.mark.parametrize(
    ("table", "row", "column", "text", "break_id", "difference", "worth"),
    [
        ("ledger", 2, "amount", "12585.00", "R101/SOAP/2026-09", "-12345", "12345"),
        ("ledger", 5, "amount", "41.01", "R102/SOAP/2026-09", "-1.01", "1.01"),
        ("stock", 6, "quantity", "5", "R103/X-77/D1/2026-10", "-2", None),
    ],
)
def test_a_tie_out_broken_by_an_amount_is_one_break_of_that_amount_at_that_place(
    table: str, row: int, column: str, text: str, break_id: str, difference: str, worth: str | None
) -> None:
    changed = _with(table, row, column, text)
    breaks = reconcile(changed, rules(), None).breaks
    wanted = breaks.filter(pl.col("break") == break_id).row(0, named=True)
    assert wanted["difference"] == Decimal(difference)
    assert wanted["worth"] == (None if worth is None else Decimal(worth))
    assert breaks.filter(pl.col("code") == wanted["code"]).height == 1


def test_a_difference_within_the_tolerance_ties() -> None:
    assert reconcile(_with("ledger", 2, "amount", "240.99"), rules(), None).breaks.height == 0


def test_the_message_says_expected_found_difference_and_direction() -> None:
    breaks = reconcile(_with("ledger", 2, "amount", "12585.00"), rules(), None).breaks
    assert breaks["message"][0] == ("SOAP in 2026-09: ledger 12,585.00 EUR, shipments 240.00: 12,345.00 EUR less")


def test_a_ledger_without_families_is_held_against_the_month() -> None:
    months = tables()
    months["ledger"] = inline("ledger", "month gl_account amount\n2026-09 4000 240.00\n2026-10 4000 52.31")
    result = reconcile(months, rules(), None)
    assert result.tie_outs.filter(pl.col("tie_out") == "revenue to ledger").height == 2
    assert result.breaks.height == 0


@pytest.mark.parametrize(
    ("table", "row", "column", "text", "break_id"),
    [
        ("forecast", 2, "item", "0O123", "R201/forecast/0O123"),
        ("aop", 2, "family", "Total", "R207/aop/Total"),
        ("shipments", 4, "account", "A9", "R206/shipments/A9"),
        ("orders", 2, "uom", "PAL", "R203/orders/00123/PAL"),
        ("shipments", 3, "currency", "CAD", "R204/shipments/CAD/2026-10"),
        ("prices", 2, "segment", "ONLINE", "R205/00123/RETAIL"),
        ("costs", 4, "item", "X-78", "R202/X-77"),
    ],
)
def test_a_code_or_factor_nobody_knows_is_a_break_with_its_first_record(
    table: str, row: int, column: str, text: str, break_id: str
) -> None:
    breaks = reconcile(_with(table, row, column, text), rules(), None).breaks
    assert break_id in breaks["break"].to_list()


def test_an_account_of_the_config_that_the_ledger_does_not_have_is_named() -> None:
    mistyped = replace(rules(), accounts={"revenue": ["4000", "400l"]})
    notes = reconcile(tables(), mistyped, None).notes.filter(pl.col("code") == "R403")
    assert notes["message"].to_list() == [
        "the ledger has no account 400l, which the config counts as revenue; it has 1300, 4000"
    ]


def test_a_number_without_its_factor_is_left_out_and_listed_never_counted_as_zero() -> None:
    result = reconcile(_with("orders", 2, "uom", "PAL"), rules(), None)
    assert result.left_out.select("measure", "read", "row").rows() == [("demand", Decimal(5), 2)]
    orders = result.dataset.filter((pl.col("version") == "orders") & (pl.col("measure") == "demand"))
    assert orders["value"].to_list() == [Decimal(7)]


def test_the_gate_fails_on_an_error_until_someone_waives_it() -> None:
    broken = _with("ledger", 2, "amount", "12585.00")
    waiver = Waiver("R101/SOAP/2026-09", "Controller", "journal to be reversed", date(2026, 12, 1))
    assert not gate(reconcile(broken, rules(), None).breaks)
    waived = reconcile(broken, replace(rules(), waivers=(waiver,)), None)
    assert gate(waived.breaks)
    assert "R101" not in waived.findings["code"]
    assert waived.breaks.select("status", "waived_by").rows() == [("waived", "Controller")]


def test_the_same_break_next_cycle_keeps_its_id_and_is_two_cycles_old() -> None:
    broken = _with("ledger", 2, "amount", "12585.00")
    first = reconcile(broken, rules(date(2026, 11, 1)), None)
    last = LastCycle(date(2026, 10, 1), first.dataset, broken["orders"], first.breaks)
    second = reconcile(broken, rules(date(2026, 12, 1)), last)
    assert first.breaks.select("break", "age", "status").rows() == [("R101/SOAP/2026-09", 1, "new")]
    assert second.breaks.select("break", "age", "status").rows() == [("R101/SOAP/2026-09", 2, "open")]


def test_a_strategic_account_that_moves_its_orders_and_a_restated_month_are_seen() -> None:
    before = reconcile(tables(), rules(), None)
    last = LastCycle(date(2026, 10, 1), before.dataset, tables()["orders"], before.breaks)
    now = tables()
    now["orders"] = inline(
        "orders",
        """order line item  site account promised   quantity uom amount currency
           9     1    00123 D1   A1      2027-03-15 5        CS  120.00 EUR
           9     2    X-77  D1   A2      2027-03-15 7        EA  80.00  USD""",
    )
    now["shipments"] = _with("shipments", 2, "amount", "250.00")["shipments"]
    breaks = reconcile(now, rules(), last).breaks
    moved = breaks.filter(pl.col("code") == "R301").row(0, named=True)
    assert (moved["break"], moved["difference"], moved["worth"]) == ("R301/A1/SOAP", Decimal(60), Decimal(120))
    restated = breaks.filter(pl.col("code") == "R302").row(0, named=True)
    assert (restated["break"], restated["difference"]) == ("R302/SOAP/2026-09", Decimal(10))


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)), st.permutations(range(7)))
def test_the_order_of_rows_does_not_matter(shipments: list[int], ledger: list[int]) -> None:
    shuffled = tables()
    shuffled["shipments"] = shuffled["shipments"][shipments]
    shuffled["ledger"] = shuffled["ledger"][ledger]
    assert_frame_equal(reconcile(shuffled, rules(), None).dataset, reconcile(tables(), rules(), None).dataset)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-99999, 99999)), min_size=4, max_size=4))
def test_units_and_money_are_conserved_from_ingested_to_reconciled(sold: list[tuple[int, int]]) -> None:
    changed = tables()
    changed["shipments"] = changed["shipments"].with_columns(
        quantity=pl.Series([quantity for quantity, _ in sold]).cast(EXACT),
        amount=pl.Series([Decimal(cents) / 100 for _, cents in sold]).cast(EXACT),
    )
    result = reconcile(changed, rules(), None)
    per_uom = [Decimal(12), Decimal(1), Decimal(1), Decimal(12)]
    rate = [Decimal(1), Decimal("0.92"), Decimal(1), Decimal(1)]
    units = sum((Decimal(quantity) * factor for (quantity, _), factor in zip(sold, per_uom, strict=True)), Decimal())
    money = sum((Decimal(cents) / 100 * factor for (_, cents), factor in zip(sold, rate, strict=True)), Decimal())
    assert _value(result, None, "units") == units
    assert _value(result, None, "demand") == units
    assert _value(result, None, "revenue") == money


def _value(result: Reconciled, month: str | None, measure: str, family: str | None = None) -> Decimal:
    rows = result.dataset.filter((pl.col("version") == "actual") & (pl.col("measure") == measure))
    if month is not None:
        rows = rows.filter(pl.col("month") == date.fromisoformat(f"{month}-01"))
    if family is not None:
        rows = rows.filter(pl.col("family") == family)
    return Decimal(rows["value"].sum())


def _with(table: str, row: int, column: str, text: str) -> Tables:
    """The company with one cell changed; `row` is the line of the file."""
    changed = tables()
    value = pl.lit(text).cast(changed[table].schema[column])
    changed[table] = changed[table].with_columns(
        pl.when(pl.col("row") == row).then(value).otherwise(pl.col(column)).alias(column)
    )
    return changed
