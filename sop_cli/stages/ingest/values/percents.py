"""Numbers with a percent sign beside numbers without one in the same column."""

from collections.abc import Iterator

import polars as pl

from sop_cli.findings.values import TWO_WAYS
from sop_cli.findings.words import counted
from sop_cli.stages.ingest.values.numbers import numbers
from sop_cli.stages.ingest.values.told import Told


def percents_told(texts: pl.Series, header: str, sign: str) -> Iterator[Told]:
    """That some cells are hundredths as they have a %, and others are read as they stand; nothing where all are alike.

    A workbook shows 0.975 as 97.5 % and holds no sign, so numbers up to one may well be meant alike.
    """
    marked = texts.str.contains("%", literal=True)
    if not marked.any():
        return
    with_sign, bare = texts.filter(marked), texts.filter(~marked)
    plain = bare.filter(numbers(bare, sign).abs() > 1)
    if plain.is_empty():
        return
    some = with_sign[0]
    yield Told(
        TWO_WAYS,
        header,
        some,
        f"{counted(with_sign.len(), 'cell')} with %, such as '{some}', read as "
        f"{numbers(pl.Series([some]), sign)[0].normalize():f}, but {counted(plain.len(), 'number')} above 1 without, "
        f"such as '{plain[0]}', read as it stands",
        hint="Have all of them exported in one way, with or without the sign.",
    )
