"""Records whose numbers have the sign of the other side of the books, such as revenue posted as credit."""

import polars as pl

from sop_cli.stages.ingest.rules import SourceRules


def turns(rules: SourceRules) -> pl.Expr:
    """Whether the source says that the numbers of a record change their sign: by one of its codes or words."""
    met = [_is(pl.col(name), text) for name, texts in rules.turn_sign.items() for text in texts]
    return pl.any_horizontal(met).fill_null(False) if met else pl.lit(False)


def turned(name: str, rules: SourceRules) -> pl.Expr:
    """Our number column `name` with the sign the plan has, or from there with that of the file: the way is the same."""
    return pl.when(turns(rules)).then(-pl.col(name)).otherwise(name).alias(name) if rules.turn_sign else pl.col(name)


def _is(value: pl.Expr, text: str) -> pl.Expr:
    if text.endswith("*"):
        return value.str.starts_with(text.removesuffix("*"))
    return value == text
