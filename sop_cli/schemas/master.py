"""Who and what the plan is about: items, sites, customers."""

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.headers import ACCOUNT, FAMILY, ITEM, SEGMENT, SITE, SUPPLIER, UOM, said

ITEMS = Table(
    "items",
    "Item master: what is made, bought, stocked and sold.",
    (
        Column("item", "code", "Item code.", required=True, headers=ITEM),
        Column(
            "description",
            "text",
            "What people call it.",
            headers=said(
                """
            name, item name, product name, item description, material description, product description,
            short text, maktx, Bezeichnung, Beschreibung, Kurztext, Materialkurztext, Materialbezeichnung,
            Artikelbezeichnung, désignation, libellé, descripción, descrizione, omschrijving
        """
            ),
        ),
        Column("family", "code", "Planning family; S&OP is held at this level.", required=True, headers=FAMILY),
        Column(
            "policy",
            "text",
            "Make to stock or make to order.",
            required=True,
            choices=("mts", "mto"),
            headers=said(
                """
            mts/mto, strategy, planning policy, stocking policy, planning strategy, strategy group,
            production strategy, strgr, Strategie, Strategiegruppe, Planungsstrategie, Fertigungsart, stratégie,
            politique, estrategia, strategia
        """
            ),
        ),
        Column(
            "supply",
            "text",
            "Made in a plant or bought in.",
            required=True,
            choices=("make", "buy"),
            headers=said(
                """
            make/buy, make or buy, procurement, procurement type, sourcing, beskz, Beschaffung,
            Beschaffungsart, Eigenfertigung/Fremdbezug, type d'approvisionnement, approvisionnement,
            tipo de aprovisionamiento, tipo di approvvigionamento
        """
            ),
        ),
        Column(
            "site",
            "code",
            "Plant that makes it, or site that receives it when bought.",
            required=True,
            headers=SITE + said("home plant, home site, main plant, Stammwerk"),
        ),
        Column("supplier", "code", "Supplier of a bought-in item.", headers=SUPPLIER),
        Column("uom", "code", "Base unit of measure, in which the item is stocked.", default="EA", headers=UOM),
        Column(
            "case_size",
            "number",
            "Base units in a case (CS).",
            "base units per case",
            sign="not negative",
            headers=said(
                """
            units per case, pieces per case, case pack, pack size, case qty, umrez, Stück je Karton,
            Stück pro Karton, Gebindegröße, Packungsgröße, unités par carton, unidades por caja,
            pezzi per cartone, stuks per doos, colisage
        """
            ),
        ),
        Column(
            "target_days",
            "number",
            "Days of forward demand the stock should cover.",
            "days",
            sign="not negative",
            headers=said(
                """
            target cover days, cover days, target cover, target days of supply, days of supply,
            Zielreichweite, Reichweite, Zielreichweite in Tagen, couverture cible, jours de couverture,
            días de cobertura, giorni di copertura, dekkingsdagen
        """
            ),
        ),
        Column(
            "lead_time_months",
            "number",
            "Months from order to delivery, for make-to-order items.",
            "months",
            default="1",
            sign="not negative",
            headers=said(
                """
            lead time (months), lead time months, lead time in months, Lieferzeit (Monate),
            Lieferzeit in Monaten, délai (mois), plazo (meses), levertijd (maanden)
        """
            ),
        ),
        Column(
            "status",
            "text",
            "active, new or discontinued.",
            choices=("active", "new", "discontinued"),
            default="active",
            headers=said(
                """
            item status, product status, lifecycle, lifecycle status, mstae, Materialstatus, Artikelstatus,
            Lebenszyklus, statut, estado, stato
        """
            ),
        ),
    ),
    key=("item",),
)

CONVERSIONS = Table(
    "conversions",
    "Units of measure: how many base units one unit is, for an item or for all of them.",
    (
        Column("item", "code", "Item it holds for; all items where empty.", headers=ITEM),
        Column(
            "uom",
            "code",
            "Unit that is converted: CS, PAL, DZ, G.",
            required=True,
            headers=said(
                """
            unit, from unit, alternative unit, alternate unit, alternative uom, alternate uom, from uom, meinh,
            Alternativmengeneinheit, Alternativeinheit, Mengeneinheit
        """
            ),
        ),
        Column(
            "base",
            "code",
            "Unit the factor counts; the item's base unit where empty.",
            headers=said("base unit, base uom, to unit, to uom, meins, Basismengeneinheit, Basiseinheit"),
        ),
        Column(
            "factor",
            "number",
            "How many base units one unit is: 12 for a dozen, 0.001 for grams where the base is KG.",
            "base units per unit",
            required=True,
            sign="positive",
            headers=said("conversion factor, conversion, quantity in base units, base units per unit, Faktor, facteur"),
        ),
    ),
    key=("item", "uom", "base"),
)

SITES = Table(
    "sites",
    "Plants and distribution centres.",
    (
        Column("site", "code", "Site code.", required=True, headers=SITE),
        Column(
            "name",
            "text",
            "What people call it.",
            headers=said(
                """
            site name, plant name, location name, description, site description, name1, Werksname,
            Standortname, Bezeichnung, nom, nombre, nome, naam
        """
            ),
        ),
        Column(
            "type",
            "text",
            "plant or dc.",
            required=True,
            choices=("plant", "dc"),
            headers=said(
                """
            site type, plant type, location type, kind, Standorttyp, Werkstyp, Art, Typ, tipo
        """
            ),
        ),
    ),
    key=("site",),
)

CUSTOMERS = Table(
    "customers",
    "Accounts, the segment each belongs to, and the strategic ones.",
    (
        Column("account", "code", "Account code.", required=True, headers=ACCOUNT),
        Column(
            "name",
            "text",
            "What people call it.",
            headers=said(
                """
            customer name, account name, company name, description, name1, Kundenname, Firma, Bezeichnung,
            nom, nom du client, raison sociale, nombre, nombre del cliente, nome, ragione sociale, naam,
            klantnaam
        """
            ),
        ),
        Column("segment", "code", "Customer segment.", required=True, headers=SEGMENT),
        Column(
            "strategic",
            "text",
            "Whether executives steer this account by name.",
            choices=("y", "n"),
            default="n",
            headers=said(
                """
            strategic account, key account, Strategisch, strategischer Kunde, Schlüsselkunde, stratégique,
            compte clé, estratégico, strategico
        """
            ),
        ),
    ),
    key=("account",),
)
