"""What is on hand: month-end stock by item and site."""

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.headers import DAY, ITEM, MONTH, QUANTITY, SITE, UOM, said

STOCK = Table(
    "stock",
    "On-hand stock at month end.",
    (
        Column(
            "month",
            "month",
            "Month whose closing stock this is.",
            required=True,
            headers=MONTH
            + DAY
            + said(
                """
            closing month, month end, stock date, snapshot date, closing date, inventory date, as of date,
            Stichtag, Monatsende, Bestandsdatum, fin de mois, date de clôture, fin de mes, fecha de cierre,
            fine mese, data di chiusura, maandeinde,
            Stand, date de stock, date d'inventaire, fecha de inventario, data inventario, peildatum
        """
            ),
        ),
        Column("item", "code", "Item code.", required=True, headers=ITEM),
        Column("site", "code", "Site that holds it.", required=True, headers=SITE),
        Column(
            "quantity",
            "number",
            "Closing quantity on hand.",
            "uom",
            required=True,
            headers=QUANTITY
            + said(
                """
            on hand, on hand quantity, closing stock, closing quantity, closing inventory, ending inventory,
            stock, stock on hand, stock quantity, inventory, inventory quantity, physical stock,
            unrestricted, unrestricted stock, soh, qoh, labst, Bestand, Lagerbestand, Endbestand,
            Bestandsmenge, frei verwendbar, frei verwendbarer Bestand, stock final, existencias, giacenza,
            giacenza finale, voorraad, eindvoorraad,
            Lagermenge, freier Bestand, verfügbarer Bestand, unrestricted use, quantité en stock, stock disponible,
            utilisation libre, stock physique, libre utilización, stock libre, utilizzo libero, vrije voorraad
        """
            ),
            instead=said("Gesamtbestand, total stock, stock total, giacenza totale, totale voorraad"),
        ),
        Column("uom", "code", "Unit of the quantity; the item's base unit where absent.", headers=UOM),
    ),
    key=("month", "item", "site"),
    current="month",
)
