"""The parts of a drafted config about the books: what is known is active, what is not is a TODO, signs are told."""

from pathlib import Path

import yaml

from sop_cli.config.load import load_config
from sop_cli.schemas.draft import Account, Candidate, Draft, DraftSource, Fact, Taken
from sop_cli.schemas.tables import TABLES
from sop_cli.write.draft import draft_text

SALES, COSTS = Account("0400", "Umsatz", negative=True), Account("500", "Wareneinsatz")


def _ledger(active: bool = True) -> DraftSource:
    taken = (Taken("gl_account", ("Konto",), "known header", "known"), Taken("amount", ("Saldo",), "known header", "x"))
    found = Candidate(TABLES["ledger"], 1.0, taken, missing=() if active else ("month",))
    return DraftSource("books", ("e/gl.csv",), None, found, "certain", ("named so",), active, ())


def _text(
    ledger: dict[str, list[Account]], *unplaced: Account, active: bool = True, budgets: tuple[str, ...] = ()
) -> str:
    facts = Fact("EUR", "seen"), Fact("1", "so")
    return draft_text(Draft((_ledger(active),), (), *facts, None, ledger, budgets, unplaced), "exports")


def _without_marks(text: str, *blocks: str) -> str:
    """The text as people make it who take the # away from lines that begin so, and from those indented below them."""
    lines: list[str] = []
    taking: str | None = None
    for line in text.splitlines():
        begins = next((block for block in blocks if line.lstrip().startswith(f"# {block}")), None)
        indent = line[: len(line) - len(line.lstrip())]
        deeper = taking is not None and line.startswith(f"{taking}#   ")
        taking = indent if begins else taking if deeper else None
        lines.append(line.replace("# ", "", 1) if begins or deeper else line)
    return "\n".join(lines) + "\n"


def test_what_is_known_of_the_ledger_is_active_and_the_rest_is_to_be_done(tmp_path: Path) -> None:
    text = _text({"revenue": [SALES]}, Account("999", "Sonstiges"))
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    config = load_config(path).config
    assert (config.ledger.revenue, config.ledger.cogs) == (["0400"], [])
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert 'revenue: ["0400"] # check: Umsatz' in lines or "revenue: [0400] # check: Umsatz" in lines
    assert "# cogs: [] # TODO: Cost of goods sold at standard" in lines
    assert "# in no line yet: 999 Sonstiges" in lines


def test_a_ledger_of_which_nothing_is_known_has_its_section_as_a_comment() -> None:
    for text in (_text({}, Account("700", "", negative=True)), _text({}, active=False)):
        assert "\nledger:" not in text
        assert "# TODO" in text
        section = _without_marks(text[text.index("\n# ledger:") :], "ledger:", "in no line")
        assert set(yaml.safe_load(section)["ledger"]) >= {"revenue", "cogs", "payables"}
    assert "700 (minus sign)" in _text({}, Account("700", "", negative=True))


def test_credit_signs_are_told_and_turned(tmp_path: Path) -> None:
    text = _text({"revenue": [SALES], "cogs": [COSTS]})
    said = " ".join(text.replace("#", "").split())
    assert "check: revenue stands with a minus sign (0400 Umsatz), as credits are booked" in said
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_config(path).config.sources["books"].turn_sign == {"gl_account": ["0400"]}


def test_where_costs_have_the_minus_sign_too_the_whole_file_is_turned_round() -> None:
    text = _text({"revenue": [SALES], "cogs": [Account("500", "Wareneinsatz", negative=True)]})
    assert '  turn_sign: {gl_account: "*"}' in text


def test_revenue_without_a_minus_sign_is_nothing_to_be_told() -> None:
    assert "minus" not in _text({"revenue": [Account("0400", "Umsatz")], "payables": [Account("16", "P", True)]})


def test_a_proposed_budget_is_named_beside_the_approved_one() -> None:
    text = " ".join(_text({}, budgets=("AOP", "AOP proposed")).split())
    assert "approved: AOP # the version to compare with; there is also AOP proposed" in text
    assert "proposed: AOP proposed" in text
