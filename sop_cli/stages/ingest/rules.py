"""How one source is written and which of its rows count, as plain arguments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sop_cli.errors import SopError
from sop_cli.schemas.column import Table


@dataclass(frozen=True)
class ExcludeRule:
    """Rows left out by name: where the text of `column` begins so, is exactly this, or is empty."""

    rule: str
    column: str  # header, as in the file
    starts_with: str | None = None
    equals: str | None = None
    blank: bool = False


@dataclass(frozen=True)
class SourceRules:
    """One source of the config; see its fields there."""

    name: str
    table: Table
    header: int = 1
    decimal: Literal[".", ","] = "."
    dates: str = "%Y-%m-%d"
    months: str = "%Y-%m"
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    wide: str | None = None
    fill_down: tuple[str, ...] = ()
    scale: Mapping[str, int] = field(default_factory=dict)
    exclude: tuple[ExcludeRule, ...] = ()

    @property
    def month(self) -> str | None:
        """The column that month headers fill where months run across."""
        if self.wide is None:
            return None
        return next((column.name for column in self.table.columns if column.kind == "month"), None)


def refuse_contradictions(rules: SourceRules) -> None:
    """SopError where the rules name a column the table does not have, or one column in two ways."""
    numbers = [column.name for column in rules.table.columns if column.kind == "number"]
    names = [column.name for column in rules.table.columns]
    _refuse_others(rules, "columns", rules.columns, names)
    _refuse_others(rules, "constants", rules.constants, names)
    _refuse_others(rules, "fill_down", rules.fill_down, names)
    _refuse_others(rules, "scale", rules.scale, numbers)
    _refuse_others(rules, "wide", [rules.wide] if rules.wide else [], numbers)
    if rules.wide and rules.month is None:
        raise SopError(f"source {rules.name}: table {rules.table.name} has no month, so months cannot run across")
    taken = {*rules.columns, *([rules.wide, rules.month] if rules.wide else [])}
    for name in rules.constants:
        if name in taken:
            raise SopError(f"source {rules.name}: {name} is given by `constants` and by the file", hint="keep one")


def _refuse_others(rules: SourceRules, part: str, given: Iterable[str], allowed: list[str]) -> None:
    for name in given:
        if name not in allowed:
            raise SopError(
                f"source {rules.name}: `{part}` names {name}, which table {rules.table.name} does not have there",
                hint=f"possible: {', '.join(allowed)}",
            )
