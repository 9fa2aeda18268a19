"""Verdicts on how the values of a column are written: I-codes 211 to 219."""

from sop_cli.findings.rule import Rule

UNCLEAR_DECIMAL = Rule(
    "I211",
    "decimal sign is not certain",
    "warning",
    "Every number of a column with a point or a comma could be read in two ways: 1.234 is a thousand, or little more "
    "than one. What else the file says decides: other columns, those nothing is mapped to as well, then how its "
    "numbers and dates are written and what separates fields. An info where all of that agrees; an error where it does "
    "not, or says nothing, and numbers that must be there are read as thousandths.",
    "Read the wrong way, every figure of the column is wrong by a factor of 1000.",
    'Look at one of the numbers in the message; if it is read wrongly, declare the sign: `decimal: ","` or '
    '`decimal: "."`.',
)
TWO_WAYS = Rule(
    "I212",
    "column is written in two ways",
    "warning",
    "Most cells of a column are written in one way, some in another that contradicts it; or some numbers have a "
    "percent sign and others, above 1, have none.",
    "Cell by cell, 03/04 would be March here and April there; so the way of most counts, and the others are rejected "
    "or, where both ways fit, read as the rest. A number with % is a hundredth of one without.",
    "Have the column exported in one way; often two files were pasted together.",
)
UNCLEAR_ORDER = Rule(
    "I213",
    "order of day, month and year is not certain",
    "warning",
    "Every date of a column can be read in more than one way, and nothing else in the file tells which is right; or "
    "the real dates of a workbook have no day after the 12th, and what is left as text beside them has no other.",
    "Read the wrong way, records land in other months.",
    "Look at the date in the message; if it is read wrongly, declare how dates are written with `dates` (or `months`).",
)
NO_YEAR = Rule(
    "I214",
    "months do not name their year",
    "error",
    "A column or header row has months such as M05 or May, and no year beside them; a warning where a year stands in "
    "the name of the sheet or file and is taken from there, an info where headers run over the turn of the year given.",
    "Without its year a month has no place in the plan.",
    "Declare the year, e.g. `year: 2027`, or export months with their year.",
)
SCALE_TOLD = Rule(
    "I215",
    "file speaks of thousands or millions",
    "warning",
    "A header, or a text beside the table, says that numbers are in thousands or millions, and the config does not.",
    "The numbers are read as they stand, and may be too small by a factor of 1000 or more.",
    "Declare `scale` as the message says; if the numbers are in full, declare a scale of 1.",
)
ROUNDED = Rule(
    "I216",
    "numbers are rounded",
    "info",
    "Numbers of a column have more than eight decimals; the plan keeps eight.",
    "Sums may differ from those of the file in the ninth decimal.",
    "Nothing to do, unless the column is written in a unit so large that eight decimals are not enough.",
)
SPREAD = Rule(
    "I217",
    "quarters or weeks are spread over months",
    "info",
    "A file gives numbers by quarter or week; each is divided among the months it covers, and the parts add up to it.",
    "The plan is made in months; within a quarter every month is taken to be alike.",
    "Nothing to do; if the months differ, have the extract made by month.",
)
GUARDED = Rule(
    "I218",
    "codes are guarded from spreadsheets",
    "info",
    'Cells of a text file are written ="00123", so that a spreadsheet keeps their zeros.',
    "They are read as 00123: with the guard they would match no code of another extract.",
    "Nothing to do.",
)

KIND_OF_PERIOD = Rule(
    "I219",
    "kind of period is not certain",
    "warning",
    "Numbers such as 202701 can be months or weeks, and those beside a fiscal year months of the calendar or periods "
    "of that year; the header or the other cells of the column decide.",
    "Read the wrong way, records land in other months.",
    "Look at the period in the message; if it is read wrongly, declare how periods are written with `months`.",
)

RULES = (UNCLEAR_DECIMAL, TWO_WAYS, UNCLEAR_ORDER, NO_YEAR, SCALE_TOLD, ROUNDED, SPREAD, GUARDED, KIND_OF_PERIOD)
