"""A ledger that posts revenue as credit is told, with the words that turn revenue and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.completeness.credits import credit_findings, sums_below_zero
from sop_cli.stages.ingest.rules import SourceRules, contradictions
from tests.inline_tables import inline
from tests.stages.ingest.source import Source, ingest

Csv = Callable[..., Grid]
ACCOUNTS = {"revenue": ["4000", "4010"], "cogs": ["5000"], "inventory_value": ["1000"]}
MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")


def _ledger(**amounts: Sequence[int]) -> pl.DataFrame:
    lines = [f"{month} {account[1:]} {amount}" for account, own in amounts.items()
             for month, amount in zip(MONTHS, own, strict=False)]  # fmt: skip
    return inline("ledger", "\n".join(["month gl_account amount", *lines]))


def _told(
    records: pl.DataFrame, table: str = "ledger", signs: Mapping[str, int] | None = None
) -> list[tuple[str, str]]:
    found = credit_findings(records.lazy(), TABLES[table], ACCOUNTS, signs or {})
    return found.select("message", "hint").rows()


def test_revenue_alone_is_turned_and_costs_keep_their_sign() -> None:
    ((message, hint),) = _told(_ledger(a4000=(-9, -8, -7, -9), a4010=(-1, -1, -1, -1), a5000=(5, 5, 5, 5)))
    assert message.startswith("revenue, account 4000 and 4010, is negative in 8 of 8 records")
    assert "`turn_sign: {gl_account: [4000, 4010]}`" in hint


def test_accounts_the_plan_does_not_name_keep_their_sign_as_well() -> None:
    ((_, hint),) = _told(_ledger(a4000=(-9, -8, -7, -9), a6200=(5, 5, 5, 5)))
    assert "`turn_sign: {gl_account: [4000]}`" in hint


def test_a_ledger_that_is_negative_throughout_is_turned_as_a_whole() -> None:
    records = _ledger(a4000=(-9, -8, -7, -9), a5000=(-5, -5, -5, -5))
    assert "`scale: {amount: -1}`" in _told(records)[0][1]
    assert "`scale: {amount: 1000}`" in _told(records, signs={"ledger": -1000})[0][1]


@pytest.mark.parametrize(
    "amounts",
    [
        {"a4000": (9, 8, 7, 9), "a5000": (5, 5, 5, 5)},
        {"a4000": (9, -8, 7, 9), "a5000": (5, 5, 5, 5)},  # a month of returns
        {"a4000": (-9, -8)},  # too few
        {"a4000": (9, 9, 9, 9), "a4990": (-1, -1, -1, -1)},  # an account that is no line of the plan
        {"a4000": (0, 0, 0, 0)},
    ],
)
def test_what_has_the_signs_of_the_plan_is_not_told(amounts: dict[str, tuple[int, ...]]) -> None:
    assert _told(_ledger(**amounts)) == []


def test_a_budget_with_credit_signs_names_its_measure() -> None:
    lines = [
        f"AOP {measure} A {month} {value}" for month in MONTHS for measure, value in (("revenue", -5), ("cogs", 3))
    ]
    ((message, hint),) = _told(inline("aop", "\n".join(["version measure item month value", *lines])), "aop")
    assert message.startswith("revenue is negative in 4 of 4 records")
    assert "`turn_sign: {measure: [revenue]}`" in hint


def test_tables_without_accounts_or_measures_have_no_such_signs() -> None:
    assert _told(inline("stock", "month item site quantity\n2026-10 A P1 -5"), "stock") == []


TEXT = "month,account,amount\n2026-10,4000,-100\n2026-10,4010,-20\n2026-10,5000,60\n"


def _turned(page: Grid, **rules: object) -> Source:
    given = SourceRules("ledger", TABLES["ledger"], turn_sign={"gl_account": ["40*"]}, **rules)  # type: ignore[arg-type]
    return ingest([page], given, date(2026, 10, 1))


def test_turned_records_change_their_sign_and_no_others(csv: Csv) -> None:
    found = _turned(csv(TEXT))
    assert found.table.select("gl_account", pl.col("amount").cast(int)).rows() == [
        ("4000", 100),
        ("4010", 20),
        ("5000", 60),
    ]
    assert found.controls.filter(column="amount").select("read", "accepted").row(0) == (Decimal(180), Decimal(180))


def test_a_total_of_the_file_counts_its_own_signs(csv: Csv) -> None:
    assert _turned(csv(TEXT + "Total,,-60\n")).findings.filter(code="I115").is_empty()
    assert _turned(csv(TEXT + "Total,,-61\n")).findings.filter(code="I115")["message"].to_list() == [
        "Total says -61, but rows 2 to 4 add up to -60"
    ]
    assert _turned(csv(TEXT + "Total,,-61\n"), scale={"amount": 1000}).findings.filter(code="I115").height == 1


def test_a_constant_says_what_is_turned_too(csv: Csv) -> None:
    page = csv("item,family,2026-10,2026-11,2026-12\nA,F,-1,-2,-3\n")
    rules = SourceRules(
        "aop", TABLES["aop"], constants={"version": "AOP", "measure": "revenue"}, turn_sign={"measure": ["revenue"]}
    )
    found = ingest([page], rules, date(2026, 10, 1))
    assert found.table["value"].cast(int).to_list() == [1, 2, 3]


def test_only_codes_and_words_say_which_records_are_turned() -> None:
    rules = SourceRules("ledger", TABLES["ledger"], turn_sign={"amount": ["1"], "acount": ["1"]})
    assert [one.place for one in contradictions(rules)] == [("turn_sign", "amount"), ("turn_sign", "acount")]


LINES = """\
order,line,item,site,account,promised,shipped,quantity,amount
1,1,A,P1,C1,2026-10-01,2026-10-01,{0},{1}
2,1,A,P1,C1,2026-10-02,2026-10-02,{2},{3}
"""


def _below(csv: Csv, *numbers: int, **scale: int) -> list[tuple[str, str]]:
    rules = SourceRules("sales", TABLES["shipments"], scale=scale)
    source = ingest([csv(LINES.format(*numbers))], rules, date(2026, 10, 1))
    return (
        sums_below_zero(source.controls, {"sales": TABLES["shipments"]}, {"sales": scale})
        .select("message", "hint")
        .rows()
    )


def test_amounts_below_zero_on_the_whole_are_told_with_the_scale_that_turns_them(csv: Csv) -> None:
    ((message, hint),) = _below(csv, 10, -1000, 2, -200)
    assert message.startswith("amount adds up to -1,200 in the records accepted")
    assert "`scale: {amount: -1}`" in hint
    assert "`scale: {quantity: -1000}`" in _below(csv, -10, 1000, -2, 200, quantity=1000)[0][1]


def test_returns_that_are_less_than_what_went_out_are_no_credit_signs(csv: Csv) -> None:
    assert _below(csv, 10, 1000, -9, -900) == []
    assert _below(csv, 0, 0, 0, 0) == []


def test_a_sign_that_the_config_has_turned_is_meant(csv: Csv) -> None:
    assert _below(csv, 10, 1000, 2, 200, quantity=-1, amount=-1) == []


def test_a_budget_is_judged_line_by_line_and_not_by_its_sum(csv: Csv) -> None:
    text = "version,measure,month,value\nAOP,revenue,2027-01,5\nAOP,cogs,2027-01,-9\n"
    source = ingest([csv(text)], SourceRules("aop", TABLES["aop"]), date(2026, 10, 1))
    assert sums_below_zero(source.controls, {"aop": TABLES["aop"]}, {}).is_empty()
