"""What an executive should find in the sample company, with figures from the generator's own arrays."""

from decimal import Decimal
from functools import cache
from typing import Any

from tests.sample_company import extracts
from tests.sample_company.company import CENT, FAMILIES, KEY_RESOURCE, RESOURCES, items
from tests.sample_company.demand import LEAK, forecast_base, open_lines
from tests.sample_company.money import budget, in_eur, rate
from tests.sample_company.months import CYCLES, LATEST, YTD, as_of, month, month_of, text
from tests.sample_company.projected import late, misplaced, overloaded, supplier_need, utilisation
from tests.sample_company.supply import CUT, budget_overload, planned_family, supplier_limit

Chapter = dict[str, Any]


def story() -> list[Chapter]:
    """The chapters, each with its place, figure and how the figure is defined."""
    return [
        _overload(),
        _supplier(),
        _full_order_book(),
        _delay(),
        *_misplaced(),
        *_leak(),
        *_budgets(),
        *_decisions(),
        _bias(),
    ]


def _chapter(
    name: str, finding: str | None, place: str, figure: object, unit: str, note: str, **more: object
) -> Chapter:
    return {"name": name, "finding": finding, "place": place, "figure": str(figure), "unit": unit, "note": note, **more}


def _overload() -> Chapter:
    months = [number for resource, number in overloaded(LATEST) if resource == KEY_RESOURCE]
    by_month = utilisation(LATEST, KEY_RESOURCE)
    excess = sum(by_month[n][0] - by_month[n][1] for n in months)
    short = {text(n): _hours(gap) for n in months if (gap := by_month[n][0] - sum(by_month[n][1:])) > 0}
    spare = {text(n): _hours(by_month[n][1] - by_month[n][0]) for n in by_month if n < months[0]}
    return _chapter(
        "key resource overloads", "P101", f"P2 / {KEY_RESOURCE} / {text(months[0])}..{text(months[-1])}",
        f"{excess:.1f}", "hours above regular, without overtime",
        "consensus demand in the month it is due x hours per piece, unconstrained; past-due orders load the first "
        "month; no other resource exceeds its hours. The #N/A cell and the unknown item are of another plant.",
        utilisation={text(n): round(float(load / regular), 4) for n, (load, regular, _) in by_month.items()},
        peak_of_other_resources=_peaks(), short_after_overtime=short, spare_hours_before=spare,
    )  # fmt: skip


def _peaks() -> dict[str, float]:
    others = (resource for resource in RESOURCES if resource != KEY_RESOURCE)
    return {
        r: max(round(float(load / regular), 4) for load, regular, _ in utilisation(LATEST, r).values()) for r in others
    }


def _hours(exact: Decimal) -> float:
    return round(float(exact), 1)


def _supplier() -> Chapter:
    need = {n: q for n, q in supplier_need(CUT[0], LATEST).items() if q > supplier_limit(CUT[0], n, LATEST)}
    short = sum(quantity - supplier_limit(CUT[0], number, LATEST) for number, quantity in need.items())
    return _chapter(
        "supplier cut by 40 percent", "P105", f"{CUT[0]} / {text(min(need))}..{text(max(need))}", short, "EA short",
        "consensus demand for the supplier's items less its limit, summed over the months below need, whatever stock "
        "there is. Consensus is the greater of forecast and open orders by item and segment, in the first month the "
        "open orders alone with those past due; the two earlier cycles show the old limit",
        limit_before=supplier_limit(CUT[0], CUT[1], CYCLES[1]), limit_after=supplier_limit(CUT[0], CUT[1], LATEST),
        need={text(number): quantity for number, quantity in need.items()},
    )  # fmt: skip


