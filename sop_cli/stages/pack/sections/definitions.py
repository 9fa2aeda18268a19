"""What every figure of the pack means."""

from sop_cli.findings.words import named
from sop_cli.schemas.dataset import MEASURES
from sop_cli.schemas.pack import PackColumn, PackTable, Section
from sop_cli.stages.pack.facts import PackFacts

CONVENTIONS = (
    ("cycle", "one monthly run, named by the month it is held in; as-of is the month before, the last closed one"),
    ("landing", "actuals of closed months + projection for the rest of the fiscal year"),
    ("difference", "landing - budget; of a cost, above budget is unfavourable"),
    ("required run-rate", "(budget - actual to date) / remaining months"),
    ("price", "outlook units x (outlook price - budget price), per item"),
    ("volume", "(outlook units - budget units) x average budget price or margin"),
    ("mix within families", "what a shift between items of a family brings, at budget price or margin"),
    ("mix between families", "what a shift between families brings, at budget averages"),
    ("new", "what items bring that the budget does not have"),
    ("discontinued", "budget of items that the fiscal year does not sell at all"),
    ("cost", "- outlook units x (outlook standard cost - budget standard cost), per item"),
    (
        "material",
        "difference of at least the floor and at least the percent of the budget; of a price, the floor alone",
    ),
    ("to escalate", "a material divergence of at least the escalation percent of the budget, either way"),
    (
        "at stake",
        "what hangs on a decision: revenue of the short hours or units, EBITDA of a landing, price already lost",
    ),
    ("load", "hours that consensus demand needs in the month it is due, whatever stock there is"),
    ("target stock", "demand of the next target days of the item, at its site"),
    ("over target", "stock at as-of - target of the next month; negative is below it"),
    ("past due", "orders promised in a closed month and still owed; backlog is all orders not shipped yet"),
)


def definitions(facts: PackFacts) -> Section:
    """Measures with their formulas, and the conventions used where there is more than one."""
    rows = (*CONVENTIONS, *((named(measure.name), measure.formula) for measure in MEASURES.values()))
    return Section(
        "Definitions",
        f"Definitions; money in {facts.currency}, percent differences are of the budget",
        tables=(PackTable("Terms", (PackColumn("Term"), PackColumn("Meaning")), rows),),
    )
