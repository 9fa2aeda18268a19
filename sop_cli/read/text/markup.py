"""Documents that are text, but no tables."""

import re

from sop_cli.errors import SopError

_MARKUP = {
    "a web page": re.compile(r"<(?:!doctype|html|table|body|div)", re.IGNORECASE),
    "an XML document": re.compile(r"<\?xml"),
    "a JSON document": re.compile(r"""\{\s*["}]|\[\s*[\[{]"""),
    "an RTF document": re.compile(r"\{\\rtf"),
    "a SYLK document": re.compile(r"ID;P"),
    "a DIF document": re.compile(r"TABLE\s+0,1\s"),
}


def refuse_markup(text: str, name: str) -> None:
    """A web page or a document of tags is text, but no table."""
    start = text[:2000].lstrip("\ufeff \t\r\n")
    for what, sign in _MARKUP.items():
        if sign.match(start):
            raise SopError(
                f"this is {what}, not a table",
                hint="open it in a spreadsheet program and save it as .xlsx, or export the table as CSV",
                file=name,
            )
