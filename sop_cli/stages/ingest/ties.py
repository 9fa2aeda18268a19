"""What the total rows of a file say, held against the records they cover, read as their columns are written."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import polars as pl

from sop_cli.findings.finding import findings
from sop_cli.findings.ingest import DUPLICATE
from sop_cli.findings.table import WRONG_TOTAL
from sop_cli.schemas.column import EXACT
from sop_cli.stages.ingest.added import ADDED
from sop_cli.stages.ingest.columns.layout import Layout
from sop_cli.stages.ingest.records import places_of
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found
from sop_cli.stages.ingest.table.totals import Earlier, styled
from sop_cli.stages.ingest.turned import turned

# One line per number of a total row that its records do not add up to; numbers as in the file, before its scale.
UNTIED: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "label": pl.String(),
    "header": pl.String(),
    "column": pl.String(),  # our column; null where the plan does not use it
    "value": pl.String(),  # text as it was read
    "says": EXACT,
    "sign": pl.String(),  # decimal sign of its column
    "within": EXACT,  # by how much rounding may make it differ
    "first": pl.Int64(),
    "last": pl.Int64(),
    "sum": EXACT,  # what the records between `first` and `last` add up to
    "kept": EXACT,  # those of them that no rule leaves out
    "corrected": pl.Boolean(),  # whether corrections.csv changed one of them
}


def untied(
    read: pl.DataFrame,
    found: Found,
    earlier: Sequence[Earlier],
    layout: Layout,
    rules: SourceRules,
    corrected: Sequence[int] = (),
) -> pl.DataFrame:
    """UNTIED totals of one page, of which `read` has every row typed and `found` which of them are totals.

    `earlier` has what the records of earlier pages add up to, `corrected` the rows that corrections changed.
    """
    if found.totals.is_empty():
        return pl.DataFrame(schema=UNTIED)
    # Beside a column that adds up another may be a price or a share, unless the plan knows better.
    added = [at for name in additive(rules) for at in places_of(name, layout, rules)]
    doubted = pl.col("adds_up").is_null() & pl.col("column").is_in(added)
    wrong = found.totals.filter(~pl.col("adds_up") | doubted)
    if wrong.is_empty() or read.is_empty():
        return pl.DataFrame(schema=UNTIED)
    records = read.filter(~pl.col("row").is_in(found.outside["row"].implode()))
    begun = {one.first: one for one in earlier}
    place = {"file": read["file"][0], "sheet": read["sheet"][0]}
    lines = []
    for total in wrong.iter_rows(named=True):
        line = {**place, **{name: total[name] for name in ("row", "label", "value", "sign", "first", "last", "sum")}}
        line |= {"header": layout.headers.get(total["column"]), "corrected": _within(corrected, total)}
        own = _own(total["column"], layout, rules)
        if own is None:
            lines.append(line)
            continue
        here, scale = _here(own, total["column"], rules), rules.scale.get(own, 1)
        covered = records.filter(pl.col("row").is_between(total["first"], total["last"]), here)
        before = _before(begun, total, int(read["row"][0]))
        says = read.filter(pl.col("row") == total["row"], here)[own]
        if before is None or not says.len() or says[0] is None:
            continue
        sums = [_sum(part, own, rules) + before for part in (covered, covered.filter(pl.col("excluded").is_null()))]
        line |= {"column": own, "says": says[0] / scale, "sum": sums[0], "kept": sums[1]}
        sign = layout.forms.of(own).decimal
        lines.append(line | {"sign": sign, "within": _last_digit(total["value"], sign)})
    found_wrong = pl.DataFrame(lines, schema=UNTIED, infer_schema_length=None)
    return found_wrong.filter(~(_near("sum") | _near("kept")).fill_null(False))


def wrong_totals(parts: Sequence[pl.DataFrame], repeats: pl.DataFrame, rules: SourceRules) -> pl.DataFrame:
    """The findings on UNTIED totals that do not add up without the records that `repeats` has either."""
    lines = []
    for total in pl.concat(parts).iter_rows(named=True) if parts else ():
        twice = repeats.filter(
            pl.col("file").eq(total["file"]),
            pl.col("sheet").eq_missing(pl.lit(total["sheet"], pl.String)),
            pl.col("row").is_between(total["first"], total["last"]),
        )
        twice = twice.filter(pl.col("verdict") != ADDED)
        own, more = total["column"], ""
        if own and twice.height:
            here = twice.filter(_here_in(own, total["header"], rules))
            once = total["sum"] - _sum(here, own, rules)
            alike = here.filter(pl.col("apart").list.len() == 0, pl.col("verdict") == DUPLICATE.code)
            either = (once, total["sum"] - _sum(alike, own, rules))
            if any(abs(sums - total["says"]) <= total["within"] for sums in either):
                continue
            more = f", and without those that are there twice to {styled(once, total['value'], total['sign'])}"
        span = f"row {total['first']:,}" if total["first"] == total["last"] else _rows(total["first"], total["last"])
        sums = styled(total["sum"], total["value"], total["sign"])
        mended = " with their corrections" if total["corrected"] else ""
        text = f"{total['label'] or 'the total'} says {total['value']}, but {span} add up to {sums}{mended}{more}"
        place = {name: total[name] for name in ("file", "sheet", "row", "value")}
        lines.append({"source": rules.name, **place, "column": total["header"], "message": text})
    return findings(WRONG_TOTAL, lines)


def additive(rules: SourceRules) -> list[str]:
    """Our number columns whose values can be added up over any records."""
    return [column.name for column in rules.table.columns if column.additive]


def _rows(first: int, last: int) -> str:
    return f"rows {first:,} to {last:,}"


def _within(rows: Sequence[int], total: Mapping[str, int]) -> bool:
    return any(total["first"] <= row <= total["last"] for row in rows)


def _own(at: str, layout: Layout, rules: SourceRules) -> str | None:
    """Our number column that the cell column `at` holds."""
    if at in layout.months:
        return rules.wide
    numbers = {column.name for column in rules.table.columns if column.kind == "number"}
    return next((name for name, place in layout.columns.items() if place == at and name in numbers), None)


def _here(own: str, at: str, rules: SourceRules) -> pl.Expr:
    return pl.col("at") == at if own == rules.wide else pl.lit(True)


def _here_in(own: str, header: str, rules: SourceRules) -> pl.Expr:
    return pl.col("cell") == header if own == rules.wide else pl.lit(True)


def _before(begun: Mapping[int, Earlier], total: Mapping[str, int], begins: int) -> Decimal | None:
    """What the records of earlier pages add to the total; None where nobody knows."""
    if total["first"] >= begins:
        return Decimal(0)
    earlier = begun.get(total["first"])
    return None if earlier is None else earlier.sums.get(int(total["column"]))


def _sum(records: pl.DataFrame, own: str, rules: SourceRules) -> Decimal:
    """As the file has it: before the source's scale, and with its signs."""
    return Decimal(records.select(turned(own, rules).sum()).item() or 0) / rules.scale.get(own, 1)


def _last_digit(text: str, sign: str) -> Decimal:
    """What rounding may make of a sum: one of its last decimal, nothing where there are none."""
    decimals = re.search(rf"[{sign}](\d+)\D*$", text)
    return Decimal(1).scaleb(-len(decimals[1])) if decimals else Decimal(0)


def _near(name: str) -> pl.Expr:
    return (pl.col(name) - pl.col("says")).abs() <= pl.col("within")
