"""Numbers with a percent sign beside numbers without one in the same column."""

from collections.abc import Iterator

import polars as pl

from sop_cli.findings.values import TWO_WAYS
from sop_cli.findings.words import counted, plain
from sop_cli.stages.ingest.values.numbers import numbers
from sop_cli.stages.ingest.values.told import Told

_HUNDRED = 100
_BY_BASIS, _BY_METRIC = "currency per basis", "as the metric"  # units of such columns


def percents_told(texts: pl.Series, header: str, sign: str, unit: str) -> Iterator[Told]:
    """That some cells are hundredths as they have a %, and others are read as they stand; nothing where all are alike.

    A workbook shows 0.975 as 97.5 % and holds no sign, so numbers up to one may well be meant alike. Where another
    column says what each number is, shares and amounts stand together by right: beside the basis all numbers may,
    beside the metric those above a hundred.
    """
    if unit == _BY_BASIS:
        return
    marked = texts.str.contains("%", literal=True)
    if not marked.any():
        return
    with_sign, bare = texts.filter(marked), texts.filter(~marked)
    with_sign = with_sign.filter(numbers(with_sign, sign).is_not_null())
    size = numbers(bare, sign).abs()
    above = bare.filter((size > 1) & (size <= _HUNDRED) if unit == _BY_METRIC else size > 1)
    if with_sign.is_empty() or above.is_empty():
        return
    some, read = with_sign[0], plain(numbers(with_sign, sign)[0])
    yield Told(
        TWO_WAYS,
        header,
        some,
        f"{counted(with_sign.len(), 'cell')} with %, such as '{some}', read as {read}, but "
        f"{counted(above.len(), 'number')} above 1 without, such as '{above[0]}', read as it stands",
        hint="Have all of them exported in one way, with or without the sign.",
    )
