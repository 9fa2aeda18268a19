"""Nothing is lost between the extracts and the dataset, whatever the files hold: ingest and reconcile together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Literal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sop_cli.read.files import Extract
from sop_cli.read.how import How
from sop_cli.read.text.text import read_text
from sop_cli.schemas.column import EXACT
from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.mend import APPLIED
from sop_cli.stages.ingest.rules import ExcludeRule, SourceRules
from sop_cli.stages.reconcile.reconcile import Reconciled, reconcile
from tests.inline_tables import inline
from tests.stages.ingest.source import Source, ingest
from tests.stages.reconcile.company import rules

AS_OF = date(2026, 10, 1)
QUICK = settings(max_examples=12, deadline=None)

HEADER = "order,line,item,site,account,promised,shipped,quantity,uom,amount,currency"
BAD_NUMBERS = ["", "n/a", "1O4", "12.5.1", "#REF!"]
BAD_DATES = ["", "2026-02-30", "31.10.2026"]
SOUND = {"quantity": "7", "amount": "70.5", "promised": "2026-10-05", "shipped": "2026-10-06"}
PER_UOM = {("A", ""): 1, ("A", "EA"): 1, ("A", "CS"): 12, ("B", ""): 1, ("B", "EA"): 1, ("Z", ""): 1, ("Z", "EA"): 1}
RATES = {("USD", 9): Decimal("0.91"), ("USD", 10): Decimal("0.92")}
COSTS = {"A": Decimal("1.25")}


@dataclass(frozen=True)
class Shipment:
    """One line of the shipments extract, as text."""

    order: int
    item: str
    account: str
    promised: str
    shipped: str
    quantity: str
    uom: str
    amount: str
    currency: str

    def text(self) -> str:
        middle = f"{self.promised},{self.shipped},{self.quantity},{self.uom},{self.amount},{self.currency}"
        return f"{self.order},1,{self.item},D1,{self.account},{middle}"


def written(bad: bool) -> st.SearchStrategy[list[Shipment]]:
    """Shipments in every mix of known and unknown items, accounts, units, currencies; with `bad` cells or without."""
    days = st.dates(date(2026, 9, 1), date(2026, 11, 30) if bad else date(2026, 10, 31)).map(date.isoformat)
    numbers = st.integers(-5000, 5000).map(str) | st.decimals(-999, 999, places=2).map(str)

    def mostly(sound: st.SearchStrategy[str], wrong: list[str]) -> st.SearchStrategy[str]:
        return st.tuples(st.integers(0, 9), sound, st.sampled_from(wrong)).map(
            lambda drawn: drawn[2] if bad and drawn[0] == 9 else drawn[1]
        )

    line = st.builds(
        Shipment,
        order=st.integers(1, 99),
        item=st.sampled_from(["A", "B", "Z"]),
        account=st.sampled_from(["A1", "A9"]),
        promised=mostly(days, BAD_DATES),
        shipped=mostly(days, BAD_DATES),
        quantity=mostly(numbers, BAD_NUMBERS),
        uom=st.sampled_from(["", "EA", "CS", "PAL"]),
        amount=mostly(numbers, BAD_NUMBERS),
        currency=st.sampled_from(["", "EUR", "USD", "CAD"]),
    )
    return st.lists(line, min_size=1, max_size=25, unique_by=None if bad else lambda shipment: shipment.order)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("extracts")


def ingested(
    folder: Path,
    files: Sequence[Sequence[Shipment]],
    *exclude: ExcludeRule,
    repeats: Literal["first", "last"] = "first",
    corrections: Sequence[Correction] = (),
) -> Source:
    """The shipments as `sop ingest` reads them, from one or several files."""
    grids: list[Grid] = []
    for number, lines in enumerate(files):
        path = folder / f"shipments{number}.csv"
        path.write_text("\n".join([HEADER, *(line.text() for line in lines)]) + "\n")
        grids += read_text(Extract(path, path.name), How("utf-8", ","))
    given = SourceRules("shipments", TABLES["shipments"], exclude=exclude, repeats=repeats)
    return ingest(grids, given, AS_OF, corrections)


def master() -> dict[str, pl.DataFrame]:
    """Two items, one with a case and a cost; one account; rates of one currency."""
    written = {
        "items": "item family policy supply site uom case_size\nA SOAP mts make D1 EA 12\nB TOOLS mts buy D1 EA -",
        "customers": "account segment\nA1 RETAIL",
        "costs": "item valid_from cost uom\nA 2026-01 1.25 EA",
        "rates": "currency type month rate\nUSD actual 2026-09 0.91\nUSD actual 2026-10 0.92",
    }
    return {name: inline(name, text) for name, text in written.items()}


def reconciled(shipments: pl.DataFrame, more: Mapping[str, pl.DataFrame] | None = None) -> Reconciled:
    return reconcile({**master(), "shipments": shipments, **(more or {})}, rules(), None)


@QUICK
@given(first=written(bad=True), second=written(bad=True))
def test_all_that_is_read_is_accepted_rejected_or_excluded_in_every_file_and_column(
    folder: Path, first: list[Shipment], second: list[Shipment]
) -> None:
    result = ingested(folder, [first, second], ExcludeRule("pallets", "uom", equals="pal"))
    for number, lines in enumerate((first, second)):
        file = pl.col("file") == f"shipments{number}.csv"
        totals = {row["column"]: row for row in result.controls.filter(file).to_dicts()}
        assert totals["records"]["read"] == len(lines)
        assert totals["records"]["accepted"] == result.table.filter(file).height
        for column in ("quantity", "amount"):
            cells = [getattr(line, column) for line in lines]
            said = sum((Decimal(cell) for cell in cells if cell not in BAD_NUMBERS), Decimal())
            row = totals[column]
            assert row["read"] == said == row["accepted"] + row["rejected"] + row["excluded"]
            assert row["accepted"] == result.table.filter(file)[column].sum()
    rejected = result.rejects.select("file", "row").unique().height
    assert rejected == result.controls.filter(pl.col("column") == "records")["rejected"].sum()


@QUICK
@given(
    first=written(bad=True),
    second=written(bad=True),
    repeats=st.sampled_from(["first", "last"]),
    picked=st.sets(st.integers(0, 20)),
)
def test_whatever_is_corrected_or_repeated_every_row_has_one_fate_and_the_controls_prove_it(
    folder: Path, first: list[Shipment], second: list[Shipment], repeats: Literal["first", "last"], picked: set[int]
) -> None:
    pallets = ExcludeRule("pallets", "uom", equals="pal")
    raw = ingested(folder, [first, second], pallets, repeats=repeats)
    cells = raw.rejects.filter(pl.col("column").is_not_null()).to_dicts()
    corrections = [
        Correction(
            at, cell["file"], None, cell["row"], cell["column"], cell["value"], SOUND[cell["column"]], "Ann", "x"
        )
        for at, cell in enumerate(cells)
        if at in picked
    ]
    mended = ingested(folder, [first, second], pallets, repeats=repeats, corrections=corrections)
    assert len(mended.corrections) == len(corrections)
    assert set(mended.corrections.values()) <= {APPLIED}
    totals = mended.controls.join(
        raw.controls.select("file", "column", was="read"), on=["file", "column"], how="left", validate="1:1"
    ).filter(~pl.col("column").str.starts_with("records excluded"))
    for row in totals.to_dicts():
        assert row["read"] == row["accepted"] + row["rejected"] + row["excluded"]
        own = mended.table.filter(pl.col("file") == row["file"])
        fixed = [one for one in corrections if one.file == row["file"]]
        if row["column"] == "records":
            assert (row["read"], row["accepted"], row["corrected"]) == (row["was"], own.height, len(fixed))
        else:
            said = sum((Decimal(one.corrected) for one in fixed if one.column == row["column"]), Decimal())
            assert row["corrected"] == row["read"] - row["was"] == said
            assert row["accepted"] == own[row["column"]].sum()
    fates = [mended.table.select("file", "row"), mended.rejects.select("file", "row").unique()]
    kept = pl.concat(fates)
    assert kept.is_unique().all()
    excluded = mended.controls.filter(pl.col("column") == "records")["excluded"].sum()
    assert kept.height + excluded == len(first) + len(second)
    touched = {(one.file, one.row) for one in corrections}
    still = {(row["file"], row["row"]) for row in cells} - touched
    assert still <= set(mended.rejects.select("file", "row").rows())
    assert mended.table.select("order", "line").is_unique().all()


@QUICK
@given(lines=written(bad=False))
def test_the_dataset_holds_every_accepted_number_times_its_factor_and_lists_the_ones_without(
    folder: Path, lines: list[Shipment]
) -> None:
    table = ingested(folder, [lines]).table
    result = reconciled(table)
    totals: dict[str, Decimal] = dict.fromkeys(("units", "demand", "revenue", "cogs"), Decimal())
    missing: list[tuple[str, int]] = []
    for row in table.to_dicts():
        per_uom = PER_UOM.get((row["item"], row["uom"] or ""))
        own = row["currency"] in (None, "EUR")
        rate = Decimal(1) if own else RATES.get((row["currency"], row["shipped"].month))
        cost = None if per_uom is None or row["item"] not in COSTS else per_uom * COSTS[row["item"]]
        for measure, read, factor in (
            ("units", row["quantity"], per_uom),
            ("demand", row["quantity"], per_uom),
            ("revenue", row["amount"], rate),
            ("cogs", row["quantity"], cost),
        ):
            if factor is None:
                missing.append((measure, row["row"]))
            else:
                totals[measure] += read * factor
    for measure, total in totals.items():
        assert result.dataset.filter(pl.col("measure") == measure)["value"].sum() == total
    assert Counter(result.left_out.select("measure", "row").rows()) == Counter(missing)
    assert set(result.dataset["measure"]) <= set(totals)


@QUICK
@given(
    moves=st.lists(st.tuples(st.integers(0, 500), st.integers(-50, 500)), min_size=8, max_size=8),
    place=st.tuples(st.integers(0, 1), st.integers(1, 4)),
    gap=st.integers(-99, 99).filter(bool),
)
def test_stock_does_not_roll_forward_exactly_where_a_difference_was_planted(
    moves: list[tuple[int, int]], place: tuple[int, int], gap: int
) -> None:
    months = [date(2026, month, 1) for month in range(6, 11)]
    supplied, sold, stock = [], [], []
    for number, item in enumerate("AB"):
        closing = 100 * (number + 1)
        stock.append((months[0], item, closing))
        for step, month in enumerate(months[1:], 1):
            received, shipped = moves[number * 4 + step - 1]
            closing += received - shipped
            supplied.append((month, item, received))
            sold.append((month, item, shipped))
            stock.append((month, item, closing + (gap if (number, step) == place else 0)))
    more = {
        "stock": inline("stock", _lines("month item quantity site", stock, "D1")),
        "production": inline("production", _lines("order date item quantity site status", supplied, "D1 actual", "A")),
        "purchases": inline("purchases", _lines("order date item quantity site status", supplied, "D1 actual", "B")),
    }
    shipped_lines = _lines("order promised item quantity site account", sold, "D1 A1", "AB")
    shipments = inline("shipments", shipped_lines).with_columns(shipped="promised", amount=pl.lit(0).cast(EXACT))
    result = reconciled(shipments, more)
    broken = result.breaks.filter(pl.col("code") == "R103").select("break", "difference").rows()
    item, step = "AB"[place[0]], place[1]
    expected = {f"R103/{item}/D1/{months[step]:%Y-%m}": Decimal(gap)}
    if step < 4:  # the wrong closing stock is the next month's opening
        expected[f"R103/{item}/D1/{months[step + 1]:%Y-%m}"] = Decimal(-gap)
    assert dict(broken) == expected


@QUICK
@given(lines=written(bad=False), cut=st.integers(0, 25), seed=st.integers(0, 999))
def test_the_order_of_rows_and_files_changes_no_number_and_no_break(
    folder: Path, lines: list[Shipment], cut: int, seed: int
) -> None:
    one = ingested(folder, [lines])
    shuffled = lines[:]
    Random(seed).shuffle(shuffled)
    other = ingested(folder, [part for part in (shuffled[:cut], shuffled[cut:]) if part])
    first, again = reconciled(one.table), reconciled(other.table)
    assert_frame_equal(again.dataset, first.dataset)
    told = ["break", "severity", "status", "difference", "worth"]
    assert_frame_equal(again.breaks.select(told).sort("break"), first.breaks.select(told).sort("break"))
    business = ["version", "measure", "month", "item", "account", "read"]
    assert_frame_equal(again.left_out.select(business).sort(business), first.left_out.select(business).sort(business))
    counted = [result.controls.group_by("column").agg(pl.col("read", "accepted").sum()) for result in (one, other)]
    assert_frame_equal(counted[1].sort("column"), counted[0].sort("column"))


def _lines(header: str, rows: Sequence[tuple[date, str, int]], rest: str, items: str = "") -> str:
    """Rows as inline text; with `items` only theirs, with an order number in front."""
    kept = [row for row in rows if not items or row[1] in items]
    numbered = [
        f"{f'{place} ' if items else ''}{when} {item} {count} {rest}" for place, (when, item, count) in enumerate(kept)
    ]
    return "\n".join([header, *numbered])
