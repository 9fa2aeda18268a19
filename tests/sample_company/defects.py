"""What is planted where, with exact figures."""

from decimal import Decimal
from typing import Any

from tests.sample_company import extracts
from tests.sample_company.company import CENT
from tests.sample_company.demand import Line
from tests.sample_company.money import in_eur
from tests.sample_company.months import CYCLES, LATEST, YTD, as_of, month_of, text
from tests.sample_company.registers import break_ids
from tests.sample_company.supply import SCRAP

Defect = dict[str, Any]


def defects() -> list[Defect]:
    """Every planted defect, once per cycle in which it shows."""
    return [*_errors(), *_warnings()]


def _defect(
    identity: str, cycle: str, code: str, severity: str, place: str, figure: object, unit: str, why: str,
    break_id: str | None = None,
) -> Defect:  # fmt: skip
    found = {"id": identity, "cycle": cycle, "code": code, "severity": severity}
    if break_id:
        found["break"] = break_id
    return {**found, "place": place, "figure": str(figure), "unit": unit, "why": why}


def _errors() -> list[Defect]:
    ids = break_ids()
    letter = extracts.letter_line()
    worth = in_eur(letter).quantize(CENT)
    found = [
        _defect("E1", cycle, "R101", "error", f"{extracts.JOURNAL[0]} / {text(extracts.JOURNAL[1])}",
                extracts.JOURNAL[2], "EUR", "manual journal: the ledger is higher than shipments", ids["E1"])
        for cycle in CYCLES
    ]  # fmt: skip
    found += [
        _defect("E2", cycle, "R103", "error", f"{SCRAP[0]} / {SCRAP[1]} / {text(SCRAP[2])}", -SCRAP[3], "EA",
                "scrap never posted: closing stock is lower than opening + receipts - shipments", ids["E2"])
        for cycle in CYCLES if as_of(cycle) >= SCRAP[2]
    ]  # fmt: skip
    cycle, code = extracts.MISSING_COST
    units = sum(r.base for r in extracts.accepted(cycle) if r.item == code and month_of(r.shipped) >= YTD)
    found.append(
        _defect("E3", cycle, "R202", "error", code, units, "EA shipped in the year to date without a cost",
                "the item's only cost row is missing in this cycle's file", f"R202/{code}")
    )  # fmt: skip
    when = text(month_of(letter.shipped))
    where = f"shipments / order {letter.order} line {letter.line}"
    found += [
        _defect("E4", LATEST, "I201", "warning", where, worth, "EUR", "quantity 1O4 with a letter; line rejected"),
        _defect("E4", LATEST, "R101", "error", f"{letter.family} / {when}", -worth, "EUR",
                "the rejected line is missing: shipments are lower than the ledger", ids["E4"]),
        _defect("E4", LATEST, "R103", "error", f"{letter.item} / {letter.site} / {when}", -letter.base, "EA",
                "the rejected line left stock: closing is lower than opening + receipts - accepted shipments",
                ids["E4 units"]),
    ]  # fmt: skip
    cycle, family, number, amount = extracts.INVENTORY_OFF
    found.append(
        _defect("E5", cycle, "R102", "error", f"{family} / {text(number)}", amount, "EUR",
                "the ledger's inventory is higher than stock x cost in this cycle's file only",
                f"R102/{family}/{text(number)}")
    )  # fmt: skip
    return found


def _warnings() -> list[Defect]:
    doubled, stray = extracts.doubled_line(), extracts.stray_line()
    open_rows = extracts.orders(LATEST)
    empty = next(row.line for row in open_rows if row.promised == "")
    impossible = next(row.line for row in open_rows if row.promised == extracts.IMPOSSIBLE_DATE)
    pallet = next(row.line for row in extracts.orders("2026-10") if row.uom == "PAL")
    misspelt = extracts.misspelt_receipt()
    code, segment, number = extracts.error_cell()
    unpriced = extracts.unpriced()
    typo = sum(extracts.typo_row().values())
    credit = extracts.CREDIT
    restated = f"LAUNDRY / {text(month_of(credit.shipped))}"
    return [
        _defect("W1", LATEST, "I203", "warning", f"shipments / {_name(doubled)}", in_eur(doubled).quantize(CENT),
                "EUR", "the line stands twice; the second is left out"),
        _defect("W2", LATEST, "I202", "warning", f"orders / {_name(empty)}", empty.base, "EA", "no promised date"),
        _defect("W3", LATEST, "I201", "warning", f"orders / {_name(impossible)}", impossible.base, "EA",
                f"promised date {extracts.IMPOSSIBLE_DATE} does not exist"),
        _defect("W4", LATEST, "I204", "warning", f"production / order {misspelt.order}", misspelt.quantity, "EA",
                "status plnd"),
        _defect("W5", LATEST, "I205", "warning", f"forecast / {code} / {segment} / {text(number)}",
                extracts.forecast_cell(code, segment, number), "EA lost", "the cell shows #N/A"),
        _defect("W6", LATEST, "R201", "warning", f"forecast / {extracts.TYPO_ITEM[0]}", typo, "CS over 18 months",
                f"letter O in the code; meant is {extracts.TYPO_ITEM[1]}",
                f"R201/forecast/{extracts.TYPO_ITEM[0]}"),
        _defect("W7", LATEST, "R205", "warning", " / ".join(unpriced), Decimal(1), "price", "no price row",
                f"R205/{unpriced[0]}/{unpriced[1]}"),
        _defect("W8", "2026-10", "R206", "warning", f"shipments / {extracts.UNKNOWN_ACCOUNT[1]}",
                in_eur(stray).quantize(CENT), "EUR", f"{_name(stray)} names an account that does not exist",
                f"R206/shipments/{extracts.UNKNOWN_ACCOUNT[1]}"),
        _defect("W9", "2026-10", "R203", "error", f"orders / {_name(pallet)}", pallet.quantity, "PAL",
                "open order in pallets, for which there is no conversion", f"R203/orders/{pallet.item}/PAL"),
        _defect("W10", LATEST, "R302", "warning", restated, credit.amount, "EUR",
                "credit note posted to a closed month, in shipments and ledger alike"),
    ]  # fmt: skip


def _name(row: Line) -> str:
    return f"order {row.order} line {row.line}"
