"""The headers people use for what many tables hold: in English, German, French, Spanish, Italian, Dutch, and SAP's."""


def said(listed: str) -> tuple[str, ...]:
    """The headers of a list, "a, b, c"; a line break counts as a space."""
    return tuple(header.strip() for header in " ".join(listed.split()).split(","))


ITEM = said("""
    sku, material, item code, article, product, part, part number, matnr,
    Materialnummer, Artikel, Artikelnummer, Produkt, Produktnummer, Teilenummer, Sachnummer, produit, code article,
    référence article, artículo, producto, articolo, codice articolo, prodotto, materiale, artikelcode, onderdeel,
    référence, réf, referencia, riferimento, code produit, codice prodotto, référence produit, référence article,
    stock code
""")
SITE = said("""
    plant, location, warehouse, facility, distribution center, dc, branch, depot, storage location, werks, lgort,
    Werk, Standort, Lager, Lagerort, usine, entrepôt, planta, almacén, centro, ubicación, stabilimento, magazzino,
    fabriek, vestiging, magazijn, locatie,
    Niederlassung, Auslieferungslager, Auslieferungswerk, Lieferwerk, dépôt, établissement, magasin, depósito, sede,
    deposito, divisione, bodega
""")
ACCOUNT = said("""
    customer, account, client, sold to, sold-to party, buyer, business partner, partner, kunnr, kunag, Kunde,
    Kundennummer, Auftraggeber, Debitor, Debitorennummer, code client, cliente, klant, klantnummer, debiteur,
    donneur d'ordre, compte client, solicitante, codice cliente, committente, opdrachtgever
""")
SUPPLIER = said("""
    vendor, supplier code, lifnr, Lieferant, Lieferantennummer, Kreditor, fournisseur, proveedor, fornitore,
    leverancier
""")
UOM = said("""
    unit, unit of measure, um, base unit, base uom, quantity unit, sales unit, order unit, meins, vrkme, bstme, ME,
    Einheit, Mengeneinheit, Basismengeneinheit, Verkaufsmengeneinheit, unité, unité de mesure, unidad,
    unidad de medida, unità, unità di misura, udm, eenheid,
    BME, VME, Basis-ME, unité de base, unidad base, unità base, basiseenheid
""")
CURRENCY = said("""
    curr, ccy, currency code, transaction currency, waers, waerk, Währung, Währg, Hauswährung, devise, monnaie, moneda,
    divisa, valuta,
    Währungsschlüssel, Belegwährung, Whrg, currency key, code devise, hwaer
""")
MONTH = said("""
    period, calendar month, year month, fiscal period, accounting period, yyyymm, spmon, perio, Monat, Kalendermonat,
    Periode, mois, période, mes, periodo, mese, maand,
    Buchungsmonat, Jahrmonat, Planperiode, mois comptable, calmonth, boekmaand
""")
WEEK = said("week, calendar week, Woche, Kalenderwoche, KW, semana, semaine, settimana")
FAMILY = said("""
    product family, family code, item family, planning family, product group, product category, category,
    product line, item group, material group, matkl, Familie, Produktfamilie, Produktgruppe, Warengruppe,
    Artikelgruppe, famille, famille de produits, familia, familia de productos, famiglia, famiglia prodotto,
    productfamilie, productgroep, artikelgroep,
    product hierarchy, prdha, Produkthierarchie, Produktlinie, gamme, gamme de produits, ligne de produits,
    groupe de produits, groupe de marchandises, catégorie, categoría, grupo de artículos, grupo de productos, categoria,
    gruppo merceologico, gruppo prodotti, linea di prodotto, productlijn, prod family
""")
SEGMENT = said("""
    channel, customer segment, customer group, sales channel, distribution channel, market segment, vtweg, kdgrp,
    Kundensegment, Kundengruppe, Vertriebsweg, Kanal, canal, segment client, segmento, canale, segmento cliente,
    kanaal, klantgroep, klantsegment,
    Vertriebskanal, Absatzkanal, Absatzweg, Verkaufskanal, Marktsegment, canal de distribution, canal de vente,
    groupe de clients, canal de distribución, canal de venta, grupo de clientes, canale di vendita,
    canale di distribuzione, gruppo clienti, verkoopkanaal, distributiekanaal
""")
QUANTITY = said("""
    qty, pieces, menge, Anzahl, Stückzahl, quantité, qté, cantidad, quantità, hoeveelheid, aantal, unidades
""")
SALES_ORDER = said("""
    order no, sales order, sales document, document, document number, so number, vbeln, Auftrag, Auftragsnummer,
    Auftragsnr, Kundenauftrag, Verkaufsbeleg, Beleg, Belegnummer, commande, numéro de commande, pedido,
    número de pedido, pedido de venta, ordine, numero ordine, ordine di vendita, ordernummer, verkooporder
""")
ORDER_LINE = said("""
    order line, SO line, sales order line, line item, pos, position, order item, sales order item,
    sales document item, posnr, Auftragsposition, Belegposition, Positionsnummer, ligne, ligne de commande, línea,
    linea, posición, posizione, riga, regel, orderregel, positie,
    poste, poste de commande, renglón
""")
PROMISED = said("""
    promised date, promise date, confirmed date, confirmed delivery date, commit date, committed date, due date, due,
    edatu, Bestätigt, Liefertermin, bestätigter Termin, bestätigtes Lieferdatum, bestätigter Liefertermin, zugesagt,
    date promise, date confirmée, date de livraison confirmée, fecha comprometida,
    fecha prometida, fecha confirmada, fecha compromiso, data promessa, data confermata, beloofde datum,
    bevestigde datum, zugesagter Termin, zugesagter Liefertermin, zugesagtes Lieferdatum, date de livraison promise,
    date de livraison prévue, fecha de entrega prevista, fecha de entrega confirmada, data di consegna prevista,
    data di consegna confermata, bevestigde leverdatum
""")
AMOUNT = said("""
    net amount, net value, revenue, net revenue, sales, net sales, sales amount, turnover, invoiced amount,
    line total, extended price, netwr, Nettowert, Nettobetrag, Umsatz, Nettoumsatz, Betrag, Wert, montant, montant net,
    valeur nette, chiffre d'affaires, importe, importe neto, valor neto, importo, importo netto, valore netto,
    bedrag, nettobedrag, nettowaarde, omzet,
    Erlös, Nettoerlös, Rechnungsbetrag, Positionswert, montant HT, CA HT, ventas, ventas netas, fatturato, ricavi,
    imponibile, netto omzet
""")
RESOURCE = said("""
    work centre, work center, line, production line, machine, cell, arbpl, Arbeitsplatz, Linie, Fertigungslinie,
    Produktionslinie, Maschine, Anlage, Ressource, poste de travail, ligne, ligne de production, centro de trabajo,
    línea, máquina, recurso, centro di lavoro, linea, macchina, risorsa, werkplek, werkcentrum, lijn,
    poste de charge, centre de charge, atelier, puesto de trabajo, postazione, werkstation
""")
DAY = said("date, day, Datum, Tag, fecha, data, dag")
STATUS = said("""
    order status, type, order type, état, statut, estado, stato, system status, Systemstatus, Auftragsstatus,
    Bestellstatus, statut système
""")

