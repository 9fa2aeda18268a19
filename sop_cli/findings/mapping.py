"""Verdicts on how the columns, codes and months of an extract were taken: I32x."""

from sop_cli.findings.rule import Rule

LIKENESS = Rule(
    "I321",
    "header taken by likeness",
    "warning",
    "A header is not known, but is nearly one that is, and nothing else can be meant; info where the column is not "
    "required.",
    "If something else is meant, a column of the plan holds the wrong thing.",
    "Look at the column; the line to declare under `columns` settles it.",
)
NOT_IN_CROSSWALK = Rule(
    "I322",
    "code is not in the crosswalk",
    "warning",
    "A code stands in the extract that its crosswalk does not list, neither as theirs nor as ours.",
    "It stays as it is, and will fit no code of the plan unless both happen to use it.",
    "Add the code to the file named under `crosswalk`.",
)
ACROSS = Rule(
    "I323",
    "months run across",
    "info",
    "Headers of the extract are months, and only one column of the table can stand below them.",
    "Nothing to fear if it is so: every month cell becomes a record of its own.",
    "Nothing to do; `wide` in the config settles it.",
)
UNIT_BESIDE = Rule(
    "I324",
    "unit beside a header is not read",
    "warning",
    "A header, or a row of units below it, names a unit or another currency than that of the plan, and neither a "
    "column of the extract nor the config gives it.",
    "The numbers are taken as base units, or as reporting currency.",
    "Declare it under `constants` in the config if it is another one; rename the header if it is not.",
)
OTHER_CURRENCY = Rule(
    "I325",
    "cells carry another currency",
    "error",
    "A cell says its currency, as $5 and 7 EUR do, and the record is in another one: that of its currency column, of "
    "`constants`, or of the plan.",
    "The number counts in the currency of its record, and is wrong by the exchange rate.",
    "Declare the currency under `constants`, or have it exported as a column.",
)
SPOILT_CODES = Rule(
    "I326",
    "codes look as a spreadsheet leaves them",
    "warning",
    "Codes have become numbers with an exponent, truth values, dates, or numbers whose last digits are zeros: a "
    "spreadsheet does that to long numbers and to codes such as 3-1 or TRUE when it opens a file.",
    "What the code was is lost; the record fits nothing in the plan.",
    "Have the extract exported anew and do not save it from a spreadsheet, or import it there with the column as text; "
    "if these are your codes, `checks: {I326: off}`.",
)

RULES = (LIKENESS, NOT_IN_CROSSWALK, ACROSS, UNIT_BESIDE, OTHER_CURRENCY, SPOILT_CODES)
