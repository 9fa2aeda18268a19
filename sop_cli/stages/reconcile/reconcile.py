"""Typed tables become one dataset, with the proof that it ties out and a register of what does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sop_cli.findings.finding import FINDING_COLUMNS, all_findings
from sop_cli.schemas.calendar import add_months
from sop_cli.schemas.chart import of_chart
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.reconcile import changes, master, notes, tie_outs
from sop_cli.stages.reconcile.breaks import Waiver, register
from sop_cli.stages.reconcile.dataset import dataset as add_up
from sop_cli.stages.reconcile.lines import lines as all_lines
from sop_cli.stages.reconcile.planning import planning_tables
from sop_cli.stages.reconcile.tie_outs import Tolerance


@dataclass(frozen=True)
class ReconcileRules:
    """What the config says about this stage."""

    cycle: date
    currency: str
    accounts: Mapping[str, Sequence[str]]  # ledger line -> account codes, or beginnings that end in `*`
    revenue: Tolerance
    inventory: Tolerance
    roll_forward: Tolerance
    owners: Mapping[str, str]  # rule code -> role; "" for the rest
    waivers: Sequence[Waiver]

    @property
    def as_of(self) -> date:
        """The last closed month."""
        return add_months(self.cycle, -1)


@dataclass(frozen=True)
class LastCycle:
    """What the cycle before left behind."""

    as_of: date
    dataset: pl.DataFrame
    orders: pl.DataFrame
    breaks: pl.DataFrame


@dataclass(frozen=True)
class Reconciled:
    """The trusted dataset and everything that speaks for or against it."""

    dataset: pl.DataFrame  # DATASET
    lines: pl.DataFrame  # LINES: what the dataset adds up, down to file, sheet and row
    breaks: pl.DataFrame  # REGISTER
    left_out: pl.DataFrame  # lines that could not be counted
    tie_outs: pl.DataFrame  # tie_out, month, family, expected, found, difference: every comparison made
    planning: Mapping[str, pl.DataFrame]
    notes: pl.DataFrame  # findings that are no breaks: waivers that miss, tables nobody gave

    @property
    def findings(self) -> pl.DataFrame:
        """The breaks nobody has waived, and the notes, in the shape every stage reports in."""
        return all_findings([self.breaks.filter(pl.col("status") != "waived").select(*FINDING_COLUMNS), self.notes])


def reconcile(tables: Mapping[str, pl.DataFrame], rules: ReconcileRules, last: LastCycle | None) -> Reconciled:
    """One dataset from typed `tables`; a table without an extract may be absent, and what is held against it is not.

    Nothing is lost: every line is in the dataset or, where a factor is missing, in `left_out` and under a break.
    """
    lazy = {
        name: tables[name].lazy() if name in tables else pl.LazyFrame(schema=table.schema())
        for name, table in TABLES.items()
    }
    accounts = of_chart(rules.accounts, notes.posted(lazy["ledger"]))
    lines = all_lines(lazy, currency=rules.currency, as_of=rules.as_of, accounts=accounts).collect()
    dataset = add_up(lines.lazy()).collect()
    revenue, revenue_breaks = tie_outs.revenue_to_ledger(dataset.lazy(), rules.revenue, rules.currency)
    inventory, inventory_breaks = tie_outs.inventory_to_ledger(dataset.lazy(), rules.inventory, rules.currency)
    stock, stock_breaks = tie_outs.stock_roll_forward(dataset.lazy(), rules.roll_forward, _receipts_known(lazy, tables))
    found = [
        revenue_breaks,
        inventory_breaks,
        stock_breaks,
        master.unknown_items(lazy),
        *([master.unknown_accounts(lazy)] if "customers" in tables else []),
        master.unknown_families(lazy),
        *([master.missing_costs(lines.lazy())] if "costs" in tables else []),
        *([master.missing_prices(lazy)] if "prices" in tables else []),
        master.missing_conversions(lazy),
        master.missing_rates(lazy, currency=rules.currency, as_of=rules.as_of),
    ]
    if last is not None:
        found += [
            changes.orders_moved(lines.lazy(), lazy["orders"], last.orders.lazy(), lazy["customers"]),
            changes.restated(dataset.lazy(), last.dataset.lazy(), last.as_of, rules.currency),
        ]
    breaks = register(
        found,
        cycle=rules.cycle,
        owners=rules.owners,
        waivers=rules.waivers,
        previous=None if last is None else last.breaks,
    )
    return Reconciled(
        dataset=dataset,
        lines=lines,
        breaks=breaks,
        left_out=master.left_out(lines.lazy()).collect(),
        tie_outs=_proof({"revenue to ledger": revenue, "inventory to ledger": inventory, "stock roll-forward": stock}),
        planning=planning_tables(lazy, currency=rules.currency, as_of=rules.as_of),
        notes=all_findings(
            [
                notes.waivers_that_miss(rules.waivers, breaks),
                notes.accounts_without_postings(accounts, lazy["ledger"]),
                notes.tables_not_given(tables),
            ]
        ),
    )


def _receipts_known(lazy: Mapping[str, pl.LazyFrame], tables: Mapping[str, pl.DataFrame]) -> pl.LazyFrame | None:
    """The items whose receipts the extracts tell, for their stock to be rolled forward; None means all."""
    known = [supply for supply, table in (("make", "production"), ("buy", "purchases")) if table in tables]
    return None if len(known) == 2 else lazy["items"].filter(pl.col("supply").is_in(known)).select("item")


def _proof(checked: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every comparison of every tie-out under one heading, also those that tie."""
    return pl.concat(
        frame.select(
            pl.lit(name).alias("tie_out"),
            "month",
            "family",
            pl.col("expected", "found", "difference").cast(EXACT),
        )
        for name, frame in checked.items()
    )
