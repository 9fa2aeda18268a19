"""The break register: what does not tie, with an id that stays, its age, its owner and who waived it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sop_cli.findings.finding import FINDING_COLUMNS
from sop_cli.findings.rule import Rule
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.register import aged

# What a check says of a break; the register adds who, since when and whether it counts.
BREAK: dict[str, pl.DataType] = {
    "break": pl.String(),  # R101/F03/2026-08: the same wherever and whenever it is found again
    **FINDING_COLUMNS,
    "expected": EXACT,
    "found": EXACT,
    "difference": EXACT,  # found - expected
    "unit": pl.String(),
}
REGISTER: dict[str, pl.DataType] = BREAK | {
    "owner": pl.String(),
    "status": pl.String(),  # new, open or waived
    "first_seen": pl.Date(),  # cycle
    "age": pl.Int64(),  # cycles running, this one included
    "waived_by": pl.String(),
    "waived_until": pl.Date(),
    "waived_why": pl.String(),
}


@dataclass(frozen=True)
class Waiver:
    """One break that someone lets pass in this cycle."""

    break_id: str
    who: str
    why: str
    until: date


def breaks(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` in the shape of BREAK: code, severity and hint come from the rule, what is missing is null."""
    given = {"code": pl.lit(rule.code), "severity": pl.lit(rule.severity), "hint": pl.lit(rule.do)}
    return rows.with_columns(**given).select(
        (pl.col(name) if name in rows.columns or name in given else pl.lit(None)).cast(kind).alias(name)
        for name, kind in BREAK.items()
    )


def register(
    found: Sequence[pl.DataFrame],
    *,
    cycle: date,
    owners: Mapping[str, str],
    waivers: Sequence[Waiver],
    previous: pl.DataFrame | None,
) -> pl.DataFrame:
    """The register of this cycle, columns REGISTER, errors first, then the oldest and the worthiest.

    `waivers` are those that hold in this cycle. `previous` is the register of the cycle before: a break it
    already had keeps its first cycle.
    `owners` maps a rule code to a role; "" is whoever owns the rest.
    """
    table = pl.concat(found, how="vertical")
    waived = pl.DataFrame(
        [(waiver.break_id, waiver.who, waiver.until, waiver.why) for waiver in waivers],
        schema={
            "break": pl.String(),
            "waived_by": pl.String(),
            "waived_until": pl.Date(),
            "waived_why": pl.String(),
        },
        orient="row",
    ).unique("break", keep="last", maintain_order=True)
    table = table.join(waived, on="break", how="left", validate="m:1", maintain_order="left")
    return (
        aged(table, "break", previous, cycle)
        .with_columns(
            owner=pl.col("code").replace_strict(dict(owners), default=owners[""], return_dtype=pl.String()),
            status=pl.when(pl.col("waived_by").is_not_null())
            .then(pl.lit("waived"))
            .when(pl.col("seen_before"))
            .then(pl.lit("open"))
            .otherwise(pl.lit("new")),
        )
        .select(*REGISTER)
        .sort(
            "severity", "age", pl.col("worth").abs(), "break",
            descending=[True, True, True, False], nulls_last=True, maintain_order=True,
        )
    )  # fmt: skip


def gate(register: pl.DataFrame) -> bool:
    """Whether the dataset may be planned with: no error-severity break that nobody has waived."""
    return register.filter((pl.col("severity") == "error") & (pl.col("status") != "waived")).height == 0
