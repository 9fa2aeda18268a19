"""What can be made and bought: production, purchases, capacity, bill of resources, supplier limits."""

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.headers import DAY, ITEM, MONTH, QUANTITY, RESOURCE, SITE, STATUS, SUPPLIER, UOM, WEEK, said

_ITEM = Column("item", "code", "Item code.", required=True, headers=ITEM)
_STATUS = Column(
    "status",
    "text",
    "actual (received) or planned (the plan of record).",
    required=True,
    choices=("actual", "planned"),
    headers=STATUS,
)
_UOM = Column("uom", "code", "Unit of the quantity; the item's base unit where absent.", headers=UOM)

PRODUCTION = Table(
    "production",
    "Production orders, received and planned.",
    (
        Column(
            "order",
            "code",
            "Production order number.",
            required=True,
            headers=said(
                """
            order no, production order, work order, manufacturing order, process order, planned order, job,
            mo, wo, aufnr, plnum, Auftrag, Auftragsnummer, Auftragsnr, Fertigungsauftrag, Prozessauftrag,
            Planauftrag, ordre de fabrication, orden de producción, orden de fabricación,
            ordine di produzione, productieorder
        """
            ),
        ),
        _ITEM,
        Column(
            "site",
            "code",
            "Plant that makes it.",
            required=True,
            headers=SITE + said("production plant, producing plant, Produktionswerk"),
        ),
        Column(
            "to_site",
            "code",
            "Site whose stock receives it; the plant itself where absent.",
            headers=said(
                """
            receiving site, receiving plant, deliver to, destination, to, to location, to plant, umwrk,
            empfangendes Werk, Zielwerk, Empfänger, site de réception, destino, destinazione, bestemming
        """
            ),
        ),
        Column(
            "date",
            "date",
            "Date received, or planned to be.",
            required=True,
            headers=DAY
            + said(
                """
            finish date, end date, completion date, production date, receipt date, goods receipt date,
            GR date, basic finish date, due date, posting date, gltrp, budat, Endtermin, Eckendtermin,
            Fertigstellungsdatum, Produktionsdatum, Wareneingangsdatum, Buchungsdatum, date de fin,
            fecha de fin, data fine, einddatum
        """
            ),
        ),
        Column(
            "quantity",
            "number",
            "Quantity.",
            "uom",
            required=True,
            headers=QUANTITY
            + said(
                """
            order quantity, produced quantity, quantity produced, received quantity, gamng, wemng,
            Auftragsmenge, produzierte Menge, Gutmenge, quantité produite, cantidad producida,
            quantità prodotta, geproduceerde hoeveelheid
        """
            ),
        ),
        _UOM,
        _STATUS,
    ),
    key=("order",),
    current="date",
)

PURCHASES = Table(
    "purchases",
    "Purchase orders for bought-in items, received and planned.",
    (
        Column(
            "order",
            "code",
            "Purchase order number.",
            required=True,
            headers=said(
                """
            order no, po, po number, purchase order, purchasing document, ebeln, Bestellung, Bestellnummer,
            Bestellnr, Einkaufsbeleg, commande, commande d'achat, bon de commande, pedido de compra,
            orden de compra, ordine di acquisto, inkooporder, bestelling, bestelnummer, numéro de commande,
            número de pedido, numero ordine
        """
            ),
        ),
        _ITEM,
        Column("supplier", "code", "Supplier.", headers=SUPPLIER),
        Column(
            "site",
            "code",
            "Site whose stock receives it.",
            required=True,
            headers=SITE
            + said(
                """
            receiving site, receiving plant, deliver to, destination, to, empfangendes Werk,
            site de réception, destino, destinazione, bestemming
        """
            ),
        ),
        Column(
            "date",
            "date",
            "Date received, or planned to be.",
            required=True,
            headers=DAY
            + said(
                """
            receipt date, received date, goods receipt date, GR date, delivery date, arrival date,
            expected receipt date, promised date, due date, posting date, eindt, budat, Lieferdatum,
            Liefertermin, Wareneingangsdatum, Buchungsdatum, date de réception, date de livraison,
            fecha de entrega, fecha de recepción, data di consegna, data di ricevimento, leverdatum,
            ontvangstdatum
        """
            ),
        ),
        Column(
            "quantity",
            "number",
            "Quantity.",
            "uom",
            required=True,
            headers=QUANTITY
            + said(
                """
            order quantity, received quantity, wemng, Bestellmenge, gelieferte Menge, Wareneingangsmenge,
            quantité commandée, quantité reçue, cantidad pedida, cantidad recibida, quantità ordinata,
            quantità ricevuta, bestelde hoeveelheid, ontvangen hoeveelheid
        """
            ),
        ),
        _UOM,
        _STATUS,
    ),
    key=("order",),
    current="date",
)

