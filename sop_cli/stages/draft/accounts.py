"""Accounts of the general ledger that sound like one of our lines."""

from collections.abc import Sequence

from sop_cli.schemas.draft import Account, DraftSource
from sop_cli.stages.draft.words import each, glued

# Our line: what the name of an account holds. Asked in this order, so "inventory" counts before "cost of".
_SOUNDS = {
    "receivables": "receivable forderung debitoren creancesclients clientes deudores crediticlienti debiteuren",
    "payables": "payable verbindlichkeit kreditoren fournisseurs proveedores fornitori crediteuren",
    "expedite": "expedit eilfracht airfreight luftfracht",
    "overtime": "overtime ueberstunden",
    "fines": "fine penalt poenal vertragsstrafe malus",
    "spot": "spotpurchase spotbuy spot",
    "inventory_value": "inventor finishedgoods stock vorraet fertigeerzeugnis fertigerzeugnis fertigwaren "
    "bestand existencias rimanenze "
    "voorraad",
    "cogs": "cogs costofgoods costofsales herstellungskosten herstellkosten wareneinsatz umsatzkosten coutdesventes "
    "costodelleven costedeventas kostprijsomzet",
    "fixed_cost": "marketing selling distribution admin salar wage rent depreciation overhead fixed gehaelt loehne "
    "miete abschreib fixkosten verwaltung vertriebskosten",
    "revenue": "revenue sales umsatz erloes turnover ventes ventas ricavi omzet",
}


def accounts(sources: Sequence[DraftSource]) -> dict[str, list[Account]]:
    """Our line: the accounts of all ledger files whose names sound like it, each once."""
    found: dict[str, dict[str, Account]] = {}
    for source in sources:
        columns = {one.column: one.headers[0] for one in source.found.taken}
        if source.found.table.name != "ledger" or "text" not in columns:
            continue
        for looked in source.members:
            places = {header: at for at, header in looked.headers.items()}
            code, text = places.get(columns["gl_account"]), places.get(columns["text"])
            if code is None or text is None:
                continue
            for number, name in looked.records.select(code, text).drop_nulls().unique(maintain_order=True).iter_rows():
                if line := _line(name):
                    found.setdefault(line, {}).setdefault(number, Account(number, name))
    return {line: sorted(found[line].values(), key=lambda one: one.code) for line in _SOUNDS if line in found}


def _line(name: str) -> str | None:
    plain = glued(name)
    return next((line for line, heard in _SOUNDS.items() if any(word in plain for word in each(heard))), None)
