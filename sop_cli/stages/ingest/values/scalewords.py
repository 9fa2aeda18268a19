"""Words for thousands and millions in headers and titles: told, and never applied unless the config says so."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sop_cli.findings.values import SCALE_TOLD
from sop_cli.schemas.currencies import CODES
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.values.told import Told

_CODE = rf"(?:{CODES.upper().replace(' ', '|')})"
_THOUSANDS = re.compile(
    rf"""(?ix)
    \b(?:thousands?|tausend|tsd|milliers|(?:en\s)?miles\s(?=de\b)|en\smiles|migliaia|duizend(?:en)?)\b
    | \bmiles\s?(?=[€$£¥]|{_CODE}\b) | [(\[]\s*(?:miles|k|1[.,' ]?000s?)\s*[)\]]
    | (?<![\w.,])(?<!\d\s)['’(]?000(?:['’]?s|\))? (?![\w.,]) (?!\s*\d)
    | \b(?:T|k)\s?{_CODE}\b | (?<!\w)(?:T|k)\s?[€$£¥] | \bk\s?(?:euros?|pcs?|units?|stk|uds|pi[eè]ces|piezas)\b
    | \bin\s1[.,' ]?000\b(?!\s*\d) | (?<![\w.,])1[.,' ]?000(?:s\b|\s?(?=[€$£¥]|{_CODE}\b))
    | \b{_CODE}\s?k\b | [€$£]\s?k\b
    | \bx\s?1[.,' ]?000\b
    """
)
_MILLIONS = re.compile(
    rf"""(?ix)
    \b(?:millions?|millionen|millones|milioni|miljoen(?:en)?|mio|mln)\b
    | \bM{_CODE}\b | (?<!\w)M[€$£¥]
    | \b{_CODE}\s?(?:m|mm|mn)\b | [€$£]\s?(?:m|mm|mn)\b
    | \bx\s?1[.,' ]?000[.,' ]?000\b
    """
)
_BILLIONS = re.compile(rf"(?i)\b(?:billions?|milliarden|mrd|milliards|miliardi)\b|\b{_CODE}\s?bn\b|[€$£]\s?bn\b")
_GONE = "\0"
_TOTALLED = ("currency", "base units", "uom", "base units or currency", "hours")  # units a title speaks of
_NAMES = {1000: "thousands", 1_000_000: "millions", 1_000_000_000: "billions"}


def scale_in(text: str) -> int | None:
    """What numbers are to be multiplied by where `text` says they are in thousands or millions; None if it does not."""
    for said, factor in ((_BILLIONS, 1_000_000_000), (_MILLIONS, 1_000_000), (_THOUSANDS, 1000)):
        if said.search(text):
            return factor
    return None


def without_scale(text: str) -> str:
    """A header without the words that say it is in thousands or millions: `Amount` of `Amount (kEUR)`."""
    bare = text
    for said in (_BILLIONS, _MILLIONS, _THOUSANDS):
        bare = said.sub(_GONE, bare)
    money = rf"(?:euros?|{_CODE}|[€$£¥])"
    bare = re.sub(rf"(?i)(?:\b(?:in|en)\s+)?(?:{money}\s*)?{_GONE}[.\s]*(?:d(?:e\s+|['’]))?{money}?", " ", bare)
    return re.sub(r"[\s,:/_(\[{)\]}-]+$", "", bare) or text.strip()


def scales_told(
    columns: Mapping[str, Sequence[str]],
    headers: Mapping[str, str],
    units: Mapping[str, str],
    titles: Sequence[str],
    rules: SourceRules,
) -> Iterator[Told]:
    """What headers, `units` below them (both by cell column) and titles say about scale that the config does not."""
    open_ = [
        column.name
        for column in rules.table.columns
        if column.kind == "number" and column.name in columns and column.name not in rules.scale
    ]
    by_header: set[str] = set()
    for name in open_:
        for at in columns[name]:
            header, unit = headers[at], units.get(at, "")
            if factor := scale_in(header) or scale_in(f"({unit})"):
                by_header.add(name)
                by_unit = not scale_in(header)
                where = f"'{unit}' below '{header}'" if by_unit else f"header '{header}'"
                yield _told(header, unit if by_unit else header, factor, [name], where)
                break
    left = [name for name in open_ if name not in by_header and rules.table.column(name).unit in _TOTALLED]
    for title in titles:
        if left and (factor := scale_in(title)):
            yield _told(headers[columns[left[0]][0]], title, factor, left, f"'{title}' beside the table")
            break


def _told(column: str, value: str, factor: int, names: list[str], where: str) -> Told:
    line = ", ".join(f"{name}: {factor}" for name in names)
    full = ", ".join(f"{name}: 1" for name in names)
    return Told(
        SCALE_TOLD,
        column,
        value,
        f"{where} says {_NAMES[factor]}, and no `scale` is declared; the numbers are read as they stand",
        hint=f"Declare `scale: {{{line}}}`, or `scale: {{{full}}}` if the numbers are in full.",
    )
