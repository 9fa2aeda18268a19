"""Units and currencies that only headers name, as constants of the source in the words of the plan."""

from collections.abc import Sequence
from dataclasses import replace

from sop_cli.schemas.currencies import meant_by
from sop_cli.schemas.draft import DraftSource, Fact
from sop_cli.schemas.spelling import plainly
from sop_cli.stages.draft.columns import place_of, texts_of

# The word that the plan has for a unit where no file has another one: what people call it.
_CALLED = {
    "EA": "ea pc pcs pce st stk each piece pieces unit units stuck stueck pieza piezas pzas unidad unidades ud uds "
    "unite unites pezzi pezzo pz stuks",
    "CS": "cs ct ctn kar case cases carton cartons karton kartons kiste kisten caja cajas caisse caisses cartoni "
    "scatole dozen doos box boxes",
}


def with_units(told: Sequence[DraftSource]) -> list[DraftSource]:
    """Sources whose numbers are in a unit or a currency that no column gives have it as a constant."""
    spoken = {
        text: None for source in told for looked in source.members for text in texts_of(source.found, looked, "uom")
    }
    return [_with_units(source, list(spoken)) for source in told]


def _with_units(source: DraftSource, spoken: Sequence[str]) -> DraftSource:
    found, looked = source.found, source.members[-1]
    own = {taken.column for taken in found.taken} | found.constants.keys()
    facts, doubts = {}, []
    for name in ("uom", "currency"):
        named: dict[str, str] = {}  # unit: the header that names it, of each the first
        for column in found.table.columns if name not in own else ():
            if found.table.is_unit_of(name, column):
                across = [*looked.months][:1] if found.across and column.name == found.across[1] else []
                for at in across or [place_of(found, looked, column.name) or ""]:
                    if unit := looked.units.get(at, {}).get(name):
                        named.setdefault(unit, looked.headers.get(at) or looked.months[at])
        if len(named) == 1:
            [(unit, header)] = named.items()
            facts[name] = _fact(name, unit, header, spoken)
        elif named:
            doubts.append(f"headers name {' and '.join(named)}, and all of a record is in one {name}")
    if not facts and not doubts:
        return source
    found = replace(found, constants={**found.constants, **facts}, doubts=(*found.doubts, *doubts))
    said = [f"the {name} is that of a header, {fact.value}: check" for name, fact in facts.items()]
    confidence = "likely" if source.confidence == "certain" else source.confidence
    return replace(source, found=found, confidence=confidence, reasons=(*source.reasons, *said))


def _fact(name: str, unit: str, header: str, spoken: Sequence[str]) -> Fact:
    where = f"as the header {header!r} says" if unit in header else f"as {unit!r} says, below the header {header!r}"
    ours = meant_by(unit)[0] if name == "currency" else _in_our_words(unit, spoken)
    return Fact(ours, f"{where}{'' if ours == unit else ', in the word of the plan'}: check")


def _in_our_words(unit: str, spoken: Sequence[str]) -> str:
    """The unit as the other files have it, or as the plan calls it."""
    plain = plainly(unit)
    called, said = next(
        ((word, said.split()) for word, said in _CALLED.items() if plain in said.split()), (unit, [plain])
    )
    literal = [text for text in spoken if plainly(text) == plain]
    return next(iter([*literal, *(text for text in spoken if plainly(text) in said)]), called)
