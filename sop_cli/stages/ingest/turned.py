"""Records whose numbers have the sign of the other side of the books, such as revenue posted as credit."""

from collections.abc import Mapping, Sequence

import polars as pl

from sop_cli.findings.completeness import IDLE_SIGN
from sop_cli.findings.finding import findings
from sop_cli.stages.ingest.rules import SourceRules

_MENTIONED = 12  # codes of the extract that a message lists


def turns(rules: SourceRules) -> pl.Expr:
    """Whether the source says that the numbers of a record change their sign: by one of its codes or words."""
    met = [_is(pl.col(name), text) for name, texts in rules.turn_sign.items() for text in texts]
    return pl.any_horizontal(met).fill_null(False) if met else pl.lit(False)


def turned(name: str, rules: SourceRules) -> pl.Expr:
    """Our number column `name` with the sign the plan has, or from there with that of the file: the way is the same."""
    return pl.when(turns(rules)).then(-pl.col(name)).otherwise(name).alias(name) if rules.turn_sign else pl.col(name)


def idle_signs(records: pl.LazyFrame, source: str, turn_sign: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """The findings on texts of `turn_sign` that no record of the `source` among the `records` has."""
    lines = []
    for name, texts in turn_sign.items():
        codes = records.filter(source=source).select(pl.col(name).drop_nulls().unique().sort()).collect().to_series()
        for text in texts:
            if codes.len() and not codes.to_frame().select(_is(pl.col(name), text).any()).item():
                has = ", ".join(codes.head(_MENTIONED).to_list())
                message = f"no record has {name} {text}, whose sign is to be turned; there are {has}"
                lines.append({"source": source, "place": source, "column": name, "value": text, "message": message})
    return findings(IDLE_SIGN, lines)


def _is(value: pl.Expr, text: str) -> pl.Expr:
    if text.endswith("*"):
        return value.str.starts_with(text.removesuffix("*"))
    return value == text
