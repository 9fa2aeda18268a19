"""Codes that are called otherwise here: a file says what theirs are, and what it does not list is told."""

import re
from collections.abc import Iterable, Sequence

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.finding import findings
from sop_cli.findings.mapping import NOT_IN_CROSSWALK
from sop_cli.findings.words import counted
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.guards import unguarded
from sop_cli.stages.ingest.records import as_read
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.looks import look

_CODES = ("code", "number")  # what the codes of a line look like, and the names of a header do not
_OUR_WORDS = "our ours new to unser unsere neu neue neuer nouveau nouvelle nuestro nuevo nuovo nostro nieuw onze"
_THEIR_WORDS = (
    "their theirs old from legacy ihr ihre fremd alt alte alter ancien ancienne viejo antiguo vecchio oud oude"
)
_OURS, _THEIRS = frozenset(_OUR_WORDS.split()), frozenset(_THEIR_WORDS.split())
_TOLD = 20  # codes of one column that are told one by one
UNLISTED: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "column": pl.String(),  # our column
    "header": pl.String(),
    "value": pl.String(),
    "row": pl.Int64(),  # the first one it stands in
    "records": pl.Int64(),
}


def crosswalk(pages: Iterable[Grid]) -> dict[str, str]:
    """Their code: ours, from the two columns of a file, below its header if it has one.

    SopError with the line where a code is missing or has two of ours, and where the columns are others.
    """
    ours: dict[str, str] = {}
    lines: dict[str, int] = {}
    for page in map(unguarded, pages):
        cells = [name for name in page.cells.columns if name != "row"]
        trimmed = page.cells.with_columns(pl.col(cells).str.strip_chars().replace({"": None}))
        rows = trimmed.filter(pl.any_horizontal(pl.col(cells).is_not_null()))
        held = [name for name in cells if not rows[name].is_null().all()]
        pairs = rows.select("row", *held[:2]).rows()
        named = len(held) > 2 and _words(pairs[0][1]) & _THEIRS and _words(pairs[0][2]) & _OURS
        if len(held) != 2 and not named:
            raise SopError(
                f"a crosswalk has two columns, their code and ours, and this one has {len(held)}",
                hint="keep the two, or head them `theirs` and `ours` and put others behind"
                if len(held) > 2
                else "is the delimiter a comma? Declare nothing else: first column theirs, second ours",
                file=page.file,
                line=pairs[0][0] if pairs and len(held) > 1 else 1,
            )
        for line, theirs, meant in pairs[0 if lines else _begins(pairs[0], page.file) :]:
            if theirs is None or meant is None:
                raise SopError(
                    f"{'their' if theirs is None else 'our'} code is missing",
                    hint="fill it in, or remove the line",
                    file=page.file,
                    line=line,
                )
            if ours.setdefault(theirs, meant) != meant:
                raise SopError(
                    f"{theirs!r} is {meant!r} here and {ours[theirs]!r} in line {lines[theirs]}",
                    hint="keep one of the two lines",
                    file=page.file,
                    line=line,
                )
            lines.setdefault(theirs, line)
    return ours


def _begins(first: tuple[int, str | None, str | None], file: str) -> int:
    """1 where the first line is a header, 0 where it is a pair of codes; SopError where it says ours comes first."""
    line, theirs, ours = first
    if _words(theirs) & _OURS and _words(ours) & _THEIRS:
        raise SopError(
            f"the columns are {theirs!r} and {ours!r}, but a crosswalk has their code first and ours second",
            hint="put the columns the other way round",
            file=file,
            line=line,
        )
    return 0 if look(theirs) in _CODES and look(ours) in _CODES else 1


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"[a-z]+", (text or "").lower()))


def unlisted(read: pl.DataFrame, page: Grid, layout: Layout, rules: SourceRules) -> pl.DataFrame:
    """UNLISTED codes of one page's records: those that a crosswalk has neither as theirs nor as ours."""
    found = [pl.DataFrame(schema=UNLISTED)]
    for name, codes in rules.crosswalk.items():
        if name in layout.columns:
            text = pl.col(as_read(name))
            strange = read.filter(
                pl.col("excluded").is_null() & pl.col(name).is_not_null() & ~text.is_in([*codes, *codes.values()])
            )
            found.append(
                strange.group_by(value=text)
                .agg(pl.col("row").min(), records=pl.len().cast(pl.Int64))
                .with_columns(
                    file=pl.lit(page.file),
                    sheet=pl.lit(page.sheet, pl.String),
                    column=pl.lit(name),
                    header=pl.lit(layout.headers[layout.columns[name]]),
                )
                .select(*UNLISTED)
            )
    return pl.concat(found)


def not_in_crosswalk(pages: Sequence[pl.DataFrame], rules: SourceRules) -> pl.DataFrame:
    """The findings on UNLISTED codes of all pages, the most frequent first."""
    codes = (
        pl.concat([pl.DataFrame(schema=UNLISTED), *pages])
        .group_by("column", "value", maintain_order=True)
        .agg(pl.col("file", "sheet", "header", "row").first(), pl.col("records").sum())
        .sort(["column", pl.col("records") * -1, "value"])
    )
    found = []
    for (name,), own in codes.group_by("column", maintain_order=True):
        for code in own.head(_TOLD).iter_rows(named=True):
            message = f"{code['value']!r} is not in the crosswalk of {name}: kept as it is in"
            found.append(_told(code, f"{message} {counted(code['records'], 'record')}", rules))
        if own.height > _TOLD:
            rest = own.slice(_TOLD)
            more = f"and {rest.height} more codes of {name} in {counted(int(rest['records'].sum()), 'record')}"
            found.append({"source": rules.name, "message": more})
    return findings(NOT_IN_CROSSWALK, found)


def _told(code: dict[str, str | int], message: str, rules: SourceRules) -> dict[str, str | int]:
    place = {"file": code["file"], "sheet": code["sheet"], "row": code["row"], "column": code["header"]}
    return {"source": rules.name, **place, "value": code["value"], "message": message}
