"""The committed sample company is what its generator writes, and holds what the answer key says."""

import csv
import io
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml
from python_calamine import CalamineWorkbook

from sop_cli.config.model import Config
from sop_cli.schemas.tables import TABLES
from tests.sample_company.company import KEY_RESOURCE, items
from tests.sample_company.generate import generate
from tests.sample_company.months import CYCLES, LATEST, month
from tests.sample_company.projected import late, misplaced, overloaded, supplier_need, utilisation
from tests.sample_company.story import leak
from tests.sample_company.supply import hours_of, supplier_limit

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
KEY = Path(__file__).parent / "answer_key.json"
KNOWN = json.loads(KEY.read_text(encoding="utf-8"))
RAW_CONFIG = yaml.safe_load((ROOT / "config.example.yaml").read_text(encoding="utf-8"))

Row = dict[str, str]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company, generated anew."""
    folder = tmp_path_factory.mktemp("sample")
    generate(folder / "sample_data", folder / "answer_key.json")
    return folder


def test_generating_again_gives_the_same_text_files_byte_for_byte(fresh: Path) -> None:
    committed = _files(SAMPLE)
    assert _files(fresh / "sample_data") == committed
    differing = [
        name
        for name in committed
        if not name.endswith(".xlsx") and (fresh / "sample_data" / name).read_bytes() != (SAMPLE / name).read_bytes()
    ]
    assert differing == []
    assert (fresh / "answer_key.json").read_bytes() == KEY.read_bytes()


def test_generating_again_gives_the_same_workbook_cells(fresh: Path) -> None:
    for name in (name for name in _files(SAMPLE) if name.endswith(".xlsx")):
        assert _cells(fresh / "sample_data" / name) == _cells(SAMPLE / name), name


def test_sample_stays_below_five_megabytes() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 5_000_000


def test_example_config_can_be_read_and_names_files_that_exist() -> None:
    known = {name: value for name, value in RAW_CONFIG.items() if name in Config.model_fields}
    config = Config.model_validate(known)
    for name, source in config.sources.items():
        table = TABLES[source.table or name]
        assert set(source.columns) | set(source.constants) <= {column.name for column in table.columns}, name
        for cycle in CYCLES:
            for path in source.files:
                assert (ROOT / path.replace("{cycle}", cycle)).is_file(), path
    fed = {source.table or name for name, source in config.sources.items()}
    assert fed == set(TABLES) - {"conversions"}  # all its items need are cases
    assert set(RAW_CONFIG) - set(known) <= {"registers"}
    assert config.cycle is None


@pytest.mark.parametrize("cycle", CYCLES)
def test_shipments_tie_to_the_ledger_except_where_planted(cycle: str) -> None:
    family = {row["Material"]: row["Family"] for row in _rows(cycle, "items")}
    rate = {
        (r["Currency"], r["Month"]): Decimal(r["Rate"]) for r in _rows(cycle, "rates") if r["Rate type"] == "actual"
    }
    difference: dict[str, Decimal] = defaultdict(Decimal)
    for row in _accepted_shipments(cycle):
        when = row["GI Date"][:7]
        worth = _number(row["Net Amount"]) * rate.get((row["Curr"], when), Decimal(1))
        difference[f"R101/{family[row['Material']]}/{when}"] += worth
    for row in _rows(cycle, "ledger"):
        if row["Konto"] in RAW_CONFIG["ledger"]["revenue"]:
            difference[f"R101/{row['Produktfamilie']}/{_period(row)}"] -= _german(row["Betrag"])
    broken = {name: value.quantize(Decimal("0.01")) for name, value in difference.items() if abs(value) > 1}
    assert broken == _planted("R101", cycle)


@pytest.mark.parametrize("cycle", CYCLES)
def test_stock_rolls_forward_except_where_planted(cycle: str) -> None:
    stock = {
        (row["Material"], row["Location"], month(row["Period"].replace("/", "-"))): int(row["Closing stock"])
        for row in _rows(cycle, "stock")
    }
    moved: dict[tuple[str, str, int], int] = defaultdict(int)
    for row in _accepted_shipments(cycle):
        pieces = items()[row["Material"]].case if row["UoM"] == "CS" else 1
        moved[row["Material"], row["Ship-from"], month(row["GI Date"][:7])] -= int(_number(row["Qty"])) * pieces
    for source, site, date in (("production", "Deliver to", "Finish date"), ("purchases", "Receiving site", None)):
        for row in (row for row in _rows(cycle, source) if row["Status"] == "actual"):
            moved[row["Material"], row[site], month(row[date or "Delivery date"][:7])] += int(row["Qty"])
    broken = {}
    for item, site, when in {*moved, *stock}:
        opening = stock.get((item, site, when - 1), 0)
        gap = stock.get((item, site, when), 0) - opening - moved[item, site, when]
        if gap and when >= month("2023-11"):
            broken[f"R103/{item}/{site}/{when // 12}-{when % 12 + 1:02d}"] = Decimal(gap)
    assert broken == _planted("R103", cycle)
    assert min(stock.values()) >= 0


@pytest.mark.parametrize("cycle", CYCLES)
def test_stock_at_standard_cost_ties_to_the_ledger_except_where_planted(cycle: str) -> None:
    family = {row["Material"]: row["Family"] for row in _rows(cycle, "items")}
    costs: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in _rows(cycle, "costs"):
        costs[row["Material"]][row["Valid from"]] = Decimal(row["Standard cost"])
    difference: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(cycle, "ledger"):
        if row["Konto"] == RAW_CONFIG["ledger"]["inventory_value"]:
            difference[f"R102/{row['Produktfamilie']}/{_period(row)}"] -= _german(row["Betrag"])
    for row in _rows(cycle, "stock"):
        when = row["Period"].replace("/", "-")
        since = max(first for first in costs[row["Material"]] if first <= when)
        name = f"R102/{family[row['Material']]}/{when}"
        if name in difference:
            difference[name] += int(row["Closing stock"]) * costs[row["Material"]][since]
    broken = {name: value.quantize(Decimal("0.01")) for name, value in difference.items() if abs(value) > 1}
    assert broken == _planted("R102", cycle)


def test_awkward_item_codes_come_late_and_survive_as_text() -> None:
    codes = [row["Material"] for row in _rows(LATEST, "shipments")]
    assert {"00123", "1E5", "X-77"} <= set(codes)
    assert codes.index("X-77") > 2_500
    assert codes.index("1E5") > 2_500


def test_spoilt_cells_are_in_the_raw_files() -> None:
    shipments = _rows(LATEST, "shipments")
    keys = [(row["Sales Order"], row["Pos"]) for row in shipments]
    assert len(keys) - len(set(keys)) == 1
    assert [row["Qty"] for row in shipments].count("1O4") == 1
    assert any(row["Qty"].endswith("-") for row in shipments)
    promised = [row["Bestätigt"] for row in _rows(LATEST, "orders")]
    assert (promised.count(""), promised.count("31.11.2026")) == (1, 1)
    assert [row["Status"] for row in _rows(LATEST, "production")].count("plnd") == 1
    assert "900612" not in {row["Material"] for row in _rows("2026-10", "costs")}
    assert "PAL" in {row["ME"] for row in _rows("2026-10", "orders")}
    assert "0010999" in {row["Sold-to"] for row in _rows("2026-10", "shipments")}


def test_forecast_shows_one_error_and_one_unknown_item_and_its_totals_agree() -> None:
    sheet = openpyxl.load_workbook(SAMPLE / LATEST / "sales-forecast.xlsx", data_only=True)["Forecast"]
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    records = [row for row in rows if not str(row[0]).startswith(("Total", "Grand"))]
    assert sum(cell == "#N/A" for row in records for cell in row) == 1
    assert {str(row[1]) for row in records if row[1]} - set(items()) == {"104O3"}
    for column in range(5, 23):
        counted = sum(value for row in records if isinstance(value := row[column], int | float))
        assert rows[-1][column] == counted


def test_hidden_budget_sheet_is_stale_and_comes_first() -> None:
    book = openpyxl.load_workbook(SAMPLE / "aop" / "aop-fy2027.xlsx", data_only=True)
    assert (book.worksheets[0].title, book.worksheets[0].sheet_state) == ("Volume v0", "hidden")
    assert book["Volume v0"]["A5"].value != book["Volume"]["A5"].value == "AOP FY2027"


def test_only_the_key_resource_overloads_and_only_in_months_five_to_eight() -> None:
    assert overloaded(LATEST) == [(KEY_RESOURCE, month(text)) for text in ("2027-03", "2027-04", "2027-05", "2027-06")]
    for resource in ("P1-FILL", "P1-PACK", "P2-PACK", "P3-FILL", "P3-PACK", "P3-PRO"):
        assert max(load / regular for load, regular, _ in utilisation(LATEST, resource).values()) <= 0.92, resource
    key = utilisation(LATEST, KEY_RESOURCE)
    assert sum(load > regular + overtime for load, regular, overtime in key.values()) >= 2
    assert all(load < regular * 4 / 5 for number, (load, regular, _) in key.items() if number < month("2027-03"))


def test_supplier_is_cut_below_need_in_the_latest_cycle_only() -> None:
    december = month("2026-12")
    assert supplier_limit("S2", december, LATEST) * 10 == supplier_limit("S2", december, "2026-10") * 6
    assert supplier_limit("S2", december - 1, LATEST) == supplier_limit("S2", december, "2026-10")
    for number, need in supplier_need("S2", LATEST).items():
        assert (need > supplier_limit("S2", number, LATEST)) == (number >= december)
    assert all(need < supplier_limit("S1", number, LATEST) for number, need in supplier_need("S1", LATEST).items())


def test_leak_and_misplaced_stock_stand_out_from_other_families() -> None:
    assert leak("BODYWASH") < -200_000
    assert all(abs(leak(family)) < 50_000 for family in ("LAUNDRY", "DISH", "SURFACE", "HAIRCARE", "SUNCARE", "TOOLS"))
    found = {family: worth for family, (_, worth) in misplaced(LATEST).items()}
    assert found.pop("HAIRCARE") > 100_000
    assert max(found.values()) < 20_000


def test_made_to_order_is_late_only_where_the_order_book_exceeds_an_average_month() -> None:
    short = {cycle: sum(late(cycle).values()) for cycle in CYCLES}
    assert (short["2026-10"], 0 < short["2026-09"] < short[LATEST]) == (0, True)
    assert all(item in items() and items()[item].family == "PROCARE" for cycle in CYCLES for item, _ in late(cycle))


def test_approved_budget_is_short_of_hours_in_two_months() -> None:
    chapter = next(part for part in KNOWN["story"] if part["name"] == "budget that was never feasible")
    assert list(chapter["by_month"]) == ["2026-05", "2026-06"]
    assert hours_of(KEY_RESOURCE, month("2028-01"))[0] > hours_of(KEY_RESOURCE, month("2027-01"))[0]


def test_waivers_cover_every_error_of_the_latest_cycle_and_none_before() -> None:
    waivers = yaml.safe_load((SAMPLE / "waivers.yaml").read_text(encoding="utf-8"))
    errors = {found["break"] for found in KNOWN["defects"] if found["cycle"] == LATEST and found["severity"] == "error"}
    assert {waiver["break"] for waiver in waivers} == errors
    assert {waiver["from"] for waiver in waivers} == {LATEST}
    for cycle in CYCLES[:-1]:
        assert any(found["cycle"] == cycle and found["severity"] == "error" for found in KNOWN["defects"])


def test_one_decision_reached_the_floor_and_one_fell_short_by_three_hundred() -> None:
    decisions = yaml.safe_load((SAMPLE / "decisions.yaml").read_text(encoding="utf-8"))
    gaps = []
    for effect in (decision["effect"] for decision in decisions):
        planned = sum(
            int(row["Qty"])
            for row in _rows(LATEST, "production")
            if row["Status"] == "planned"
            and row["Finish date"].startswith(effect["month"])
            and items()[row["Material"]].family == effect["family"]
        )
        gaps.append(effect["baseline"] + effect["quantity"] - planned)
    assert gaps == [0, 300]


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _cells(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def _rows(cycle: str, name: str) -> list[Row]:
    source = RAW_CONFIG["sources"][name]
    files = [source["files"]] if isinstance(source["files"], str) else source["files"]
    rows: list[Row] = []
    for file in files:
        text = (ROOT / file.replace("{cycle}", cycle)).read_bytes().decode(source.get("encoding", "utf-8-sig"))
        rows += csv.DictReader(io.StringIO(text), delimiter=source.get("delimiter", ","))
    return rows


def _accepted_shipments(cycle: str) -> list[Row]:
    """Each order line once, without quantities that are no number."""
    rows = {(row["Sales Order"], row["Pos"]): row for row in _rows(cycle, "shipments")}
    return [row for row in rows.values() if row["Qty"].removesuffix("-").isdigit()]


def _number(text: str) -> Decimal:
    return -Decimal(text[:-1]) if text.endswith("-") else Decimal(text)


def _german(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _period(row: Row) -> str:
    number, year = row["Periode"].split(".")
    return f"{year}-{number}"


def _planted(code: str, cycle: str) -> dict[str, Decimal]:
    return {
        found["break"]: Decimal(found["difference"])
        for found in KNOWN["defects"]
        if (found["code"], found["cycle"]) == (code, cycle)
    }
