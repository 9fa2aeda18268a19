"""docs/tables.md: what goes in, the one dataset, and what every stage leaves on disk."""

from pathlib import Path

import polars as pl

from sop_cli.findings.finding import FINDING_COLUMNS
from sop_cli.schemas import dataset
from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.dataset import DATASET, GRAIN, MEASURES
from sop_cli.schemas.tables import TABLES
from tests.docs.left import COLUMNS, FILES, HERE, PLANNING, STAGES
from tests.docs.markdown import code, codes, page, table
from tests.docs.walk import cycle_folder

INTRO = (
    "What `sop` reads, what it makes of it, and what it leaves on disk. All quantities are in base units and all money "
    "is in reporting currency once they are reconciled; all numbers are exact decimals."
)
TABLES_INTRO = (
    "Every source of the [config](config.md#sources) feeds one of these. The headers listed are recognised by "
    "themselves, whatever their case, accents, punctuation, word order or plural, with a unit beside them or not "
    "(`Qty (EA)`), and with a slip of the pen, which is told (I321). Where two fit, nothing is guessed: any header can "
    "be named under `columns`, which always wins. A `code` is kept to the letter, "
    "leading zeros too. A column that is not required may be absent. Only `items` is needed to plan at all; any other "
    "table adds what it knows."
)
GRAIN_WORDS = {
    "month": "The month it belongs to.",
    "item": "Item code.",
    "family": "Planning family, from the item master.",
    "site": "Plant or distribution centre.",
    "segment": "Customer segment.",
    "account": "Customer account, or account of the ledger.",
    "version": "Whose number it is, see below.",
    "measure": "What is counted or valued, see below.",
    "value": "The number, exact.",
    "unit": "Base unit, reporting currency, hours or days.",
}
VERSIONS = {
    dataset.ACTUAL: "What happened: shipments, stock, production and purchases.",
    dataset.LEDGER: "What the general ledger says.",
    dataset.ORDERS: "Open orders, by promised month.",
    dataset.SALES: "The sales forecast.",
    dataset.RECORD: "Planned production and purchases in the ERP.",
    dataset.CAPACITY: "Hours that resources have.",
    dataset.STATISTICAL: "The forecast `sop` makes from history (in the projection).",
    dataset.CONSENSUS: "The demand that is planned with (in the projection).",
    dataset.PROJECTION: "The constrained plan and its money (in the projection).",
    "AOP FY2027": "A budget, under the name the extract gives it.",
}


SIGNS = {"any": "", "positive": "above 0", "not negative": "0 or more"}


def tables_page(workspace: Path) -> str:
    """The page; `workspace` is one in which the whole cycle has run, so that what is left on disk can be seen."""
    listed = [(f"[{name}](#{name})", what.description, codes(what.key)) for name, what in TABLES.items()]
    return page(
        "# Tables",
        INTRO,
        "## The tables",
        TABLES_INTRO,
        table(("table", "what it holds", "one row per"), listed),
        *(_table(what) for what in TABLES.values()),
        _dataset(),
        "## On disk",
        "Everything a cycle leaves is in `cycles/<cycle>/`, one folder per stage, each with a `manifest.json` that "
        "knows its inputs by hash. `run.json` says what ran last and for how long, `config.yaml` is a copy of the "
        "config it ran with. Inputs are never changed.",
        *_stages(cycle_folder(workspace)),
    )


def _table(what: Table) -> str:
    rows = [
        (
            code(column.name),
            column.kind,
            column.unit,
            "yes" if column.required else "",
            codes(column.choices, " or ") or SIGNS[column.sign],
            code(column.default or ""),
            _headers(column),
            column.description,
        )
        for column in what.columns
    ]
    headings = ("column", "kind", "unit", "required", "allowed", "where empty", "headers recognised", "what it is")
    return page(f"### {what.name}", what.description, _unique(what), table(headings, rows)).rstrip()


def _headers(column: Column) -> str:
    own = ", ".join(column.headers)
    return f"{own}; where there is none of them: {', '.join(column.instead)}" if column.instead else own


def _unique(what: Table) -> str:
    unique = f"One row per {codes(what.key)}." if what.key else "Rows with the same values add up."
    if what.current is None:
        return unique
    current: Column = what.column(what.current)
    return f"{unique} {code(current.name)} must reach the last closed month, or the extract is stale (I301)."


def _dataset() -> str:
    grain = [(code(name), GRAIN_WORDS[name]) for name in DATASET]
    measures = [(code(measure.name), measure.unit, measure.formula) for measure in MEASURES.values()]
    return page(
        "## The dataset",
        "`2-reconciled/reconciled` is long and tidy: one row per number. A level that a source does not have is empty, "
        f"never invented: a budget by family has no item. The first {len(GRAIN)} columns make a row unique.",
        table(("column", "what it is"), grain),
        "### Versions",
        table(("version", "whose number it is"), [(code(name), words) for name, words in VERSIONS.items()]),
        "### Measures",
        table(("measure", "unit", "formula"), measures),
    ).rstrip()


def _stages(cycle: Path) -> list[str]:
    parts = []
    for folder, (title, words) in STAGES.items():
        parts += [f"### {folder}", f"{title}. {words}"]
        for name, endings in _files(cycle, folder).items():
            parts += [f"**{codes(endings)}**: {FILES[f'{folder}/{name}']}", _columns(cycle / folder, folder, name)]
        if list((cycle / folder).glob("plan_*")):
            parts.append(f"**`plan_*.parquet`**: {PLANNING}")
    return parts


def _files(cycle: Path, folder: str) -> dict[str, list[str]]:
    """The files a stage leaves whatever the extracts are, and the endings each has."""
    found: dict[str, list[str]] = {}
    for path in sorted((cycle / folder).iterdir()):
        name = path.name.replace(cycle.name, "CYCLE") + ("/" if path.is_dir() else "")
        if path.stem in TABLES or path.stem.startswith("plan_") or name == "manifest.json":
            continue
        stem = path.stem if path.suffix in (".csv", ".parquet") else name
        found.setdefault(stem, []).append(name)
    order = [key.partition("/")[2] for key in FILES if key.startswith(folder)]
    return dict(sorted(found.items(), key=lambda file: order.index(file[0])))


def _columns(folder: Path, stage: str, name: str) -> str:
    path = folder / f"{name}.parquet"
    if not path.exists() or name in ("reconciled", "projection"):
        return ""
    columns = list(pl.read_parquet_schema(path))
    if columns == list(FINDING_COLUMNS) and stage != "1-ingested":
        return "Columns as in `1-ingested/findings.csv`."
    return table(("column", "what it is"), [(code(column), _meaning(f"{stage}/{name}", column)) for column in columns])


def _meaning(file: str, column: str) -> str:
    if file == "3-projected/money" and column in MEASURES:
        return MEASURES[column].formula
    return HERE.get((file, column)) or COLUMNS[column]
