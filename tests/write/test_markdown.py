import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from sop_cli.schemas.pack import Pack, PackColumn, PackTable, Section
from sop_cli.write import numbers
from sop_cli.write.charts import chart_svg
from sop_cli.write.markdown import file_names, write_markdown
from sop_cli.write.workbook import write_workbook
from tests.write.packs import BRIDGE, STAMP, awkward_packs, pack_of, small_pack

GOLDEN = Path(__file__).parent / "golden" / "small_pack.md"


def page(pack: Pack, folder: Path) -> str:
    write_markdown(pack, folder / "pack.md")
    return (folder / "pack.md").read_text(encoding="utf-8")


def test_a_small_pack_reads_as_the_golden_page(tmp_path: Path) -> None:
    assert page(small_pack(STAMP), tmp_path) == GOLDEN.read_text(encoding="utf-8")


def test_charts_lie_beside_the_page(tmp_path: Path) -> None:
    pictures = re.findall(r"\((charts/[^)]+)\)", page(small_pack(), tmp_path))
    assert pictures == ["charts/landing-bridge.svg", "charts/demand.svg"]
    assert (tmp_path / pictures[0]).read_text(encoding="utf-8") == chart_svg(BRIDGE)


def test_the_first_heading_after_the_title_is_the_first_section(tmp_path: Path) -> None:
    headings = [line for line in page(small_pack(STAMP), tmp_path).splitlines() if line.startswith("#")]
    assert headings[1] == "## 1. Decisions: One decision keeps 1.2 million"


def test_the_stamp_is_on_top_and_in_every_section(tmp_path: Path) -> None:
    parts = page(small_pack(STAMP), tmp_path).split("\n## ")
    assert all(f"> **{STAMP}**" in part for part in parts)
    assert "NOT RECONCILED" not in page(small_pack(), tmp_path)


@pytest.mark.parametrize("pack", awkward_packs().values(), ids=awkward_packs().keys())
def test_tables_stay_aligned_whatever_they_hold(pack: Pack, tmp_path: Path) -> None:
    lines = page(pack, tmp_path).splitlines()
    for before, line in pairwise(lines):
        if before.startswith("|") and line.startswith("|"):
            assert len(before) == len(line)
            assert before.count("|") - before.count("\\|") == line.count("|") - line.count("\\|")


@pytest.mark.parametrize("pack", awkward_packs().values(), ids=awkward_packs().keys())
def test_a_pack_gives_the_same_page_twice(pack: Pack, tmp_path: Path) -> None:
    assert page(pack, tmp_path) == page(pack, tmp_path)


def test_text_is_never_taken_for_markup(tmp_path: Path) -> None:
    table = PackTable("T", (PackColumn("A"),), (("a|b\nc *d* <script> [x](y)",),))
    text = page(pack_of(Section("S", "T", ("# no heading", "1. no list", "> no quotation"), (), (table,))), tmp_path)
    assert "a\\|b c \\*d\\* \\<script> [x]\\(y)" in text
    assert "\n\\# no heading\n\n1\\. no list\n\n\\> no quotation\n" in text


def test_page_and_workbook_show_the_same_numbers(tmp_path: Path) -> None:
    columns = (PackColumn("M", "money"), PackColumn("P", "percent"), PackColumn("D", "days"), PackColumn("U", "units"))
    values = (Decimal("-1234.6"), Decimal("5.25"), Decimal("38.04"), Decimal("1000000"))
    pack = pack_of(Section("Demand", "T", (), (), (PackTable("T", columns, (values,)),)))
    write_workbook(pack, tmp_path / "pack.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "pack.xlsx")["Demand"]
    row = next(row for row in sheet.iter_rows() if row[0].value == -1234.6)
    line = next(line for line in page(pack, tmp_path).splitlines() if "-1,235" in line)
    shown = [text.strip() for text in line.strip("|").split("|")]
    assert shown == ["-1,235", "5.3%", "38.0", "1,000,000"]
    for cell, text in zip(row, shown, strict=False):
        places = len(text.rstrip("%").partition(".")[2])
        assert cell.number_format == "#,##0" + ("." + "0" * places) * bool(places) + '"%"' * text.endswith("%")
        assert numbers.grouped(Decimal(str(cell.value)), places) == text.rstrip("%")


def test_file_names_are_safe_and_unique() -> None:
    assert file_names(["load PKG/2", "Load PKG 2", "../x", ""]) == [
        "load-PKG-2.svg", "Load-PKG-2-2.svg", "x.svg", "chart.svg",
    ]  # fmt: skip
