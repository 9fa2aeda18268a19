"""The registers people keep beside the config: waivers, decisions, and the note that all of it is fictional."""

from tests.sample_company.company import COMPANY
from tests.sample_company.extracts import JOURNAL, letter_line
from tests.sample_company.months import CYCLES, LATEST, month, month_of, text
from tests.sample_company.supply import SCRAP, planned_family

README = f"""# Sample company

{COMPANY}: a mid-size maker of home and personal care products. Companies, people's roles,
figures and places are invented; any likeness is chance.

- `history/`: closed fiscal years, November 2023 to March 2026, shared by all cycles
- `2026-09/`, `2026-10/`, `2026-11/`: what was exported for each monthly cycle: the open fiscal year to date and the plans
- `aop/`: the approved budget of FY2027 (April 2026 to March 2027) and the proposal for FY2028
- `waivers.yaml`, `decisions.yaml`: the registers that the planning team keeps

The files hold a handful of planted defects. `python -m tests.sample_company` writes all of this again, byte for byte.
"""

DECISIONS = """# Decisions taken in executive S&OP, and what each one promised. Fictional, like the whole company.
# `baseline` is the plan of record on the day of the decision; `quantity` is what was promised on top of it.
- id: D-2026-09-1
  question: Laundry promotion of the grocery accounts in December - build the stock in plant P1?
  choice: Yes, one extra filling shift a week in December
  owner: COO
  date: 2026-09-24
  effect: {{family: LAUNDRY, measure: production, month: 2026-12, quantity: 24000, baseline: {laundry}}}
- id: D-2026-09-2
  question: Professional programmes - lift output so that new bookings keep their two months?
  choice: Yes, 500 canisters a month more from December on
  owner: Supply chain leader
  date: 2026-09-24
  effect: {{family: PROCARE, measure: production, month: 2026-12, quantity: 500, baseline: {procare}}}
"""


def with_baselines(decisions: str) -> str:
    """The decision register with the plan of record of the day."""
    december = month("2026-12")
    first = CYCLES[0]
    return decisions.format(
        laundry=planned_family(first, "LAUNDRY", december), procare=planned_family(first, "PROCARE", december)
    )


def break_ids() -> dict[str, str]:
    """Ids of the breaks that the latest cycle waives, by the defect behind them."""
    line = letter_line()
    when = text(month_of(line.shipped))
    return {
        "E1": f"R101/{JOURNAL[0]}/{text(JOURNAL[1])}",
        "E2": f"R103/{SCRAP[0]}/{SCRAP[1]}/{text(SCRAP[2])}",
        "E4": f"R101/{line.family}/{when}",
        "E4 units": f"R103/{line.item}/{line.site}/{when}",
    }


def waivers() -> str:
    """The waiver register: who lets which break pass, why, and for which cycles."""
    reasons = {
        "E1": ("CFO", "Manual journal for a logistics refund, booked on revenue; finance moves it in November."),
        "E2": ("Supply chain leader", "480 pieces scrapped after a leak in aisle 7; the posting is made in November."),
        "E4": ("S&OP lead", "One order line was exported with a letter in its quantity; the ERP team sends it again."),
        "E4 units": ("S&OP lead", "The same order line; its pieces left the stock but are missing in the extract."),
    }
    head = "# Breaks that somebody answers for. `from` and `until` are the first and last cycle a waiver holds in.\n"
    entries = [
        f"- break: {identity}\n  who: {reasons[defect][0]}\n  why: {reasons[defect][1]}\n"
        f"  from: {LATEST}\n  until: 2026-12\n"
        for defect, identity in break_ids().items()
    ]
    return head + "".join(entries)


