"""docs/config.md: every field of config.yaml and waivers.yaml, and examples of sources that really are read."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sop_cli.config.checks import Check, Checks
from sop_cli.config.corrections import COLUMNS
from sop_cli.config.model import Config
from sop_cli.config.month import Month
from sop_cli.config.sources import Exclude, Keep, Source
from sop_cli.config.waivers import Waiver
from tests.docs.examples import Example, ReadExample
from tests.docs.markdown import code, codes, fence, page, table

WORDS: dict[object, str] = {str: "text", int: "whole number", Decimal: "number", bool: "`true` or `false`"}
HEADINGS = ("key", "holds", "default", "what it says")
INTRO = (
    "One text file in [YAML](https://yaml.org) says everything `sop` must know about your extracts, your books and "
    "your rules. `sop init` writes one to start from; "
    "[config.example.yaml](../config.example.yaml) is that of the sample company. Only `company`, `currency` and "
    "`sources` are required. Paths start in the folder of the config. A key that `sop` does not know is an error with "
    "file, line and the key that was probably meant. Values are taken as they are written: `007` stays `007`; quote a "
    'text that contains a colon, or `", "`.'
)
SOURCES = (
    "One entry per extract: which files, how they are written, which of [our columns](tables.md) is which of theirs. "
    "The entry is called what you like; where it is not the name of a table, `table` says which table it feeds, so "
    "several sources can feed one table."
)
EXCLUDES = (
    "Totals and subtotals must not be counted with what they add up. A rule names them, and the control totals show "
    "what each rule left out."
)
KEEPS = (
    "The counterpart: where a file holds more than the plan is about, e.g. other plants, the rows to keep are named, "
    "and the control totals show what was left out. A row must meet every entry."
)
WAIVERS = (
    "Beside the config, or in the folder that `registers` names: the breaks that somebody lets pass. After `until` the "
    "break is raised again."
)
WAIVER = """- break: R101/F03/2026-08
  who: CFO
  why: manual journal, corrected in September
  until: 2026-12"""

CHECKS = (
    "How serious each [verdict on the extracts](rules.md#reading-the-extracts) is, by its code: a severity, or a group "
    "of keys. Counted are the records that a rule rejects, source by source; of other rules, what they found there. "
    "The same under `checks` of a source counts for that source alone. An error of I301, I302 or I225 says that the "
    "input is stale or incomplete and stops the run (exit code 5); any other one fails the data gate (exit code 3): "
    "later stages run, and the pack is stamped. `off` silences a verdict; rejects and control totals stay as they are."
)
CHECK = """checks:
  I203: error                              # no duplicates, ever
  I304: off                                # columns nobody uses are no news
  I201: {warn_if: "> 10", error_if: ">= 1 %"}

sources:
  orders:
    files: "extracts/{cycle}/orders.csv"
    checks: {I225: warning}                # open orders may well fall to a tenth"""
CORRECTIONS = (
    "In the same folder: cells that people correct. Copy lines from `1-ingested/rejects.csv`, columns that are not "
    "listed here and all, and fill in the last three. `sop ingest` reads the extract as if the cell held that text; "
    "the extract itself is never touched. Fields may be separated by comma, semicolon or tab."
)
CORRECTION = """file,sheet,row,column,value,corrected,who,why
extracts/2026-11/shipments.csv,,3146,Qty,1O4,104,A. Meyer,letter O typed for zero"""
CORRECTED = (
    "A correction counts only while the cell holds `value`; otherwise it is told (I224) and not applied. "
    "`controls.csv` says under `corrected` how many cells were replaced and how far that moved each sum, "
    "`corrected.csv` lists them, and `sop explain` shows them beside the rows of a number."
)


def config_page(examples: Sequence[ReadExample]) -> str:
    """The page."""
    return page(
        "# config.yaml",
        INTRO,
        "## The company",
        table(HEADINGS, _rows(Config, without=("sources",))),
        "## sources",
        SOURCES,
        table(HEADINGS, _rows(Source, "sources.*")),
        "### exclude",
        EXCLUDES,
        table(HEADINGS, _rows(Exclude, "sources.*.exclude")),
        "### keep",
        KEEPS,
        table(HEADINGS, _rows(Keep, "sources.*.keep")),
        *(part for example in examples for part in _example(example)),
        "## checks",
        CHECKS,
        table(HEADINGS, _rows(Check, "checks.*")),
        fence(CHECK, "yaml"),
        *(part for name, kind in _groups() for part in _group(name, kind)),
        "## waivers.yaml",
        WAIVERS,
        table(HEADINGS, _rows(Waiver)),
        fence(WAIVER, "yaml"),
        "## corrections.csv",
        CORRECTIONS,
        table(("column", "what it says"), [(code(name), words) for name, words in COLUMNS.items()]),
        fence(CORRECTION, "csv"),
        CORRECTED,
    )


