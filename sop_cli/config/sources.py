"""What config.yaml may say about one source: which files, how they are written, which column is which."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sop_cli.config.checks import Checks


class Strict(BaseModel):
    """A part of the config: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | int) else value


def _file(pattern: str) -> str:
    if not pattern.strip():
        raise ValueError("should name a file, e.g. 'extracts/{cycle}/shipments.csv'")
    return pattern


_OFFICE = (
    ("yyyy", "%Y"),
    ("jjjj", "%Y"),
    ("yy", "%y"),
    ("mmmm", "%B"),
    ("mmm", "%b"),
    ("mm", "%m"),
    ("dd", "%d"),
    ("tt", "%d"),
)


_SERIALS = ("excel", "excel-1904")  # days counted as workbooks do


def _pattern(text: str) -> str:
    """A way of writing dates: every letter that stands for a part of one has a % before it, or the word for serials."""
    if text in _SERIALS:
        return text
    if re.search("%-?[a-zA-Z]", text) is None:
        meant = text.lower()
        for word, sign in _OFFICE:
            meant = meant.replace(word, sign)
        example = f"; did you mean {meant!r}?" if "%" in meant else ", e.g. '%d.%m.%Y' for 30.11.2026"
        raise ValueError(f"should say with % signs how it is written{example}")
    if unknown := re.search("%(?!-?[aAbBcCdDeFhHIjkmMpRsSTuUVwWxXyYZzGgn%flq+.:])", text):
        raise ValueError(f"should hold no {text[unknown.start() : unknown.start() + 2]!r}, which stands for nothing")
    return text


Written = Annotated[str, AfterValidator(_pattern)]


Texts = Annotated[list[str], BeforeValidator(_as_list)]


class Exclude(Strict):
    """Rows to leave out by a named rule; they are counted in the controls, never lost."""

    rule: str = Field(description="Name of the rule, as the controls show it.")
    column: str = Field(description="Header, as in the file, of the column that decides.")
    starts_with: str | None = Field(default=None, description="Leave out rows whose text begins so (any case).")
    equals: Texts = Field(
        default_factory=list, description="Leave out rows whose text is exactly this, or one of these (any case)."
    )
    contains: str | None = Field(default=None, description="Leave out rows whose text contains this (any case).")
    blank: bool = Field(default=False, description="Leave out rows where the column is empty.")


class Keep(Strict):
    """The only rows to keep; all others are counted in the controls under a rule of this name, never lost."""

    rule: str | None = Field(default=None, description="Name of the rule; `kept only Plant P1` by default.")
    column: str = Field(description="Header, as in the file, of the column that decides.")
    starts_with: str | None = Field(default=None, description="Keep rows whose text begins so (any case).")
    equals: Texts = Field(
        default_factory=list, description="Keep rows whose text is exactly this, or one of these (any case)."
    )
    contains: str | None = Field(default=None, description="Keep rows whose text contains this (any case).")

    @model_validator(mode="after")
    def _has_a_condition(self) -> Self:
        if not self.equals and self.starts_with is None and self.contains is None:
            raise ValueError("would keep no row: say `equals`, `starts_with` or `contains`")
        return self

    @property
    def name(self) -> str:
        """The rule's name, or one that says what it does."""
        begins = f"{self.starts_with}..." if self.starts_with is not None else None
        within = f"...{self.contains}..." if self.contains is not None else None
        wanted = " or ".join(word for word in (*self.equals, begins, within) if word is not None)
        return self.rule or f"kept only {self.column} {wanted}"