# Headers that stand for a column only where none of its own does.
DELIVERY = said("""
    delivery, delivery number, delivery note, delivery document, Lieferung, Lieferungsnummer, Lieferschein,
    Lieferscheinnummer, bon de livraison, numéro de livraison, albarán, número de entrega, documento di trasporto, ddt,
    bolla, pakbon, leverbon, invoice, invoice number, billing document, Rechnung, Rechnungsnummer, Faktura, facture,
    numéro de facture, factura, fattura, factuur
""")
DELIVERY_LINE = said("delivery item, delivery line, invoice line, Lieferposition, Rechnungsposition, Fakturaposition")
DELIVERED_ON = DAY + said("""
    delivery date, invoice date, billing date, fkdat, Lieferdatum, Rechnungsdatum, Fakturadatum, date de livraison,
    date de facture, fecha de entrega, fecha de factura, data di consegna, data fattura, leverdatum, factuurdatum
""")
REQUESTED_FOR = said("""
    requested date, requested delivery date, vdatu, Wunschtermin, Wunschlieferdatum, date demandée, date souhaitée,
    fecha solicitada, data richiesta, gewenste datum
""")
WANTED_ON = REQUESTED_FOR + said("""
    delivery date, Lieferdatum, date de livraison, fecha de entrega, data di consegna, leverdatum
""")
SHIP_TO = said("""
    ship-to, ship-to party, kunwe, Warenempfänger, réceptionnaire, destinatario de mercancías, destinatario merci,
    goederenontvanger
""")
