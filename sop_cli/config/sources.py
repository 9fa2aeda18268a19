"""What config.yaml may say about one source: which files, how they are written, which column is which."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class Strict(BaseModel):
    """A part of the config: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


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


def _pattern(text: str) -> str:
    """A way of writing dates: every letter that stands for a part of one has a % before it."""
    if re.search("%-?[a-zA-Z]", text) is None:
        meant = text.lower()
        for word, sign in _OFFICE:
            meant = meant.replace(word, sign)
        example = f"; did you mean {meant!r}?" if "%" in meant else ", e.g. '%d.%m.%Y' for 30.11.2026"
        raise ValueError(f"should say with % signs how it is written{example}")
    if unknown := re.search("%(?!-?[aAbBcCdDeFhHIjkmMpRsSTuUVwWxXyYZzGgn%fl+.:])", text):
        raise ValueError(f"should hold no {text[unknown.start() : unknown.start() + 2]!r}, which stands for nothing")
    return text


Written = Annotated[str, AfterValidator(_pattern)]


class Exclude(Strict):
    """Rows to leave out by a named rule; they are counted in the controls, never lost."""

    rule: str = Field(description="Name of the rule, as the controls show it.")
    column: str = Field(description="Header, as in the file, of the column that decides.")
    starts_with: str | None = Field(default=None, description="Leave out rows whose text begins so (any case).")
    equals: str | None = Field(default=None, description="Leave out rows whose text is exactly this (any case).")
    blank: bool = Field(default=False, description="Leave out rows where the column is empty.")


class Source(Strict):
    """One extract: a set of files that are written the same way."""

    table: str | None = Field(default=None, description="Canonical table it feeds; the source's own name by default.")
    files: Annotated[list[str], BeforeValidator(_as_list)] = Field(
        min_length=1, description="Paths beside the config; `{cycle}` becomes the cycle, `*` matches several files."
    )
    sheet: str | None = Field(default=None, description="Sheet of a workbook; the first visible one by default.")
    header: int = Field(default=1, ge=1, description="Row of the header, counted from 1 as the file shows it.")
    encoding: str = Field(default="utf-8", description="Encoding of a text file; a byte order mark wins.")
    delimiter: str = Field(default=",", min_length=1, max_length=1, description="Field separator of a text file.")
    decimal: Literal[".", ","] = Field(default=".", description="Decimal sign; the other one separates thousands.")
    dates: Written = Field(default="%Y-%m-%d", description="How dates are written; `%d.%m.%Y` is 31.12.2026.")
    months: Written = Field(
        default="%Y-%m",
        description="How months and month headers are written; `%b-%y` is Nov-26, or Dez-26: names may be "
        "English, German, French, Spanish, Italian or Dutch.",
    )
    columns: dict[str, str] = Field(
        default_factory=dict, description="Our column: header in the file. Wins over headers recognised by name."
    )
    constants: dict[str, str] = Field(default_factory=dict, description="Our column: one value for every row.")
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Our column: text in the file: our text, any case; `{supply: {E: make, F: buy}}`.",
    )
    wide: str | None = Field(
        default=None,
        description="Our column for the values where months run across; month headers are recognised, and none "
        "may be missing from the first to the last.",
    )
    fill_down: Annotated[list[str], BeforeValidator(_as_list)] = Field(
        default_factory=list, description="Our columns whose empty cells repeat the one above (merged cells)."
    )
    scale: dict[str, int] = Field(
        default_factory=dict, description="Our column: factor, where the file is in thousands or millions."
    )
    exclude: list[Exclude] = Field(
        default_factory=list, description="Rows left out by a named rule; one that leaves out nothing is told (I305)."
    )
