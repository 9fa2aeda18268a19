"""The pack's content: decisions first, proof last, items only in the appendix."""

from sop_cli.findings.words import month
from sop_cli.schemas.pack import Pack
from sop_cli.stages.pack.facts import PackFacts
from sop_cli.stages.pack.sections.capacity import capacity
from sop_cli.stages.pack.sections.decisions import decisions
from sop_cli.stages.pack.sections.definitions import definitions
from sop_cli.stages.pack.sections.demand import demand
from sop_cli.stages.pack.sections.divergences import divergences
from sop_cli.stages.pack.sections.families import families
from sop_cli.stages.pack.sections.inventory import inventory
from sop_cli.stages.pack.sections.items import items
from sop_cli.stages.pack.sections.landing import landing
from sop_cli.stages.pack.sections.trust import trust

STAMP = "NOT RECONCILED: the data gate failed; do not decide on these numbers"


def pack(facts: PackFacts) -> Pack:
    """Everything the executives read, before it is a workbook or a page."""
    return Pack(
        company=facts.company,
        cycle=month(facts.calendar.cycle),
        as_of=month(facts.calendar.as_of),
        currency=facts.currency,
        stamp=None if facts.gate else STAMP,
        sections=(
            decisions(facts),
            landing(facts),
            divergences(facts),
            demand(facts),
            capacity(facts),
            inventory(facts),
            trust(facts),
        ),
        appendix=(*families(facts), items(facts), definitions(facts)),
    )