class Source(Strict):
    """One extract: a set of files that are written the same way."""

    table: str | None = Field(default=None, description="Canonical table it feeds; the source's own name by default.")
    files: Annotated[list[Annotated[str, AfterValidator(_file)]], BeforeValidator(_as_list)] = Field(
        min_length=1, description="Paths beside the config; `{cycle}` becomes the cycle, `*` matches several files."
    )
    sheet: str | None = Field(default=None, description="Sheet of a workbook; the first visible one by default.")
    header: Annotated[list[Annotated[int, Field(ge=0)]] | None, BeforeValidator(_as_list)] = Field(
        default=None,
        description="Row of the header, counted from 1 as the file shows it, or its rows; 0 where there is none. "
        "Found out by default.",
    )
    encoding: str | None = Field(
        default=None, description="Encoding of a text file, found out by default; a byte order mark wins."
    )
    delimiter: str | None = Field(
        default=None, min_length=1, description="Field separator of a text file, found out by default."
    )
    quote: str | None = Field(
        default=None,
        max_length=1,
        description='Quotation mark of a text file; "" if it has none. Found out by default.',
    )
    escape: str | None = Field(
        default=None,
        max_length=1,
        description='What stands before a quotation mark within quotes; "" if it is doubled. Found out by default.',
    )
    decimal: Literal[".", ","] | None = Field(
        default=None,
        description="Decimal sign; the other one separates thousands. Found out column by column where not given.",
    )
    dates: Written | None = Field(
        default=None,
        description="How dates are written; `%d.%m.%Y` is 31.12.2026, `excel` a day as workbooks count them "
        "(`excel-1904`: from 1904). Found out column by column where not given.",
    )
    months: Written | None = Field(
        default=None,
        description="How months and month headers are written; `%b-%y` is Nov-26, or Dez-26: names may be those "
        "of sixteen languages. `M%m` needs `year`; after P or FY, as in `P%m/%Y`, period and year are fiscal, a month "
        "by its name lies in that year, and so where plain numbers stand in columns of their own (`FY%Y-P%m` for "
        "2026-5); `Q%q %y` is a quarter, `%G-W%V` a week. Found out where it is not given.",
    )
    year: int | None = Field(
        default=None,
        ge=1900,
        le=2199,
        description="Year of months that name none: M01, May, P05 (a fiscal year then); of the first one where "
        "headers run on into the next year: Nov, Dec, Jan.",
    )
    columns: dict[str, Texts] = Field(
        default_factory=dict,
        description="Our column: header in the file, or a list of headers whose texts together are the code. Wins "
        "over headers recognised by name.",
    )
    join: str = Field(default="-", description="Sign between the texts of several columns; `4711-10`.")
    constants: dict[str, str] = Field(default_factory=dict, description="Our column: one value for every row.")
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Our column: text in the file: our text, any case; `{supply: {E: make, F: buy}}`.",
    )
    crosswalk: dict[str, str] = Field(
        default_factory=dict,
        description="Our column of codes: a file of two columns, their code and ours, that says what theirs are "
        "called here. Codes it does not list stay as they are and are told (I322).",
    )
    wide: str | None = Field(
        default=None,
        description="Our column for the values where months run across; month headers are recognised, and none "
        "may be missing from the first to the last. Found out where only one column can be meant (I323).",
    )
    fill_down: Annotated[list[str], BeforeValidator(_as_list)] = Field(
        default_factory=list, description="Our columns whose empty cells repeat the one above (merged cells)."
    )
    scale: dict[str, int] = Field(
        default_factory=dict,
        description="Our column: factor, where the file is in thousands or millions; -1 turns the sign round, -1000 "
        "does both.",
    )
    turn_sign: dict[str, Texts] = Field(
        default_factory=dict,
        description="Our column of codes or words: texts, or beginnings that end in `*`, of records whose numbers "
        "change their sign. For revenue posted as credit beside costs that are not: `{gl_account: 40*}`, "
        "`{measure: revenue}`.",
    )
    repeats: Literal["first", "last", "sum"] = Field(
        default="first",
        description="Which of two records with the same key counts: `last` where later files, or later rows, correct "
        "earlier ones, which are then left out as `corrected later` (I222); `sum` where the rows of a file are parts "
        "of a whole, such as storage locations, whose quantities and amounts are added up (I233).",
    )
    exclude: list[Exclude] = Field(
        default_factory=list, description="Rows left out by a named rule; one that leaves out nothing is told (I305)."
    )
    keep: list[Keep] = Field(
        default_factory=list, description="The only rows to keep, where a file holds more than the plan is about."
    )
    checks: Checks = Field(
        default_factory=dict, description="Severities for this source alone; they win over those under `checks`."
    )
