"""What ingest remembers of every file for the next cycle: how it is written, how far it comes, its columns."""

from collections.abc import Mapping

import polars as pl

from sop_cli.schemas.column import EXACT
from sop_cli.schemas.grid import Dialect
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.rules import SourceRules

# One line per file and sheet of a source.
FILES: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "records": EXACT,  # read, as in the controls
    "newest": pl.Date(),  # month of the newest actual record; null where the table need not reach a month
    "encoding": pl.String(),  # null for workbooks, as are the next three
    "delimiter": pl.String(),
    "quote": pl.String(),
    "newline": pl.String(),
    "bytes": pl.Int64(),
    "sha256": pl.String(),
}
# One line per column of every file.
COLUMNS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "place": pl.Int64(),  # from 1
    "header": pl.String(),
    "column": pl.String(),  # ours; null where nothing uses it
    "month": pl.Date(),  # where months run across
}
_WORDS = {"\t": "tab", " ": "space", "\n": "LF", "\r\n": "CRLF", "\r": "CR", "": "mixed"}

Place = tuple[str, str | None]


def files(
    dialects: Mapping[Place, Dialect | None], controls: pl.DataFrame, reach: pl.DataFrame, rules: SourceRules
) -> pl.DataFrame:
    """FILES of one source, in the order read; `bytes` and `sha256` are still empty."""
    lines = [
        {
            "source": rules.name,
            "file": file,
            "sheet": sheet,
            "encoding": dialect.encoding if dialect else None,
            "delimiter": _word(dialect.delimiter) if dialect else None,
            "quote": dialect.quote if dialect else None,
            "newline": _word(dialect.newline) if dialect else None,
        }
        for (file, sheet), dialect in dialects.items()
    ]
    records = controls.filter(pl.col("column") == "records").select("file", "sheet", records="read")
    found = pl.DataFrame(lines, schema={name: kind for name, kind in FILES.items() if name in (lines or [{}])[0]})
    return (
        found.join(records, on=["file", "sheet"], how="left", nulls_equal=True, maintain_order="left", validate="1:1")
        .join(reach.select("file", "newest"), on="file", how="left", maintain_order="left", validate="m:1")
        .select(pl.col(name) if name not in ("bytes", "sha256") else pl.lit(None, kind).alias(name)
                for name, kind in FILES.items())
    )  # fmt: skip


def columns(layouts: Mapping[Place, Layout], rules: Mapping[Place, SourceRules]) -> pl.DataFrame:
    """COLUMNS of one source, file by file from left to right; `rules` are the source's, as each file has them."""
    lines = []
    for (file, sheet), layout in layouts.items():
        ours = {part: our for our, at in layout.columns.items() for part in layout.parts(at)}
        name, wide = rules[file, sheet].name, rules[file, sheet].wide
        ours |= dict.fromkeys(layout.months, wide or "")
        for at, header in layout.headers.items():
            if at in layout.joined:
                continue
            month = layout.months.get(at)
            lines.append((name, file, sheet, int(at) + 1, header, ours.get(at), month))
    return pl.DataFrame(lines, schema=COLUMNS, orient="row")


def _word(sign: str | None) -> str | None:
    return None if sign is None else _WORDS.get(sign, sign)
