"""From a folder of somebody's exports to reconciled numbers, in two commands."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from sop_cli.config.load import load_config
from sop_cli.schemas.tables import TABLES
from tests.end_to_end import small
from tests.end_to_end.company import ROOT, Ask, Company, asking

# Some of the small company's tables under the names and headers that a German ERP gives them.
GERMAN = {
    "shipments": ("Lieferungen_20261103.csv", "VBELN POSNR MATNR WERKS KUNNR EDATU WADAT_IST LFIMG MEINS NETWR WAERS"),
    "orders": ("Auftragsbestand.csv", "Auftrag Position Material Werk Kunde Liefertermin OffeneMenge ME Wert Währung"),
    "stock": ("Bestände.csv", "Periode Artikel Lagerort Bestand Einheit"),
    "ledger": ("Saldenliste.csv", "Buchungsperiode Sachkonto Kontobezeichnung Produktgruppe Saldo Währung"),
}


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """The small company as one folder of exports, some of them in German."""
    folder = tmp_path / "exports"
    folder.mkdir()
    small.write(folder)
    (folder / "config.yaml").unlink()
    for table, (name, headers) in GERMAN.items():
        header, *rows = (folder / f"{table}.csv").read_text().splitlines()
        (folder / f"{table}.csv").unlink()
        ours = [column.name for column in TABLES[table].columns]
        theirs = dict(zip(ours, headers.split(), strict=True))
        (folder / name).write_text("\n".join([",".join(theirs[one] for one in header.split(",")), *rows]) + "\n")
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`sop` in the folder above the exports."""
    return asking(Company(tmp_path), monkeypatch, capsys)


def test_a_folder_of_exports_is_reconciled_in_two_commands(exports: Path, here: Ask) -> None:
    before = {path.name: path.read_bytes() for path in exports.iterdir()}
    made = here("init", "plan", "--from", "exports")
    assert made.code == 0, made.err
    assert (
        made.out.splitlines()[-1] == "next: read plan/config.yaml, mend what says check, then cd plan && sop reconcile"
    )
    config = load_config(exports.parent / "plan/config.yaml").config
    assert {source.table or name for name, source in config.sources.items()} == set(TABLES)
    assert config.sources["shipments"].files == ["extracts/{cycle}/Lieferungen_*.csv"]
    done = here("reconcile", "--config", "plan/config.yaml")
    assert done.code in (0, 3), done.err  # 3: the numbers are read, and do not tie without the accounts of the ledger
    assert {path.name: path.read_bytes() for path in exports.iterdir()} == before


def test_nothing_is_ever_overwritten(exports: Path, here: Ask) -> None:
    there = exports.parent / "plan/config.yaml"
    there.parent.mkdir()
    there.write_text("mine")
    refused = here("init", "plan", "--from", "exports")
    assert (refused.code, there.read_text()) == (2, "mine")
    assert [path.name for path in there.parent.iterdir()] == ["config.yaml"]


def test_files_within_the_workspace_are_read_where_they_lie(exports: Path, here: Ask) -> None:
    made = here("init", ".", "--from", "exports")
    assert made.code == 0, made.err
    config = load_config(exports.parent / "config.yaml").config
    assert config.sources["items"].files == ["exports/items.csv"]
    assert not (exports.parent / "extracts").exists()


def test_parquet_files_are_drafted_and_copied_as_all_others(exports: Path, here: Ask) -> None:
    pl.read_csv(exports / "items.csv", infer_schema=False).write_parquet(exports / "items.parquet")
    (exports / "items.csv").unlink()
    made = here("init", "plan", "--from", "exports")
    assert made.code == 0, made.err
    config = load_config(exports.parent / "plan/config.yaml").config
    assert [Path(name).name for name in config.sources["items"].files] == ["items.parquet"]
    assert here("ingest", "--config", "plan/config.yaml").code == 0


