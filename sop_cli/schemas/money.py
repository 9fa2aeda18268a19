"""What it costs and earns: standard costs, prices, exchange rates, the ledger, the budget, lever costs, targets."""

from sop_cli.schemas.column import Column, Table
from sop_cli.schemas.headers import CURRENCY, DAY, FAMILY, ITEM, MONTH, SEGMENT, UOM, said

_ITEM = Column("item", "code", "Item code.", required=True, headers=ITEM)
_CURRENCY = Column("currency", "code", "Currency; the reporting currency where absent.", headers=CURRENCY)
_UOM = Column(
    "uom",
    "code",
    "Unit the money is per; the item's base unit where absent.",
    headers=UOM + said("per, pro, je, kmein"),
)
_MONTH = Column(
    "month",
    "month",
    "Month.",
    required=True,
    headers=MONTH + DAY + said("posting period, posting date, rate date, budat, Buchungsperiode, Buchungsdatum"),
)

COSTS = Table(
    "costs",
    "Standard cost per unit, from a month on.",
    (
        _ITEM,
        Column(
            "valid_from",
            "month",
            "First month this cost holds.",
            required=True,
            headers=said(
                """
            from, valid since, effective, effective date, effective from, start date, datab, gültig ab, gültig von,
            valable à partir de, válido desde, valido dal, geldig vanaf,
            Gültigkeitsbeginn, date d'effet, début de validité, inicio de validez, inizio validità, ingangsdatum
        """
            ),
        ),
        Column(
            "cost",
            "number",
            "Standard cost.",
            "currency per uom",
            required=True,
            sign="not negative",
            headers=said(
                """
            standard cost, std cost, unit cost, cost per unit, standard price, stprs, Kosten,
            Standardkosten, Standardpreis, Herstellkosten, Stückkosten, coût, coût standard,
            prix de revient, coste, coste estándar, costo, costo standard, kostprijs, standaardkostprijs,
            Planpreis, Bewertungspreis, prix standard, coût unitaire, coste unitario, precio estándar,
            costo unitario, prezzo standard
        """
            ),
        ),
        _CURRENCY,
        _UOM,
    ),
    key=("item", "valid_from"),
)

PRICES = Table(
    "prices",
    "Net price an item is sold at, by segment; the price the projection is valued with.",
    (
        _ITEM,
        Column("segment", "code", "Customer segment.", required=True, headers=SEGMENT),
        Column(
            "price",
            "number",
            "Net price.",
            "currency per uom",
            required=True,
            sign="not negative",
            headers=said(
                """
            net price, list price, unit price, selling price, sales price, netpr, kbetr, Preis, Nettopreis,
            Listenpreis, Verkaufspreis, prix, prix net, prix unitaire, prix de vente, precio, precio neto,
            precio de venta, prezzo, prezzo netto, prezzo di vendita, prijs, nettoprijs, verkoopprijs,
            Stückpreis, VK-Preis, tarif, prix tarif, prix catalogue, precio unitario, precio de lista,
            prezzo unitario, prezzo di listino, stukprijs
        """
            ),
        ),
        _CURRENCY,
        _UOM,
    ),
    key=("item", "segment"),
)

RATES = Table(
    "rates",
    "Exchange rates: reporting currency per one unit of the other, by month.",
    (
        Column("currency", "code", "Currency.", required=True, headers=CURRENCY + said("from currency, fcurr")),
        Column(
            "type",
            "text",
            "actual (rate of the month) or budget.",
            choices=("actual", "budget"),
            default="actual",
            headers=said("rate type, kurst, Kurstyp, type de taux, tipo de tasa"),
        ),
        _MONTH,
        Column(
            "rate",
            "number",
            "Reporting currency per one unit.",
            "reporting currency per unit",
            required=True,
            sign="positive",
            headers=said(
                """
            exchange rate, fx rate, average rate, ukurs, Kurs, Wechselkurs, Umrechnungskurs, taux,
            taux de change, tipo de cambio, cambio, tasso di cambio, koers, wisselkoers
        """
            ),
        ),
    ),
    key=("currency", "type", "month"),
)

