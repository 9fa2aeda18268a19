"""What customers ask for and get: shipments, open orders, the sales forecast."""

from dataclasses import replace

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.headers import (
    ACCOUNT,
    AMOUNT,
    CURRENCY,
    DAY,
    DELIVERED_ON,
    DELIVERY,
    DELIVERY_LINE,
    ITEM,
    MONTH,
    ORDER_LINE,
    PROMISED,
    QUANTITY,
    REQUESTED_FOR,
    SALES_ORDER,
    SEGMENT,
    SHIP_TO,
    SITE,
    UOM,
    WANTED_ON,
    WEEK,
    said,
)

_ORDER = Column("order", "code", "Sales order number.", required=True, headers=SALES_ORDER)
_LINE = Column("line", "code", "Line of the order.", required=True, headers=ORDER_LINE)
_ITEM = Column("item", "code", "Item code.", required=True, headers=ITEM)
_SITE = Column(
    "site",
    "code",
    "Site that ships.",
    required=True,
    headers=said(
        """
            ship from, shipping point, vstel, Versandstelle, lieu d'expédition, origen, herkomst
        """
    )
    + SITE,
)
_ACCOUNT = Column("account", "code", "Account code.", required=True, headers=ACCOUNT, instead=SHIP_TO)
_PROMISED = Column(
    "promised",
    "date",
    "Date promised to the customer; demand is counted in this month.",
    required=True,
    headers=PROMISED,
)
_UOM = Column("uom", "code", "Unit of the quantity; the item's base unit where absent.", headers=UOM)
_CURRENCY = Column("currency", "code", "Currency of the amount; the reporting currency where absent.", headers=CURRENCY)

SHIPMENTS = Table(
    "shipments",
    "Shipped order lines, with promised and actual dates.",
    (
        replace(_ORDER, instead=DELIVERY),
        replace(_LINE, instead=DELIVERY_LINE),
        _ITEM,
        _SITE,
        _ACCOUNT,
        replace(_PROMISED, instead=REQUESTED_FOR),
        Column(
            "shipped",
            "date",
            "Date goods left; units and revenue are counted in this month.",
            required=True,
            headers=said(
                """
            actual date, ship date, shipped date, shipping date, shipment date, actual ship date,
            dispatch date, despatch date, goods issue date, GI date, actual goods issue date, wadat_ist,
            Warenausgang, Warenausgangsdatum, WA-Datum, Ist-WA-Datum, Versanddatum, versendet, geliefert,
            date d'expédition, fecha de envío, fecha de expedición, data di spedizione, verzenddatum,
            Ist-Warenausgang, Ist-Warenausgangsdatum, tatsächlicher Warenausgang, ausgeliefert am,
            date de sortie marchandises, date d'enlèvement, fecha de salida de mercancías, data uscita merci
        """
            ),
            instead=DELIVERED_ON,
        ),
        Column(
            "quantity",
            "number",
            "Quantity shipped; returns are negative.",
            "uom",
            required=True,
            headers=QUANTITY
            + said(
                """
            quantity shipped, delivered quantity, invoiced quantity, lfimg, fkimg, Liefermenge,
            gelieferte Menge, fakturierte Menge, quantité livrée, quantité expédiée, cantidad enviada,
            cantidad entregada, quantità spedita, quantità consegnata, geleverde hoeveelheid,
            verzonden hoeveelheid, ship quantity, shipped quantity, cantidad servida, quantité facturée,
            cantidad facturada, quantità fatturata
        """
            ),
        ),
        _UOM,
        Column("amount", "number", "Net invoiced amount.", "currency", required=True, headers=AMOUNT),
        _CURRENCY,
    ),
    key=("order", "line"),
    current="shipped",
)

ORDERS = Table(
    "orders",
    "Open order lines: what is still to ship.",
    (
        _ORDER,
        _LINE,
        _ITEM,
        _SITE,
        _ACCOUNT,
        replace(_PROMISED, instead=WANTED_ON),
        Column(
            "quantity",
            "number",
            "Quantity still open.",
            "uom",
            required=True,
            headers=QUANTITY
            + said(
                """
            open quantity, order quantity, ordered quantity, remaining quantity, outstanding quantity,
            backlog quantity, kwmeng, omeng, offene Menge, Auftragsmenge, Restmenge, quantité ouverte,
            quantité restante, quantité commandée, reste à livrer, cantidad pendiente, cantidad pedida,
            quantità residua, quantità aperta, quantità ordinata, openstaande hoeveelheid,
            bestelde hoeveelheid, Rückstandsmenge, quantité à livrer, cantidad abierta, cantidad restante,
            quantità da consegnare, quantità rimanente, te leveren hoeveelheid, resterende hoeveelheid
        """
            ),
        ),
        _UOM,
        Column(
            "amount",
            "number",
            "Net value still open.",
            "currency",
            headers=AMOUNT
            + said(
                """
            open value, open amount, order value, offener Wert, offener Auftragswert, Auftragswert,
            valeur ouverte, valor pendiente, valore aperto, openstaande waarde, remaining value, Restwert,
            offener Betrag, valeur restante, montant restant, importe pendiente, importo residuo,
            openstaand bedrag
        """
            ),
        ),
        _CURRENCY,
    ),
    key=("order", "line"),
)

FORECAST = Table(
    "forecast",
    "The sales forecast: expected demand of an item in a segment. For make-to-order items it means bookings.",
    (
        _ITEM,
        Column("segment", "code", "Customer segment.", required=True, headers=SEGMENT),
        Column(
            "month",
            "month",
            "Month of demand.",
            required=True,
            headers=MONTH + WEEK + DAY + said("bucket, bucket date, forecast month, Planmonat"),
        ),
        Column(
            "quantity",
            "number",
            "Expected demand.",
            "uom",
            required=True,
            headers=QUANTITY
            + said(
                """
            forecast, forecast quantity, sales forecast, demand, demand forecast, expected demand, volume,
            Prognose, Prognosemenge, Planmenge, Absatzplan, Bedarf, prévision, prévisions de vente,
            previsión, pronóstico, previsione, voorspelling, Absatz, Absatzmenge, quantité prévue, demande,
            cantidad prevista, demanda, quantità prevista, domanda, vraag
        """
            ),
        ),
        _UOM,
    ),
    key=("item", "segment", "month"),
)