def leaves(
    kind: type[BaseModel], above: str = "", given: BaseModel | None = None
) -> Iterator[tuple[str, FieldInfo, object]]:
    """Key path, field and default of everything below `kind` that holds a value rather than keys of ours."""
    for name, field in kind.model_fields.items():
        path = f"{above}.{field.alias or name}" if above else field.alias or name
        default = getattr(given, name) if given is not None else field.get_default(call_default_factory=True)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from leaves(field.annotation, path, default)
        else:
            yield path, field, default


def _groups() -> list[tuple[str, type[BaseModel]]]:
    return [
        (name, field.annotation)
        for name, field in Config.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    ]


def _group(name: str, kind: type[BaseModel]) -> list[str]:
    rows = [_row(path, field, default) for path, field, default in leaves(kind, name, kind())]
    return [f"## {name}", (kind.__doc__ or "").strip(), table(HEADINGS, [*_parts(name, kind), *rows])]


def _parts(name: str, kind: type[BaseModel]) -> list[tuple[str, ...]]:
    """A group within a group has a row of its own, which says what its keys are about."""
    return [
        (code(f"{name}.{part}"), "the keys below", "", field.description or "")
        for part, field in kind.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    ]


def _rows(kind: type[BaseModel], above: str = "", without: Sequence[str] = ()) -> list[tuple[str, ...]]:
    groups = dict(_groups()) if kind is Config else {}
    return [
        _row(path, field, default)
        for path, field, default in leaves(kind, above)
        if path.split(".")[0] not in {*without, *groups}
    ]


def _row(path: str, field: FieldInfo, default: object) -> tuple[str, ...]:
    shown = "**required**" if field.is_required() else _written(default)
    return (code(path), _holds(field.annotation, field.metadata), shown, field.description or "")


def _written(default: object) -> str:
    """A default as one would write it in the config."""
    if default is None or default in ([], {}):
        return ""
    if isinstance(default, bool):
        return code(str(default).lower())
    if isinstance(default, tuple):
        return code(f"[{', '.join(default)}]")
    return code(str(default))


def _holds(kind: object, limits: Sequence[object] = ()) -> str:
    """A type in plain words."""
    if kind == Month or any(limit in get_args(Month) for limit in limits):
        return "month such as `2026-11`"
    origin, inner = get_origin(kind), [part for part in get_args(kind) if part is not NoneType]
    if origin is Annotated:
        return _holds(inner[0], inner[1:])
    if origin in (Union, UnionType):
        return _holds(inner[0])
    if origin is Literal:
        return codes((str(choice) for choice in inner), " or ")
    if origin is tuple:
        return f"list of {_holds(inner[0])}"
    if origin is list:
        many = isinstance(inner[0], type) and issubclass(inner[0], BaseModel)
        return f"list of {inner[0].__name__.lower()} rules" if many else "text, or list of texts"
    if origin is dict and kind == Checks:
        return "code: severity, or the keys of [checks](#checks)"
    if origin is dict:
        return f"our column: {'{text: text}' if get_origin(inner[1]) is dict else _holds(inner[1])}"
    return WORDS[kind] + _within(limits)


def _within(limits: Sequence[object]) -> str:
    low = next((limit.ge for limit in limits if hasattr(limit, "ge")), None)
    high = next((limit.le for limit in limits if hasattr(limit, "le")), None)
    one = any(getattr(limit, "max_length", None) == 1 for limit in limits)
    if one:
        return ", one character"
    if low is None:
        return ""
    return f", {low} to {high}" if high is not None else f", {low} or more"


def _example(read: ReadExample) -> list[str]:
    example = read.example
    return [
        f"### {example.title}",
        f"{example.words} The file `{example.file}`:",
        _file(example),
        "The source:",
        fence(example.source, "yaml"),
        f"What `sop ingest` makes of it, {read.count}:",
        _records(read.records),
        read.controls,
    ]


def _file(example: Example) -> str:
    if example.file.endswith(".csv"):
        return fence("\n".join(";".join(row) for row in example.cells))
    width = max(map(len, example.cells))
    letters = ["", *(chr(ord("A") + at) for at in range(width))]
    lines = [(f"**{at}**", *row, *[""] * (width - len(row))) for at, row in enumerate(example.cells, 1)]
    return table(letters, lines)


def _records(records: Sequence[Mapping[str, str]]) -> str:
    return table(list(records[0]), [tuple(record.values()) for record in records])
