"""A drafted config is one that loads, says why, and never reads a header otherwise than it is written."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.config.load import load_config
from sop_cli.schemas.draft import Account, Candidate, Closed, Draft, DraftSource, Fact, Stray, Taken, Untold
from sop_cli.schemas.tables import TABLES
from sop_cli.write.draft import draft_text

# What a header may hold: anything but line breaks, which no reader leaves in one, and what ends a YAML document.
HEADERS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()) or "x"
)


def _source(headers: Sequence[str], name: str = "stock", missing: tuple[str, ...] = ()) -> DraftSource:
    taken = [Taken("item", tuple(headers), "known header", "known header 'material'")]
    found = Candidate(TABLES["stock"], 1.0, tuple(taken), missing=missing, values={"uom": dict.fromkeys(headers, "EA")})
    return DraftSource(name, ("e/{cycle}/x.csv",), "Sheet: 1", found, "likely", ("named so",), not missing, ())


def _draft(*sources: DraftSource) -> Draft:
    ledger = {"revenue": [Account("0400", "Umsatz: Inland")]}
    facts = Fact("EUR", "seen"), Fact("4", "the budget begins then")
    return Draft(sources, (Untold("e/y.csv", "no header was found"),), *facts, None, ledger, ("AOP: 27",))


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("draft") / "config.yaml"


@settings(max_examples=40)
@given(headers=st.lists(HEADERS, min_size=1, max_size=3, unique=True))
def test_every_header_is_read_from_the_config_as_it_stands_in_the_file(page: Path, headers: list[str]) -> None:
    page.write_text(draft_text(_draft(_source(headers)), "exports"), encoding="utf-8")
    stock = load_config(page).config.sources["stock"]
    assert stock.columns["item"] == headers
    assert list(stock.values["uom"]) == headers


def test_the_config_loads_and_what_lacks_something_is_only_a_comment(tmp_path: Path) -> None:
    ready, lacking = _source(["Material"]), _source(["SKU"], "stock_2", missing=("month",))
    path = tmp_path / "config.yaml"
    path.write_text(draft_text(_draft(ready, lacking), "exports"), encoding="utf-8")
    config = load_config(path).config
    assert (config.currency, config.fiscal_year_start, list(config.sources)) == ("EUR", 4, ["stock"])
    assert config.sources["stock"].sheet == "Sheet: 1"
    assert config.budget.approved == "AOP: 27"


def test_every_guess_has_its_reason_and_every_gap_its_remedy() -> None:
    text = draft_text(_draft(_source(["Material"], missing=("month",))), "exports")
    assert "# likely: named so" in text
    assert "item: Material # known header 'material'" in " ".join(text.split())
    assert "# missing: month" in text
    assert "constants: {month: ...}" in text
    assert "# e/y.csv: no header was found" in text
    assert '#   revenue: ["0400"]' in text or "#   revenue: [0400]" in text


def test_a_long_reason_stands_above_its_line_and_no_comment_is_wider_than_a_terminal() -> None:
    why = Fact("EUR", "because " + "many files say so " * 8 + "in e/a long name.csv")
    text = draft_text(replace(_draft(_source(["Material"])), currency=why), "exports")
    lines = text.splitlines()
    assert lines[lines.index("currency: EUR") - 1].startswith("# ")
    prose = [line for line in lines if line.strip().startswith("#") and " # " not in line.strip()]
    assert max(map(len, prose)) <= 80


def test_a_column_of_few_words_is_offered_as_a_constant_that_loads_as_it_stands(tmp_path: Path) -> None:
    taken = (Taken("item", ("Material",), "known header", "known"),)
    found = Candidate(TABLES["items"], 0.5, taken, missing=("policy", "supply"), constants={"site": Fact("P1", "x")})
    source = DraftSource("items", ("e/items.csv",), None, found, "unsure", ("named so",), False, ())
    text = draft_text(_draft(source), "exports")
    assert "# None is ready: complete one of the blocks below" in text
    block = text[text.index("  # items:") : text.index("  # --- Not recognised")]
    lines = [line.replace("  # ", "  ", 1) for line in block.splitlines()]
    path = tmp_path / "config.yaml"
    path.write_text("company: A\ncurrency: EUR\nsources:\n" + "\n".join(lines), encoding="utf-8")
    assert load_config(path).config.sources["items"].constants == {"site": "P1", "policy": "mts", "supply": "make"}


def test_a_record_dated_after_the_cycle_is_told_beside_it() -> None:
    stray = Stray("e/sales.csv", 219, "Shipped", "14.10.2027", 2)
    cycle = Fact("2026-11", "the month after 2026-10, in which sales ends")
    text = draft_text(replace(_draft(_source(["Material"])), cycle=cycle, closed=Closed(cycle, (stray,))), "exports")
    said = " ".join(text.replace("#", "").split())
    assert "check: e/sales.csv, row 219, Shipped: 14.10.2027, and 2 more is dated after the cycle" in said


def test_words_to_be_told_which_of_ours_they_are_are_listed_and_no_constant_is_offered() -> None:
    found = Candidate(
        TABLES["items"], 0.8, (), missing=("supply",), unmapped={"supply": {"selbst": None, "extern": "buy"}}
    )
    source = DraftSource("items", ("x.csv",), None, found, "unsure", ("4 of 5",), False, ())
    text = draft_text(_draft(source), "exports")
    assert '#     supply: {selbst: "...", extern: buy} # missing: make or buy for each of its words' in text
    assert "constants" not in text
