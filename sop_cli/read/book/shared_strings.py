"""The texts that the cells of an .xlsx workbook share."""

import re

import polars as pl

from sop_cli.read.book.safe_xml import local, walker
from sop_cli.read.book.sheet_xml import without_entities

_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_ESCAPED = "_x[0-9A-Fa-f]{4}_"


def shared_strings(xml: bytes) -> pl.Series:
    """Every shared text in order, rich ones without their fonts; DoctypeError, ExpatError as for any XML."""
    plain = b'encoding="UTF-8"' in xml[:80] and not any(sign in xml for sign in (b"\r", b"<!", b"&#"))
    texts = _PLAIN.findall(xml) if plain else []
    if not texts or len(texts) != xml.count(b"<si"):
        return unescaped(pl.Series(_walked(xml), dtype=pl.String))
    read = pl.DataFrame({"text": texts}).select(pl.col("text").cast(pl.String))
    return unescaped(read.select(without_entities(pl.col("text"))).to_series())


def unescaped(text: pl.Series) -> pl.Series:
    """Texts with the signs that XML cannot hold, which Excel writes like _x000D_."""
    if not text.str.contains(_ESCAPED).any():
        return text
    return text.map_elements(_signs, return_dtype=pl.String)


def _signs(text: str) -> str:
    return re.sub(_ESCAPED, lambda found: _sign(int(found[0][2:6], 16)) or found[0], text)


def _sign(number: int) -> str:
    return "" if 0xD800 <= number < 0xE000 else chr(number)


def _walked(xml: bytes) -> list[str]:
    texts: list[str] = []
    state = {"text": False, "phonetic": False}

    def start(name: str, _: object) -> None:
        match local(name):
            case "si":
                texts.append("")
            case "t":
                state["text"] = not state["phonetic"]
            case "rPh":
                state["phonetic"] = True

    def end(name: str) -> None:
        match local(name):
            case "t":
                state["text"] = False
            case "rPh":
                state["phonetic"] = False

    def text(part: str) -> None:
        if state["text"] and texts:
            texts[-1] += part

    parser = walker()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    if xml:
        parser.Parse(xml, True)
    return texts
