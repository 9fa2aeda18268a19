"""The headers people use for what many tables hold: in English, German, French, Spanish, Italian, Dutch, and SAP's."""


def said(listed: str) -> tuple[str, ...]:
    """The headers of a list, "a, b, c"; a line break counts as a space."""
    return tuple(header.strip() for header in " ".join(listed.split()).split(","))


ITEM = said("""
    sku, material, item code, article, product, part, part number, matnr,
    Materialnummer, Artikel, Artikelnummer, Produkt, Produktnummer, Teilenummer, Sachnummer, produit, code article,
    référence article, artículo, producto, articolo, codice articolo, prodotto, materiale, artikelcode, onderdeel
""")
SITE = said("""
    plant, location, warehouse, facility, distribution center, dc, branch, depot, storage location, werks, lgort,
    Werk, Standort, Lager, Lagerort, usine, entrepôt, planta, almacén, centro, ubicación, stabilimento, magazzino,
    fabriek, vestiging, magazijn, locatie
""")
ACCOUNT = said("""
    customer, account, client, sold to, sold-to party, buyer, business partner, partner, kunnr, kunag, Kunde,
    Kundennummer, Auftraggeber, Debitor, Debitorennummer, code client, cliente, klant, klantnummer, debiteur
""")
SUPPLIER = said("""
    vendor, supplier code, lifnr, Lieferant, Lieferantennummer, Kreditor, fournisseur, proveedor, fornitore,
    leverancier
""")
UOM = said("""
    unit, unit of measure, um, base unit, base uom, quantity unit, sales unit, order unit, meins, vrkme, bstme, ME,
    Einheit, Mengeneinheit, Basismengeneinheit, Verkaufsmengeneinheit, unité, unité de mesure, unidad,
    unidad de medida, unità, unità di misura, udm, eenheid
""")
CURRENCY = said("""
    curr, ccy, currency code, transaction currency, waers, waerk, Währung, Währg, Hauswährung, devise, monnaie, moneda,
    divisa, valuta
""")
MONTH = said("""
    period, calendar month, year month, fiscal period, accounting period, yyyymm, spmon, perio, Monat, Kalendermonat,
    Periode, mois, période, mes, periodo, mese, maand
""")
FAMILY = said("""
    product family, family code, item family, planning family, product group, product category, category,
    product line, item group, material group, matkl, Familie, Produktfamilie, Produktgruppe, Warengruppe,
    Artikelgruppe, famille, famille de produits, familia, familia de productos, famiglia, famiglia prodotto,
    productfamilie, productgroep, artikelgroep
""")
SEGMENT = said("""
    channel, customer segment, customer group, sales channel, distribution channel, market segment, vtweg, kdgrp,
    Kundensegment, Kundengruppe, Vertriebsweg, Kanal, canal, segment client, segmento, canale, segmento cliente,
    kanaal, klantgroep, klantsegment
""")
QUANTITY = said("""
    qty, pieces, menge, Anzahl, Stückzahl, quantité, qté, cantidad, quantità, hoeveelheid, aantal
""")
SALES_ORDER = said("""
    order no, sales order, sales document, document, document number, so number, vbeln, Auftrag, Auftragsnummer,
    Auftragsnr, Kundenauftrag, Verkaufsbeleg, Beleg, Belegnummer, commande, numéro de commande, pedido,
    número de pedido, pedido de venta, ordine, numero ordine, ordine di vendita, ordernummer, verkooporder
""")
ORDER_LINE = said("""
    order line, SO line, sales order line, line item, pos, position, order item, sales order item,
    sales document item, posnr, Auftragsposition, Belegposition, Positionsnummer, ligne, ligne de commande, línea,
    linea, posición, posizione, riga, regel, orderregel, positie
""")
PROMISED = said("""
    promised date, promise date, confirmed date, confirmed delivery date, commit date, committed date, due date, due,
    edatu, Bestätigt, Liefertermin, bestätigter Termin, bestätigtes Lieferdatum, bestätigter Liefertermin, zugesagt,
    date promise, date confirmée, date de livraison confirmée, fecha prometida, fecha confirmada, fecha compromiso,
    data promessa, data confermata, beloofde datum, bevestigde datum
""")
AMOUNT = said("""
    net amount, net value, revenue, net revenue, sales, net sales, sales amount, turnover, invoiced amount,
    line total, extended price, netwr, Nettowert, Nettobetrag, Umsatz, Nettoumsatz, Betrag, Wert, montant, montant net,
    valeur nette, chiffre d'affaires, importe, importe neto, valor neto, importo, importo netto, valore netto,
    bedrag, nettobedrag, nettowaarde, omzet
""")
RESOURCE = said("""
    work centre, work center, line, production line, machine, cell, arbpl, Arbeitsplatz, Linie, Fertigungslinie,
    Produktionslinie, Maschine, Anlage, Ressource, poste de travail, ligne, ligne de production, centro de trabajo,
    línea, máquina, recurso, centro di lavoro, linea, macchina, risorsa, werkplek, werkcentrum, lijn
""")
DAY = said("date, day, Datum, Tag, fecha, data, dag")
STATUS = said("order status, type, order type, état, statut, estado, stato")
