"""Verdicts on the plan: P-codes."""

from sop_cli.findings.rule import Rule

OVERLOAD = Rule(
    "P101",
    "resource overloads",
    "warning",
    "Unconstrained demand needs more than the regular hours of a resource; consecutive months are one finding.",
    "What cannot be made will be late, or cost overtime.",
    "Decide before the first month: build ahead, overtime, another line, or another promise to customers.",
)
SHORT = Rule(
    "P102",
    "demand cannot be met in time",
    "warning",
    "The constrained plan ships less of a family than falls due; orders already past due do not count, "
    "consecutive months are one finding.",
    "Revenue moves or is lost, and customers may fine.",
    "Price the levers and decide who gets what there is.",
)
BUDGET_ABOVE_CAPACITY = Rule(
    "P103",
    "budget needs more capacity than there is",
    "warning",
    "Budget volumes x bill of resources exceed regular hours plus overtime.",
    "A budget that ignores capacity cannot be landed.",
    "Change the volumes, the mix or the capacity before the budget is approved.",
)
MISPLACED = Rule(
    "P104",
    "stock lies in the wrong place",
    "warning",
    "One site holds more of an item than its target while another is short of its own.",
    "Money is tied up and service suffers at the same time.",
    "Transfer it, or change the split of receipts.",
)
SUPPLIER_SHORT = Rule(
    "P105",
    "supplier limit binds",
    "warning",
    "Planned demand for a supplier's items exceeds what it can deliver; consecutive months are one finding.",
    "Bought-in items run short or are bought spot at a premium.",
    "Escalate to the supplier, qualify a second source, or buy spot.",
)
NO_HOURS = Rule(
    "P106",
    "hours of a resource are not known",
    "warning",
    "A bill of resources names a resource that has no hours in a month that needs it.",
    "It is planned as if there were enough, so the plan may promise what cannot be made.",
    "Add the resource's hours to the capacity extract, or correct its name in the bill of resources.",
)
NO_ROUTING = Rule(
    "P107",
    "made item has no bill of resources",
    "warning",
    "An item that is made in a plant has demand but no hours at any resource.",
    "It loads nothing, so capacity looks freer than it is.",
    "Add the item to the bill of resources, or mark it as bought in.",
)

RULES = (OVERLOAD, SHORT, BUDGET_ABOVE_CAPACITY, MISPLACED, SUPPLIER_SHORT, NO_HOURS, NO_ROUTING)
