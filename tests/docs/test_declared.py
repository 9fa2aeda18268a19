"""Nothing is declared in the code without being described, shown and tried."""

import re
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from sop_cli.config.checks import Check
from sop_cli.config.model import Config
from sop_cli.config.sources import Exclude, Keep, Source
from sop_cli.config.waivers import Waiver
from sop_cli.findings.rule import Rule
from sop_cli.findings.rules import RULES
from sop_cli.schemas.column import Column
from sop_cli.schemas.dataset import GRAIN, MEASURES, Measure
from sop_cli.schemas.tables import TABLES
from tests.docs.config_page import leaves
from tests.docs.reference import ROOT
from tests.docs.tables_page import GRAIN_WORDS
from tests.docs.walk import WALKED

COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]
FIELDS = [
    *((path, field) for path, field, _ in leaves(Config) if path != "sources"),
    *((f"sources.*.{path}", field) for path, field, _ in leaves(Source)),
    *((f"sources.*.exclude.{path}", field) for path, field, _ in leaves(Exclude)),
    *((f"sources.*.keep.{path}", field) for path, field, _ in leaves(Keep)),
    *((f"checks.*.{path}", field) for path, field, _ in leaves(Check)),
    *((path, field) for path, field, _ in leaves(Waiver)),
]


def _words(text: str) -> bool:
    """A sentence: it begins with a capital or a name as it is written, and ends."""
    return bool(re.match(r"[A-Z`a-z0-9]", text)) and text.endswith(".")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_is_drawn_by_a_test_and_says_what_it_means_why_it_matters_and_what_to_do(rule: Rule) -> None:
    assert all(_words(text) for text in (rule.means, rule.matters, rule.do))
    assert rule.code in _tried()


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column.name}" for table, column in COLUMNS])
def test_every_column_is_described_and_every_number_has_a_unit(table: str, column: Column) -> None:
    assert _words(column.description)
    assert bool(column.unit) == (column.kind == "number")


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_every_measure_has_a_unit_and_a_formula(measure: Measure) -> None:
    assert measure.formula
    assert measure.unit in ("units", "money", "hours", "days")


def test_every_column_of_the_dataset_is_explained() -> None:
    assert set(GRAIN) < set(GRAIN_WORDS)


@pytest.mark.parametrize(("path", "field"), FIELDS, ids=[path for path, _ in FIELDS])
def test_every_field_of_the_config_is_described_and_stands_in_the_example_or_with_its_default(
    path: str, field: FieldInfo
) -> None:
    assert _words(field.description or "")
    row = next(line for line in _page("config.md").splitlines() if line.startswith(f"| `{path}` "))
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    shown_in_example = re.search(rf"(^|[\s{{]){re.escape(path.split('.')[-1])}:", example)
    default = field.get_default(call_default_factory=True)
    stands_for_nothing = default is None or default in ([], {})
    assert shown_in_example or field.is_required() or stands_for_nothing or f"| `{_written(default)}` |" in row


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def _tried() -> str:
    """The code and names of every test, the museum's rooms, and what the walk-through really prints."""
    tests = ROOT / "tests"
    own = Path(__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in tests.rglob("*.py") if own not in path.parents]
    rooms = [path.name for path in (tests / "museum").iterdir()]
    return " ".join([*texts, *rooms, (ROOT / WALKED).read_text(encoding="utf-8")])
