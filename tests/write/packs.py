"""Small packs the tests of this room write; the company is fictional."""

from dataclasses import replace
from decimal import Decimal

from sop_cli.schemas.pack import Chart, Pack, PackColumn, PackTable, Section, Series, Value

STAMP = "NOT RECONCILED: 2 breaks & no waiver"

BRIDGE = Chart(
    "landing-bridge",
    "FY2026 lands 4.1 million below budget",
    "bridge",
    "EUR million",
    ("Budget", "Volume", "Price", "Landing"),
    (Series("Revenue", (Decimal("121.5"), Decimal("-5.3"), Decimal("1.2"), Decimal("117.4")), "actual", "bar"),),
    "Budget 121.5, landing 117.4 EUR million.",
)
COMBO = Chart(
    "demand",
    "Demand stays below budget & never <recovers>",
    "combo",
    "units",
    ("2026-10", "2026-11", "2026-12"),
    (
        Series("Actual", (Decimal(40), None, None), "actual", "bar"),
        Series("Projection", (None, Decimal(42), Decimal("43.5")), "projection", "bar"),
        Series("Budget", (Decimal(50), Decimal(51), None), "budget"),
    ),
    "Demand against budget by month.",
)
FAMILIES = PackTable(
    "Landing by family",
    (PackColumn("Family"), PackColumn("Revenue", "money"), PackColumn("Gap %", "percent"), PackColumn("Cover", "days")),
    (
        ("=cmd()", Decimal("1234567.891"), Decimal("-5.25"), Decimal("38.25")),
        ("Face | care", Decimal("-980.5"), None, Decimal("0")),
        ("Total", Decimal("1233587.391"), Decimal("2"), None),
    ),
    total=True,
)


def small_pack(stamp: str | None = None) -> Pack:
    """Two sections and an appendix."""
    return Pack(
        "Nordlys Care (fictional)",
        "2026-11",
        "2026-10",
        "EUR",
        stamp,
        (
            Section("Decisions", "One decision keeps 1.2 million", ("Decide by 2026-12-15.",), (), (FAMILIES,)),
            Section("Demand", "Demand stays below budget", ("+4 % bias.",), (BRIDGE, COMBO), (FAMILIES,)),
        ),
        (Section("Definitions", "Definitions of measures", ("Cover = stock / demand.",)),),
    )


def pack_of(*sections: Section, stamp: str | None = None) -> Pack:
    """A pack with these sections only."""
    return replace(small_pack(stamp), sections=sections, appendix=())


def many_families(count: int) -> PackTable:
    """A table with `count` families, 18 months and a total."""
    months = tuple(PackColumn(f"2027-{month:02d}", "units") for month in range(1, 19))
    rows: list[tuple[Value, ...]] = [
        (f"Family {at}", *(Decimal(at * 100_000 + month) for month in range(18))) for at in range(count)
    ]
    total = (Decimal(10**9 + month) for month in range(18))
    return PackTable("Demand", (PackColumn("Family"), *months), (*rows, ("Total", *total)), total=True)


def awkward_packs() -> dict[str, Pack]:
    """Packs that a renderer might stumble over, by what is awkward about them."""
    long = "A name that goes on and on " * 12
    unknown = PackTable("Nothing known", FAMILIES.columns, ((None, None, None, None),) * 2)
    nan = PackTable("Not numbers", FAMILIES.columns, (("x", Decimal("NaN"), Decimal("Infinity"), Decimal("-0.04")),))
    twins = PackTable("Same headings", (PackColumn("A"), PackColumn("a"), PackColumn("")), (("x", "y", "z"),) * 12)
    blank = replace(COMBO, series=(Series("None", (None, None, None), "actual"),))
    below = replace(
        BRIDGE, series=(Series("Result", (Decimal("0.8"), Decimal("-1.4"), None, Decimal("-0.6")), "actual", "bar"),)
    )
    lone = replace(BRIDGE, categories=("Budget",), series=(Series("Result", (Decimal(5),), "actual", "bar"),))
    return {
        "no sections": pack_of(),
        "a section without anything": pack_of(Section("Empty", "Nothing happened")),
        "one family": pack_of(Section("Demand", "One", (), (), (many_families(1),))),
        "sixty families": pack_of(Section("Demand", "Sixty", (), (COMBO,), (many_families(60), many_families(60)))),
        "long names": pack_of(Section(long, long, (long,), (replace(COMBO, title=long, name=long),), (FAMILIES,))),
        "nothing known": pack_of(Section("None", "None", (), (blank,), (unknown,))),
        "not a number": pack_of(Section("NaN", "NaN", (), (), (nan,))),
        "an empty table": pack_of(Section("Empty", "Empty", (), (), (replace(FAMILIES, rows=(), total=False),))),
        "a table without columns": pack_of(Section("Bare", "Bare", (), (), (PackTable("Bare", (), ()),))),
        "headings twice": pack_of(Section("Twins", "Twins", (), (), (twins,))),
        "bridges below zero and alone": pack_of(Section("Bridge", "Bridge", (), (below, lone, BRIDGE))),
        "section names a sheet cannot have": pack_of(
            Section("Supply / PKG:1 [A]*?", "One"), Section("Supply   PKG 1 A", "Two"), Section("'History'", "Three"),
            Section("Contents", "Four"), Section("", "Five"), Section("It's", "Six"),
        ),
    }  # fmt: skip
