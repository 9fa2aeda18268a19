"""Printed lists without a delimiter: columns that stand below each other, parted by blanks."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from sop_cli.read.text.cellkinds import kind_of

_FEWEST = 4  # lines that must stand below each other
_ACROSS = 0.1  # share of the lines that may run across
_PADDED = 0.3  # share of them that have more than one blank there: a single one parts words
_TYPED = 0.7  # share of the cells of a column that are numbers or dates, in at least one column


def find_cuts(lines: Sequence[str]) -> tuple[int, ...]:
    """The places where all columns but the first begin; none if the `lines`, of which none is blank, do not align."""
    if len(lines) < _FEWEST or any("\t" in line for line in lines):
        return ()
    # Titles and notes run across; the fewer lines are taken for such, the fewer columns that are mostly empty are lost.
    most = max(len(lines) // 4 if len(lines) < 12 else 2, int(_ACROSS * len(lines)))
    held = Counter(at for line in lines for at, sign in enumerate(line) if sign != " ")
    crossed = Counter(at for line in lines for at, pair in enumerate(pairwise(line), 1) if " " not in pair)
    cuts = max((_cuts(held, crossed, across) for across in range(most + 1)), key=len)
    cuts = [cut for cut in cuts if _padded(lines, cut)]
    records = [line for line in lines if all(" " in line[cut - 1 : cut + 1] or len(line) <= cut for cut in cuts)]
    columns = [*zip(*(_cells(line, cuts) for line in records), strict=True)]
    if not cuts or not any(map(_is_typed, columns)):
        return ()
    return tuple(cut for cut, column in zip(cuts, columns[1:], strict=True) if any(column))


def _cuts(held: Counter[int], crossed: Counter[int], across: int) -> list[int]:
    """Where columns begin if all but `across` lines are blank between them."""
    found: list[int] = []
    begin: int | None = None
    for at in range(max(held) + 1):
        if held[at] <= across:
            begin = at if begin is None else begin
        elif begin is not None:
            if begin > 0:
                # A header may be wider than what stands below it: cut where fewest words are.
                found.append(min(range(begin + 1, at + 1), key=lambda cut: (crossed[cut], -cut)))
            begin = None
    return found


def _padded(lines: Sequence[str], cut: int) -> bool:
    long = [line for line in lines if len(line) > cut]
    return sum("  " in line[cut - 2 : cut + 1] for line in long) >= _PADDED * len(lines)


def cut_lines(lines: pl.DataFrame, cuts: Sequence[int]) -> pl.DataFrame:
    """`row` and `fields` of the lines; one with a word across a cut is no line of the table, and stays whole."""
    line = pl.col("line")
    spans = zip([0, *cuts], [*(last - first for first, last in pairwise([0, *cuts])), None], strict=True)
    parts = [line.str.slice(first, length).str.strip_chars(" ") for first, length in spans]
    crossed = pl.any_horizontal(line.str.slice(cut - 1, 2).str.contains(r"^\S\S$") for cut in cuts)
    whole = pl.concat_list(line.str.strip_chars(" "))
    return lines.select("row", fields=pl.when(crossed).then(whole).otherwise(pl.concat_list(parts)))


def _cells(line: str, cuts: Sequence[int]) -> list[str]:
    return [line[first:last].strip() for first, last in zip([0, *cuts], [*cuts, None], strict=True)]


def _is_typed(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    typed = sum(kind_of(cell)[0] in ("number", "date", "time") for cell in filled)
    return len(filled) >= _FEWEST - 1 and typed >= _TYPED * len(filled)
