"""Sources of the config page: small files, the config that describes them, and what is really read from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl

from sop_cli import pipeline
from sop_cli.findings.words import counted, plain
from sop_cli.schemas.column import PROVENANCE
from sop_cli.workspace.request import Request
from tests.toy import Listener

CYCLE = "2026-11"


@dataclass(frozen=True)
class Example:
    """One file and the source that describes it."""

    title: str
    words: str
    table: str
    file: str
    cells: Sequence[Sequence[str]]  # digits alone become numbers in a workbook
    source: str


@dataclass(frozen=True)
class ReadExample:
    """An example, and what `sop ingest` left of it."""

    example: Example
    count: str
    records: Sequence[Mapping[str, str]]
    controls: str


EXAMPLES = (
    Example(
        "A CSV file with headers and signs of its own",
        "Open orders from a German system: semicolons, `31.12.2026`, `1.234,50`.",
        "orders",
        "extracts/2026-11/open-orders.csv",
        (
            ("Auftrag", "Pos", "Material", "Werk", "Kunde", "Bestätigt", "Offene Menge", "Offener Wert"),
            ("4711", "10", "00123", "P1", "C07", "15.12.2026", "1.200", "3.480,50"),
            ("4711", "20", "00140", "P1", "C07", "15.01.2027", "350", "1.015,00"),
        ),
        """sources:
  orders:
    files: "extracts/{cycle}/open-orders.csv"
    delimiter: ";"
    decimal: ","
    dates: "%d.%m.%Y"
    columns:
      order: Auftrag
      line: Pos
      item: Material
      site: Werk
      account: Kunde
      promised: Bestätigt
      quantity: Offene Menge
      amount: Offener Wert
""",
    ),
    Example(
        "A workbook with months across",
        "The sales forecast, one column per month, the header in row 3, and item cells that are merged or left empty "
        "where they repeat.",
        "forecast",
        "extracts/2026-11/forecast.xlsx",
        (
            ("Sales forecast",),
            (),
            ("Item", "Segment", "Nov-26", "Dec-26", "Jan-27"),
            ("00123", "RETAIL", "1200", "1500", "900"),
            ("", "ONLINE", "400", "650", "-"),
        ),
        """sources:
  forecast:
    files: "extracts/{cycle}/forecast.xlsx"
    sheet: Sheet
    header: 3
    months: "%b-%y"         # Nov-26
    wide: quantity          # what the month columns hold
    fill_down: [item]       # an empty cell repeats the one above
""",
    ),
    Example(
        "A workbook with totals rows",
        "The budget in thousands, with a subtotal per family and a grand total that must not be counted twice.",
        "aop",
        "extracts/2026-11/budget.xlsx",
        (
            ("Family", "Item", "2026-11", "2026-12"),
            ("SOAP", "00123", "120", "150"),
            ("SOAP", "00140", "80", "75"),
            ("Total SOAP", "", "200", "225"),
            ("Grand total", "", "200", "225"),
        ),
        """sources:
  budget_revenue:
    table: aop
    files: "extracts/{cycle}/budget.xlsx"
    constants: {version: AOP FY2027, measure: revenue}
    wide: value
    scale: {value: 1000}
    exclude:
      - {rule: family totals, column: Family, starts_with: "Total "}
      - {rule: grand total, column: Family, equals: Grand total}
""",
    ),
    Example(
        "A key in two columns, and rows of other plants",
        "Purchase orders from SAP, whose number repeats on every item, of plants that are none of ours too.",
        "purchases",
        "extracts/2026-11/ekpo.csv",
        (
            ("EBELN", "EBELP", "MATNR", "WERKS", "EINDT", "MENGE", "Status"),
            ("4500017", "10", "00123", "P1", "2026-12-01", "400", "planned"),
            ("4500017", "20", "00140", "P1", "2026-12-01", "250", "planned"),
            ("4500018", "10", "00123", "X9", "2026-12-08", "100", "planned"),
        ),
        """sources:
  purchases:
    files: "extracts/{cycle}/ekpo.csv"
    delimiter: ";"
    columns: {order: [EBELN, EBELP]}        # 4500017-10
    keep:
      - {column: WERKS, equals: [P1, P2]}
""",
    ),
)


def read_examples(folder: Path) -> list[ReadExample]:
    """Write the files and one config, ingest them, and take what is left on disk."""
    sources = [line for example in EXAMPLES for line in example.source.splitlines()[1:]]
    for example in EXAMPLES:
        _write(folder / example.file, example.cells)
    config = folder / "config.yaml"
    config.write_text("\n".join(["company: Example", "currency: EUR", "sources:", *sources]) + "\n", encoding="utf-8")
    pipeline.run(Request("ingest", config, CYCLE), "ingest", Listener())
    return [_left(example, folder / "cycles" / CYCLE / "1-ingested") for example in EXAMPLES]


def _write(path: Path, cells: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        path.write_text("".join(";".join(row) + "\n" for row in cells), encoding="utf-8")
        return
    book = openpyxl.Workbook()
    for row in cells:
        book.worksheets[0].append([int(text) if text.isdigit() and text[0] != "0" else text or None for text in row])
    book.save(path)


def _left(example: Example, folder: Path) -> ReadExample:
    records = pl.read_parquet(folder / f"{example.table}.parquet")
    shown = [name for name in records.columns if name not in PROVENANCE and records[name].null_count() < records.height]
    controls = pl.read_parquet(folder / "controls.parquet").filter(pl.col("file") == example.file)
    value = next(controls.filter(~pl.col("column").str.starts_with("records")).iter_rows(named=True))
    read, accepted, excluded = (plain(value[name]) for name in ("read", "accepted", "excluded"))
    return ReadExample(
        example,
        counted(records.height, "record"),
        [{name: _shown(value) for name, value in row.items()} for row in records.select(shown).to_dicts()],
        f"The control total of `{value['column']}`: {read} read = {accepted} accepted + {excluded} excluded.",
    )


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