def test_links_that_lead_out_of_the_folder_are_left_out_and_named(exports: Path, here: Ask) -> None:
    private = exports.parent / "private"
    private.mkdir()
    (exports / "items.csv").rename(private / "items.csv")
    (exports / "link.csv").symlink_to(private / "items.csv")
    (exports / "linked").symlink_to(private)
    (exports / "sites-too.csv").symlink_to(exports / "sites.csv")
    made = here("init", "plan", "--from", "exports")
    assert made.code == 0, made.err
    said = " ".join(made.out.split())
    assert "cannot be read link.csv: it is a link that leads out of the folder" in said
    assert "cannot be read linked: it is a link that leads out of the folder" in said
    copied = {path.name for path in (exports.parent / "plan").rglob("*.csv")}
    assert "sites-too.csv" in copied
    assert not {"link.csv", "items.csv"} & copied


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (lambda folder: None, "there is no such folder"),
        (lambda folder: folder.mkdir(), "there is no file in it that could be an extract"),
        (
            lambda folder: [
                folder.mkdir(),
                (folder / "a.csv").write_text("City,Street\nUlm,Mill Lane\nBonn,B Street\n"),
            ],
            "none of the files in it was recognised",
        ),
    ],
)
def test_a_folder_without_extracts_is_refused(
    tmp_path: Path, here: Ask, fill: Callable[[Path], object], said: str
) -> None:
    fill(tmp_path / "nothing")
    refused = here("init", "plan", "--from", "nothing")
    assert (refused.code, said in refused.err) == (2, True), refused.err
    assert not (tmp_path / "plan").exists()


def test_what_lacks_a_column_is_a_comment_with_the_file_that_has_it(tmp_path: Path, here: Ask) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "lines.csv").write_text(
        "SALESORDERID,Pos,SKU,Plant,Due,Qty\n1,10,A1,P1,2026-12-01,5\n2,10,B2,P1,2026-12-02,6\n"
    )
    (folder / "heads.csv").write_text("SALESORDERID,PARTNERID,CITY\n1,C1,Ulm\n2,C2,Bonn\n")
    made = here("init", "plan", "--from", "exports")
    assert made.code == 0, made.err
    said = " ".join(made.out.split())
    assert "no column holds account; it is a comment in the config; account stands in" in said
    assert "heads.csv as PARTNERID, by SALESORDERID: export them together" in said
    assert made.out.splitlines()[-2:] == [
        "no file is ready as items, the item master, without which nothing can be planned",
        "next: complete plan/config.yaml, then cd plan && sop reconcile",
    ]
    text = (tmp_path / "plan/config.yaml").read_text()
    assert "# missing: account" in text


def test_the_sample_and_a_folder_exclude_each_other(tmp_path: Path, here: Ask) -> None:
    assert here("init", "plan", "--sample", "--from", "exports").code == 2


def test_a_draft_reads_the_sample_company_as_its_own_config_does(tmp_path: Path, here: Ask, finished: Path) -> None:
    ours = load_config(ROOT / "config.example.yaml").config.sources
    made = here("init", "plan", "--from", str(ROOT / "sample_data"))
    assert made.code == 0, made.err
    found = load_config(tmp_path / "plan/config.yaml").config.sources
    meant = {
        (file.removeprefix("sample_data/"), source.sheet, source.table or name)
        for name, source in ours.items()
        for file in source.files
    }
    drafted = {
        (file.removeprefix("extracts/"), source.sheet, source.table or name)
        for name, source in found.items()
        for file in source.files
    }
    # The sheet is named only where the workbook has others.
    only = {(file, None, table) for file, sheet, table in meant if "supplier-limits" in file}
    assert drafted == {one for one in meant if "supplier-limits" not in one[0]} | only
    columns = {(source.table or name, source.sheet): dict(source.columns) for name, source in found.items()}
    for name, source in ours.items():
        sheet = None if name == "supplier_limits" else source.sheet
        assert source.columns.items() <= columns[source.table or name, sheet].items(), name
    assert here("ingest", "--config", "plan/config.yaml", "--quiet").code == 0
    for table in TABLES:
        name = f"cycles/2026-11/1-ingested/{table}.parquet"
        if (finished / name).exists():
            own, read = (pl.read_parquet(base / name).drop("source", "file") for base in (finished, tmp_path / "plan"))
            assert read.sort(read.columns).equals(own.sort(own.columns)), table
