"""What an executive should find in the sample company, with figures from the generator's own arrays."""

from decimal import Decimal
from typing import Any

from tests.sample_company import extracts
from tests.sample_company.company import CENT, DCS, FAMILIES, KEY_RESOURCE, RESOURCES, cost_in, items
from tests.sample_company.demand import LEAD, LEAK, forecast_base, open_lines
from tests.sample_company.money import budget, in_eur, rate
from tests.sample_company.months import (
    CYCLES, HORIZON_MONTHS, LATEST, YTD, as_of, days, month, month_of, text,
)  # fmt: skip
from tests.sample_company.supply import (
    CUT, budget_overload, history, hours_of, load_of, planned_family, supplier_limit, supplier_need,
)  # fmt: skip

Chapter = dict[str, Any]


def story() -> list[Chapter]:
    """The chapters, each with its place, figure and how the figure is defined."""
    return [_overload(), _supplier(), _delay(), *_misplaced(), *_leak(), *_budgets(), *_decisions(), _bias()]


def _chapter(name: str, finding: str | None, place: str, figure: object, unit: str, note: str, **more: Any) -> Chapter:
    return {"name": name, "finding": finding, "place": place, "figure": str(figure), "unit": unit, "note": note, **more}


def utilisation(resource: str) -> dict[int, tuple[float, float, float]]:
    """Load, regular hours and overtime of each month of the latest horizon; made to order comes due after its lead."""
    volumes: dict[tuple[str, int], int] = {}
    for (code, number), quantity in forecast_base(LATEST).items():
        due = number + LEAD if items()[code].family == "PROCARE" else number
        volumes[code, due] = volumes.get((code, due), 0) + quantity
    for row in open_lines(LATEST):
        if row.family == "PROCARE":
            key = (row.item, month_of(row.promised))
            volumes[key] = volumes.get(key, 0) + row.base
    load = load_of(volumes, resource)
    return {number: (load.get(number, 0.0), *hours_of(resource, number)) for number in HORIZON_MONTHS}


def overloaded() -> list[tuple[str, int]]:
    """Resource and month wherever load exceeds regular hours."""
    return [(r, n) for r in RESOURCES for n, (load, regular, _) in utilisation(r).items() if load > regular]


def _overload() -> Chapter:
    months = [number for resource, number in overloaded() if resource == KEY_RESOURCE]
    by_month = utilisation(KEY_RESOURCE)
    excess = sum(by_month[n][0] - by_month[n][1] for n in months)
    short = {text(n): round(sum_short, 1) for n in months if (sum_short := by_month[n][0] - sum(by_month[n][1:])) > 0}
    spare = {text(n): round(by_month[n][1] - by_month[n][0], 1) for n in HORIZON_MONTHS if n < months[0]}
    return _chapter(
        "key resource overloads", "P101", f"P2 / {KEY_RESOURCE} / {text(months[0])}..{text(months[-1])}",
        f"{excess:.1f}", "hours above regular, without overtime",
        "forecast pieces due in the month x hours per piece, unconstrained; no other resource exceeds its hours. The "
        "#N/A cell and the unknown item are of another plant.",
        utilisation={text(n): round(load / regular, 4) for n, (load, regular, _) in by_month.items()},
        short_after_overtime=short, spare_hours_before=spare,
    )  # fmt: skip


def _supplier() -> Chapter:
    need = {n: q for n, q in supplier_need(CUT[0], LATEST).items() if q > supplier_limit(CUT[0], n, LATEST)}
    short = sum(quantity - supplier_limit(CUT[0], number, LATEST) for number, quantity in need.items())
    return _chapter(
        "supplier cut by 40 percent", "P105", f"{CUT[0]} / {text(min(need))}..{text(max(need))}", short, "EA short",
        "forecast pieces of the supplier's items less its limit, summed over the months below need, whatever stock "
        "there is; the two earlier cycles show the old limit",
        limit_before=supplier_limit(CUT[0], CUT[1], CYCLES[1]), limit_after=supplier_limit(CUT[0], CUT[1], LATEST),
    )  # fmt: skip


def _delay() -> Chapter:
    before = {(r.order, r.line): r for r in open_lines(CYCLES[1])}
    moved = [r for r in open_lines(LATEST) if month_of(r.promised) != month_of(before.get((r.order, r.line), r).promised)]
    worth = sum((row.amount * rate(row.currency, as_of(LATEST)) for row in moved), Decimal(0))
    old = sorted({text(month_of(before[row.order, row.line].promised)) for row in moved})
    new = sorted({text(month_of(row.promised)) for row in moved})
    return _chapter(
        "strategic customer delays a programme", "R301", f"{moved[0].account} / {moved[0].family}",
        worth.quantize(CENT), "EUR", "net value of open order lines whose promised month moved since the last cycle, at "
        "the as-of rate; each line moved four months", lines=len(moved), pieces=sum(row.base for row in moved),
        promised_before=old, promised_now=new, order=moved[0].order,
    )  # fmt: skip


