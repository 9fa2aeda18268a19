"""Accounts of the general ledger that sound like one of our lines."""

import re
from collections.abc import Iterator, Sequence

import polars as pl

from sop_cli.schemas.draft import Account, Candidate, DraftSource
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.columns import place_of
from sop_cli.stages.draft.words import each, glued

_MINUS = r"^\s*[-−–(]|[-−–]\s*$"  # -5, (5) or 5-
_MOSTLY = 0.8  # share of an account's amounts that have the sign

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
    "cogs": "cogs kostenderverkauften costofgoods costofsales herstellungskosten herstellkosten wareneinsatz "
    "umsatzkosten coutdesventes costodelleven costedeventas kostprijsomzet",
    "fixed_cost": "marketing commission provision selling distribution admin salar wage rent depreciation overhead "
    "fixed gehaelt loehne miete abschreib fixkosten verwaltung vertriebskosten",
    "revenue": "revenue sales umsatz erloes turnover ventes ventas ricavi omzet",
}

# What sounds like a line and is none: taxes on sales, what stock has changed by.
_OTHERS = (
    "steuer tax vat tva iva btw bestandsveraenderung bestandsaenderung changeininventor inventorychange "
    "inventoryadjust variationdestock variationdesstocks variationstock variaciondeexistencias "
    "variazionerimanenze variazionedellerimanenze voorraadmutatie"
)
_SHORT = 4  # letters of a word that must begin one of the name's: rent is not in current


def accounts(sources: Sequence[DraftSource]) -> tuple[dict[str, list[Account]], tuple[Account, ...]]:
    """Our line: the accounts of all ledger files whose names sound like it, each once; and those that sound like none.

    Where a ledger has no names, all its accounts sound like none.
    """
    found: dict[str, Account] = {}
    for source in sources:
        for looked in source.members if source.found.table.name == "ledger" else ():
            for account in _accounts(source.found, looked):
                found.setdefault(account.code, account)
    lines: dict[str, list[Account]] = {line: [] for line in _SOUNDS}
    unplaced: list[Account] = []
    for account in sorted(found.values(), key=lambda one: one.code):
        line = _line(account.text)
        (lines[line] if line else unplaced).append(account)
    return {line: own for line, own in lines.items() if own}, tuple(unplaced)


def _accounts(found: Candidate, looked: Looked) -> Iterator[Account]:
    code, text, amount = (place_of(found, looked, name) for name in ("gl_account", "text", "amount"))
    if code is None:
        return
    rows = looked.records.filter(pl.col(code).is_not_null())
    name = pl.col(text).drop_nulls().first() if text else pl.lit(None, pl.String)
    below = [amount] if amount else list(looked.months) if found.across else []
    minus = [pl.col(at).str.contains(_MINUS) for at in below]
    share = pl.concat_list(minus).explode().mean() if minus else pl.lit(0.0)
    for number, called, negative in (
        rows.group_by(code, maintain_order=True).agg(name.alias("name"), share.alias("share")).iter_rows()
    ):
        yield Account(number, called or "", (negative or 0) > _MOSTLY)


def _line(name: str) -> str | None:
    if _holds(name, _OTHERS):
        return None
    return next((line for line, heard in _SOUNDS.items() if _holds(name, heard)), None)


def _holds(name: str, heard: str) -> bool:
    whole, parts = glued(name), [glued(part) for part in re.findall(r"[^\W\d_]+", name)]
    return any(
        word in whole if len(word) > _SHORT else any(part.startswith(word) for part in parts) for word in each(heard)
    )
