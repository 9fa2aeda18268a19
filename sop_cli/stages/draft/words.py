"""What names of files and sheets, and the words in them, say in the languages of our users."""

from collections.abc import Iterable
from functools import cache

from sop_cli.schemas.column import Column
from sop_cli.schemas.spelling import plainly

# Table: words in the name of a file or sheet that speak of it; a longer word may hold them (open-orders-EU).
TABLES = {
    "items": "item items material materials product products article articles artikel artikelstamm materialstamm "
    "itemmaster productmaster sku skus mara marc produkte articulos prodotti produits",
    "conversions": "conversion conversions uom units unitconversion unitconversions marm umrechnung umrechnungen "
    "mengeneinheiten conversiones conversioni",
    "sites": "site sites plants locations location werke standorte warehouses t001w usines plantas",
    "customers": "customer customers account accounts kunden kundenstamm debitoren clients clientes "
    "clienti klanten kna1",
    "shipments": "shipment shipments shipped deliveries delivery sales invoices invoiced billing lieferungen versand "
    "umsatz umsaetze absatz fakturen likp lips vbrp expeditions ventes envios spedizioni vendite verzendingen "
    "goodsissues",
    "orders": "openorders orderbook salesorder salesorders backlog auftraege auftrag auftragsbestand kundenauftraege "
    "orders order demand vbak vbap vbep commandes pedidos ordini verkooporders",
    "forecast": "forecast forecasts salesforecast prognose absatzplan prognosen previsions prevision previsioni plaf "
    "demandplan",
    "stock": "stock stocks inventory onhand bestand bestaende lagerbestand mard mchb mbew buffer inventaire "
    "existencias inventario giacenze voorraad",
    "production": "production productionorders manufacturingorder manufacturingorders workorders fertigung produktion "
    "fertigungsauftraege afko afpo produccion produzione productie",
    "purchases": "purchase purchases purchaseorder purchaseorders procurement bestellungen einkauf ekko ekpo eket "
    "achats compras acquisti inkoop inkooporders",
    "capacity": "capacity capacities kapazitaet kapazitaeten capacite capacidad capacita capaciteit hours",
    "routings": "routing routings resources arbeitsplan arbeitsplaene plpo operationresource bor gammes rutas",
    "supplier_limits": "supplierlimits supplierlimit supplierlimits suppliercapacity lieferantenlimits limits limit",
    "costs": "costs cost standardcost standardcosts standardkosten kosten herstellkosten couts costes costi "
    "costhistory productcosthistory",
    "prices": "price prices pricelist preise preisliste prix precios prezzi prijzen listprice konp listpricehistory "
    "tarif tarifs tarifas tariffe",
    "rates": "rates rate fx exchangerates currencyrate currencyrates kurse wechselkurse tcurr taux",
    "ledger": "ledger gl gltotals generalledger hauptbuch sachkonten saldenliste trialbalance faglflext bseg acdoca "
    "grandlivre mayor",
    "aop": "aop budget budgets annualplan jahresplan jahresbudget presupuesto",
    "lever_costs": "levercosts lever levers levercost",
    "targets": "targets target strategictargets strategic ziele",
}

