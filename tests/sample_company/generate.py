"""Writes the whole sample company: flat files, workbooks, registers and the answer key."""

import json
from pathlib import Path

from tests.sample_company import text_files, workbooks
from tests.sample_company.key import answer_key
from tests.sample_company.months import CYCLES
from tests.sample_company.registers import DECISIONS, README, waivers, with_baselines


def generate(folder: Path, key: Path) -> None:
    """Write the sample company to `folder` and its answer key to `key`; the same bytes every time."""
    text_files.write_history(folder / "history")
    for year in (2027, 2028):
        name = f"aop-fy{year}.xlsx" if year == 2027 else f"aop-fy{year}-proposed.xlsx"
        workbooks.write_budget(folder / "aop" / name, year, workbooks.budget_version(year))
    for cycle in CYCLES:
        place = folder / cycle
        text_files.write_cycle(place, cycle)
        workbooks.write_forecast(place / "sales-forecast.xlsx", cycle)
        workbooks.write_capacity(place / "capacity.xlsx")
        workbooks.write_suppliers(place / "supplier-limits.xlsx", cycle)
        workbooks.write_levers(place / "levers-and-targets.xlsx")
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "waivers.yaml").write_text(waivers(), encoding="utf-8")
    (folder / "decisions.yaml").write_text(with_baselines(DECISIONS), encoding="utf-8")
    key.write_text(json.dumps(answer_key(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
