"""Verdicts on where the table of a file lies: I111 to I119."""

from sop_cli.findings.rule import Rule

ANOTHER_TABLE = Rule(
    "I111",
    "another table in the file",
    "warning",
    "The file or sheet holds more than one table. One with another header is not read; below the same header once more "
    "the table goes on, as in a list with pages.",
    "What stands in the other table is not in the plan, or counts twice.",
    "Export each table to a file or sheet of its own; if the wrong one is read, declare the row of the right header as "
    "`header`.",
)
NO_HEADER = Rule(
    "I112",
    "no header found",
    "warning",
    "No row of the file reads like a header, so every row is taken for a record.",
    "Without names nobody can tell which column is which.",
    "Export the file with its header, or declare the row of the header as `header`.",
)
HEADER_ROWS = Rule(
    "I113",
    "header over several rows",
    "info",
    "The header spans more than one row; the texts over a column are joined from top to bottom.",
    "A record taken for part of the header would be missing from the plan.",
    "Look at the names with `sop peek FILE`; if they are wrong, declare the rows of the header as `header`.",
)
DOUBTFUL_HEADER = Rule(
    "I114",
    "header is a guess",
    "warning",
    "A row of names stands over columns that hold nothing but words, so it could be a record as well.",
    "A record taken for a header would be missing from the plan.",
    "Look at it with `sop peek FILE`; declare the row of the header as `header` to be sure.",
)
WRONG_TOTAL = Rule(
    "I115",
    "total does not add up",
    "warning",
    "A total row of the file says something else than its records add up to.",
    "Records are missing or counted twice, in the file or in the total.",
    "Export the file again; if the total counts something that is not in the file, ignore this.",
)
ROWS_OUTSIDE = Rule(
    "I116",
    "rows outside the table",
    "info",
    "Titles, units, totals and footnotes are no records and are left out.",
    "A record taken for one of them would be missing from the plan.",
    "Look at them with `sop peek FILE`.",
)
PERHAPS_TOTAL = Rule(
    "I117",
    "record that looks like a total",
    "warning",
    "A row says total, but does not clearly add up the rows above it; it is read as a record.",
    "A total read as a record counts everything twice.",
    "If it is a total, leave it out by an `exclude` rule.",
)
MISFIT = Rule(
    "I118",
    "record unlike the others",
    "warning",
    "Several cells of a record hold words where all others hold numbers, dates or codes.",
    "Its cells are probably shifted by a delimiter too few or too many, or written differently.",
    "Look at the row in the file, and mend it there.",
)
HEADER_WIDTH = Rule(
    "I119",
    "header as wide as no record",
    "warning",
    "The header has more or fewer fields than the records.",
    "If a name is missing or one too many, every name after it stands over the wrong column.",
    "Compare the names with their columns in `sop peek FILE`, and mend the header in the file.",
)

RULES = (
    ANOTHER_TABLE,
    NO_HEADER,
    HEADER_ROWS,
    DOUBTFUL_HEADER,
    WRONG_TOTAL,
    ROWS_OUTSIDE,
    PERHAPS_TOTAL,
    MISFIT,
    HEADER_WIDTH,
)
