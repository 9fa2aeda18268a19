"""What every figure of the pack means."""

from sop_cli.schemas.dataset import MEASURES
from sop_cli.schemas.pack import PackColumn, PackTable, Section
from sop_cli.stages.pack.facts import PackFacts

CONVENTIONS = (
    ("cycle", "one monthly run, named by the month it is held in; as-of is the month before, the last closed one"),
    ("landing", "actuals of closed months + projection for the rest of the fiscal year"),
    ("required run-rate", "(budget - actual to date) / remaining months"),
    ("price", "outlook units x (outlook price - budget price), per item"),
    ("volume", "(outlook units - budget units) x average budget price or margin"),
    ("mix within families", "what a shift between items of a family brings, at budget price or margin"),
    ("mix between families", "what a shift between families brings, at budget averages"),
    ("material", "difference of at least the floor and at least the percent of the budget"),
)


def definitions(facts: PackFacts) -> Section:
    """Measures with their formulas, and the conventions used where there is more than one."""
    rows = (*CONVENTIONS, *((measure.name.replace("_", " "), measure.formula) for measure in MEASURES.values()))
    return Section(
        "Definitions",
        f"Definitions; money in {facts.currency}, percent differences are of the budget",
        tables=(PackTable("Terms", (PackColumn("Term"), PackColumn("Meaning")), rows),),
    )
