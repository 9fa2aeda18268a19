"""What the pack says of a company small enough to check by hand."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from sop_cli.findings.words import amount
from sop_cli.schemas.pack import Pack, PackTable, Section
from sop_cli.stages.pack.levers import levers
from sop_cli.stages.pack.pack import pack
from tests.inline_tables import inline
from tests.stages.pack.company import OWNERS, company, pack_facts


@pytest.fixture(scope="module")
def content() -> Pack:
    return pack(pack_facts(company()))


def section(content: Pack, name: str) -> Section:
    return next(one for one in (*content.sections, *content.appendix) if one.name == name)


def table(content: Pack, name: str, title: str) -> PackTable:
    return next(one for one in section(content, name).tables if one.title.startswith(title))


def test_decisions_come_first_and_the_proof_last_before_the_appendix(content: Pack) -> None:
    assert content.sections[0].name == "Decisions"
    assert content.sections[-1].name == "Data trust"
    assert [one.name for one in content.appendix] == ["Family SOAP", "Family TOOLS", "Items", "Definitions"]


def test_every_decision_has_a_question_a_lever_an_owner_and_a_date(content: Pack) -> None:
    rows = table(content, "Decisions", "Decisions").rows
    assert 1 <= len(rows) <= 5
    for _, question, _, offered, owner, decide_by in rows:
        assert str(question).endswith("?")
        assert offered
        assert owner in OWNERS.values()
        assert str(decide_by) >= content.cycle


def test_an_overload_names_its_resource_and_prices_overtime_and_free_hours(content: Pack) -> None:
    rows = table(content, "Decisions", "Decisions").rows
    levers = next(str(row[3]) for row in rows if "FILL in P1" in str(row[1]))
    assert "4 of 18 h for EUR 120" in levers  # two months of two hours at 30.00
    assert "build ahead" in levers


def test_the_bridge_table_adds_up_from_budget_to_landing(content: Pack) -> None:
    rows = table(content, "Landing", "EBITDA").rows
    values = [value for _, value in rows if isinstance(value, Decimal)]
    assert len(values) == len(rows)
    assert sum(values[:-1]) == values[-1]


def test_the_bridge_in_the_picture_adds_up_too(content: Pack) -> None:
    values = [value for value in section(content, "Landing").charts[0].series[0].values if value is not None]
    assert sum(values[:-1]) == pytest.approx(values[-1], abs=Decimal("0.01"))


def test_families_add_up_to_the_last_row(content: Pack) -> None:
    for name, title in (
        ("Landing", "Revenue landing"),
        ("Demand", "Demand by family"),
        ("Inventory and cash", "Stock"),
    ):
        *families, total = table(content, name, title).rows
        assert sum(row[1] for row in families if isinstance(row[1], Decimal)) == total[1], title


def test_a_family_rolls_forward_in_its_grid(content: Pack) -> None:
    lines = {row[0]: row[1:] for row in table(content, "Family SOAP", "S&OP grid").rows}
    closing, made, shipped = lines["closing stock"], lines["production"], lines["shipped"]
    for at in range(3, 10):
        before, after = closing[at - 1], closing[at]
        assert isinstance(before, Decimal) and isinstance(after, Decimal)
        assert after == before + _number(made[at]) - _number(shipped[at])


def test_items_stand_behind_their_families_with_what_adds_up_to_them(content: Pack) -> None:
    rows = table(content, "Items", "Items").rows
    assert [row[:2] for row in rows] == [("SOAP", "00123"), ("TOOLS", "X-77")]
    families = {row[0]: row for row in table(content, "Demand", "Demand by family").rows}
    for family, _, _, _, coming, *_ in rows:
        assert coming == families[family][2]


def test_a_failed_gate_stamps_the_pack_and_titles_the_trust_page() -> None:
    broken = company() | {"ledger": inline("ledger", "month gl_account family amount\n2026-09 4000 SOAP 99999.00")}
    content = pack(pack_facts(broken))
    assert content.stamp is not None and content.stamp.startswith("NOT RECONCILED")
    assert section(content, "Data trust").title.startswith("Not reconciled: 1 error")


def test_a_company_without_ledger_is_not_called_reconciled_in_full() -> None:
    extracts = company()
    del extracts["ledger"]
    page = section(pack(pack_facts(extracts)), "Data trust")
    assert page.title == "Reconciled: what could be checked ties out"
    assert "revenue to ledger" in page.sentences[-1]


def test_a_company_with_nothing_to_tie_out_says_so() -> None:
    extracts = {name: rows for name, rows in company().items() if name not in ("ledger", "stock")}
    assert section(pack(pack_facts(extracts)), "Data trust").title.startswith("Not checked")


def test_a_company_without_budget_has_no_landing_and_no_divergence() -> None:
    extracts = company()
    del extracts["aop"]
    content = pack(pack_facts(extracts))
    assert "no complete budget" in section(content, "Landing").title
    assert section(content, "Divergences").title.startswith("There is no budget")


def test_a_company_without_costs_has_no_margin_rather_than_a_full_one() -> None:
    extracts = company()
    del extracts["costs"]
    lines = {row[0]: row[3] for row in table(pack(pack_facts(extracts)), "Landing", "Landing by line").rows}
    assert lines["revenue"] is not None
    assert lines["COGS"] is lines["gross margin"] is lines["EBITDA"] is None


def test_a_quiet_company_needs_no_decision() -> None:
    facts = pack_facts(company())
    quiet = replace(facts, exceptions=facts.exceptions.clear(), flags=facts.flags.clear())
    assert section(pack(quiet), "Decisions").title == "No decision is needed this cycle"


def test_an_order_that_is_past_due_was_asked_for_in_the_month_it_was_promised() -> None:
    written = """
        order line item  site account promised   quantity uom amount currency
        9     1    00123 D1   A1      2026-10-15 5        CS  120.00 EUR"""
    owed, ahead = (
        pack(pack_facts(company(orders=orders))) for orders in (written, written.replace("2026-10", "2027-02"))
    )
    asked, asked_without = (
        {row[0]: row[1:] for row in table(content, "Family SOAP", "S&OP grid").rows}["demand falling due"]
        for content in (owed, ahead)
    )
    assert _number(asked[2]) == _number(asked_without[2]) + 60  # October: five cases of twelve
    last, last_without = (
        {row[0]: row[1] for row in table(content, "Demand", "Demand by family").rows}["SOAP"]
        for content in (owed, ahead)
    )
    assert _number(last) == _number(last_without) + 60


def test_a_short_horizon_is_held_against_the_same_months_a_year_before(content: Pack) -> None:
    facts = pack_facts(company())
    short = replace(facts, calendar=replace(facts.calendar, horizon=1))
    demand = table(pack(short), "Demand", "Demand by family")
    assert [column.title for column in demand.columns[1:3]] == ["The same a year before", "Next 1 month"]
    assert {row[1] for row in demand.rows[:-1]} == {None}  # nothing is known of November 2025
    assert table(content, "Demand", "Demand by family").columns[1].title == "Last 12 months"


def test_a_family_says_how_much_is_late_when_it_is_worst(content: Pack) -> None:
    page = section(content, "Family SOAP")
    heads = [column.title for column in page.tables[0].columns]
    owed = {row[0]: row for row in page.tables[0].rows}["unmet, owed at month end"]
    worst = max(_number(value) for value in owed[1:])
    assert page.title == f"SOAP (made to stock): up to {worst:.0f} units late, at the end of {heads[owed.index(worst)]}"
    assert section(content, "Family TOOLS").title == "TOOLS (made to stock): all that falls due ships on time"


def test_a_missed_landing_offers_only_what_is_still_to_come(content: Pack) -> None:
    facts = pack_facts(company())
    total = facts.landing.filter((pl.col("family") == "all families") & (pl.col("measure") == "ebitda"))
    gap, gone = total.select("difference", pl.col("to_date") - pl.col("budget_to_date")).row(0)
    assert gap < gone < 0  # October missed the budget, and the months to come miss it too
    offered = levers(facts, {"code": "V103", "place": "all families / landing", "worth": -gap})
    volume = facts.to_go.filter(
        (pl.col("scope") == "all families") & (pl.col("measure") == "gross_margin") & (pl.col("step") == "volume")
    )["value"].item()
    assert f"volume back to budget from 2026-11 on: {amount(volume, 'EUR')}" in offered
    assert offered[-1] == f"re-forecast: {amount(gone, 'EUR')} is in the actuals already"


def test_a_price_leak_is_priced_for_the_rest_of_the_year_and_not_for_what_is_gone(content: Pack) -> None:
    facts = pack_facts(company())
    row = facts.landing.filter((pl.col("family") == "SOAP") & (pl.col("measure") == "revenue")).row(0, named=True)
    first = levers(facts, {"code": "V105", "place": "SOAP / year to date", "worth": row["to_date"] / 10})[0]
    assert first.endswith(f"another {amount(row['to_go'] / 10, 'EUR')} is lost by year-end")


def test_every_line_of_the_landing_and_its_bridge_is_defined(content: Pack) -> None:
    defined = {row[0] for row in table(content, "Definitions", "Terms").rows}
    shown = {row[0] for title in ("Landing by line", "EBITDA") for row in table(content, "Landing", title).rows}
    assert shown - {"budget", "rounding"} <= defined
    assert not [row for row in table(content, "Definitions", "Terms").rows if "_" in f"{row[0]}{row[1]}"]


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
