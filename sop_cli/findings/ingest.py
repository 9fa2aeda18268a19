"""Verdicts on the extracts as they are read: I-codes."""

from sop_cli.findings.rule import Rule

UNREADABLE = Rule(
    "I201",
    "value cannot be read",
    "warning",
    "A cell does not hold what its column must hold: a number, a date, a month.",
    "The record is left out of the plan; the tie-outs show what it was worth.",
    "Correct the cell in the extract, or declare how the column is written (decimal, dates, months) in the config.",
)
MISSING = Rule(
    "I202",
    "value is missing",
    "warning",
    "A cell that must hold a value is empty.",
    "The record cannot be placed in the plan and is left out.",
    "Fill the cell in the extract, exclude such rows by a named rule, or map another column.",
)
DUPLICATE = Rule(
    "I203",
    "duplicate record",
    "warning",
    "A record is the same in every column as an earlier one; the earlier one counts, the later one is left out.",
    "Counted twice it would inflate demand and revenue.",
    "Remove one of the two from the extract.",
)
NOT_A_CHOICE = Rule(
    "I204",
    "value is not one of the allowed ones",
    "warning",
    "A cell holds a word the column does not know.",
    "The record is left out of the plan.",
    "Correct the word in the extract, or map it under `values` in the config; the message lists the allowed ones.",
)
ERROR_CELL = Rule(
    "I205",
    "cell holds no value",
    "warning",
    "A cell shows an error such as #N/A, in a workbook or saved from one, or a formula that was never calculated.",
    "Read as empty it would silently become nothing.",
    "Mend the formula, or open and save the workbook once so that it is calculated.",
)
STALE = Rule(
    "I301",
    "extract is not of this cycle",
    "error",
    "The newest record of a table, over all its sources, lies before the last closed month.",
    "Last month's file would be planned with as if it were this month's.",
    "Put this cycle's extract in place, or run the cycle the extract belongs to with --cycle.",
)
NO_ROWS = Rule(
    "I302",
    "extract has no records",
    "error",
    "Nothing below the header of a file was accepted; a warning where other files of the source do have records.",
    "A plan without it would be wrong without a word, so the run stops here.",
    "Export the extract again; if the header lies elsewhere, declare its row as `header`; if there is nothing to "
    "export, take the source out of the config.",
)
OPEN_MONTH = Rule(
    "I303",
    "records of a month that is not closed",
    "info",
    "Records are dated after the as-of month.",
    "Part of a month is not demand; such records are left out and counted as excluded.",
    "Nothing to do: they belong to the next cycle.",
)
UNUSED_COLUMN = Rule(
    "I304",
    "column is not used",
    "info",
    "A column of the extract is neither mapped nor recognised.",
    "It may hold something the plan should know.",
    "Map it under `columns` in the config if it matters.",
)
IDLE_EXCLUSION = Rule(
    "I305",
    "a rule leaves out nothing",
    "warning",
    "No row in any file of the source meets an `exclude` rule of the config.",
    "The totals it should leave out may be called otherwise now, and be counted with what they add up.",
    "Say in the rule what stands in the column, or take the rule out of the config.",
)

RULES = (
    UNREADABLE,
    MISSING,
    DUPLICATE,
    NOT_A_CHOICE,
    ERROR_CELL,
    STALE,
    NO_ROWS,
    OPEN_MONTH,
    UNUSED_COLUMN,
    IDLE_EXCLUSION,
)
