"""Verdicts on the projection held against the budget: V-codes."""

from sop_cli.findings.rule import Rule

MATERIAL = Rule(
    "V101",
    "material divergence from budget",
    "warning",
    "A figure diverges from the budget by at least the percent and at least the floor of the config.",
    "It will not go away by itself; early, there is still something to decide.",
    "Name the cause, price a lever, decide by the date.",
)
ESCALATE = Rule(
    "V102",
    "divergence to escalate",
    "warning",
    "A material divergence is beyond the escalation percent.",
    "It puts the landing at risk.",
    "Put it on the executives' table with priced options.",
)
LANDING = Rule(
    "V103",
    "year-end landing misses the budget",
    "warning",
    "Actuals to date plus the projection for the rest of the fiscal year miss the budget beyond the landing percent.",
    "The year ends somewhere else than promised.",
    "Show the required run-rate beside the projected one and, where it falls short, the levers that close the gap.",
)
OFFSETS = Rule(
    "V104",
    "divergences that cancel out",
    "warning",
    "Two or more families diverge materially while their total does not.",
    "A total on budget hides two problems.",
    "Look at the families, not at the total.",
)
PRICE_LEAK = Rule(
    "V105",
    "margin leaks through price",
    "warning",
    "Items of a family were sold below their budget price by at least the floor, fiscal year to date.",
    "The loss hides behind volume and mix.",
    "Find the accounts and discounts behind it.",
)

RULES = (MATERIAL, ESCALATE, LANDING, OFFSETS, PRICE_LEAK)
