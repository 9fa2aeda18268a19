"""What each stage leaves on disk: files, and columns by name, as a planner would ask about them."""

STAGES = {
    "1-ingested": (
        "Left by `sop ingest`",
        "What was read, typed and checked. One `<table>.parquet` for every [table](#the-tables) that has an extract; "
        "its columns are those of the table, and where each row came from: `source`, `file`, `sheet`, `row`, `cell`.",
    ),
    "2-reconciled": (
        "Left by `sop reconcile`",
        "One dataset, the proof that it ties out, and what does not.",
    ),
    "3-projected": ("Left by `sop project`", "The plan to the horizon, in units, hours and money."),
    "4-variance": ("Left by `sop variance`", "Actuals and plan held against the budget."),
    "5-pack": ("Left by `sop pack`", "What the executives read."),
}

# Without its ending; most are there as .csv and .parquet, with the same rows.
FILES = {
    "1-ingested/rejects": "Records that were left out, one line per cell that fails, with what to do.",
    "1-ingested/controls": "Control totals: for every file, what was read = accepted + rejected + excluded, as records "
    "and as the sum of every number column.",
    "1-ingested/findings": "What `sop` has to say about the extracts, see [rules](rules.md).",
    "2-reconciled/reconciled": "[The dataset](#the-dataset).",
    "2-reconciled/lines": "What the dataset adds up: one line per source row and measure. `sop explain` reads it.",
    "2-reconciled/breaks": "The break register: what does not tie, since when, who answers for it, who waived it.",
    "2-reconciled/left_out": "Lines that cannot be counted because a cost, rate or unit is not known. In no sum.",
    "2-reconciled/tie_outs": "Every comparison that was made, also those that tie: the proof.",
    "2-reconciled/findings": "The breaks that nobody has waived.",
    "3-projected/projection": "The plan in the columns of [the dataset](#the-dataset).",
    "3-projected/plan": "The grid: one row per month, item and site, in base units.",
    "3-projected/load": "Hours needed and hours there are, per resource and month.",
    "3-projected/money": "Family by month, one column per line of money; the rows without family are those of the "
    "whole company.",
    "3-projected/findings": "What the plan cannot do, see [rules](rules.md#planning).",
    "4-variance/variance": "Outlook against budget, per month, family and measure, from the first month of the fiscal "
    "year to the horizon.",
    "4-variance/landing": "Where the fiscal year ends, per family and measure.",
    "4-variance/bridge": "Why the landing is not the budget, in steps that add up exactly.",
    "4-variance/to_go": "The same steps for the months still to come: what can still be changed.",
    "4-variance/flags": "The register of material divergences, with owner and age.",
    "4-variance/findings": "The flags in the shape every stage reports in.",
    "5-pack/sop-pack-CYCLE.xlsx": "The executive pack as a workbook; every number is a value, nothing needs "
    "recalculation.",
    "5-pack/sop-pack-CYCLE.md": "The same as Markdown.",
    "5-pack/charts/": "Its charts, as SVG pictures.",
}
PLANNING = (
    "What the plan is made with, in base units and reporting currency: `plan_items`, `plan_prices` and so on are the "
    "tables above with prices, costs and hours as they stand in the as-of month."
)

