"""What a planner should know although nothing is broken: waivers and accounts that miss, tables nobody gave."""

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.reconcile import NO_SUCH_ACCOUNT, NOT_GIVEN, WAIVES_NOTHING
from sop_cli.stages.reconcile.breaks import Waiver

MENTIONED = 12  # accounts of the extract that a message lists

# What is not known, not checked or taken as something else without the table.
WITHOUT = {
    "customers": "segments and strategic accounts are not known, and accounts are not checked",
    "shipments": "there are no actuals, and no history that demand could be projected from",
    "orders": "next month's demand is the forecast, as no orders are known",
    "forecast": "demand is projected from history alone",
    "stock": "opening stock is taken as 0",
    "production": "the stock of made items is not rolled forward",
    "purchases": "the stock of bought items is not rolled forward",
    "capacity": "plants are planned as if they had hours enough",
    "routings": "nothing made loads a resource, so no overload can be seen",
    "supplier_limits": "suppliers are planned as if they could deliver anything",
    "costs": "COGS, margin and stock value are not known",
    "prices": "revenue is projected at the average price realised",
    "rates": "amounts in other currencies are left out",
    "ledger": "neither revenue nor stock is held against the books, and costs beyond COGS are not known",
    "aop": "there is no budget to compare with",
    "lever_costs": "ways out of a shortage have no price",
}


def waivers_that_miss(waivers: Sequence[Waiver], register: pl.DataFrame) -> pl.DataFrame:
    """R401: waivers that hold in this cycle though the break they name is not there."""
    known = register["break"].to_list()
    rows = []
    for waiver in waivers:
        if waiver.break_id not in known:
            near = get_close_matches(waiver.break_id, known, 1, 0.8)
            meant = f"; did {waiver.who} mean {near[0]}?" if near else ""
            rows.append(
                {
                    "file": "waivers.yaml",
                    "value": waiver.break_id,
                    "message": f"{waiver.who} waives {waiver.break_id}, which is not broken in this cycle{meant}",
                }
            )
    return findings(WAIVES_NOTHING, rows)


def posted(ledger: pl.LazyFrame) -> list[str]:
    """The accounts of the ledger extract, in their order."""
    return ledger.select(pl.col("gl_account").unique().sort()).collect().to_series().to_list()


def accounts_without_postings(accounts: Mapping[str, Sequence[str]], ledger: pl.LazyFrame) -> pl.DataFrame:
    """R403: accounts of the config that the ledger extract, where there is one, does not have."""
    known = posted(ledger)
    named = [(line, code) for line, codes in accounts.items() for code in codes if known and code not in known]
    some = ", ".join(known[:MENTIONED]) + (", ..." if len(known) > MENTIONED else "")
    rows = [
        {
            "source": "ledger",
            "value": code,
            "place": line,
            "message": f"the ledger has no account {code}, which the config counts as {line}; it has {some}",
        }
        for line, code in named
    ]
    return findings(NO_SUCH_ACCOUNT, rows)


def tables_not_given(given: Collection[str]) -> pl.DataFrame:
    """R402: tables without an extract, each with what that means for the plan."""
    missing = [{"source": name, "message": f"no {name}: {what}"} for name, what in WITHOUT.items() if name not in given]
    return findings(NOT_GIVEN, missing)
