"""Verdicts on how the extracts are written: I1-codes."""

from sop_cli.findings.rule import Rule

GUESSED_ENCODING = Rule(
    "I101",
    "encoding was guessed",
    "info",
    "The file is not UTF-8 and does not say what it is; its letters make most sense in the encoding named.",
    "In the wrong encoding names with accents differ from the same names elsewhere, and nothing matches.",
    "If the names look right there is nothing to do; else declare `encoding` in the config, or export as UTF-8.",
)
STRAY_BYTES = Rule(
    "I102",
    "bytes of another encoding",
    "warning",
    "Part of the file is UTF-8 and part is not: each line is read by its own encoding. Where an encoding is declared, "
    "it is used for all of the file, though letters in it look like UTF-8.",
    "Parts of the file come from different programs, or the export has changed; a name may be spelled in two ways.",
    "Look at the line, and export all of the file from one program as UTF-8; take an `encoding` that no longer holds "
    "out of the config.",
)
UNCLOSED_QUOTE = Rule(
    "I103",
    "quote is never closed",
    "warning",
    "A field begins with a quote that is not closed; the quote is read as plain text, on its line alone.",
    "Read as an opening quote it would swallow the records that follow.",
    "Remove the quote in the extract, or close it.",
)
WRONG_QUOTE = Rule(
    "I104",
    "quote within a field",
    "warning",
    "A quoted field holds a quote that is not doubled, or text follows its closing quote; the field is kept whole.",
    "Another program may cut the field there and shift those after it.",
    "Write a quote within a quoted field twice, or export with another program.",
)
TOO_MANY_FIELDS = Rule(
    "I105",
    "record has too many fields",
    "warning",
    "A record has more fields than the others; all are kept.",
    "The values stand in the wrong columns if a field holds the delimiter and is not quoted.",
    "Put fields that hold the delimiter in quotes and export again, or give the further columns a header.",
)
TOO_FEW_FIELDS = Rule(
    "I106",
    "record has too few fields",
    "warning",
    "A record within the table has fewer fields than the others; those that are missing at its end are empty.",
    "If one is missing in the middle, the values stand in the wrong columns.",
    "Look at the line, and export the file again if it was cut.",
)
OTHER_DELIMITER = Rule(
    "I107",
    "record is separated otherwise",
    "warning",
    "One record is separated by another character than the rest of the file, and was read by that one.",
    "Read like the rest it would be one long field.",
    "Look at the line; it was probably typed or pasted in by hand.",
)
CONTROL_CHARACTERS = Rule(
    "I108",
    "control characters in the text",
    "warning",
    "A cell holds characters that no keyboard writes, such as NUL; they are kept.",
    "Two codes that look the same may not be, and will not match.",
    "Clean the cell in the system the extract comes from.",
)
UNSURE_DELIMITER = Rule(
    "I109",
    "delimiter is not certain",
    "warning",
    "The file reads almost as well with another delimiter, or has none and was cut where its columns stand below "
    "each other.",
    "With the wrong one the columns are cut in the wrong places.",
    "Look at the table with `sop peek`, and declare `delimiter` in the config.",
)
OTHER_KIND = Rule(
    "I110",
    "file is not what its ending says",
    "info",
    "A text file is named like a workbook, or the other way round; it was read as what it is.",
    "Other programs go by the ending and will refuse the file.",
    "Give the file the ending that fits what it holds.",
)
HIDDEN_ROWS = Rule(
    "I121",
    "hidden rows are read",
    "info",
    "Rows of the sheet are hidden, by hand or by a filter.",
    "They count like all others: who looks at the sheet sees less than what is planned with.",
    "Nothing, if they belong to the table. If not, delete them or leave them out by an `exclude` rule.",
)
HIDDEN_COLUMNS = Rule(
    "I122",
    "hidden columns are read",
    "info",
    "Columns of the sheet are hidden.",
    "They can be mapped like all others, and nobody sees on the sheet what they hold.",
    "Nothing, if they are meant to be used. If not, map the visible column under `columns` in the config.",
)
HIDDEN_SHEET = Rule(
    "I123",
    "the sheet is hidden",
    "info",
    "The sheet that is read is hidden in the workbook.",
    "Who opens the workbook does not see it, and may look at another sheet instead.",
    "Nothing, if it is the right one. If not, declare the right one as `sheet` in the config.",
)
OTHER_SHEETS = Rule(
    "I124",
    "other sheets are not read",
    "info",
    "The workbook has several sheets and none is declared: the fullest of the visible ones is read.",
    "The table may be on another sheet, or go on there.",
    "Declare the sheet as `sheet` in the config; a sheet more is a source more.",
)
NO_DATE = Rule(
    "I125",
    "number formatted as a date",
    "info",
    "A number has the format of a date and is none: it is negative or far too large, and the sheet shows ####.",
    "It is read as the number it is; in a column of dates it cannot be read.",
    "Give the cells the format of a number, or mend the formula that should give a date.",
)
NO_SHEETS = Rule(
    "I126",
    "file has no sheets",
    "info",
    "The config declares a `sheet`, and the file is a text or a Parquet file.",
    "It is read all the same; perhaps another file was meant.",
    "Remove `sheet` from the source, or name the workbook.",
)

RULES = (
    GUESSED_ENCODING,
    STRAY_BYTES,
    UNCLOSED_QUOTE,
    WRONG_QUOTE,
    TOO_MANY_FIELDS,
    TOO_FEW_FIELDS,
    OTHER_DELIMITER,
    CONTROL_CHARACTERS,
    UNSURE_DELIMITER,
    OTHER_KIND,
    HIDDEN_ROWS,
    HIDDEN_COLUMNS,
    HIDDEN_SHEET,
    OTHER_SHEETS,
    NO_DATE,
    NO_SHEETS,
)
