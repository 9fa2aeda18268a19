"""Units that stand beside a header, or in a row below it: "Qty (EA)", "Net amount [EUR]", "Menge in ST"."""

import re
from collections.abc import Iterable

from sop_cli.schemas.currencies import CODES
from sop_cli.schemas.spelling import plainly
from sop_cli.stages.ingest.table.table import Found

_SIGNS = "€ $ £ ¥"
_SHORT = "ea pc pcs pce st stk cs ct ctn kar pal plt kg"
_WORDS = """
each piece pieces unit units case cases box boxes carton cartons pallet pallets stuck stueck karton kartons kiste
kisten palette paletten pieza piezas pzas unidad unidades ud uds caja cajas palet palets unite unites caisse caisses
pezzi pezzo pz scatole cartoni stuks dozen doos hours hrs h g l m
"""
_MONEY = frozenset(f"{CODES} {_SIGNS}".split())
_UNITS = frozenset(f"{_SHORT} {_WORDS}".split())
_ALONE = _MONEY | frozenset(_SHORT.split())
_IN_BRACKETS = _MONEY | _UNITS
_TIMES = {
    "days": frozenset(["d", "days", "tage", "tagen", "jours", "dias", "giorni", "dagen"]),
    "months": frozenset(["months", "monate", "monaten", "mois", "meses", "mesi", "maanden"]),
}
_BRACKETS = re.compile(r"^(.*\S)\s*[(\[{]\s*(?:in\s+|en\s+)?([^()\[\]{}]+?)\s*[)\]}]\s*$", re.IGNORECASE)
_IN = re.compile(r"^(.*\S)\s+(?:in|en)\s+(\S+)$", re.IGNORECASE)
_BESIDE = re.compile(r"^(.*[^\W_])(?:\s*[/,:-]\s*|\s+|_)(?:in\s+|en\s+)?(\S+)$", re.IGNORECASE)
# A currency anywhere in a header, with thousands or without: "USD amount", "Value (kUSD)", "miles $".
_NAMED = re.compile(rf"(?<![^\W\d_])[TKMk]?({'|'.join(CODES.upper().split())}|[€$£¥])(?:k|K|m|mn|M)?(?![^\W\d_])")


def without_unit(header: str, counted: str = "") -> tuple[str, str] | None:
    """The header without the unit beside it, and the unit; None where there is none.

    Thousands, days and months are no such units: whoever leaves them out reads another number; but days in which our
    column is `counted`.
    """
    own = _IN_BRACKETS | _TIMES.get(counted, frozenset())
    for written, units in ((_BRACKETS, own), (_IN, own), (_BESIDE, _ALONE)):
        found = written.match(header.strip())
        if found and plainly(found[2]) in units:
            return re.sub(r"\s+(?:in|en)$", "", found[1], flags=re.IGNORECASE), found[2]
    return None


def units_of(header: str, below: Iterable[str] = ()) -> dict[str, str]:
    """Our column, `currency` or `uom`, and the unit that a header names for it, or a cell of the units `below` it."""
    said: list[str] = []
    rest = header
    while bare := without_unit(rest):
        rest, unit = bare
        said.append(unit)
    for cell in below:
        said += re.split(r"\s*/\s*", re.sub(r"^(?:in|en)\s+", "", cell.strip("()[]{} "), flags=re.IGNORECASE))
    named = dict.fromkeys(found[1] for text in (header, *below) for found in _NAMED.finditer(text))
    said += named if len(named) == 1 else ()
    units: dict[str, str] = {}
    for unit in said:
        plain = plainly(unit)
        kind = "currency" if plain in _MONEY else "uom" if plain in _UNITS else ""
        if kind:
            units.setdefault(kind, unit)
    return units


def units_below(found: Found, at: str) -> list[str]:
    """What the row of units below the header says of a cell column."""
    return [cells[int(at)] or "" for cells in found.known.units if int(at) < len(cells) and cells[int(at)]]
