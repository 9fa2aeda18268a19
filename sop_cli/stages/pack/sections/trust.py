"""Whether the numbers may be trusted: what was read, what ties out, what is broken or waived."""

from decimal import Decimal

import polars as pl

from sop_cli.findings.words import counted, month, quantity
from sop_cli.schemas.pack import PackColumn, PackTable, Section
from sop_cli.stages.pack.facts import PackFacts

CHECKS = {"revenue to ledger": "R101", "inventory to ledger": "R102", "stock roll-forward": "R103"}


def trust(facts: PackFacts) -> Section:
    """Grade and proof: tie-outs, breaks by age and owner, records read per file."""
    breaks = facts.breaks
    errors = breaks.filter(pl.col("severity") == "error")
    waived = errors.filter(pl.col("status") == "waived").height
    open_errors = errors.height - waived
    unchecked = sorted(CHECKS.keys() - set(facts.tie_outs["tie_out"]))
    if open_errors:
        title = f"Not reconciled: {counted(open_errors, 'error')} that nobody has waived"
    elif len(unchecked) == len(CHECKS):
        title = "Not checked: there is neither a ledger nor stock movements to tie out to"
    elif waived:
        title = f"Reconciled, with {counted(waived, 'break')} waived"
    else:
        title = "Reconciled: what could be checked ties out" if unchecked else "Reconciled: everything ties out"
    records = facts.controls.filter(pl.col("column") == "records")
    read, accepted, rejected, excluded = (
        Decimal(records[name].sum()) for name in ("read", "accepted", "rejected", "excluded")
    )
    sentences = (
        f"{quantity(read)} records read = {quantity(accepted)} accepted + {quantity(rejected)} rejected + "
        f"{quantity(excluded)} excluded by a named rule.",
        *((f"Not checked, for want of figures on one side: {', '.join(unchecked)}.",) if unchecked else ()),
    )
    return Section("Data trust", title, sentences, tables=(_tie_outs(facts), _breaks(facts), _files(records)))


def _tie_outs(facts: PackFacts) -> PackTable:
    """Comparisons made and how many tie, per tie-out."""
    unit = {"stock roll-forward": "units"}
    broken = dict(facts.breaks.group_by("code").len().rows())
    waived = dict(facts.breaks.filter(pl.col("status") == "waived").group_by("code").len().rows())
    made = facts.tie_outs.group_by("tie_out").agg(
        pl.len(), pl.col("expected").sum(), pl.col("found").sum(), pl.col("difference").sum()
    ).sort("tie_out")  # fmt: skip
    counts = ("Comparisons", "Broken", "of them waived", "Expected", "Found", "Difference")
    return PackTable(
        "Tie-outs, by month and family (stock: by month, item and site)",
        (PackColumn("Tie-out"), PackColumn("In"), *(PackColumn(name, "count") for name in counts)),
        tuple(
            (name, unit.get(name, facts.currency), Decimal(count), Decimal(broken.get(CHECKS[name], 0)),
             Decimal(waived.get(CHECKS[name], 0)), expected, found, difference)
            for name, count, expected, found, difference in made.rows()
        ),
    )  # fmt: skip


def _breaks(facts: PackFacts) -> PackTable:
    rows = facts.breaks.select(
        "break", "severity", "status", "age", "owner", "worth", "message", "waived_by", "waived_until", "waived_why"
    )
    return PackTable(
        "Break register",
        (PackColumn("Break"), PackColumn("Severity"), PackColumn("Status"), PackColumn("Cycles", "count"),
         PackColumn("Owner"), PackColumn(f"Worth {facts.currency}", "money"), PackColumn("What"),
         PackColumn("Waived")),
        tuple(
            (name, severity, status, Decimal(age), owner, worth, message,
             None if who is None else f"{who}, until {month(until)}: {why}")
            for name, severity, status, age, owner, worth, message, who, until, why in rows.rows()
        ),
    )  # fmt: skip


def _files(records: pl.DataFrame) -> PackTable:
    columns = ("read", "accepted", "rejected", "excluded")
    return PackTable(
        "Records by file",
        (PackColumn("Source"), PackColumn("File"), PackColumn("Sheet"),
         *(PackColumn(name.capitalize(), "count") for name in columns)),
        tuple(records.select("source", "file", "sheet", *columns).rows()),
    )  # fmt: skip
