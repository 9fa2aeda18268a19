"""Weeks and quarters that a column of months cannot take are rejected with what to do about them."""

import polars as pl
import pytest

from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.otherperiods import hint_of, is_other_period


def _other(table: str, text: str, header: str = "month") -> bool:
    return bool(pl.select(is_other_period(pl.lit(text), header, SourceRules(table, TABLES[table]))).item())


@pytest.mark.parametrize("text", ["2026-W48", "KW48 2026", "CW 48/26", "202648", "48/2026", "week 48"])
def test_a_week_is_known_where_its_table_takes_none(text: str) -> None:
    assert _other("stock", text)
    assert _other("aop", text)


@pytest.mark.parametrize("text", ["Q3 26", "2026-Q3", "3Q26"])
def test_a_quarter_is_known_where_its_table_takes_none(text: str) -> None:
    assert _other("stock", text)
    assert not _other("aop", text)


@pytest.mark.parametrize("text", ["202613", "2026-13", "016/2026", "November", "soon", "Q8"])
def test_other_texts_are_neither(text: str) -> None:
    assert not _other("stock", text)


def test_below_a_header_that_says_week_every_number_is_one() -> None:
    assert _other("stock", "202706", "KW")
    assert not _other("forecast", "202799", "KW")


def test_the_hint_names_what_the_table_takes() -> None:
    assert hint_of(SourceRules("stock", TABLES["stock"])).startswith(
        "Table stock takes months only, no weeks or quarters: have the extract made by month"
    )
    assert hint_of(SourceRules("aop", TABLES["aop"])).startswith("Table aop takes months and quarters only, no weeks:")
    assert 'declare `months: "%G%V"`' in hint_of(SourceRules("forecast", TABLES["forecast"]))
