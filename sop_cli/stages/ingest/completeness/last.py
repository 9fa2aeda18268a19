"""Whether this cycle's extracts can be right, held against those of the cycle before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.findings.completeness import NO_COUNTERPART, SAME_FILE, SHORT, WRONG_MONTH
from sop_cli.findings.finding import all_findings, findings
from sop_cli.findings.words import counted, month, plain
from sop_cli.schemas.column import EXACT
from sop_cli.stages.ingest.completeness.changed import changed_columns
from sop_cli.stages.ingest.completeness.counterparts import Counterparts, counterparts, without_month
from sop_cli.stages.ingest.completeness.magnitude import off_by

_FEW = 10  # rows of last cycle below which nothing is called short
_OF_ALL = Decimal("0.02")  # share of the rows of its source below which a file is not
_SHOWN = 3  # new files that are named
_CHANGING = ("orders", "forecast")  # tables without a month to reach, of which no two months' files are alike


@dataclass(frozen=True)
class LastCycle:
    """What ingest left of the cycle before."""

    name: str  # "2026-10"
    controls: pl.DataFrame  # CONTROLS
    files: pl.DataFrame  # FILES
    columns: pl.DataFrame  # COLUMNS


@dataclass(frozen=True)
class Shortness:
    """Below which percentage of last cycle a source is called short, and below which it is an error."""

    warning: Decimal = Decimal(50)
    error: Decimal = Decimal(10)


def against_last(
    controls: pl.DataFrame,
    files: pl.DataFrame,
    columns: pl.DataFrame,
    last: LastCycle,
    limits: Shortness,
    as_of: date,
    tables: Mapping[str, str],
) -> pl.DataFrame:
    """The findings on sources that both cycles have: far less than before, the same file again, other columns.

    `as_of` is the first day of the last closed month, `tables` the table that each source feeds.
    """
    short = findings(SHORT, list(_short(controls, last, limits)))
    told = set(short["source"])
    matched = _matched(files, last)
    of_files = (
        line
        for source, found in matched.items()
        if source not in told
        for line in _short_files(source, found, controls, last, limits)
    )
    changing = [source for source, table in tables.items() if table in _CHANGING]
    return all_findings(
        [
            short,
            findings(SHORT, list(of_files)),
            findings(NO_COUNTERPART, [line for name, one in matched.items() for line in _gone(name, one, files, last)]),
            findings(SAME_FILE, [*_same(files, last, as_of), *_unchanged(files, last, changing)]),
            changed_columns(columns, last.columns, last.name),
        ]
    )


def wrong_months(files: pl.DataFrame, cycle: str, as_of: date) -> pl.DataFrame:
    """The findings on files in a folder of this `cycle` that end before `as_of`, while others of their table do not.

    `files` are FILES with the `table` each one feeds.
    """
    dated = files.filter(pl.col("newest").is_not_null()).with_columns(reached=pl.col("newest").max().over("table"))
    late = dated.filter(
        pl.col("file").str.contains(cycle, literal=True), pl.col("newest") < as_of, pl.col("reached") >= as_of
    )
    lines = [
        {
            "source": row["source"],
            "file": row["file"],
            "sheet": row["sheet"],
            "message": f"the newest record is of {month(row['newest'])}; other files of {row['table']} reach "
            f"{month(row['reached'])}",
        }
        for row in late.iter_rows(named=True)
    ]
    return findings(WRONG_MONTH, lines)


def _short(controls: pl.DataFrame, last: LastCycle, limits: Shortness) -> Iterator[dict[str, str | None]]:
    """One finding per source: its rows, or else the sum of the column that fell most."""
    pairs = _totals(last.controls).join(
        _totals(controls), on=["source", "column"], suffix=" now", maintain_order="left"
    )
    for (source,), lines in pairs.group_by("source", maintain_order=True):
        rows = {row["column"]: row for row in lines.iter_rows(named=True)}
        records = rows.pop("records")
        if records["read"] < _FEW:
            continue
        fallen = {name: share for name, row in rows.items() if (share := _share(row)) is not None}
        share = _share(records)
        if share is not None and share < limits.warning:
            text = f"{counted(int(records['read now']), 'row')}, {plain(records['read'])} in {last.name}"
            column = None
        elif fallen and min(fallen.values()) < limits.warning:
            column = min(fallen, key=lambda name: fallen[name])
            row, share = rows[column], fallen[column]
            if off_by(_mean(row["read now"], records["read now"]), _mean(row["read"], records["read"])):
                continue  # the scale is wrong, which has a verdict of its own
            text = f"{column} adds up to {plain(row['read now'])}, {plain(row['read'])} in {last.name}"
        else:
            continue
        yield {
            "source": str(source),
            "place": str(source),
            "column": column,
            "message": f"{text}: {plain(share.quantize(Decimal('0.1')))} % of it",
            "severity": "error" if share < limits.error else "warning",
        }


def _matched(files: pl.DataFrame, last: LastCycle) -> dict[str, Counterparts]:
    """By source the files of both cycles; where there was but one, its name says nothing."""
    found = {}
    for source in files["source"].unique(maintain_order=True):
        now, then = (
            each.filter(pl.col("source") == source)["file"].unique(maintain_order=True) for each in (files, last.files)
        )
        if then.len() > 1:
            found[source] = counterparts(then.to_list(), now.to_list())
    return found


def _short_files(
    source: str, found: Counterparts, controls: pl.DataFrame, last: LastCycle, limits: Shortness
) -> Iterator[dict[str, str]]:
    """Files of a source far shorter than their counterparts; never more than a warning, as small ones come and go."""
    now, then = _rows(controls, source), _rows(last.controls, source)
    least = max(Decimal(_FEW), _OF_ALL * sum(then.values(), Decimal(0)))
    for before, file in found.pairs.items():
        share = 100 * now.get(file, Decimal(0)) / then[before] if then.get(before) else None
        if share is not None and then[before] >= least and share < limits.warning:
            yield {
                "source": source,
                "file": file,
                "message": f"{counted(int(now.get(file, 0)), 'row')}, {before} of {last.name} has "
                f"{plain(then[before])}: {plain(share.quantize(Decimal('0.1')))} % of it",
            }


def _gone(source: str, found: Counterparts, files: pl.DataFrame, last: LastCycle) -> Iterator[dict[str, str]]:
    """Files of last cycle that nothing has come for; not where all are called otherwise and there are no fewer."""
    of_source = files.filter(pl.col("source") == source)["file"].n_unique()
    before = last.files.filter(pl.col("source") == source)["file"].n_unique()
    if len(found.gone) == before and of_source >= before:
        return
    rows = _rows(last.controls, source)
    fresh = f"; new in this cycle: {', '.join(found.new[:_SHOWN])}" if found.new else ""
    for file in found.gone:
        if rows.get(file):
            text = f"{file} of {last.name}, with {counted(int(rows[file]), 'row')}, has no counterpart{fresh}"
            yield {"source": source, "place": source, "message": text}


def _rows(controls: pl.DataFrame, source: str) -> dict[str, Decimal]:
    """Records by file, without those left out by rules of the config."""
    own = controls.filter(pl.col("source") == source, pl.col("column") == "records")
    kept = (pl.col("accepted") + pl.col("rejected")).sum().cast(EXACT)
    return dict(own.group_by("file", maintain_order=True).agg(kept).rows())


def _totals(controls: pl.DataFrame) -> pl.DataFrame:
    """What was read by source and column, without blank rows and rows left out by rules of the config."""
    named = controls.filter(pl.col("column").str.starts_with("records excluded").not_())
    kept = pl.col("accepted") + pl.col("rejected")
    return named.group_by("source", "column", maintain_order=True).agg(read=kept.sum().cast(EXACT))


def _share(row: dict[str, Decimal]) -> Decimal | None:
    return 100 * row["read now"] / row["read"] if row["read"] > 0 else None


def _mean(total: Decimal, rows: Decimal) -> float:
    return float(total / rows) if rows else 0.0


def _same(files: pl.DataFrame, last: LastCycle, as_of: date) -> Iterator[dict[str, str | None]]:
    """Files of tables that must reach a month; one of the same name may stay as it is, if it ends before `as_of`."""
    before = last.files.select("source", "sha256", earlier="file").unique(["source", "sha256"], maintain_order=True)
    dated = files.filter(pl.col("newest").is_not_null()).unique(["source", "file"], maintain_order=True)
    again = dated.join(before, on=["source", "sha256"], how="inner", maintain_order="left")
    known = set(last.files["file"])
    for row in again.iter_rows(named=True):
        if row["file"] not in known or row["newest"] >= as_of:
            text = f"byte for byte the same as {row['earlier']} of cycle {last.name}"
            yield {"source": row["source"], "file": row["file"], "message": text}


def _unchanged(files: pl.DataFrame, last: LastCycle, sources: Sequence[str]) -> Iterator[dict[str, str | None]]:
    """Files with records of `sources` that change every month, where those in their place are all as they were."""
    full = files.filter(pl.col("source").is_in(sources), pl.col("newest").is_null(), pl.col("records") > 0)
    before = last.files.select("source", "sha256", earlier="file").unique(["source", "sha256"], maintain_order=True)
    known = full.unique(["source", "file"], maintain_order=True).join(
        before, on=["source", "sha256"], how="left", maintain_order="left"
    )
    named = known.with_columns(place=pl.col("file").map_elements(without_month, return_dtype=pl.String))
    again = named.filter(pl.col("earlier").is_not_null().all().over("source", "place"))
    for row in again.iter_rows(named=True):
        text = f"byte for byte the same as {row['earlier']} of cycle {last.name}"
        yield {"source": row["source"], "file": row["file"], "message": text}