# Column: our choice: words that mean it, in a cell or, where the column is missing, in the name of file or sheet.
CHOICES = {
    "measure": {
        "units": "units unit volume volumes quantity menge mengen absatz stueck pieces volumen unites unidades unita "
        "quantite quantites cantidad cantidades quantita",
        "revenue": "revenue revenues sales netsales umsatz erloese turnover ventes ventas ricavi omzet ca "
        "chiffredaffaires cifradenegocio fatturato",
        "cogs": "cogs costofgoodssold costofsales herstellkosten wareneinsatz umsatzkosten coutdesventes costedeventas "
        "costodelvenduto",
        "fixed_cost": "fixedcost fixedcosts fixkosten overhead",
        "reactive_cost": "reactivecost reactivecosts",
        "inventory_value": "inventoryvalue bestandswert",
        "regular": "regular normal normalschicht regularhours standard grundkapazitaet",
        "overtime": "overtime ueberstunden heuressupplementaires horasextra horasextras straordinari overwerk",
    },
    "policy": {
        "mts": "mts maketostock stock lagerfertigung 10 40 stocked surstock contrastock",
        "mto": "mto maketoorder order kundenfertigung auftragsfertigung 20 50 surcommande alacommande bajopedido "
        "contrapedido sucommessa",
    },
    "supply": {
        "make": "make made e inhouse inhouseproduction eigenfertigung produced manufactured produce m "
        "fabrique produit fabricado fabrication fabricacion produccion produzione productie",
        "buy": "buy bought f external purchased fremdbezug fremdbeschaffung procured purchase boughtin b "
        "achete comprado achat negoce compra acquisto inkoop",
    },
    "status": {
        "actual": "actual received completed complete closed done delivered finished posted erledigt geliefert "
        "rueckgemeldet abgeschlossen teco ist dlv cnf clsd glfr rueck tabg abgs termine cloture livre recu entregado "
        "recibido cerrado chiuso consegnato ricevuto geleverd ontvangen gereed",
        "planned": "planned plan open confirmed firm firmed released approved proposed geplant offen freigegeben "
        "bestaetigt eroeffnet soll rel crtd frei eroef ouvert planifie lance confirme abierto planificado aperto "
        "pianificato confermato gepland vrijgegeven",
        "active": "active aktiv current live actif activo attivo actief",
        "new": "new neu launch nouveau nuevo nuovo nieuw neuheit lancement",
        "discontinued": "discontinued obsolete inactive phasedout phaseout auslauf ausgelaufen eol inaktiv gesperrt "
        "inactif arrete supprime abandonne inactivo descatalogado obsoleto inattivo vervallen inactief",
    },
    "type": {
        "plant": "plant factory werk mill manufacturing production produktion fabrik usine planta fabrica "
        "stabilimento fabriek",
        "dc": "dc distributioncentre distributioncenter warehouse lager depot hub store vz verteilzentrum "
        "zentrallager entrepot plateforme almacen bodega centrodedistribucion magazzino magazijn",
        "actual": "actual m average monthly ist",
        "budget": "budget plan p",
    },
    "strategic": {
        "y": "y yes ja j x true 1 oui o si s",
        "n": "n no nein false 0 non",
    },
    "lever": {
        "overtime": "overtime ueberstunden",
        "expedite": "expedite expediting airfreight eilfracht",
        "fine": "fine fines penalty penalties poenale vertragsstrafe",
        "spot": "spot spotpurchase spotbuy",
    },
    "basis": {
        "hour": "hour hours h stunde",
        "unit": "unit units piece ea stueck",
        "percent": "percent pct % prozent",
    },
}

# Words in a name or title that say a budget is not approved yet.
PROPOSED = "proposed proposal draft entwurf vorschlag projet proposition propuesta proposta voorstel"

_OPEN = (
    "open offen remain rest outstanding backlog rueckstand noch ouvert alivrer pendiente abiert "
    "residu apert rimanen daconsegnare openstaand televeren resterend omeng"
)


@cache
def glued(text: str) -> str:
    """`text` in plain letters and digits without anything between; ä and ae are the same."""
    letters = "".join(sign for sign in plainly(text) if sign.isalnum())
    return letters.replace("ae", "a").replace("oe", "o").replace("ue", "u") or text.strip()


@cache
def each(listed: str) -> frozenset[str]:
    """The words of a list as `glued` has them."""
    return frozenset(glued(word) for word in listed.split())


def speaks_of(names: Iterable[str], listed: str) -> str | None:
    """The name of a file or sheet that is one of the `listed` words, or holds one as a word or at an end."""
    wanted = each(listed)
    for name in names:
        spaced = "".join(sign if sign.isalpha() else " " for sign in plainly(name))
        whole, parts = glued("".join(spaced.split())), {glued(part) for part in spaced.split()}
        pairs = {glued(one + two) for one, two in zip(spaced.split(), spaced.split()[1:], strict=False)}
        if whole in wanted or (parts | pairs) & wanted:
            return name
    return None


def choice_of(column: Column, text: str) -> str | None:
    """Our word for `text` in a column with choices, where it has one."""
    if text.strip().lower() in column.choices:
        return text.strip().lower()
    # Of several words, as in REL PCNF of SAP, the first of our choices that one of them means.
    said = {glued(text), *(map(glued, text.split()) if column.name == "status" else ())}
    for choice, listed in CHOICES.get(column.name, {}).items():
        if choice in column.choices and said & each(listed):
            return choice
    return None


def is_open(header: str) -> bool:
    """Whether a header of an order says that it is about what is still to deliver."""
    plain = glued(header)
    return any(word in plain for word in each(_OPEN))
