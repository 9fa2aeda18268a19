"""The decimal sign of a file that does not prove it, where all other files have the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sop_cli.schemas.draft import DraftSource, Fact
from sop_cli.stages.draft.columns import texts_of

_COMMA = re.compile(r",(?:\d{1,2}|\d{4,})\D?$|\.\d{3},")
_POINT = re.compile(r"\.(?:\d{1,2}|\d{4,})\D?$|,\d{3}\.")
_EITHER = re.compile(r"\D?[1-9]\d{0,2}[.,]\d{3}\D?")  # 500,000 are five hundred, or a thousand times that


def with_decimals(told: Sequence[DraftSource]) -> list[DraftSource]:
    """Sources whose numbers could be read either way have the comma that all others have; a point is what is usual."""
    signs = {source.name: _signs(source) for source in told}
    if set().union(*signs.values()) != {","}:
        return list(told)
    why = "as in the other files, because nothing in this one says it: check"
    return [
        replace(source, decimal=Fact(",", why))
        if not signs[source.name] and any(_EITHER.fullmatch(text) for text in _numbers(source))
        else source
        for source in told
    ]


def _signs(source: DraftSource) -> set[str]:
    return {sign for text in _numbers(source) for sign, said in ((",", _COMMA), (".", _POINT)) if said.search(text)}


def _numbers(source: DraftSource) -> Iterator[str]:
    """What stands in the number columns of text files; cells of a workbook have no sign of their own."""
    for looked in source.members:
        if looked.sheet is None:
            for taken in source.found.taken:
                if source.found.table.column(taken.column).kind == "number":
                    yield from texts_of(source.found, looked, taken.column)
            for at in looked.months if source.found.across else ():
                yield from looked.records[at].drop_nulls().to_list()