LEDGER = Table(
    "ledger",
    "General ledger totals by month; balances for balance-sheet accounts, movements for the others.",
    (
        _MONTH,
        Column(
            "gl_account",
            "code",
            "Account of the ledger; the config says which line it belongs to.",
            required=True,
            headers=said(
                """
            account, gl account, g/l account, ledger account, general ledger account, hkont, saknr, racct,
            Konto, Kontonummer, Sachkonto, compte, compte général, numéro de compte, cuenta,
            cuenta contable, conto, rekening, grootboekrekening, nominal account, gl code, Hauptbuchkonto,
            compte comptable, cuenta de mayor, conto contabile
        """
            ),
        ),
        Column(
            "text",
            "text",
            "Account name.",
            headers=said(
                """
            account name, account description, account text, description, txt50, Bezeichnung,
            Kontobezeichnung, Kontentext, libellé, intitulé, descripción, descrizione, omschrijving, Kontoname,
            libellé du compte, libellé compte, intitulé du compte, nombre de cuenta, descripción de cuenta,
            descrizione conto, rekeningnaam
        """
            ),
        ),
        Column("family", "code", "Family, where the posting has one.", headers=FAMILY),
        Column(
            "amount",
            "number",
            "Amount; revenue and costs both positive.",
            "currency",
            required=True,
            headers=said(
                """
            balance, value, net amount, amount in local currency, dmbtr, hsl, Betrag, Saldo,
            Betrag in Hauswährung, montant, solde, importe, importo, bedrag, net change, period balance,
            Periodensaldo, Monatssaldo, Saldo Periode, solde de la période, saldo del periodo
        """
            ),
        ),
        _CURRENCY,
    ),
    current="month",
)

AOP = Table(
    "aop",
    "The budget: units, revenue, COGS or a cost line, by the levels it was made at.",
    (
        Column(
            "version",
            "text",
            "Which budget: AOP FY2027, AOP FY2028 proposed.",
            required=True,
            headers=said(
                """
            budget, scenario, plan version, versn, Szenario, versión, versione, versie, scénario, escenario
        """
            ),
        ),
        Column(
            "measure",
            "text",
            "units, revenue, cogs or fixed_cost.",
            required=True,
            choices=("units", "revenue", "cogs", "fixed_cost", "reactive_cost", "inventory_value"),
            headers=said("line, kpi, metric, Kennzahl, indicateur, indicador, indicatore, kengetal"),
        ),
        Column("item", "code", "Item, where the budget has it.", headers=ITEM),
        Column("family", "code", "Family, where the budget has it.", headers=FAMILY),
        _MONTH,
        Column(
            "value",
            "number",
            "Budget value.",
            "base units or currency",
            required=True,
            headers=said(
                """
            amount, budget, plan value, budget value, Wert, Betrag, Planwert, valeur, montant, valor,
            importe, valore, importo, waarde, bedrag
        """
            ),
        ),
        _CURRENCY,
        _UOM,
    ),
    key=("version", "measure", "item", "family", "month"),
)

LEVER_COSTS = Table(
    "lever_costs",
    "What a lever costs: overtime, expedite, customer fine, spot purchase.",
    (
        Column(
            "lever",
            "text",
            "Which lever.",
            required=True,
            choices=("overtime", "expedite", "fine", "spot"),
            headers=said("cost type, type, Hebel, Kostenart"),
        ),
        Column(
            "scope",
            "code",
            "Resource, site, supplier or segment it applies to; empty means everywhere.",
            headers=said("applies to, gilt für, valid for"),
        ),
        Column(
            "cost",
            "number",
            "Cost on top of the normal one.",
            "currency per basis",
            required=True,
            sign="not negative",
            headers=said("rate, premium, Kosten, Aufschlag, Satz"),
        ),
        Column(
            "basis",
            "text",
            "hour, unit, or percent of standard cost.",
            required=True,
            choices=("hour", "unit", "percent"),
            headers=said("per, pro, je, Basis, Bezug"),
        ),
        _CURRENCY,
    ),
    key=("lever", "scope"),
)

TARGETS = Table(
    "targets",
    "The three-year strategic path of each metric.",
    (
        Column(
            "lever",
            "text",
            "Service differentiation, margin, working capital or throughput.",
            required=True,
            headers=said("strategic lever, Hebel, strategischer Hebel"),
        ),
        Column(
            "metric",
            "text",
            "What is measured.",
            required=True,
            headers=said("kpi, Kennzahl, indicateur, indicador, indicatore"),
        ),
        Column(
            "year",
            "code",
            "Fiscal year, named by the calendar year it ends in.",
            required=True,
            headers=said(
                """
            fiscal year, gjahr, Jahr, Geschäftsjahr, année, exercice, año, ejercicio, anno, esercizio, jaar,
            boekjaar
        """
            ),
        ),
        Column(
            "target",
            "number",
            "Where it should be.",
            "as the metric",
            required=True,
            headers=said("target value, goal, Ziel, Zielwert, objectif, objetivo, obiettivo, doel"),
        ),
    ),
    key=("metric", "year"),
)
