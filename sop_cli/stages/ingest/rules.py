"""How one source is written and which of its rows count, as plain arguments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from sop_cli.errors import SopError
from sop_cli.schemas.column import Table


@dataclass(frozen=True)
class ExcludeRule:
    """Rows left out by name: where the text of `column` meets one of the conditions, or, to keep, meets none."""

    rule: str
    column: str  # header, as in the file
    starts_with: str | None = None
    equals: str | Sequence[str] | None = None
    contains: str | None = None
    blank: bool = False
    keep: bool = False  # the rows that meet a condition are those that stay

    def words(self) -> tuple[str, ...]:
        """The texts it looks for as a whole."""
        return (self.equals,) if isinstance(self.equals, str) else tuple(self.equals or ())

    def condition(self) -> str:
        """The conditions in words, as the config has them."""
        said = {
            "starts_with": self.starts_with,
            "equals": " or ".join(self.words()) or None,
            "contains": self.contains,
            "blank": "true" if self.blank else None,
        }
        return ", ".join(f"{word}: {text}" for word, text in said.items() if text is not None)


@dataclass(frozen=True)
class SourceRules:
    """One source of the config; see its fields there."""

    name: str
    table: Table
    header: int | tuple[int, ...] | None = None  # rows of the header; empty: there is none; None: find out
    decimal: Literal[".", ","] | None = None  # None: found out, column by column
    dates: str | None = None
    months: str | None = None
    year: int | None = None  # of months that name none
    fiscal_start: int = 1  # month number the fiscal year starts in
    currency: str = ""  # the reporting one, of amounts that name none; "": not known
    columns: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    join: str = "-"
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wide: str | None = None
    fill_down: tuple[str, ...] = ()
    scale: Mapping[str, int] = field(default_factory=dict)
    # Our column: texts, or beginnings that end in `*`, of records whose numbers change their sign.
    turn_sign: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exclude: tuple[ExcludeRule, ...] = ()
    crosswalk: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # our column: their code: ours
    repeats: Literal["first", "last", "sum"] = "first"  # which of two records with one key counts, or both together

    def headers(self) -> dict[str, tuple[str, ...]]:
        """The headers declared for each of our columns: one, or those it is put together from."""
        return {name: (given,) if isinstance(given, str) else tuple(given) for name, given in self.columns.items()}

    @property
    def month(self) -> str | None:
        """The column that month headers fill where months run across."""
        if self.wide is None:
            return None
        return next((column.name for column in self.table.columns if column.kind == "month"), None)


@dataclass(frozen=True)
class Contradiction:
    """Where the rules ask for something the table cannot give."""

    place: tuple[str, ...]  # as in the config: ("columns", "qty")
    message: str
    hint: str = ""


def contradictions(rules: SourceRules) -> list[Contradiction]:
    """The columns named that the table does not have, and those named in two ways."""
    numbers = [column.name for column in rules.table.columns if column.kind == "number"]
    names = [column.name for column in rules.table.columns]
    codes = [column.name for column in rules.table.columns if column.kind == "code"]
    said = [column.name for column in rules.table.columns if column.kind in ("code", "text")]
    found = [
        *_others(rules, "columns", rules.columns, names),
        *_others(rules, "constants", rules.constants, names),
        *_others(rules, "values", rules.values, names),
        *_wrong_values(rules),
        *_others(rules, "crosswalk", rules.crosswalk, codes),
        *_joined_numbers(rules),
        *_others(rules, "fill_down", rules.fill_down, names),
        *_others(rules, "scale", rules.scale, numbers),
        *_others(rules, "turn_sign", rules.turn_sign, said),
        *_others(rules, "wide", [rules.wide] if rules.wide else [], numbers),
    ]
    if rules.wide and rules.month is None:
        text = f"table {rules.table.name} has no month, so months cannot run across"
        found.append(Contradiction(("wide",), text, "remove `wide`"))
    if rules.repeats == "sum" and not rules.table.additive:
        text = f"records of table {rules.table.name} cannot be added up: a sum of their numbers means nothing"
        found.append(Contradiction(("repeats",), text, "declare `first` or `last`"))
    taken = {*rules.columns, *([rules.wide, rules.month] if rules.wide else [])}
    return found + [
        Contradiction(("constants", name), f"{name} is given by `constants` and by the file", "keep one")
        for name in rules.constants
        if name in taken
    ]


def refuse_contradictions(rules: SourceRules) -> None:
    """SopError for the first contradiction."""
    for found in contradictions(rules):
        raise SopError(f"source {rules.name}: {found.message}", hint=found.hint)


def _others(rules: SourceRules, part: str, given: Iterable[str], allowed: list[str]) -> list[Contradiction]:
    table = rules.table.name
    return [
        Contradiction(
            (part, name) if part in ("columns", "constants", "values", "scale", "turn_sign", "crosswalk") else (part,),
            f"`{part}` names {name}, which table {table} does not have there" + _meant(name, allowed),
            f"possible: {', '.join(allowed)}",
        )
        for name in given
        if name not in allowed
    ]


def _wrong_values(rules: SourceRules) -> list[Contradiction]:
    return [
        Contradiction(
            ("values", column.name, text),
            f"`values` makes {text} of {column.name} {ours}, which is not allowed there"
            + _meant(ours, [*column.choices]),
            f"possible: {', '.join(column.choices)}",
        )
        for column in rules.table.columns
        if column.choices
        for text, ours in rules.values.get(column.name, {}).items()
        if ours.lower() not in column.choices
    ]


def _joined_numbers(rules: SourceRules) -> list[Contradiction]:
    return [
        Contradiction(
            ("columns", column.name),
            f"{column.name} is a number and cannot be put together from {len(given)} columns",
            "name one header",
        )
        for column in rules.table.columns
        if column.kind == "number" and len(given := rules.headers().get(column.name, ())) > 1
    ]


def _meant(name: str, allowed: list[str]) -> str:
    near = get_close_matches(name, allowed, 1)
    return f"; did you mean {near[0]}?" if near else ""
