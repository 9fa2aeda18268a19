"""Folders as a French and a Spanish controller export them: ready after `init --from`, and read to the last record."""

from pathlib import Path

import polars as pl
import pytest

from sop_cli.config.load import load_config
from tests.end_to_end.company import Ask, Company, asking

FRENCH = {
    "Articles.csv": "Réf. article;Désignation;Famille;Politique;Approvisionnement;Usine;Unité;Colisage;"
    "Couverture cible (jours)\n00100;Savon;SOIN;sur stock;Fabrication;1000;PCE;12;30\n"
    "00200;Crème;SOIN;sur commande;Achat;1000;PCE;6;45\n",
    "Sites.csv": "Site;Nom;Type\n1000;Lyon;Usine\n2000;Lille;Entrepôt\n",
    "Clients.csv": "Code client;Nom du client;Canal de vente\n5000;Dupont;GMS\n5001;Durand;WEB\n",
    "Expéditions.csv": "N° commande;Ligne;Réf. article;Entrepôt;Code client;Date promise;Date livraison;Qté livrée;"
    "Montant HT (k€)\n1;10;00100;1000;5000;01/10/2026;15/10/2026;5;1,5\n"
    "2;10;00200;1000;5001;02/10/2026;16/10/2026;6;2,5\n",
    "Commandes ouvertes.csv": "N° commande;Ligne;Référence produit;Entrepôt;Code client;Date de livraison;"
    "Reste à livrer\n8;10;00100;1000;5000;15/12/2026;5\n9;10;00200;1000;5001;16/12/2026;6\n",
    "Stock 31-10-2026.csv": "Référence produit;Entrepôt;Quantité en stock\n00100;1000;500\n00200;1000;250\n",
    "Balance générale.csv": "Exercice;Période;Compte;Libellé du compte;Solde\n"
    "2026;P09;701000;Ventes de produits;500,5\n"
    "2026;P10;701000;Ventes de produits;600,25\n2026;P10;603000;Variation des stocks;5,5\n",
    "Budget 2026.csv": "Indicateur;Famille;10/2026;11/2026;12/2026\nCA;SOIN;100;110;120\nUnités;SOIN;10;11;12\n",
}
SPANISH = {
    "Artículos.csv": "Código de artículo;Descripción;Familia;Estrategia;Tipo de aprovisionamiento;Planta;Unidad\n"
    "00100;Jabón;CUIDADO;contra stock;Fabricación;1000;UN\n00200;Crema;CUIDADO;bajo pedido;Compra;1000;UN\n",
    "Clientes.csv": "Código de cliente;Nombre del cliente;Canal de venta\n5000;García;RETAIL\n5001;López;WEB\n",
    "Envíos.csv": "Nº pedido;Línea;Cód. artículo;Bodega;Cliente;Fecha comprometida;Fecha de entrega;Cantidad servida;"
    "Importe (miles USD)\n1;10;00100;1000;5000;01/10/2026;15/10/2026;5;1,5\n"
    "2;10;00200;1000;5001;02/10/2026;16/10/2026;6;2,5\n",
    "Pedidos.csv": "Nº pedido;Línea;Código producto;Código almacén;Cliente;Fecha de entrega;Cantidad pendiente\n"
    "8;10;00100;1000;5000;15/12/2026;5\n9;10;00200;1000;5001;16/12/2026;6\n",
    "Existencias.csv": "Mes;Código de material;Código de almacén;Existencias (cajas)\n10/2026;00100;1000;500\n"
    "10/2026;00200;1000;250\n",
    "Previsión.csv": "Código artículo;Canal;nov-26;dic-26;ene-27\n00100;RETAIL;5;6;7\n00200;WEB;5;6;7\n",
    "Compras.csv": "Orden de compra;Código producto;Almacén;Fecha de recepción;Unidades;Estado\n"
    "71;00200;1000;15/10/2026;50;Recibido\n72;00200;1000;15/12/2026;60;Abierto\n",
    "Costes.csv": "Código de artículo;Válido desde;Coste estándar USD\n00100;01/01/2026;2,5\n00200;01/01/2026;3,5\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`sop` in a folder beside which the exports lie."""
    return asking(Company(tmp_path), monkeypatch, capsys)


@pytest.mark.parametrize("files", [FRENCH, SPANISH], ids=["French", "Spanish"])
def test_every_file_is_ready_and_every_record_is_read(tmp_path: Path, here: Ask, files: dict[str, str]) -> None:
    (tmp_path / "exports").mkdir()
    for name, text in files.items():
        (tmp_path / "exports" / name).write_text(text, encoding="utf-8")
    made = here("init", "plan", "--from", "exports")
    assert f"{len(files)} sources ready" in made.out, made.out
    done = here("ingest", "--config", "plan/config.yaml")
    assert done.code == 0, done.err
    left = tmp_path / "plan/cycles/2026-11/1-ingested"
    controls = pl.read_csv(left / "controls.csv", infer_schema=False).filter(pl.col("column") == "records")
    assert controls["read"].to_list() == controls["accepted"].to_list()
    assert controls.height == len(files)


def test_what_spanish_headers_say_of_units_and_thousands_is_declared(tmp_path: Path, here: Ask) -> None:
    (tmp_path / "exports").mkdir()
    for name, text in SPANISH.items():
        (tmp_path / "exports" / name).write_text(text, encoding="utf-8")
    here("init", "plan", "--from", "exports")
    config = load_config(tmp_path / "plan/config.yaml").config
    assert config.currency == "USD"
    assert config.sources["stock"].constants == {"uom": "CS"}
    assert config.sources["costs"].constants == {"currency": "USD"}
    assert (config.sources["shipments"].scale, config.sources["shipments"].constants["currency"]) == (
        {"amount": 1000},
        "USD",
    )