def misplaced(family: str) -> tuple[Decimal, Decimal]:
    """Pieces in the wrong place and their worth at standard cost."""
    closed = as_of(LATEST)
    shipped: dict[tuple[str, str], int] = {}
    for row in extracts.accepted(LATEST):
        if closed - 12 < month_of(row.shipped) <= closed:
            shipped[row.item, row.site] = shipped.get((row.item, row.site), 0) + row.base
    ahead = range(closed + 1, closed + 4)
    pieces = worth = Decimal(0)
    for item in (item for item in items().values() if item.family == family):
        out = [shipped.get((item.code, site), 0) for site in DCS]
        demand = sum(forecast_base(LATEST).get((item.code, number), 0) for number in ahead)
        if demand == 0 or sum(out) <= 0:
            continue
        per_day = Decimal(demand) / sum(days(number) for number in ahead)
        target = [per_day * FAMILIES[family].target_days * part / sum(out) for part in out]
        held = [history().stock[item.code, site, closed] for site in DCS]
        over = [max(Decimal(0), have - want) for have, want in zip(held, target, strict=True)]
        under = [max(Decimal(0), want - have) for have, want in zip(held, target, strict=True)]
        there = min(over[0], under[1]) + min(over[1], under[0])
        pieces += there
        worth += there * cost_in(item, closed)
    return pieces, worth


def _misplaced() -> list[Chapter]:
    note = (
        "sum over items of min(stock above target at one DC, stock below target at the other) at as-of. Target of an "
        "item at a DC = forecast of the next three months per calendar day x target_days x the DC's share of the item's "
        "pieces shipped in the twelve months to as-of. Worth at standard cost of the as-of month."
    )
    found = {family: misplaced(family) for family in FAMILIES if FAMILIES[family].policy == "mts"}
    pieces, worth = found["HAIRCARE"]
    others = {family: str(value[1].quantize(CENT)) for family, value in found.items() if family != "HAIRCARE"}
    place = "HAIRCARE / DC-N over, DC-S short"
    return [
        _chapter("stock in the wrong place", "P104", place, pieces.quantize(CENT), "EA", note),
        _chapter("stock in the wrong place, worth", "P104", place, worth.quantize(CENT), "EUR", note, others=others),
    ]


def leak(family: str) -> Decimal:
    """What the year to date lost against budget price."""
    units, revenue = budget(2027)["units"], budget(2027)["revenue"]
    total = Decimal(0)
    for row in extracts.accepted(LATEST):
        if row.family == family and month_of(row.shipped) >= YTD:
            planned = sum(quantity for (code, _), quantity in units.items() if code == row.item)
            if planned:
                price = sum(value for (code, _), value in revenue.items() if code == row.item) / planned
                total += in_eur(row) - row.base * price
    return total


def _leak() -> list[Chapter]:
    others = {family: str(leak(family).quantize(CENT)) for family in FAMILIES if family != LEAK}
    note = (
        "sum over items of pieces x (realised price - budget price), April 2026 to as-of, accepted lines at actual "
        "rates; budget price = AOP FY2027 revenue / units of the item over the full year; items without budget are left "
        "out. The discounts are at one account, 0010210 (DISCOUNT), and deepen each month."
    )
    return [_chapter("margin leaks through price", "V105", LEAK, leak(LEAK).quantize(CENT), "EUR", note, others=others)]


def _budgets() -> list[Chapter]:
    chapters = []
    for year, name in ((2027, "budget that was never feasible"), (2028, "proposed budget is not feasible either")):
        over = budget_overload(year)
        short = {text(n): round(load - hours, 1) for n, (load, hours) in over.items()}
        chapters.append(
            _chapter(name, "P103", f"P2 / {KEY_RESOURCE} / {text(min(over))}..{text(max(over))}",
                     f"{sum(load - hours for load, hours in over.values()):.1f}", "hours short",
                     f"AOP FY{year} pieces x hours per piece above regular plus overtime, summed over those months",
                     by_month=short)
        )  # fmt: skip
    return chapters


def _decisions() -> list[Chapter]:
    december = month("2026-12")
    chapters = []
    for name, identity, family, promised in (
        ("decision that reached the floor", "D-2026-09-1", "LAUNDRY", 24_000),
        ("decision that did not", "D-2026-09-2", "PROCARE", 500),
    ):
        plans = {cycle: planned_family(cycle, family, december) for cycle in CYCLES}
        reached = plans[LATEST] - plans[CYCLES[0]]
        chapters.append(
            _chapter(name, None, f"{identity} / {family} / 2026-12", promised - reached, "EA gap",
                     "promised rise of planned production less the rise of the plan of record since the decision",
                     promised=promised, reached=reached, plan_of_record=plans)
        )  # fmt: skip
    return chapters


def _bias() -> Chapter:
    months = [n for n in range(month(CYCLES[0]), as_of(LATEST) + 1)]
    seen = {n: forecast_base(CYCLES[n - months[0]]) for n in months}
    forecast = sum(q for n in months for (c, when), q in seen[n].items() if when == n and items()[c].family == "SURFACE")
    actual = sum(
        row.base for row in extracts.accepted(LATEST) if row.family == "SURFACE" and month_of(row.promised) in months
    )
    return _chapter(
        "sales over-forecast a family", None, "SURFACE", f"{(forecast - actual) / actual * 100:.2f}", "percent bias",
        "sum of (forecast - actual) / sum of actual, forecast one month ahead for 2026-09 and 2026-10, actual = shipped "
        "lines by promised month; lines promised but not yet shipped are not counted",
    )  # fmt: skip