def _full_order_book() -> Chapter:
    """What the plan of record leaves undone of the orders in hand, and that it is not for want of hours."""
    opening = month(LATEST)
    orders = [r for r in open_lines(LATEST) if r.family == "PROCARE" and month_of(r.promised) <= opening]
    load, regular, _ = utilisation(LATEST, "P3-PRO")[opening]
    by_cycle = {cycle: sum(late(cycle).values()) for cycle in CYCLES}
    return _chapter(
        "a full order book is late", "P102", f"PROCARE / {LATEST}", by_cycle[LATEST], "EA late",
        "pieces ordered for the frozen month, made to order, that its plan of record does not make. Every order of the "
        "month is in hand, but the crew is set for an average month, so a full month is late by what lies above it; "
        "next month catches up. Nothing is in stock, nothing is past due. The hours are there: the plan does not use "
        "them. First seen in 2026-09, which led to decision D-2026-09-2 on output from December on.",
        orders_due=sum(row.base for row in orders), plan_of_record=planned_family(LATEST, "PROCARE", opening),
        load_of_hours=round(float(load / regular), 4), late_by_cycle=by_cycle,
        late_by_item={code: quantity for (code, _), quantity in late(LATEST).items()},
    )  # fmt: skip


def _delay() -> Chapter:
    before = {(r.order, r.line): r for r in open_lines(CYCLES[1])}
    moved = [
        r for r in open_lines(LATEST) if month_of(r.promised) != month_of(before.get((r.order, r.line), r).promised)
    ]
    worth = sum((row.amount * rate(row.currency, as_of(LATEST)) for row in moved), Decimal(0))
    old = sorted({text(month_of(before[row.order, row.line].promised)) for row in moved})
    new = sorted({text(month_of(row.promised)) for row in moved})
    return _chapter(
        "strategic customer delays a programme", "R301", f"{moved[0].account} / {moved[0].family}",
        worth.quantize(CENT), "EUR", "net value of open order lines whose promised month moved since the last cycle, "
        "at the as-of rate; each line moved four months", lines=len(moved), pieces=sum(row.base for row in moved),
        promised_before=old, promised_now=new, order=moved[0].order,
    )  # fmt: skip


def _misplaced() -> list[Chapter]:
    note = (
        "sum over items of min(stock above target at some sites, stock below target at others) at as-of. Target of an "
        "item at a site = the whole pieces that cover the next target_days days of its consensus demand there: the "
        "open orders of the site in the first month, after it the greater of forecast and orders by segment, split by "
        "what the sites shipped of the last twelve months' promises. Worth at standard cost of the as-of month."
    )
    found = dict(misplaced(LATEST))
    pieces, worth = found.pop("HAIRCARE")
    others = {family: {"units": found[family][0], "worth": str(found[family][1].quantize(CENT))} for family in found}
    place = "HAIRCARE / DC-N over, DC-S short"
    return [
        _chapter("stock in the wrong place", "P104", place, pieces, "EA", note),
        _chapter("stock in the wrong place, worth", "P104", place, worth.quantize(CENT), "EUR", note, others=others),
    ]


@cache
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
        "rates; budget price = AOP FY2027 revenue / units of the item over the full year; items without budget are "
        "left out. The discounts are at one account, 0010210 (DISCOUNT), and deepen each month."
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
    months = list(range(month(CYCLES[0]), as_of(LATEST) + 1))
    seen = {n: forecast_base(CYCLES[n - months[0]]) for n in months}
    forecast = sum(
        q for n in months for (c, when), q in seen[n].items() if when == n and items()[c].family == "SURFACE"
    )
    actual = sum(
        row.base for row in extracts.accepted(LATEST) if row.family == "SURFACE" and month_of(row.promised) in months
    )
    return _chapter(
        "sales over-forecast a family", None, "SURFACE", f"{(forecast - actual) / actual * 100:.2f}", "percent bias",
        "sum of (forecast - actual) / sum of actual, forecast one month ahead for 2026-09 and 2026-10, actual = "
        "shipped lines by promised month; lines promised but not yet shipped are not counted",
    )  # fmt: skip