# Columns that mean the same in every file.
COLUMNS = {
    "account": "Account.",
    "age": "Cycles running, this one included.",
    "backlog": "Make to order: backlog before + bookings - shipped; empty otherwise.",
    "basis": "`actual` up to the as-of month, `projection` after it.",
    "bookings": "Make to order: orders expected to be taken; empty otherwise.",
    "budget": "The approved budget; empty where it does not cover the month or the year.",
    "budget_to_date": "Budget of the closed months.",
    "cell": "Header of the month column a value came from, where months run across.",
    "closing": "Opening + production + purchases + spot - shipped.",
    "code": "Code of the [rule](rules.md).",
    "column": "Column it is about.",
    "days_of_supply": "Days of demand the closing stock covers; empty where it outlasts the horizon.",
    "demand": "Consensus demand that falls due in the month.",
    "difference": "Found - expected.",
    "excluded": "Left out by a named rule, or because the month is not closed.",
    "expected": "What the ledger, or opening + receipts - shipments, says.",
    "factor": "What turns it into base units or reporting currency.",
    "family": "Planning family.",
    "favourable": "Whether the difference is good news; for costs, less is.",
    "file": "File, as the config reaches it.",
    "first": "First month it concerns.",
    "first_seen": "Cycle in which it was first seen.",
    "flag": "Id of the divergence, the same in every cycle: `landing/F03/revenue`.",
    "found": "What the extracts say.",
    "hint": "What to do.",
    "item": "Item code.",
    "last": "Last month it concerns.",
    "level": "Where it was tested: landing, months, offsets, year to date.",
    "load_hours": "Hours that demand needs, before any limit.",
    "lost": "Demand not shipped and not carried.",
    "measure": "What is counted, see [measures](#measures).",
    "message": "What is wrong, with expected, found and difference.",
    "month": "Month.",
    "opening": "Stock at the beginning of the month.",
    "outlook": "Actual for closed months, projection for the others.",
    "overtime_used": "Planned hours above regular.",
    "owner": "Role that answers for it, from the config.",
    "percent": "Difference in percent of the budget; empty against a budget of 0.",
    "place": "Where in the business it is: resource, family, item, site, months.",
    "planned_hours": "Hours of the plan.",
    "policy": "`mts` make to stock, `mto` make to order.",
    "production": "Made and received.",
    "projected_run_rate": "What each remaining month brings.",
    "purchases": "Bought at the normal price.",
    "regular": "Regular hours; empty where they are not known.",
    "rejected": "Left out because a cell fails.",
    "record": "The row as it was read.",
    "read": "What the extract says.",
    "accepted": "What counts.",
    "required_run_rate": "What each remaining month must bring to land on budget.",
    "resource": "Line, cell or work centre.",
    "row": "Line of a text file or row of a sheet, counted from 1.",
    "rule": "Code of the [rule](rules.md).",
    "scope": "`all families`, or a family.",
    "segment": "Customer segment.",
    "severity": "`error`, `warning` or `info`.",
    "sheet": "Sheet of a workbook.",
    "shipped": "Shipped to customers.",
    "site": "Plant or distribution centre.",
    "source": "Name of the source in the config.",
    "spot": "Bought on top, at a premium.",
    "step": "price, volume, mix within families, mix between families, new, discontinued, cost.",
    "target": "Stock that covers the target days of the item.",
    "tie_out": "Which comparison.",
    "to_date": "Actuals of the closed months.",
    "to_go": "Projection of the other months.",
    "unit": "Unit of the value.",
    "unmet": "Demand still owed at month end.",
    "unmet_before": "Owed from before; in the first month the orders that are past due.",
    "value": "The number.",
    "version": "Which voice, see [versions](#versions).",
    "waived_by": "Who lets it pass.",
    "waived_until": "Last cycle of the waiver.",
    "waived_why": "Why.",
    "worth": "Money at stake, in reporting currency.",
    "worth_of_an_hour": "What one more regular hour would save; 0 where hours are free.",
}

# Columns that mean something else in one file.
HERE = {
    ("1-ingested/controls", "column"): "`records`, `records excluded: <rule>`, or a number column.",
    ("1-ingested/controls", "read"): "Count or sum of everything in the file.",
    ("1-ingested/rejects", "column"): "Header, as in the file; empty where the whole record fails.",
    ("1-ingested/rejects", "value"): "The cell as it was read; for a duplicate, its key.",
    ("2-reconciled/breaks", "break"): "Id of the break, the same in every cycle: `R101/F03/2026-08`.",
    ("2-reconciled/breaks", "value"): "The text as it was read.",
    ("2-reconciled/breaks", "status"): "`new`, `open` or `waived`.",
    ("3-projected/load", "overtime"): "Overtime hours: the most that can be added.",
    ("4-variance/bridge", "measure"): "`revenue` or `gross_margin`.",
    ("4-variance/to_go", "measure"): "`revenue` or `gross_margin`.",
    **{
        (f"4-variance/{file}", "difference"): "Outlook - budget; empty where there is no budget."
        for file in ("flags", "landing", "variance")
    },
    ("4-variance/flags", "status"): "`new` or `continuing`.",
    ("4-variance/flags", "value"): "The text as it was read.",
    ("4-variance/landing", "outlook"): "The landing: to date + to go.",
    ("4-variance/landing", "status"): "`no budget`, or empty.",
    ("4-variance/variance", "status"): "`no budget`, or empty.",
    **{
        (f"{stage}/findings", "value"): "The text as it was read."
        for stage in ("1-ingested", "2-reconciled", "3-projected", "4-variance")
    },
}
