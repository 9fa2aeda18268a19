"""A cell that somebody corrects: where it is, what it holds, what it should hold, who says so and why."""

from dataclasses import dataclass

# The first sign of a text that a spreadsheet would run as a formula, full-width signs and line breaks before it
# included. What is written for people gets an apostrophe in front, and a correction copied from there is read without.
RUNS = r"[=+\-@\x00-\x1f＝＋－＠]"


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv."""

    line: int  # of corrections.csv, from 1
    file: str  # as in rejects.csv
    sheet: str | None  # None for text files
    row: int
    column: str  # header in the file
    value: str | None  # what the cell holds, as it was read; None where it is empty
    corrected: str
    who: str
    why: str

    @property
    def place(self) -> tuple[str, str | None, int, str]:
        """The cell."""
        return self.file, self.sheet, self.row, self.column