CAPACITY = Table(
    "capacity",
    "Hours a resource has, by month.",
    (
        Column("site", "code", "Plant.", required=True, headers=SITE),
        Column("resource", "code", "Line, cell or work centre.", required=True, headers=RESOURCE),
        Column(
            "measure",
            "text",
            "regular: hours in normal shifts; overtime: the most that can be added.",
            required=True,
            choices=("regular", "overtime"),
            headers=said(
                """
            hours type, capacity type, shift type, type, Stundenart, Kapazitätsart, Art, type d'heures,
            tipo de horas, tipo di ore, urensoort
        """
            ),
        ),
        Column("month", "month", "Month.", required=True, headers=MONTH + WEEK),
        Column(
            "hours",
            "number",
            "Hours.",
            "hours",
            required=True,
            sign="not negative",
            headers=said(
                """
            available hours, capacity, capacity hours, available capacity, hrs, Stunden, verfügbare Stunden,
            Kapazität, Kapazitätsangebot, heures, heures disponibles, capacité, horas, horas disponibles,
            capacidad, ore, ore disponibili, capacità, uren, beschikbare uren, capaciteit
        """
            ),
        ),
    ),
    key=("resource", "measure", "month"),
)

ROUTINGS = Table(
    "routings",
    "Bill of resources: hours one base unit takes at each resource.",
    (
        _ITEM,
        Column("resource", "code", "Line, cell or work centre.", required=True, headers=RESOURCE),
        Column(
            "hours",
            "number",
            "Hours per base unit.",
            "hours per base unit",
            required=True,
            sign="not negative",
            headers=said(
                """
            hours per unit, hours per piece, hrs per unit, std hours, standard hours, run hours,
            Stunden je Stück, Stunden pro Stück, Stunden je Einheit, Stunden pro Einheit, Std/Stk,
            heures par unité, horas por unidad, ore per unità, uren per eenheid
        """
            ),
        ),
    ),
    key=("item", "resource"),
)

SUPPLIER_LIMITS = Table(
    "supplier_limits",
    "The most a supplier can deliver in a month, over all its items.",
    (
        Column("supplier", "code", "Supplier.", required=True, headers=SUPPLIER),
        Column("month", "month", "Month.", required=True, headers=MONTH),
        Column(
            "quantity",
            "number",
            "Limit, in base units.",
            "base units",
            required=True,
            sign="not negative",
            headers=QUANTITY
            + said(
                """
            limit, max qty, maximum, maximum quantity, monthly limit, supplier capacity, Höchstmenge,
            Obergrenze, Liefergrenze, quantité maximale, cantidad máxima, quantità massima,
            maximale hoeveelheid
        """
            ),
        ),
        Column(
            "lead_time_days",
            "number",
            "Days from order to receipt.",
            "days",
            sign="not negative",
            headers=said(
                """
            lead time, lead time (days), lead time in days, plifz, Lieferzeit, Planlieferzeit,
            Wiederbeschaffungszeit, Lieferzeit in Tagen, délai, délai (jours), plazo de entrega,
            tempo di consegna, levertijd
        """
            ),
        ),
    ),
    key=("supplier", "month"),
)
