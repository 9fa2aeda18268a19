"""A folder as a German controller exports it: umlauts, a stray date, month words, TEUR, credit signs, no policies."""

from pathlib import Path

import pytest

from sop_cli.config.load import load_config
from tests.end_to_end.company import Ask, Company, asking

SHIPMENTS = "Lieferung;Position;Material;Werk;Kunde;Liefertermin;WA-Datum;Liefermenge;ME;Nettowert;Währung"
FILES = {
    "Materialstamm.csv": "Material;Materialkurztext;Warengruppe;ME\n00100;Seife;PFLEGE;ST\n00200;Creme;PFLEGE;ST\n",
    "Kundenstamm.csv": "Kundennummer;Kundenname;Vertriebskanal\n5000;Müller GmbH;HANDEL\n5001;Maß KG;ONLINE\n",
    "Auftragsbestand Nov 2026.csv": "Auftrag;Position;Material;Werk;Kunde;Bestätigt;Auftragsmenge;Offene Menge\n"
    "1;10;00100;1000;5000;15.12.2026;100;40\n2;10;00200;1000;5001;16.12.2026;50;50\n",
    "Absatzplan Nov 2026.csv": "Material;Vertriebskanal;Nov 2026;Dez 2026;Jan 2027\n"
    "00100;HANDEL;100;110;120\n00200;ONLINE;50;60;70\n",
    "Bestand.csv": "Bestandsliste;Stand 31.10.2026;\n;;\nMaterial;Frei verwendbar;ME\n00100;500;ST\n00200;250;ST\n",
    "Saldenliste.csv": "Buchungsperiode;Sachkonto;Kontobezeichnung;Saldo\n"
    + "".join(
        f"{month:02d}.2026;400000;Umsatzerlöse;-340,00\n{month:02d}.2026;500000;Wareneinsatz;120,00\n"
        f"{month:02d}.2026;790000;Fertige Erzeugnisse;1.500,00\n{month:02d}.2026;699000;Sonstiges;7,00\n"
        for month in (9, 10)
    ),
    "Budget 2026.csv": "Budget Umsatz in TEUR;;;\nWarengruppe;Okt 2026;Nov 2026;Dez 2026\nPFLEGE;3;4;5\nREST;1;1;1\n",
    "Standardkosten.csv": "Material;Gültig ab;Standardpreis\n00100;01.01.2026;2,00\n00200;01.01.2026;2,00\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`sop` in a folder beside which the exports lie."""
    folder = tmp_path / "exports"
    folder.mkdir()
    lines = [SHIPMENTS]
    for at in range(40):
        month, day = 9 + at // 20, 1 + at % 20
        left = "14.10.2027" if at == 30 else f"{day:02d}.{month:02d}.2026"
        lines.append(f"8{at:03d};10;00{1 + at % 2}00;1000;500{at % 2};{day:02d}.{month:02d}.2026;{left};5;ST;17,00;EUR")
    for name, text in {**FILES, "Lieferungen.csv": "\n".join(lines) + "\n"}.items():
        (folder / name).write_text(text, encoding="cp1252")
    return asking(Company(tmp_path), monkeypatch, capsys)


def test_one_stray_date_among_many_is_named_and_the_cycle_is_the_right_one(here: Ask, tmp_path: Path) -> None:
    made = here("init", "plan", "--from", "exports")
    assert made.code == 0, made.err
    assert (tmp_path / "plan/extracts/2026-11/Lieferungen.csv").is_file()
    said = " ".join(made.out.split())
    assert "check: extracts/2026-11/Lieferungen.csv, row 32, WA-Datum: 14.10.2027 is dated after the cycle" in said
    assert "all 3 sources end: shipments, stock, ledger" in said
    assert max(map(len, made.out.splitlines())) <= 80


def test_what_the_files_say_between_the_lines_is_drafted(here: Ask, tmp_path: Path) -> None:
    here("init", "plan", "--from", "exports")
    config = load_config(tmp_path / "plan/config.yaml").config
    sources = config.sources
    assert sources["forecast"].files == ["extracts/{cycle}/Absatzplan *.csv"]
    assert sources["forecast"].columns["segment"] == ["Vertriebskanal"]
    assert sources["shipments"].columns["order"] == ["Lieferung"]
    assert sources["orders"].columns["quantity"] == ["Offene Menge"]
    assert sources["stock"].constants == {"month": "2026-10", "site": "1000"}
    assert (sources["aop"].constants["version"], sources["aop"].scale) == ("AOP", {"value": 1000})
    assert (config.ledger.revenue, config.ledger.inventory_value) == (["400000"], ["790000"])
    text = (tmp_path / "plan/config.yaml").read_text(encoding="utf-8")
    assert sources["ledger"].turn_sign["gl_account"][0] == "400000"
    assert "in no line yet: 699000 Sonstiges" in text


def test_the_item_master_is_a_block_that_only_waits_for_its_marks_to_be_taken_away(here: Ask, tmp_path: Path) -> None:
    made = here("init", "plan", "--from", "exports")
    assert "take the # away from its lines: items" in made.out
    path = tmp_path / "plan/config.yaml"
    head, block = path.read_text(encoding="utf-8").split("  # items:", 1)
    own, rest = block.split("\n\n", 1)
    own = "\n".join(line.replace("  # ", "  ", 1) for line in own.splitlines())
    path.write_text(f"{head}  items:{own}\n\n{rest}", encoding="utf-8")
    done = here("reconcile", "--config", str(path))
    assert done.code in (0, 3), done.err
    # The ledger is held against the shipments, with its credit signs, which nobody overlooks.
    assert "R101" in done.err
    assert "ledger 340.00 EUR" in done.err


def test_a_folder_without_a_ready_source_says_which_block_to_complete(here: Ask, tmp_path: Path) -> None:
    for path in (tmp_path / "exports").iterdir():
        if path.name != "Materialstamm.csv":
            path.unlink()
    made = here("init", "plan", "--from", "exports")
    assert made.code == 0, made.err
    assert "0 sources ready, 1 with something missing" in made.out
    refused = here("ingest", "--config", "plan/config.yaml")
    assert refused.code == 2
    assert "complete what stands below it as a comment and take the # away: items" in refused.err
    assert "remove the key" not in refused.err


def test_what_explain_says_of_a_rule_fits_80_columns(here: Ask) -> None:
    for code in ("R101", "I301", "I225"):
        said = here("explain", code)
        assert said.code == 0
        assert max(map(len, said.out.splitlines())) <= 80
