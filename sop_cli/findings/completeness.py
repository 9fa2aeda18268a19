"""Verdicts on whether the extracts are all there and can be right: I-codes from I221 on."""

from sop_cli.findings.rule import Rule

CONFLICT = Rule(
    "I221",
    "same key, other values",
    "warning",
    "Two records have the same key and say different things; the first one counts, the later one is left out.",
    "One of the two is wrong, or the later one is a correction that does not count.",
    "Remove the wrong one from the extract; where later records correct earlier ones, declare `repeats: last` for the "
    "source.",
)
CORRECTED_LATER = Rule(
    "I222",
    "records corrected by later ones",
    "info",
    "Records of a source with `repeats: last` have the key of earlier ones, which they replace.",
    "The earlier ones are left out and counted as excluded under `corrected later`; nothing is lost.",
    "Nothing to do if the difference is what you expect.",
)
CORRECTED_BY_HAND = Rule(
    "I223",
    "cells corrected by hand",
    "info",
    "Lines of corrections.csv replace cells of an extract; the extract itself is not touched.",
    "The numbers rest on what somebody wrote down, not on the extract alone.",
    "Have the cells mended in the system the extract comes from, then take the lines out of corrections.csv.",
)
IDLE_CORRECTION = Rule(
    "I224",
    "correction no longer applies",
    "warning",
    "A line of corrections.csv names a cell that is not there, or that now holds something else; it was not applied.",
    "Either the extract has been mended, or the rows have moved and the wrong cell stays as it is.",
    "Take the line out of corrections.csv, or copy it again from rejects.csv.",
)
SHORT = Rule(
    "I225",
    "far less than last cycle",
    "warning",
    "A source holds far fewer rows, or a number column a far smaller sum, than last cycle; below the second threshold "
    "it is an error, and the run stops as with a stale extract. Or one of its several files holds far fewer rows than "
    "the file in whose place it came.",
    "A cut-off export looks like a bad month.",
    "Export the extract again; if it is complete, change the thresholds under `completeness`, or the severity under "
    "`checks` of the source.",
)
COLUMNS_CHANGED = Rule(
    "I226",
    "columns changed since last cycle",
    "info",
    "A header is new, gone or called otherwise; a warning where one that was used is gone.",
    "The export was changed, and a column may now mean something else.",
    "Ask who changed the export; declare the right header under `columns`.",
)
SAME_FILE = Rule(
    "I227",
    "file is the same as last cycle",
    "warning",
    "A file is byte for byte one of last cycle under another name, though its table must reach the last closed month; "
    "or open orders or a forecast, which change every month, are as they were.",
    "Last month's file was copied into this cycle.",
    "Put this cycle's export in its place.",
)
WRONG_MONTH = Rule(
    "I228",
    "file does not reach the last closed month",
    "warning",
    "A file in the folder of this cycle holds only older months, while other files of its table are up to date.",
    "One plant or region of last month would be missing without a word.",
    "Export this file again for the last closed month.",
)
FUTURE = Rule(
    "I229",
    "actuals in the future",
    "warning",
    "Records that are said to have happened are dated after the month in which the cycle is held; they are left out.",
    "A date is mistyped, day and month are swapped, or plans are marked as actual.",
    "Correct the dates, or how they are written (`dates`), or the status.",
)
EMPTY_MONTH = Rule(
    "I230",
    "month without numbers",
    "warning",
    "A month between others has no records, or only zeros: of what has happened, or of a plan, such as the sales "
    "forecast, the budget or the hours of the plants.",
    "It would be read as a month without demand, and pull the forecast down; or planned with as it is.",
    "Export the month again; if it really was nothing, switch the rule off for the source under `checks`.",
)
HALF_MONTH = Rule(
    "I231",
    "last month is not complete",
    "warning",
    "The last closed month holds far less than the months before it, and its records end well before the month does.",
    "The export was made before the month was closed.",
    "Export again after the month end.",
)
SCALE = Rule(
    "I232",
    "value of the wrong scale",
    "warning",
    "A value, a month or a whole source is about 100 or 1000 times what its history says, or that part of it.",
    "Thousands read as units, or a decimal sign taken for a separator, is wrong by more than any plan can bear.",
    "Correct the value, or declare `scale` or `decimal` for the source.",
)
ADDED_UP = Rule(
    "I233",
    "records added up",
    "info",
    "Records of a source with `repeats: sum` have the same key and are parts of a whole; their numbers count together, "
    "under the first of them.",
    "Each row stays accepted in the controls; the table holds one record for all of them.",
    "Nothing to do if the rows are parts, such as storage locations; if they are the same goods twice, take out "
    "`repeats: sum`.",
)
SLIP = Rule(
    "I234",
    "value about ten times all others",
    "warning",
    "A single value, or the price that an amount and a quantity make, is about ten times what the same item has in all "
    "its other records of the source, which are much alike. Lumpy demand and large orders at their usual price are not "
    "meant.",
    "One digit too many passes every other check and moves the plan of the item for a year.",
    "Look the record up in the system it comes from; correct it there, or in corrections.csv.",
)
CREDIT = Rule(
    "I235",
    "credit signs",
    "warning",
    "Accounts or measures that the plan has as positive, such as revenue, are negative in nearly all records; or the "
    "quantities or amounts of a source add up to less than zero.",
    "Revenue with the sign of a credit, or goods issued with a minus, makes every margin and every tie-out wrong.",
    "Turn the sign of these records by `turn_sign`, or that of the whole file by `scale`.",
)
IDLE_SIGN = Rule(
    "I236",
    "a sign to turn is met by no record",
    "warning",
    "No record of the source has a code or word that `turn_sign` of the config names.",
    "The records it should turn are called otherwise now, and keep the sign of a credit.",
    "Say in `turn_sign` what stands in the column, or take it out of the config.",
)
NO_COUNTERPART = Rule(
    "I237",
    "file of last cycle without counterpart",
    "warning",
    "A source of several files has none for one of last cycle's, by its name without months and dates.",
    "A plant or region whose file did not arrive would be missing without a word.",
    "Put the file in its place; if it comes no more, there is nothing to do: only the first cycle without it is told.",
)

RULES = (
    CONFLICT,
    CORRECTED_LATER,
    CORRECTED_BY_HAND,
    IDLE_CORRECTION,
    SHORT,
    COLUMNS_CHANGED,
    SAME_FILE,
    WRONG_MONTH,
    FUTURE,
    EMPTY_MONTH,
    HALF_MONTH,
    SCALE,
    ADDED_UP,
    SLIP,
    CREDIT,
    IDLE_SIGN,
    NO_COUNTERPART,
)
